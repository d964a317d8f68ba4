"""What people decide, the filter learns; what they take back, it unlearns."""

import pytest
from django.core.management import CommandError, call_command

from broadsheet.learning import checkpoints, log, trainer
from broadsheet.learning.models import Decision, KeptFilter, LoggedJudgement, Source
from broadsheet.learning.trainer import Follower
from broadsheet.spam import SpamFilter, Submission
from tests.clock import NOON

pytestmark = pytest.mark.django_db
BAD = "Cheap pills, buy now at pills.example, no prescription"
GOOD = "The ferry was late again, as it is every winter"


def logged(text: str) -> LoggedJudgement:
    submission = Submission(text=text)
    return log.record(
        submission=submission,
        verdict=SpamFilter.empty().judge(submission),
        source=Source.COMMENT,
        judged_at=NOON,
    )


def decide(judgement: LoggedJudgement, decision: Decision) -> None:
    log.decide(judgement_id=judgement.pk, decision=decision, decided_at=NOON)


def taught() -> SpamFilter:
    """What a process that just started knows."""
    return trainer.advanced(trainer.start()).spam_filter


def probability(spam_filter: SpamFilter, text: str) -> float:
    return spam_filter.judge(Submission(text=text)).spam_probability


def test_a_decision_is_learnt() -> None:
    before = probability(taught(), BAD)

    decide(logged(BAD), Decision.SPAM)

    assert probability(taught(), BAD) > before


def test_a_process_follows_decisions_of_the_others() -> None:
    elsewhere = Follower()
    before = probability(elsewhere.filter(clock=0.0), BAD)

    decide(logged(BAD), Decision.SPAM)

    assert probability(elsewhere.filter(clock=10.0), BAD) > before


def test_what_is_taken_back_is_unlearnt_by_all() -> None:
    elsewhere = Follower()
    decide(logged(GOOD), Decision.HAM)
    before = probability(elsewhere.filter(clock=0.0), BAD)
    judgement = logged(BAD)
    decide(judgement, Decision.SPAM)
    elsewhere.filter(clock=10.0)

    decide(judgement, Decision.NONE)

    assert probability(elsewhere.filter(clock=20.0), BAD) == before


def test_deciding_otherwise_leaves_only_the_last_decision() -> None:
    judgement = logged(BAD)
    decide(judgement, Decision.HAM)
    decide(judgement, Decision.SPAM)

    only = SpamFilter.rebuilt([(Submission(text=BAD), True)], start=SpamFilter.shipped())
    assert probability(taught(), BAD) == probability(only, BAD)


def test_deciding_the_same_again_is_no_second_lesson() -> None:
    judgement = logged(BAD)
    decide(judgement, Decision.SPAM)
    decide(judgement, Decision.SPAM)

    assert trainer.position_of_log() == 1


def test_a_process_starts_from_the_last_checkpoint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trainer, "LESSONS_BETWEEN_CHECKPOINTS", 2)
    for number in range(3):
        decide(logged(f"{BAD} {number}"), Decision.SPAM)
    straight = probability(taught(), BAD)

    assert trainer.keep_checkpoint()

    assert trainer.start().position == 3
    assert probability(taught(), BAD) == straight
    assert not trainer.keep_checkpoint()


def test_a_checkpoint_that_learnt_what_was_taken_back_is_not_used() -> None:
    judgement = logged(BAD)
    fresh = probability(taught(), BAD)
    decide(judgement, Decision.SPAM)
    checkpoints.write(trainer.advanced(trainer.start()))

    decide(judgement, Decision.NONE)

    assert trainer.start().position == 0
    assert probability(taught(), BAD) == fresh


def test_a_damaged_checkpoint_is_passed_over() -> None:
    decide(logged(BAD), Decision.SPAM)
    straight = probability(taught(), BAD)
    KeptFilter.objects.create(position=1, file=b"nothing of use")

    assert probability(taught(), BAD) == straight


def test_old_checkpoints_go() -> None:
    for position in range(10):
        checkpoints.write(checkpoints.Checkpoint(SpamFilter.empty(), position))

    assert checkpoints.positions() == [9, 8, 7, 6]


def test_erasing_a_text_keeps_what_was_learnt_or_unlearns_it() -> None:
    judgement = logged(BAD)
    decide(judgement, Decision.SPAM)
    follower = Follower()
    learnt = probability(follower.filter(clock=0.0), BAD)

    log.erase(judgement_ids=[judgement.pk], unlearn=False)
    assert probability(follower.filter(clock=10.0), BAD) == learnt
    assert probability(Follower().filter(clock=10.0), BAD) == learnt  # after a restart
    assert BAD not in str(list(LoggedJudgement.objects.values()))

    log.erase(judgement_ids=[judgement.pk], unlearn=True)
    assert probability(follower.filter(clock=20.0), BAD) < learnt


def test_past_decisions_are_lessons_in_their_order() -> None:
    log.record_past_decisions(
        [log.PastDecision(Submission(text=BAD), is_spam=True, decided_at=NOON)]
    )

    assert trainer.position_of_log() == 1
    assert probability(taught(), BAD) > probability(SpamFilter.shipped(), BAD)


def test_the_command_builds_the_filter_anew(capsys: pytest.CaptureFixture[str]) -> None:
    decide(logged(BAD), Decision.SPAM)

    call_command("retrain")

    assert checkpoints.positions() == [2]  # one further: every process goes on from it
    assert "up to position 2" in capsys.readouterr().out


def test_the_command_unlearns_what_erased_texts_taught_only_if_it_is_told_to() -> None:
    judgement = logged(BAD)
    decide(judgement, Decision.SPAM)
    log.erase(judgement_ids=[judgement.pk], unlearn=False)
    running = Follower()
    learnt = probability(running.filter(clock=0.0), BAD)

    with pytest.raises(CommandError, match="1 lessons can't be learnt anew"):
        call_command("retrain")
    assert probability(Follower().filter(clock=0.0), BAD) == learnt

    call_command("retrain", "--forget-erased")
    assert probability(Follower().filter(clock=0.0), BAD) < learnt
    assert probability(running.filter(clock=10.0), BAD) < learnt


def test_fields_that_are_emptied_stay_learnt_after_a_restart() -> None:
    judgement = logged(BAD)
    decide(judgement, Decision.SPAM)
    learnt = Follower().catch_up().checksum()

    log.empty(judgement_ids=[judgement.pk], fields=["text"])

    assert Follower().catch_up().checksum() == learnt
