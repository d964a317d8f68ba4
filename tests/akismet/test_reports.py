"""What sites report of mistakes finds its check, is learnt and counted, and can be taken back."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model

from broadsheet.akismet import lessons
from broadsheet.akismet.lessons import Decided
from broadsheet.akismet.models import Check, KeyLessons
from broadsheet.learning.filters import current_filter
from broadsheet.learning.models import Decision, LoggedJudgement
from broadsheet.spam import Submission
from tests.akismet.builders import TEXT, a_key, answers, check, figures, load, report


@pytest.mark.parametrize("by", ["guid", "content"])
def test_missed_spam_is_found_learnt_and_counted(by: str) -> None:
    secret = a_key().secret
    guid = check(secret, TEXT).headers["X-akismet-guid"]
    load()

    report(secret, "spam", TEXT, **({"guid": guid} if by == "guid" else {}), reporter="mo")
    load()

    kept = Check.objects.get()
    assert (kept.decision, kept.reporter) == (Decision.SPAM, "mo")
    assert figures() == (2, 0, 1, 1, 0)
    assert answers(secret) == "true"


def test_a_report_in_the_same_moment_as_its_check_finds_it() -> None:
    secret = a_key().secret
    check(secret, TEXT)
    report(secret, "spam", TEXT)

    load()

    assert Check.objects.get().decision == Decision.SPAM


def test_space_and_case_do_not_hide_the_original() -> None:
    secret = a_key().secret
    check(secret, "Cheap   watches")
    report(secret, "spam", "cheap watches ")

    load()

    assert Check.objects.count() == 1


def test_the_same_report_again_teaches_nothing() -> None:
    secret = a_key().secret
    check(secret, TEXT)
    report(secret, "spam", TEXT)
    load()
    version = KeyLessons.objects.get().version

    report(secret, "spam", TEXT)
    load()

    assert KeyLessons.objects.get().version == version
    assert figures()[3] == 1


def test_the_opposite_report_undoes_the_first() -> None:
    secret = a_key().secret
    check(secret, TEXT)
    report(secret, "spam", TEXT)
    load()

    report(secret, "ham", TEXT)
    load()

    assert answers(secret) == "false"
    assert figures()[3:] == (0, 0)


def test_a_false_positive_is_counted() -> None:
    secret = a_key().secret
    check(secret, TEXT)
    report(secret, "spam", TEXT)
    load()
    check(secret, TEXT)  # now spam
    report(secret, "ham", TEXT)
    load()

    assert figures()[1:] == (1, 1, 1, 1)


def test_a_report_of_what_was_never_asked_about_is_learnt() -> None:
    secret = a_key().secret
    report(secret, "spam", TEXT)

    load()

    assert Check.objects.get().answered_spam is None
    assert answers(secret) == "true"
    assert figures()[3:] == (0, 0)


def test_guaranteed_spam_is_not_learnt() -> None:
    secret = a_key().secret
    report(secret, "spam", TEXT, comment_author="akismet-guaranteed-spam")

    load()

    assert answers(secret) == "false"


def test_one_keys_mistakes_are_not_anothers() -> None:
    careless, careful = a_key(name="Careless"), a_key(name="Careful")
    report(careless.secret, "spam", TEXT)

    load()

    assert answers(careless.secret) == "true"
    assert answers(careful.secret) == "false"
    assert not LoggedJudgement.objects.exists()


def test_a_trusted_key_teaches_everyone() -> None:
    trusted, other = a_key(name="Trusted", teaches_everyone=True), a_key(name="Other")
    before = current_filter().judge(Submission(TEXT)).spam_probability
    report(trusted.secret, "spam", TEXT)

    load()

    logged = LoggedJudgement.objects.get()
    assert (logged.decision, logged.origin) == (Decision.SPAM, "old-blog.example")
    assert current_filter().judge(Submission(TEXT)).spam_probability > before
    assert check(other.secret, TEXT).body == "true"


def test_a_trusted_keys_correction_reaches_everyone() -> None:
    trusted = a_key(teaches_everyone=True)
    report(trusted.secret, "spam", TEXT)
    load()

    report(trusted.secret, "ham", TEXT)
    load()

    assert LoggedJudgement.objects.get().decision == Decision.HAM


def test_a_key_that_is_trusted_no_longer_can_still_take_back_what_it_taught() -> None:
    issued = a_key(teaches_everyone=True)
    report(issued.secret, "spam", TEXT)
    load()
    issued.key.teaches_everyone = False
    issued.key.save()

    report(issued.secret, "ham", TEXT)
    load()

    assert LoggedJudgement.objects.get().decision == Decision.NONE


def test_our_moderators_decision_counts_like_a_report() -> None:
    secret = a_key().secret
    check(secret, TEXT)
    load()
    moderator = get_user_model().objects.create_user("mo")

    lessons.decide(
        Check.objects.get(),
        Decided(Decision.SPAM, datetime.now(UTC), by=moderator),
        spam_filter=current_filter(),
    )

    assert Check.objects.get().decided_by == moderator
    assert answers(secret) == "true"
