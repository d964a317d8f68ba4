"""A change is everywhere at once; a node leaves without anybody noticing, and is forgotten, and comes back."""

import statistics

import pytest

from tests.cluster.members import Member
from tests.cluster.paper import Paper
from tests.cluster.readers import Article, check, comment
from tests.cluster.waiting import TRUE_WITHIN, note, until

pytestmark = pytest.mark.fault

ROUNDS = 3  # for each node
EVERYWHERE_WITHIN = 1.0  # seconds, usually; two cores do the work of seven machines


def seconds_until_everywhere(served: Paper, article: Article, at: Member, text: str) -> float:
    """From the answer to a comment that was sent to one node."""
    assert comment(article, text, **at.place).status == 303
    return until(
        lambda: all(text in node.get(article.path) for node in served.nodes),
        what="the comment is on every node",
        every=0.01,
    )


def test_a_change_on_one_node_is_on_every_node_within_a_second(served: Paper) -> None:
    article = served.publish("Buoy")
    took = [
        seconds_until_everywhere(served, article, at, f"The ferry, seen from {at.name}, {n}.")
        for n in range(ROUNDS)
        for at in served.nodes
    ]
    note(f"everywhere after {told(took)}")
    assert statistics.median(took) <= EVERYWHERE_WITHIN


def test_a_check_at_one_node_is_in_the_log_of_all_within_a_second(served: Paper) -> None:
    key = served.ask("issue_key")
    for node in served.nodes:
        until(
            lambda node=node: check(key, "The ferry", **node.place) in {"true", "false"},
            what="the node knows the key",
        )
    took = [
        seconds_until_kept(served, key, at, f"The ferry, seen by {at.name}, {n}.")
        for n in range(ROUNDS)
        for at in served.nodes
    ]
    note(f"checks in the log after {told(took)}")
    assert statistics.median(took) <= EVERYWHERE_WITHIN


def seconds_until_kept(served: Paper, key: str, at: Member, text: str) -> float:
    """From the answer to a check by one node."""
    assert check(key, text, **at.place) in {"true", "false"}
    return until(lambda: served.is_kept(text), what="the check is in the log", every=0.01)


def told(took: list[float]) -> str:
    return f"{statistics.median(took):.2f} s; each: {', '.join(f'{one:.2f}' for one in took)}"


def test_a_node_that_leaves_drains_is_forgotten_and_comes_back(served: Paper) -> None:
    leaving = served.nodes[-1]
    left = served.others(leaving)
    served.teach()
    leaving.stop()
    leaving.start(BROADSHEET_DRAIN="5")
    leaving.wait()
    with served.crowd("Sluice") as crowd:
        until(crowd.more(), what="comments are taken")
        leaving.leave()
        assert leaving.process
        assert leaving.process.wait(60) == 0
        leaving.stop()
        until(crowd.more(), what="comments are taken by the others")
    assert crowd.refused == [], "nobody was sent to it any more when it ended"

    served.make_forgotten(leaving)
    assert served.seconds_until_true(left) <= TRUE_WITHIN
    article = served.publish("Mole", left)

    leaving.start()
    leaving.wait()
    until(lambda: "Mole" in leaving.get(article.path), what="it has printed what it has missed")
    served.seconds_until_true([leaving])
    served.wait_until_all_know_the_same()
