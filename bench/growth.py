"""What publishing one more article costs, by the size of the archive: pages printed, and milliseconds until all are.

The archive is written straight into the tables, ten articles a day; then articles are published as an editor does, and
printed as the background does. The milliseconds begin with the new article's first row in the database and end when
readers are served every page that shows it. Pressing these pages together as small as they get comes after that, when
nothing else waits, and is reported beside it. `--sizes 100,1000` measures fewer.
"""

import sys
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import mean, median
from typing import Any

from . import site

SIZES = (100, 1_000, 10_000, 100_000)
PUBLISHED = 20  # articles measured at each size: one of them fills a page of each list
WARM = 2  # articles before them
PER_DAY = 10
SECTIONS = ("News", "Culture", "Opinion")


def fill(number: int) -> None:
    """Let the archive hold `number` articles, copies of one, by one of 20 contributors, in one of three sections."""
    from wagtail.models import Page  # noqa: PLC0415

    from broadsheet.newsroom.models import ArticlePage, Byline  # noqa: PLC0415
    from tests import builders  # noqa: PLC0415

    title = "The first of many"
    model = ArticlePage.objects.filter(title=title).first() or builders.an_article(
        title, minutes_ago=10**7
    )
    sections = [builders.a_section(title) for title in SECTIONS]
    contributors = [builders.a_contributor(f"Contributor {n}") for n in range(20)]
    missing = number - ArticlePage.objects.count()
    first = Page.objects.order_by("-pk").values_list("pk", flat=True)[0] + 1
    page = Page.objects.filter(pk=model.pk).values().get()
    Page.objects.bulk_create(
        [
            Page(**page | place(first + n, sections[n % 3], days_ago=(number - n) / PER_DAY))
            for n in range(missing)
        ],
        batch_size=500,
    )
    insert_copies(model.pk, range(first, first + missing))
    Byline.objects.bulk_create(
        [Byline(article_id=first + n, contributor=contributors[n % 20]) for n in range(missing)],
        batch_size=500,
    )
    count_children(sections)


def place(pk: int, section: Any, *, days_ago: float) -> dict[str, Any]:
    """In what a copy differs from the article that it copies."""
    from wagtail.models import Page  # noqa: PLC0415

    from tests.clock import NOON  # noqa: PLC0415

    published = NOON - timedelta(days=days_ago)
    return {
        "id": pk,
        "path": section.path + Page._int2str(pk).rjust(Page.steplen, "0"),
        "slug": f"copy-{pk}",
        "url_path": f"{section.url_path}copy-{pk}/",
        "translation_key": uuid.uuid4(),
        "first_published_at": published,
        "last_published_at": published,
    }


