"""What publishing one more article costs, by the size of the archive: pages printed, and milliseconds until all are.

The archive is written straight into the tables, ten articles a day; then articles are published as an editor does, and
printed as the background does. `--sizes 100,1000` measures fewer.
"""

import sys
import time
import uuid
from datetime import timedelta
from typing import Any

from . import site

SIZES = (100, 1_000, 10_000, 100_000)
PUBLISHED = 20  # articles measured at each size: one of them fills a page of each list
PER_DAY = 10


def fill(number: int) -> None:  # noqa: PLR0915, one table after the other
    """Let the archive hold `number` articles, copies of one, by one of 20 contributors, in one of three sections."""
    from django.db import connection  # noqa: PLC0415
    from wagtail.models import Page  # noqa: PLC0415

    from broadsheet.newsroom.models import ArticlePage, Byline  # noqa: PLC0415
    from tests import builders  # noqa: PLC0415
    from tests.clock import NOON  # noqa: PLC0415

    title = "The first of many"
    model = ArticlePage.objects.filter(title=title).first() or builders.an_article(
        title, minutes_ago=10**7
    )
    sections = [builders.a_section(title) for title in ("News", "Culture", "Opinion")]
    contributors = [builders.a_contributor(f"Contributor {n}") for n in range(20)]
    there = ArticlePage.objects.count()
    first = Page.objects.order_by("-pk").values_list("pk", flat=True)[0] + 1
    page = Page.objects.filter(pk=model.pk).values().get()
    article = ArticlePage.objects.filter(pk=model.pk).values().get()
    own = [field.attname for field in ArticlePage._meta.local_fields]
    pages, articles, bylines = [], [], []
    for n in range(number - there):
        section = sections[n % 3]
        published = NOON - timedelta(minutes=(number - n) * 1440 / PER_DAY)
        slug = f"copy-{first + n}"
        pages.append(
            Page(
                **page
                | {
                    "id": first + n,
                    "path": section.path + Page._int2str(first + n).rjust(Page.steplen, "0"),
                    "slug": slug,
                    "url_path": f"{section.url_path}{slug}/",
                    "translation_key": uuid.uuid4(),
                    "first_published_at": published,
                    "last_published_at": published,
                }
            )
        )
        articles.append([article[name] if name != "page_ptr_id" else first + n for name in own])
        bylines.append(Byline(article_id=first + n, contributor=contributors[n % 20]))
    Page.objects.bulk_create(pages, batch_size=500)
    insert_articles(connection, own, articles)
    Byline.objects.bulk_create(bylines, batch_size=500)
    for section in sections:
        children = Page.objects.filter(path__startswith=section.path, depth=section.depth + 1)
        Page.objects.filter(pk=section.pk).update(numchild=children.count())


def insert_articles(connection: Any, names: list[str], rows: list[list[Any]]) -> None:
    """A model with two tables can't be created in bulk by Django; its second table can."""
    from broadsheet.newsroom.models import ArticlePage  # noqa: PLC0415

    fields = [ArticlePage._meta.get_field(name) for name in names]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    prepared = [
        [
            field.get_db_prep_save(value, connection)
            for field, value in zip(fields, row, strict=True)
        ]
        for row in rows
    ]
    with connection.cursor() as cursor:
        table = ArticlePage._meta.db_table
        cursor.executemany(f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', prepared)  # noqa: S608


def pretend_that_lists_are_printed() -> None:
    """The press looks only at the last numbered pages of a list; the others need not be there to measure."""
    from broadsheet.newsroom.models.queries import PER_PAGE  # noqa: PLC0415
    from broadsheet.press import lists, tree, worker  # noqa: PLC0415
    from broadsheet.press.store import Page  # noqa: PLC0415

    paper = tree.paper()
    bases = ["/", "/news/", "/culture/", "/opinion/"]
    bases += [f"/contributors/contributor-{n}/" for n in range(20)]
    for base in bases:
        articles = lists.articles_of(paper, base) if paper else None
        last = articles.count() // PER_PAGE if articles is not None else 0
        for number in range(max(1, last - 1), last + 1):
            worker.store().write(lists.numbered(base, number), Page(b"printed"), flush=False)


def publish(number: int) -> tuple[int, float]:
    """Publish one more; returns how many pages were printed, and in how many milliseconds."""
    from broadsheet.press import printing, worker  # noqa: PLC0415
    from tests import builders  # noqa: PLC0415
    from tests.clock import NOON  # noqa: PLC0415

    printed: list[str] = []
    page_for = printing.page_for

    def counted(path: str) -> Any:
        printed.append(path)
        return page_for(path)

    worker.page_for = counted
    start = time.perf_counter()
    article = builders.an_article(
        f"One more {number}",
        section=("News", "Culture", "Opinion")[number % 3],
        by=(f"Contributor {number % 20}",),
        minutes_ago=-number,
    )
    builders.publish(article)
    while worker.run_pending(limit=10_000, now=NOON):
        pass
    elapsed = time.perf_counter() - start
    worker.page_for = page_for
    return len(printed), elapsed * 1000


def measure(sizes: tuple[int, ...]) -> dict[str, Any]:
    from statistics import mean, median  # noqa: PLC0415

    from broadsheet.press import worker  # noqa: PLC0415
    from broadsheet.press.models import Node, PrintOrder  # noqa: PLC0415
    from tests.clock import NOON  # noqa: PLC0415

    figures: dict[str, Any] = {}
    count = 0
    for size in sizes:
        fill(size)
        Node.objects.get_or_create(name=worker.store().name(), defaults={"seen_at": NOON})
        worker.store().note_start(worker.start_of_this_machine())
        pretend_that_lists_are_printed()
        PrintOrder.objects.all().delete()
        publish(count := count + 1)  # warm
        found = [publish(count := count + 1) for _ in range(PUBLISHED)]
        figures[f"pages_printed_per_publish_{size}"] = round(mean(pages for pages, _ in found), 1)
        figures[f"ms_per_publish_{size}"] = round(median(ms for _, ms in found), 1)
    first, last = (figures[f"ms_per_publish_{size}"] for size in (sizes[0], sizes[-1]))
    return figures | {"ratio_ms_largest_to_smallest": round(last / first, 2)}


def main() -> None:
    sizes = SIZES
    if "--sizes" in sys.argv:
        sizes = tuple(map(int, sys.argv[sys.argv.index("--sizes") + 1].split(",")))
    with site.begin():
        site.report(measure(sizes))


if __name__ == "__main__":
    main()
