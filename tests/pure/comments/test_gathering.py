"""What waits is finished together; what fails, fails alone."""

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future

import pytest

from broadsheet.comments.gathering import Full, Gatherer

LONG = 30  # seconds; nothing here takes that long


class Works:
    """Doubles numbers; waits, where told to, until it may go on."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.begun, self.may_go_on = threading.Event(), threading.Event()
        self.may_go_on.set()

    def prepare(self, item: int) -> int:
        if item < 0:
            raise ValueError(item)
        return item

    def finish(self, items: Sequence[int]) -> list[int]:
        self.batches.append(list(items))
        self.begun.set()
        assert self.may_go_on.wait(LONG)
        if 13 in items:
            raise RuntimeError("13 spoils it for all")
        return [2 * item for item in items]


@pytest.fixture
def works() -> Works:
    return Works()


@pytest.fixture
def gatherer(works: Works) -> Iterator[Gatherer[int, int, int]]:
    gatherer = Gatherer(
        prepare=works.prepare, finish=works.finish, at_once=4, waiting=8, patience=0
    )
    gatherer.start()
    yield gatherer
    works.may_go_on.set()
    gatherer.close()


def give(gatherer: Gatherer[int, int, int], *items: int) -> list["Future[object]"]:
    promises: list[Future[object]] = [Future() for _ in items]
    for item, promise in zip(items, promises, strict=True):
        gatherer.give(item, promise)
    return promises


def while_one_is_finished(works: Works, gatherer: Gatherer[int, int, int]) -> "Future[object]":
    """Let what comes now wait."""
    works.may_go_on.clear()
    (first,) = give(gatherer, 1)
    assert works.begun.wait(LONG)
    return first


def test_who_comes_alone_is_finished_alone(works: Works, gatherer: Gatherer[int, int, int]) -> None:
    (promise,) = give(gatherer, 21)

    assert promise.result(LONG) == 42
    assert works.batches == [[21]]


def test_those_who_wait_are_finished_together_up_to_a_limit(
    works: Works, gatherer: Gatherer[int, int, int]
) -> None:
    first = while_one_is_finished(works, gatherer)
    promises = give(gatherer, 2, 3, 4, 5, 6)
    works.may_go_on.set()

    assert [promise.result(LONG) for promise in (first, *promises)] == [2, 4, 6, 8, 10, 12]
    assert works.batches == [[1], [2, 3, 4, 5], [6]]


@pytest.mark.parametrize(
    ("patience", "comes_later", "batches"),
    [
        pytest.param(LONG, [4, 5], [[1], [2, 3], [4, 5]], id="for as many as came before"),
        pytest.param(0.01, [4], [[1], [2, 3], [4]], id="not for long"),
    ],
)
def test_after_many_the_first_of_the_next_waits(
    works: Works, patience: float, comes_later: list[int], batches: list[list[int]]
) -> None:
    gatherer = Gatherer(
        prepare=works.prepare, finish=works.finish, at_once=4, waiting=8, patience=patience
    )
    gatherer.start()
    while_one_is_finished(works, gatherer)
    many = give(gatherer, 2, 3)
    works.may_go_on.set()
    assert [promise.result(LONG) for promise in many] == [4, 6]

    last = [give(gatherer, item)[0] for item in comes_later]

    assert [promise.result(LONG) for promise in last] == [2 * item for item in comes_later]
    assert works.batches == batches
    gatherer.close()


def test_what_cannot_be_made_ready_fails_alone(
    works: Works, gatherer: Gatherer[int, int, int]
) -> None:
    while_one_is_finished(works, gatherer)
    bad, good = give(gatherer, -1, 2)
    works.may_go_on.set()

    assert isinstance(bad.exception(LONG), ValueError)
    assert good.result(LONG) == 4


def test_a_batch_that_fails_is_told_to_all_of_it_and_the_next_goes_on(
    works: Works, gatherer: Gatherer[int, int, int]
) -> None:
    while_one_is_finished(works, gatherer)
    spoilt = give(gatherer, 12, 13)
    works.may_go_on.set()

    assert [type(promise.exception(LONG)) for promise in spoilt] == [RuntimeError, RuntimeError]
    assert give(gatherer, 7)[0].result(LONG) == 14


def test_who_has_gone_is_told_nothing(works: Works, gatherer: Gatherer[int, int, int]) -> None:
    while_one_is_finished(works, gatherer)
    gone, here = give(gatherer, 2, 3)
    assert gone.cancel()
    works.may_go_on.set()

    assert here.result(LONG) == 6


def test_too_many_are_refused(works: Works, gatherer: Gatherer[int, int, int]) -> None:
    while_one_is_finished(works, gatherer)
    waiting = give(gatherer, *range(2, 10))
    with pytest.raises(Full):
        give(gatherer, 99)
    works.may_go_on.set()

    assert [promise.result(LONG) for promise in waiting] == list(range(4, 20, 2))


def test_what_waits_at_the_end_is_finished(works: Works) -> None:
    gatherer = Gatherer(
        prepare=works.prepare, finish=works.finish, at_once=4, waiting=8, patience=0
    )
    promises = give(gatherer, 1, 2)
    gatherer.start()
    gatherer.close()

    assert [promise.result(0) for promise in promises] == [2, 4]


def test_results_are_handed_out_where_they_are_awaited(works: Works) -> None:
    handed_out = []
    gatherer = Gatherer(
        prepare=works.prepare, finish=works.finish, at_once=4, waiting=8, patience=0
    )
    promises = give(gatherer, 1, 2)
    gatherer.start(handed_out.append)
    gatherer.close()

    assert not any(promise.done() for promise in promises)
    for hand_out in handed_out:
        hand_out()
    assert [promise.result(0) for promise in promises] == [2, 4]
