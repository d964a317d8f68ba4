"""What nobody is told of: a cable that is cut, a database and a store that do not answer."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.cluster.paper import Paper
from tests.cluster.readers import read
from tests.cluster.waiting import MOVED_WITHIN, TRUE_WITHIN, note, until

pytestmark = pytest.mark.fault


def test_a_node_is_cut_off_and_healed(served: Paper) -> None:
    alone = served.wait_for_first()
    left = served.others(alone)
    with served.crowd("Pier") as crowd:
        until(crowd.more(), what="comments are taken")
        alone.machine.cut()
        moved = until(lambda: served.first(left) is not None, what="another node is first")
        until(crowd.more(), what="comments are taken by the others")
        pages = alone.machine.ask_inside(lambda: alone.get(crowd.article.path))
        alone.machine.heal()
    assert "Pier" in pages, "it serves its pages to whoever reaches it"
    note(f"duties moved after {moved:.1f} s")
    assert moved <= MOVED_WITHIN
    assert served.seconds_until_true(served.nodes) <= TRUE_WITHIN
    served.teach()


def test_the_database_is_cut_off_and_the_standby_takes_over(served: Paper) -> None:
    lost = served.databases.primary
    with served.crowd("Lock") as crowd:
        until(crowd.more(), what="comments are taken")
        lost.machine.cut()
        served.databases.fail_over()
        moved = until(lambda: served.first(served.nodes) is not None, what="one is first again")
        until(crowd.more(), what="comments are taken again")
    note(f"duties moved after {moved:.1f} s")
    assert moved <= MOVED_WITHIN
    assert served.seconds_until_true(served.nodes) <= TRUE_WITHIN

    lost.kill()  # nobody may write into it when it is back
    lost.machine.heal()
    served.databases.add_standby()
    with served.crowd("Quarantine") as crowd:
        until(crowd.more(), what="comments are taken with the standby that came back")


def test_the_store_stalls_and_goes_on(served: Paper) -> None:
    photo = served.photo_below(served.publish("Crane"))  # nobody has asked for it yet
    node = next(one for one in served.nodes if not (one.folder / photo.lstrip("/")).exists())

    def asked_for(_: int) -> int:
        return read(photo, **node.place).status

    with served.crowd("Basin") as crowd, ThreadPoolExecutor(8) as readers:
        until(crowd.more(), what="comments are taken")
        with served.stalled_store():
            answers = [readers.submit(asked_for, n) for n in range(8)]
            until(crowd.more(), what="comments are taken while photos are waited for")
            assert {answer.result() for answer in answers} == {503}
        until(lambda: asked_for(0) == 200, what="the photo is fetched after all")
    assert served.seconds_until_true(served.nodes) <= TRUE_WITHIN
    assert len({read(photo, **each.place).body for each in served.nodes}) == 1
