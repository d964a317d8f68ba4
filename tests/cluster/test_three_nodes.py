"""Three nodes behind HAProxy, a standby, readers who write and read: one node dies, then PostgreSQL does."""

import pytest

from tests.cluster.paper import Paper
from tests.cluster.waiting import MOVED_WITHIN, TRUE_WITHIN, note, until

pytestmark = pytest.mark.fault


def test_a_node_dies_and_comes_back(served: Paper) -> None:
    dying = served.wait_for_first()
    left = served.others(dying)
    with served.crowd("Ferry") as crowd:
        until(crowd.more(), what="comments are taken")
        dying.kill()
        moved = until(lambda: served.first(left) is not None, what="another node is first")
        until(crowd.more(), what="comments are taken again")
    note(f"duties moved after {moved:.1f} s")
    assert moved <= MOVED_WITHIN
    assert served.seconds_until_true(left) <= TRUE_WITHIN

    dying.start()
    dying.wait()

    assert served.seconds_until_true([dying]) <= TRUE_WITHIN
    served.teach()


def test_postgresql_dies_and_the_standby_takes_over(served: Paper) -> None:
    with served.crowd("Quay") as crowd:
        until(crowd.more(), what="comments are taken")
        served.databases.primary.kill()
        served.databases.fail_over()
        moved = until(lambda: served.first(served.nodes) is not None, what="one is first again")
        until(crowd.more(), what="comments are taken again")
    note(f"duties moved after {moved:.1f} s")
    assert moved <= MOVED_WITHIN
    assert served.seconds_until_true(served.nodes) <= TRUE_WITHIN
    served.teach()
