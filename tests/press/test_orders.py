"""Orders: written with the change, printed once, and never lost."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from broadsheet.comments import places
from broadsheet.comments.models import CommentSettings
from broadsheet.newsroom.models import ArticlePage
from broadsheet.press import orders, printing, worker
from broadsheet.press.at_once import print_at_once
from broadsheet.press.encodings import Effort
from broadsheet.press.models import Node, PrintOrder, Subject, Withdrawn
from broadsheet.press.records import Page
from broadsheet.press.store import PageStore
from broadsheet.spam import Judgement
from tests import builders
from tests.clock import NOON
from tests.comments.builders import a_comment
from tests.press.builders import FERRY, NONE, difference, print_what_is_ordered, text, waiting


def count_renderings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    rendered: list[str] = []

    def counted(path: str) -> Page | None:
        rendered.append(path)
        return printing.page_for(path)

    monkeypatch.setattr(worker, "page_for", counted)
    return rendered


def test_without_changes_there_is_nothing_to_print(printed: PageStore) -> None:
    assert print_what_is_ordered() == 0


def test_a_change_that_is_rolled_back_orders_nothing(printed: PageStore) -> None:
    with transaction.atomic():
        builders.an_article()
        assert PrintOrder.objects.exists()
        transaction.set_rollback(True)

    assert not waiting()


@pytest.mark.parametrize(
    ("judgement", "page_is_reprinted"),
    [
        pytest.param(Judgement.HAM, True, id="good comments appear at once"),
        pytest.param(Judgement.UNSURE, False, id="doubtful ones wait for a moderator"),
        pytest.param(Judgement.SPAM, False, id="spam is kept but never shown"),
    ],
)
def test_a_comment_reprints_its_article(
    printed: PageStore, judgement: Judgement, *, page_is_reprinted: bool
) -> None:
    place = places.find(builders.an_article().pk)
    print_what_is_ordered()
    assert place is not None

    a_comment(place, "The captain waved.", judgement=judgement)
    print_what_is_ordered()

    assert ("The captain waved." in text(printed, FERRY)) is page_is_reprinted


def test_a_month_without_articles_leaves_the_archive(printed: PageStore) -> None:
    article = builders.an_article()
    print_what_is_ordered()
    assert "/archive/2026/3/" in text(printed, "/archive/")

    article.delete()
    print_what_is_ordered()

    assert difference(printed) == NONE
    assert "/archive/2026/3/" not in text(printed, "/archive/")


def test_a_storm_of_comments_prints_the_article_once(
    printed: PageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = places.find(builders.an_article().pk)
    print_what_is_ordered()
    assert place is not None
    written: list[str] = []
    write = PageStore.write

    def counted(pages: PageStore, path: str, page: Page, **options: Any) -> bool:
        written.append(path)
        return write(pages, path, page, **options)

    monkeypatch.setattr(PageStore, "write", counted)

    for number in range(30):
        address, email = f"203.{number}.113.7", f"reader{number}@reader.example"
        a_comment(place, f"Number {number} of many.", address=address, email=email)
    print_what_is_ordered()

    assert written == [FERRY]
    assert "Number 29 of many." in text(printed, FERRY)


def test_an_order_that_arrives_while_its_path_is_printed_is_not_lost(
    printed: PageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = builders.an_article()
    print_what_is_ordered()
    late = iter([True])

    def page_for(path: str) -> Page | None:
        page = printing.page_for(path)
        if path == FERRY and next(late, False):
            ArticlePage.objects.filter(pk=article.pk).update(standfirst="At last.")
            orders.order_paths([FERRY])
        return page

    monkeypatch.setattr(worker, "page_for", page_for)
    orders.order_paths([FERRY])
    print_what_is_ordered()

    assert "At last." in text(printed, FERRY)


def effort(store: PageStore, path: str) -> Effort | None:
    found = store.find(path)
    return found.effort if found else None


def test_a_page_is_pressed_well_once_nothing_changes_there_any_more(printed: PageStore) -> None:
    builders.an_article()
    print_what_is_ordered()
    written = datetime.fromtimestamp(printed.modified(FERRY), UTC)
    all_written = datetime.fromtimestamp(max(map(printed.modified, printed.paths())), UTC)
    for _ in range(10):
        print_what_is_ordered(written + timedelta(seconds=9))
    assert effort(printed, FERRY) is Effort.FAST

    for _ in range(10):
        print_what_is_ordered(all_written + timedelta(seconds=11))

    assert effort(printed, FERRY) is Effort.BEST
    assert difference(printed) == NONE
    assert not PrintOrder.objects.exists()


def test_pressing_is_left_to_a_thread_of_its_own_where_there_is_one(printed: PageStore) -> None:
    builders.an_article()
    print_what_is_ordered()
    later = datetime.fromtimestamp(printed.modified(FERRY), UTC) + timedelta(seconds=11)

    worker.run_pending(limit=10, now=later, until=worker.newest_order())
    assert effort(printed, FERRY) is Effort.FAST

    for _ in range(10):
        worker.press_quiet_pages(now=later)
    assert effort(printed, FERRY) is Effort.BEST


def test_the_background_leaves_the_newest_orders_to_who_gave_them(printed: PageStore) -> None:
    orders.order_paths(["/"])
    before = worker.newest_order()
    orders.order_paths(["/robots.txt"])

    assert worker.run_pending(limit=10, now=NOON, until=before) == 1
    assert [order.path for order in waiting()] == ["/robots.txt"]
    assert worker.run_pending(limit=10, now=NOON, until=worker.newest_order()) == 1


def test_one_look_tells_whether_anything_waits(printed: PageStore) -> None:
    assert not worker.anything_waits()

    builders.publish(builders.an_article())
    assert worker.anything_waits()

    print_what_is_ordered()
    assert not worker.anything_waits()


def test_comments_close_by_age_without_any_event(printed: PageStore) -> None:
    changed = CommentSettings.for_site(builders.the_site())
    changed.close_after_days = 7
    changed.save()
    article = builders.an_article()
    print_what_is_ordered(NOON)

    print_what_is_ordered(NOON + timedelta(days=7, minutes=-1))
    assert not waiting()
    Node.objects.update(seen_at=NOON + timedelta(days=7, minutes=-2))
    worker.folders_here(NOON + timedelta(days=7))

    assert [order.page_id for order in waiting()] == [article.pk]


def test_the_pages_that_a_new_article_touches_do_not_grow_with_the_archive(
    printed: PageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pages_for_one_more(number: int) -> set[str]:
        print_what_is_ordered()
        rendered = count_renderings(monkeypatch)
        builders.an_article("New", by=("Amal Haddad",), minutes_ago=-number)
        print_what_is_ordered()
        ArticlePage.objects.get(slug="new").delete()
        Withdrawn.objects.all().delete()  # the next one shall be new at its address, too
        return set(rendered)

    for number in range(5):
        builders.an_article(f"Early {number}", by=("Amal Haddad",), minutes_ago=100 + number)
    early = pages_for_one_more(0)
    for number in range(65):
        builders.an_article(f"Late {number}", by=("Amal Haddad",), minutes_ago=number)

    assert pages_for_one_more(1) == early
    assert len(early) <= 16


def test_what_a_request_orders_is_printed_before_its_answer(
    printed: PageStore,
) -> None:
    with orders.noted() as ordered:
        builders.an_article()
        print_at_once(ordered, seconds=60, now=NOON)

    assert "Ferry returns" in text(printed, FERRY)
    assert not PrintOrder.objects.filter(subject=Subject.PATH).exists()


def test_a_request_waits_no_longer_than_it_may(printed: PageStore) -> None:
    with orders.noted() as ordered, printed.unfolding():
        builders.an_article()
        print_at_once(ordered, seconds=0.01, now=NOON)

    assert text(printed, FERRY) == ""
    print_what_is_ordered()
    assert "Ferry returns" in text(printed, FERRY)
