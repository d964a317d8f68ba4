"""One of three nodes dies while readers write: nothing acknowledged is lost, the others' pages are true, its duties move."""

import pytest

from tests.cluster.members import Member, until
from tests.cluster.readers import Article, Readers

pytestmark = pytest.mark.fault

BEFORE, AFTER = 30, 30  # comments acknowledged before and after a node dies


def texts(rows: object) -> list[str]:
    found = rows.execute("SELECT text FROM comments_readercomment")  # type: ignore[attr-defined]
    return [text for (text,) in found]


def first_of(members: list[Member]) -> Member | None:
    found = [member for member in members if member.figure("first_node") == 1]
    return found[0] if len(found) == 1 else None


def has_printed_all(member: Member) -> bool:
    later = member.figure('queue_length{queue="print later"}')
    return member.figure('queue_length{queue="print"}') == 0 == later


def test_a_node_dies_while_readers_write(members: list[Member], rows: object) -> None:
    article = Article(*members[0].run("prepare"))
    for member in members:
        until(lambda member=member: "Ferry" in member.get(article.path), what="a change elsewhere")
    until(lambda: first_of(members) is not None, what="one of them is first")
    dying = first_of(members)
    assert dying is not None
    readers = Readers(article, members)

    readers.start()
    until(lambda: len(readers.acknowledged) >= BEFORE, what="comments are taken")
    dying.kill()
    target = len(readers.acknowledged) + AFTER
    left = [member for member in members if member is not dying]
    moved = until(lambda: first_of(left) is not None, what="another node is first")
    until(lambda: len(readers.acknowledged) >= target, what="comments are taken again")
    readers.stop()

    kept = texts(rows)
    assert sorted(set(kept)) == sorted(kept), "a comment was kept twice"
    assert set(readers.acknowledged) <= set(kept)
    assert readers.refused == []
    left[0].run("teach")
    for member in left:
        until(lambda member=member: has_printed_all(member), what="all is printed")
        until(lambda member=member: member.run("look") == [], what="pages are as Django answers")
    until(lambda: left[0].model() == left[1].model(), what="the filters have learnt the same")
    assert left[0].model()[0] >= 6
    print(f"another node was first after {moved:.1f} s")  # noqa: T201
