"""Several newspapers in one installation: each is printed into a folder of its own, and follows Wagtail's sites."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from broadsheet.comments import places
from broadsheet.newsroom import papers
from broadsheet.newsroom.models import ArticlePage, Newspaper
from broadsheet.press import orders, shelves, worker
from broadsheet.press.at_once import print_at_once
from broadsheet.press.models import Node, PrintOrder, Subject
from broadsheet.press.store import PageStore
from broadsheet.spam import Judgement
from tests import builders
from tests.clock import NOON
from tests.comments.builders import a_comment
from tests.press.builders import NONE, difference, print_what_is_ordered, store_of, stored

FERRY, MILL = "/news/ferry-returns/", "/shore/mill-turns/"


@pytest.fixture
def island(printed: PageStore) -> Site:
    """A second newspaper with an article, printed beside the first, which has one, too."""
    builders.publish(builders.an_article(by=("Amal Haddad",)))
    site = builders.a_further_paper()
    write(site, "Mill turns")
    print_what_is_ordered()
    return site


def write(site: Site, title: str) -> ArticlePage:
    section = site.root_page.get_children().get(slug="shore")
    article: ArticlePage = section.add_child(
        instance=ArticlePage(title=title, slug=title.lower().replace(" ", "-"))
    )
    builders.publish(article)
    return article


def text(store: PageStore, path: str) -> str:
    page = stored(store, path)
    return page.body.decode() if page else ""


def test_each_newspaper_is_printed_into_its_own_folder(printed: PageStore, island: Site) -> None:
    of_island = store_of(island)

    assert of_island.root == printed.root.parent / "papers/island.example"
    assert "Mill turns" in text(of_island, MILL)
    assert text(printed, MILL) == text(of_island, FERRY) == ""
    assert difference(printed) == NONE
    with papers.in_hand(island):
        assert difference(of_island) == NONE


def test_no_page_of_one_tells_of_the_other(printed: PageStore, island: Site) -> None:
    first = {path: text(printed, path) for path in printed.paths()}
    second = {path: text(store_of(island), path) for path in store_of(island).paths()}

    assert len(second) > 20
    for words, pages in (("Mill turns", first), ("Island Post", first), (island.hostname, first)):
        assert [path for path, body in pages.items() if words in body] == []
    for words in ("Ferry returns", "Amal Haddad", "paper.example"):
        assert [path for path, body in second.items() if words in body] == []
    assert "https://island.example/shore/mill-turns/" in second["/feed.xml"]


def test_an_article_that_moves_to_another_paper_leaves_nothing_behind(
    printed: PageStore, island: Site
) -> None:
    article = ArticlePage.objects.get(slug="ferry-returns")
    article.move(island.root_page.get_children().get(slug="shore"), pos="last-child")
    print_what_is_ordered()

    assert "Ferry returns" in text(store_of(island), "/shore/ferry-returns/")
    assert "Ferry returns" not in text(printed, "/")
    assert "Ferry returns" not in text(printed, "/contributors/amal-haddad/")
    assert difference(printed) == NONE
    with papers.in_hand(island):
        assert difference(store_of(island)) == NONE


def test_a_link_to_the_other_paper_follows_when_that_page_moves(
    printed: PageStore, island: Site
) -> None:
    ferry = ArticlePage.objects.get(slug="ferry-returns")
    mill = ArticlePage.objects.get(slug="mill-turns")
    mill.body = [("paragraph", f'<p><a linktype="page" id="{ferry.pk}">Ferry</a></p>')]
    builders.publish(mill)
    section = ferry.get_parent().specific
    section.slug = "ships"
    builders.publish(section)
    print_what_is_ordered()

    link = f'href="{settings.PUBLIC_ADDRESS}/ships/ferry-returns/"'
    assert link in text(store_of(island), MILL)


def test_a_paper_with_another_host_moves_into_another_folder(
    printed: PageStore, island: Site
) -> None:
    old = store_of(island).root
    island.hostname = "shore.example"
    island.save()
    print_what_is_ordered()

    assert not old.exists()
    assert "https://shore.example/" in text(store_of(island), "/feed.xml")
    assert [shelf.host for shelf in shelves.read(printed.root)] == ["", "shore.example"]


def test_a_paper_that_is_gone_leaves_what_is_not_ours(printed: PageStore, island: Site) -> None:
    folder = store_of(island).root
    (folder / "logo.png").write_bytes(b"mine")
    island.delete()
    print_what_is_ordered()

    assert [file.name for file in folder.iterdir()] == ["logo.png"]
    assert [node.name for node in Node.objects.all()] == [printed.name()]
    assert difference(printed) == NONE


def test_another_paper_may_become_the_first(printed: PageStore, island: Site) -> None:
    first = builders.the_site()
    first.is_default_site, first.hostname, first.port = False, "quay.example", 443
    first.save()
    island.is_default_site = True
    island.save()
    print_what_is_ordered()

    assert "Mill turns" in text(printed, MILL)
    assert "Ferry returns" in text(store_of(first), FERRY)
    assert not (printed.root.parent / "papers/island.example").exists()
    assert difference(printed) == NONE


def test_settings_of_one_paper_print_that_one_alone(printed: PageStore, island: Site) -> None:
    newspaper = Newspaper.for_site(island)
    newspaper.name = "The Shore"
    newspaper.save()

    assert [order.node.site for order in waiting()] == [island]


def test_a_comment_prints_its_own_paper_alone(printed: PageStore, island: Site) -> None:
    place = places.find(ArticlePage.objects.get(slug="mill-turns").pk)
    assert place is not None
    with orders.noted() as ordered:
        a_comment(place, "The miller is a friend", judgement=Judgement.HAM)
        assert {order.node.site for order in waiting()} == {island}
        print_at_once(ordered, seconds=60, now=NOON)

    assert "The miller is a friend" in text(store_of(island), MILL)
    assert not waiting()


def waiting() -> list[PrintOrder]:
    return list(
        PrintOrder.objects.exclude(subject__in=[Subject.FORMS, Subject.PURGE]).select_related(
            "node"
        )
    )


def test_what_publishing_and_looking_asks_does_not_grow_with_papers(
    printed: PageStore, island: Site
) -> None:
    article = ArticlePage.objects.get(slug="ferry-returns")

    def asked() -> tuple[int, int]:
        print_what_is_ordered()
        print_what_is_ordered()
        with CaptureQueriesContext(
            connection,
        ) as ordering:
            orders.order_pages([article.pk])
        PrintOrder.objects.filter(subject=Subject.PAGE).delete()
        with CaptureQueriesContext(connection) as looking:
            worker.run_pending(limit=10, now=NOON, until=worker.newest_order())
        return len(ordering), len(looking)

    with_two = asked()
    for number in range(3):
        builders.a_further_paper(f"paper-{number}.example", name=f"Paper {number}")

    assert asked() == with_two


def test_a_static_site_of_one_paper(printed: PageStore, island: Site, tmp_path: Path) -> None:
    to = tmp_path / "static"
    call_command("print", all=True, to=to, paper=island.hostname, processes=1)

    assert "Mill turns" in (to / "shore/mill-turns/index.html").read_text()
    assert not (to / "news/ferry-returns").exists()


def test_every_paper_is_printed_anew(printed: PageStore, island: Site) -> None:
    for pages in (printed, store_of(island)):
        for path in list(pages.paths()):
            pages.remove(path)

    call_command("print", all=True, processes=1)

    assert difference(printed) == NONE
    with papers.in_hand(island):
        assert difference(store_of(island)) == NONE


def test_an_unknown_paper_is_named_with_those_there_are(island: Site) -> None:
    with pytest.raises(CommandError, match=r"No newspaper is at x.example; .*island.example"):
        call_command("print", all=True, paper="x.example")


@pytest.mark.parametrize("server", ["nginx", "caddy"])
def test_proxies_serve_each_paper_at_its_host(
    server: str, printed: PageStore, island: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("proxy", server)

    said = capsys.readouterr().out
    assert str(store_of(island).root) in said
    assert str(printed.root) in said
    assert f"{island.hostname}" in said
