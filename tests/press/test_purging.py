"""Caches in front: told of exactly what was printed or removed, for as long as it takes, and held up by nothing."""

import logging
from collections.abc import Sequence
from dataclasses import replace

import pytest
from django.conf import LazySettings, settings
from wagtail.contrib.frontend_cache.backends.base import BaseBackend

from broadsheet.press import edition, purging
from broadsheet.press.models import Node, PrintOrder, Subject
from broadsheet.press.purging import NotPurged
from broadsheet.press.store import PageStore
from broadsheet.web.cdn import Cdn
from broadsheet.web.purging import LONGEST_WAIT, LOOK_EVERY, told, wait_after
from tests import builders
from tests.clock import NOON
from tests.press.builders import FERRY, print_what_is_ordered


class Cache(BaseBackend):  # type: ignore[misc]
    """A cache that remembers what it was told."""

    def __init__(self) -> None:
        super().__init__({})
        self.told: list[str] = []

    def purge_batch(self, urls: Sequence[str]) -> None:
        self.told += [url.removeprefix(settings.PUBLIC_ADDRESS) for url in urls]


class Away(BaseBackend):  # type: ignore[misc]
    """A cache that can't be told, and says so as Wagtail's do: in the log, or by an error of its service's library."""

    def __init__(self, *, logs: bool) -> None:
        super().__init__({})
        self._logs = logs

    def purge(self, url: str) -> None:
        if not self._logs:
            raise ConnectionRefusedError("nobody listens")
        logging.getLogger("wagtail.frontendcache").error("Couldn't purge %s: nobody listens", url)


@pytest.fixture
def kept(printed: PageStore, settings: LazySettings) -> PageStore:
    """A printed newspaper, behind a cache from now on."""
    settings.WAGTAILFRONTENDCACHE = {"default": {}}
    return printed


def node() -> Node:
    return Node.objects.get()


def waiting() -> list[str]:
    orders = PrintOrder.objects.filter(subject=Subject.PURGE).order_by("id")
    return list(orders.values_list("path", flat=True))


def test_without_a_cache_nothing_is_ordered_for_it(printed: PageStore) -> None:
    builders.publish(builders.an_article())
    print_what_is_ordered()

    assert waiting() == []


def test_a_cache_is_told_of_what_was_printed_and_of_nothing_else(kept: PageStore) -> None:
    before = {path: kept.signature(path) for path in kept.paths()}
    builders.publish(builders.an_article())
    print_what_is_ordered()
    cache = Cache()

    told([cache], failures=0)

    changed = {path for path in kept.paths() if kept.signature(path) != before.get(path)}
    assert FERRY in changed
    assert "/about/" not in changed
    assert sorted(cache.told) == sorted(changed)
    assert waiting() == []


def test_printing_everything_forgets_nothing_that_a_cache_is_to_be_told(kept: PageStore) -> None:
    builders.publish(builders.an_article())
    print_what_is_ordered()
    before = waiting()

    edition.print_everything(processes=1, progress=lambda _done, _all: None, now=NOON)

    assert FERRY in before
    assert set(before) <= set(waiting())


def test_a_cache_is_told_of_what_is_gone(kept: PageStore) -> None:
    article = builders.an_article()
    builders.publish(article)
    print_what_is_ordered()
    told([Cache()], failures=0)
    article.unpublish()
    print_what_is_ordered()
    cache = Cache()

    told([cache], failures=0)

    assert FERRY in cache.told


@pytest.mark.parametrize("logs", [True, False])
def test_who_can_not_be_told_is_told_later_and_the_log_hears_it_once(
    logs: bool, kept: PageStore, caplog: pytest.LogCaptureFixture
) -> None:
    builders.publish(builders.an_article())
    print_what_is_ordered()
    orders = waiting()

    failures = told([Away(logs=logs)], failures=0)
    failures = told([Away(logs=logs)], failures)
    print_what_is_ordered()  # which is not held up
    assert waiting() == orders
    cache = Cache()
    failures = told([cache], failures)

    assert failures == 0
    assert set(cache.told) == set(orders)
    assert [record.levelname for record in caplog.records] == ["ERROR", "INFO"]


def test_a_page_that_was_printed_often_meanwhile_is_ordered_once(kept: PageStore) -> None:
    for path in ("/", FERRY, "/", "/"):
        PrintOrder.objects.create(node=node(), subject=Subject.PURGE, path=path)

    assert told([Away(logs=True)], failures=3) == 4

    assert waiting() == [FERRY, "/"]


def test_all_caches_hear_of_a_page(kept: PageStore) -> None:
    PrintOrder.objects.create(node=node(), subject=Subject.PURGE, path="/größe/")
    caches = [Cache(), Cache()]

    assert purging.purge_due(node(), caches) == 1

    assert [cache.told for cache in caches] == [["/gr%C3%B6%C3%9Fe/"]] * 2


def test_the_order_stays_until_the_last_cache_has_heard(kept: PageStore) -> None:
    PrintOrder.objects.create(node=node(), subject=Subject.PURGE, path="/")

    with pytest.raises(NotPurged, match="nobody listens"):
        purging.purge_due(node(), [Cache(), Away(logs=False)])

    assert waiting() == ["/"]


def test_pages_name_what_they_are_made_of_if_a_setting_asks(
    printed: PageStore, settings: LazySettings
) -> None:
    settings.CONFIGURATION = replace(settings.CONFIGURATION, cdn=Cdn(keys="Surrogate-Key"))
    article = builders.an_article(hero=builders.a_photo(description="A quay", credit="B. Roth"))
    builders.publish(article)
    print_what_is_ordered()

    own, front = printed.find(FERRY), printed.find("/")
    assert own is not None
    assert own.keys.split()[:2] == [f"page-{article.pk}", f"photo-{article.hero_id}"]
    assert front is not None
    assert f"page-{article.pk}" in front.keys.split()


def test_a_cache_that_is_away_for_days_is_asked_every_five_minutes() -> None:
    waits = [wait_after(failures) for failures in (0, 1, 2, 9, 100_000)]

    assert waits == [LOOK_EVERY, 2.0, 4.0, LONGEST_WAIT, LONGEST_WAIT]
