"""How often one address may try wrong keys."""

import pytest

from broadsheet.comments.throttle import Throttle, neighbourhood


def a_throttle(*, most: int = 100) -> Throttle:
    return Throttle(burst=3, per_minute=6, most=most)


def test_a_few_tries_are_free_and_then_one_waits() -> None:
    throttle = a_throttle()

    waits = [throttle.wait("192.0.2.1", clock=0) for _ in range(4)]

    assert waits == [0, 0, 0, pytest.approx(10)]


def test_waiting_gives_a_try_back() -> None:
    throttle = a_throttle()
    for _ in range(4):
        throttle.wait("192.0.2.1", clock=0)

    assert throttle.wait("192.0.2.1", clock=10) == 0
    assert throttle.wait("192.0.2.1", clock=10) > 0


def test_others_do_not_wait() -> None:
    throttle = a_throttle()
    for _ in range(4):
        throttle.wait("192.0.2.1", clock=0)

    assert throttle.wait("192.0.2.2", clock=0) == 0


def test_a_crowd_of_addresses_takes_no_more_memory() -> None:
    throttle = a_throttle(most=10)

    for number in range(1000):
        throttle.wait(f"192.0.2.{number}", clock=0)

    assert len(throttle._buckets) == 10


@pytest.mark.parametrize(
    ("address", "who"),
    [
        pytest.param("192.0.2.1", "192.0.2.1", id="one IPv4 address"),
        pytest.param("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", id="all of an IPv6 network"),
        pytest.param("", "", id="a socket file has none"),
    ],
)
def test_who_counts_as_one(address: str, who: str) -> None:
    assert neighbourhood(address) == who
