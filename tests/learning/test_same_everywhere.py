"""Every process of every node has the same filter, bit by bit, whenever it started and whatever it has missed."""

import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.management import call_command

from broadsheet.learning import log, trainer
from broadsheet.learning.models import FIRST, Decision, LoggedJudgement, Source
from broadsheet.learning.trainer import Follower
from broadsheet.spam import SpamFilter, Submission
from tests.clock import NOON

pytestmark = pytest.mark.django_db
EVENTS = 16  # in a row; each takes a tenth of a second


def decided(number: int) -> LoggedJudgement:
    """A lesson."""
    submission = Submission(
        text=f"Remark {number} about pills and the ferry", author=f"Jo {number}"
    )
    judgement = log.record(
        submission=submission,
        verdict=SpamFilter.empty().judge(submission),
        source=Source.COMMENT,
        judged_at=NOON,
    )
    decide(judgement, Decision.SPAM if number % 3 else Decision.HAM)
    return judgement


def decide(judgement: LoggedJudgement, decision: Decision) -> None:
    log.decide(judgement_id=judgement.pk, decision=decision, decided_at=NOON)


def erase(judgement: LoggedJudgement, *, unlearn: bool = False) -> None:
    log.erase(judgement_ids=[judgement.pk], unlearn=unlearn)


def state(follower: Follower) -> tuple[int, str]:
    follower.catch_up()
    return follower.state()


def test_a_node_that_joins_knows_what_erased_texts_had_taught() -> None:
    there = Follower()
    lessons = [decided(number) for number in range(6)]
    known = state(there)

    log.erase(judgement_ids=[lesson.pk for lesson in lessons[:4]], unlearn=False)

    assert state(Follower()) == state(there) == known


def test_a_node_that_was_cut_off_while_texts_came_and_were_erased_knows_what_they_taught() -> None:
    there, cut_off = Follower(), Follower()
    decided(1)
    state(cut_off)
    erase(decided(2))
    decided(3)

    assert state(cut_off) == state(there)


def test_a_node_that_missed_how_a_lesson_was_taken_back_forgets_what_all_forget() -> None:
    there, cut_off = Follower(), Follower()
    erased = decided(1)
    state(cut_off)
    taken_back = decided(2)
    erase(erased)  # kept by a filter that has learnt both
    decide(taken_back, Decision.NONE)

    assert state(cut_off) == state(there) == state(Follower())


def test_a_text_that_is_erased_while_a_node_reads_the_log_is_learnt(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lessons = [decided(number) for number in range(3)]
    known = state(Follower())
    read = trainer._lessons
    erasing = iter(lessons[:1])

    def too_late(*where: Any, **more: Any) -> Iterator[tuple[Submission, bool]]:
        for lesson in erasing:
            erase(lesson)
        return read(*where, **more)

    monkeypatch.setattr(trainer, "_lessons", too_late)

    assert state(Follower()) == known


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_happens_all_have_the_same_filter(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311, a test
    lessons = [decided(number) for number in range(3)]
    followers = [Follower() for _ in range(3)]
    events: list[Callable[[], object]] = [
        lambda: lessons.append(decided(len(lessons))),
        lambda: decide(chance.choice(lessons), chance.choice(list(Decision))),
        lambda: erase(chance.choice(lessons)),
        lambda: erase(chance.choice(lessons), unlearn=True),
        lambda: log.empty(judgement_ids=[chance.choice(lessons).pk], fields=["author"]),
        lambda: trainer.keep_what_was_learnt(FIRST),
        lambda: call_command("retrain", "--forget-erased"),
    ]
    for _ in range(EVENTS):
        chance.choice(events)()
        chance.choice(followers).catch_up()  # the others miss it

    assert len({state(follower) for follower in (*followers, Follower())}) == 1
