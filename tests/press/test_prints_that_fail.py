"""What goes wrong while a page is printed loses neither the page nor the order."""

from datetime import timedelta
from pathlib import Path

import pytest

from broadsheet.press import orders, printing, worker
from broadsheet.press.files import StorageFull
from broadsheet.press.models import PrintOrder
from broadsheet.press.records import Page
from broadsheet.press.store import PageStore
from tests import builders
from tests.clock import NOON
from tests.press.builders import FERRY, NONE, difference, print_what_is_ordered, text, waiting


def test_a_crash_before_the_print_loses_nothing(
    printed: PageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    builders.an_article()

    def crash(_path: str) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(worker, "page_for", crash)
        with pytest.raises(KeyboardInterrupt):
            print_what_is_ordered()
    print_what_is_ordered()

    assert difference(printed) == NONE


def test_a_page_that_fails_is_tried_later_and_holds_up_no_other(
    printed: PageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    builders.an_article()
    print_what_is_ordered()

    def page_for(path: str) -> Page | None:
        if path == FERRY:
            raise printing.PrintingFailed(path, 500)
        return printing.page_for(path)

    with monkeypatch.context() as patched:
        patched.setattr(worker, "page_for", page_for)
        orders.order_paths([FERRY, "/"])
        print_what_is_ordered()

    assert [(order.path, order.failures) for order in waiting()] == [(FERRY, 1)]
    assert "Ferry returns" in text(printed, FERRY), "the old page stays"
    assert print_what_is_ordered() == 0, "not yet"
    assert print_what_is_ordered(NOON + timedelta(seconds=3)) == 1


def test_a_page_that_fails_for_days_is_tried_every_five_minutes_and_holds_up_no_other(
    printed: PageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def page_for(path: str) -> Page | None:
        if path == FERRY:
            raise printing.PrintingFailed(path, 500)
        return printing.page_for(path)

    monkeypatch.setattr(worker, "page_for", page_for)
    orders.order_paths([FERRY, "/"])
    PrintOrder.objects.filter(path=FERRY).update(failures=1000)
    print_what_is_ordered()

    assert [(order.path, order.not_before) for order in waiting()] == [
        (FERRY, NOON + timedelta(minutes=5))
    ]


def test_what_waits_for_something_that_is_away_is_tried_again_and_again_within_seconds(
    printed: PageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    builders.an_article()
    print_what_is_ordered()
    orders.order_paths([FERRY])

    def page_for(path: str) -> Page | None:
        raise printing.PrintingFailed(path, 503)

    with monkeypatch.context() as patched:
        patched.setattr(worker, "page_for", page_for)
        assert [print_what_is_ordered(NOON + timedelta(seconds=3 * n)) for n in range(9)] == [1] * 9

    assert print_what_is_ordered(NOON + timedelta(seconds=27)) == 1
    assert waiting() == []


def test_a_full_disk_keeps_page_and_order(
    printed: PageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(*_: object, **__: object) -> None:
        raise StorageFull(Path("pages"))

    orders.order_paths(["/"])
    with monkeypatch.context() as patched:
        patched.setattr(PageStore, "write", write)
        with pytest.raises(StorageFull):
            print_what_is_ordered()

    assert PrintOrder.objects.filter(path="/").exists()


@pytest.mark.parametrize("path", ["/" + "x" * 1200 + "/", "/a\\b/", "/script.php"])
def test_a_path_that_can_not_be_printed_is_no_obstacle(printed: PageStore, path: str) -> None:
    orders.order_paths([path, "/"])

    print_what_is_ordered()

    assert not waiting()
