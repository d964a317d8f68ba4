"""Each newspaper's filter learns from its own decisions alone, and begins with the filter that ships."""

from typing import Any

import pytest

from broadsheet.learning import checkpoints, filters, log, trainer
from broadsheet.learning.models import FIRST, Decision, LoggedJudgement, Source
from broadsheet.learning.trainer import Follower
from broadsheet.spam import SpamFilter, Submission
from tests.clock import NOON

pytestmark = pytest.mark.django_db
ISLAND, SHORE = 7, 8
BAD = "Cheap pills, buy now at pills.example, no prescription"


def decide(decision: Decision, *, paper: int, text: str = BAD) -> LoggedJudgement:
    submission = Submission(text=text)
    judgement = log.record(
        submission=submission,
        verdict=SpamFilter.empty().judge(submission),
        source=Source.COMMENT,
        judged_at=NOON,
        paper=paper,
    )
    log.decide(judgement_id=judgement.pk, decision=decision, decided_at=NOON)
    return judgement


@pytest.mark.parametrize(("teaches", "other"), [(FIRST, ISLAND), (ISLAND, FIRST), (ISLAND, SHORE)])
def test_decisions_of_one_newspaper_never_teach_another(teaches: int, other: int) -> None:
    shipped = SpamFilter.shipped().checksum()

    decide(Decision.SPAM, paper=teaches)

    assert state(teaches) != shipped
    assert state(other) == shipped


def state(paper: int) -> str:
    follower = Follower(paper)
    follower.catch_up()
    return follower.state()[1]


def test_a_new_newspaper_begins_with_the_filter_that_ships() -> None:
    for number in range(3):
        decide(Decision.HAM, paper=FIRST, text=f"{BAD} {number}")

    assert state(ISLAND) == SpamFilter.shipped().checksum()


def test_what_one_takes_back_the_other_still_knows() -> None:
    taken_back = decide(Decision.SPAM, paper=FIRST)
    decide(Decision.SPAM, paper=ISLAND)
    known = state(ISLAND)

    log.decide(judgement_id=taken_back.pk, decision=Decision.NONE, decided_at=NOON)

    assert state(FIRST) == SpamFilter.shipped().checksum()
    assert state(ISLAND) == known


def test_checkpoints_are_each_papers_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trainer, "LESSONS_BETWEEN_CHECKPOINTS", 2)
    for number in range(2):
        decide(Decision.SPAM, paper=ISLAND, text=f"{BAD} {number}")

    assert trainer.keep_checkpoint(ISLAND)
    assert not trainer.keep_checkpoint(SHORE)  # it has learnt nothing

    assert checkpoints.positions(ISLAND) == [2]
    assert checkpoints.positions() == []
    assert trainer.start(ISLAND).spam_filter.checksum() == state(ISLAND)


def test_an_erased_text_stays_learnt_by_its_own_paper() -> None:
    judgement = decide(Decision.SPAM, paper=ISLAND)
    known = state(ISLAND)

    log.erase(judgement_ids=[judgement.pk], unlearn=False)

    assert state(ISLAND) == known
    assert state(FIRST) == SpamFilter.shipped().checksum()


def test_only_so_many_filters_are_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filters, "MOST_FURTHER", 2)
    made: list[int] = []

    class Counted(Follower):
        def __init__(self, paper: int = FIRST) -> None:
            made.append(paper)
            super().__init__(paper)

    monkeypatch.setattr(filters, "Follower", Counted)

    for paper in (1, 2, 1, 3, 1, 2, FIRST):
        filters.current_filter(paper)

    assert made == [1, 2, 3, 2]


def test_the_first_papers_filter_stays_whatever_others_are_asked(settings: Any) -> None:
    first = filters.current_filter()

    for paper in range(1, filters.MOST_FURTHER + 3):
        filters.current_filter(paper)

    assert filters.current_filter() is first
