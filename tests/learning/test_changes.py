"""A thread that looks again and again is told when nothing can have changed."""

from threading import Thread

import pytest
from django.contrib.auth.models import Group
from django.db import connection

from broadsheet.learning.changes import SETTLES, Watch

AT_LEAST = 100.0


class Clock:
    """Seconds that pass when told to."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def commit_elsewhere(name: str) -> None:
    """As another process would, on a connection of its own."""

    def write() -> None:
        Group.objects.create(name=name)
        connection.close()

    thread = Thread(target=write)
    thread.start()
    thread.join()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_looks_are_worth_their_while_after_a_commit_for_a_while_and_now_and_then() -> None:
    clock = Clock()
    watch = Watch(at_least=AT_LEAST, clock=clock)
    assert watch.is_worth_a_look()  # nothing is known yet

    clock.now += SETTLES + 1
    quiet = watch.is_worth_a_look()
    commit_elsewhere("ferry")
    noticed = watch.is_worth_a_look()
    clock.now += SETTLES
    still_settling = watch.is_worth_a_look()
    clock.now += 1
    quiet_again = watch.is_worth_a_look()
    clock.now += AT_LEAST
    after_a_time = watch.is_worth_a_look()

    assert (noticed, still_settling, after_a_time) == (True, True, True)
    if connection.vendor == "sqlite":  # PostgreSQL's mark is the whole server's, where others write
        assert (quiet, quiet_again) == (False, False)