def insert_copies(of: int, ids: Sequence[int]) -> None:
    """A model with two tables can't be created in bulk by Django; its second table can."""
    from django.db import connection  # noqa: PLC0415

    from broadsheet.newsroom.models import ArticlePage  # noqa: PLC0415

    article = ArticlePage.objects.filter(pk=of).values().get()
    fields = ArticlePage._meta.local_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    prepared = [
        [
            field.get_db_prep_save(pk if field.primary_key else article[field.attname], connection)
            for field in fields
        ]
        for pk in ids
    ]
    with connection.cursor() as cursor:
        table = ArticlePage._meta.db_table
        cursor.executemany(f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', prepared)  # noqa: S608


def count_children(sections: Sequence[Any]) -> None:
    from wagtail.models import Page  # noqa: PLC0415

    for section in sections:
        children = Page.objects.filter(path__startswith=section.path, depth=section.depth + 1)
        Page.objects.filter(pk=section.pk).update(numchild=children.count())


def pretend_that_lists_are_printed() -> None:
    """The press looks only at the last numbered pages of a list; the others need not be there to measure."""
    from broadsheet.newsroom.models.pagination import PER_PAGE  # noqa: PLC0415
    from broadsheet.press import lists, tree, worker  # noqa: PLC0415
    from broadsheet.press.records import Page  # noqa: PLC0415

    paper = tree.paper()
    bases = ["/", "/news/", "/culture/", "/opinion/"]
    bases += [f"/contributors/contributor-{n}/" for n in range(20)]
    for base in bases:
        articles = lists.articles_of(paper, base) if paper else None
        last = articles.count() // PER_PAGE if articles is not None else 0
        for number in range(max(1, last - 1), last + 1):
            worker.store().write(lists.numbered(base, number), Page(b"printed"), flush=False)


@dataclass(frozen=True, slots=True)
class Publication:
    """What one more article has cost."""

    pages: int
    ms: float  # until all are printed
    cpu_ms: float  # of the processor, in the same time
    pressing_cpu_ms: float  # afterwards


def publish(number: int, contributors: list[Any]) -> Publication:
    """Publish one more, and print what that orders."""
    from broadsheet.newsroom.models import Byline  # noqa: PLC0415
    from broadsheet.press import printing, worker  # noqa: PLC0415
    from broadsheet.press.models import Node, PrintOrder  # noqa: PLC0415
    from tests import builders  # noqa: PLC0415
    from tests.clock import NOON  # noqa: PLC0415

    printed: list[str] = []

    def counted(path: str) -> Any:
        printed.append(path)
        return printing.page_for(path)

    press_well = worker.press_well
    worker.page_for, worker.press_well = counted, lambda *_, **__: 0
    start, cpu_start = time.perf_counter(), time.process_time()
    article = builders.an_article(
        f"One more {number}", section=SECTIONS[number % 3], minutes_ago=-number
    )
    article.bylines.set([Byline(contributor=contributors[number % 20])])
    builders.publish(article)
    while worker.run_pending(limit=10_000, now=NOON):
        pass
    end, cpu_end = time.perf_counter(), time.process_time()
    worker.page_for, worker.press_well = printing.page_for, press_well
    later = datetime.now(UTC) + timedelta(minutes=1)  # pages are left alone for a while first
    while PrintOrder.objects.exists():
        press_well(Node.objects.get(), worker.store(), now=later)
    pressing = time.process_time() - cpu_end
    return Publication(
        len(printed), (end - start) * 1000, (cpu_end - cpu_start) * 1000, pressing * 1000
    )


def begin(size: int) -> None:
    """An archive of `size` articles, of which the press knows everything, and nothing is ordered."""
    from broadsheet.newsroom import papers  # noqa: PLC0415
    from broadsheet.press import tree, unfolding, worker  # noqa: PLC0415
    from broadsheet.press.models import Node, PrintOrder  # noqa: PLC0415
    from tests.clock import NOON  # noqa: PLC0415

    fill(size)
    name, site = worker.store().name(), papers.site()
    told = {"machine": name, "site": site, "seen_at": NOON}
    node, _ = Node.objects.get_or_create(name=name, defaults=told)
    worker.store().note_start(worker.start_of_this_machine())
    paper = tree.paper()
    if paper is None:
        raise RuntimeError("there is no newspaper")
    unfolding.note_all(node, paper)
    pretend_that_lists_are_printed()
    PrintOrder.objects.all().delete()


def measure(sizes: tuple[int, ...]) -> dict[str, Any]:
    from tests import builders  # noqa: PLC0415

    figures: dict[str, Any] = {}
    count = 0
    for size in sizes:
        begin(size)
        contributors = [builders.a_contributor(f"Contributor {n}") for n in range(20)]
        found = [publish(count := count + 1, contributors) for _ in range(WARM + PUBLISHED)][WARM:]
        figures |= {
            f"pages_printed_per_publish_{size}": round(mean(one.pages for one in found), 1),
            f"ms_per_publish_{size}": round(median(one.ms for one in found), 1),
            f"cpu_ms_per_publish_{size}": round(median(one.cpu_ms for one in found), 1),
            f"cpu_ms_pressing_afterwards_{size}": round(
                median(one.pressing_cpu_ms for one in found), 1
            ),
        }

    def ratio(name: str) -> float:
        return round(figures[f"{name}_{sizes[-1]}"] / figures[f"{name}_{sizes[0]}"], 2)

    return figures | {
        "ratio_ms_largest_to_smallest": ratio("ms_per_publish"),
        "ratio_cpu_ms_largest_to_smallest": ratio("cpu_ms_per_publish"),
    }


def main() -> None:
    sizes = SIZES
    if "--sizes" in sys.argv:
        sizes = tuple(map(int, sys.argv[sys.argv.index("--sizes") + 1].split(",")))
    with site.begin():
        site.report(measure(sizes))


if __name__ == "__main__":
    main()
