"""What is kept of checks, and what reports teach."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import OperationalError

from broadsheet.akismet import forgetting, journal, keeping, lessons, loading, process
from broadsheet.akismet.lessons import Decided
from broadsheet.akismet.models import Check, JournalPosition, KeyLessons, SiteDay
from broadsheet.learning.filters import current_filter
from broadsheet.learning.models import Decision, LoggedJudgement
from broadsheet.spam import Submission
from tests.akismet.builders import a_key, check, load, report

TEXT = "Cheap watches, today only: https://watches.example"


def answers(secret: str, text: str = TEXT, **fields: str) -> str:
    return check(secret, text, **fields).body


def figures() -> tuple[int, int, int, int, int]:
    day = SiteDay.objects.get()
    return day.calls, day.spam, day.ham, day.missed_spam, day.false_positives


def test_a_check_is_kept_as_it_was_answered() -> None:
    issued = a_key()
    guid = check(issued.secret, TEXT, comment_author="Ann", comment_type="forum-post").headers[
        "X-akismet-guid"
    ]

    load()

    kept = Check.objects.get(guid=guid)
    assert kept.key == issued.key
    assert kept.site.address == "old-blog.example"
    assert kept.comment_type == "forum-post"
    assert kept.submission == {"text": TEXT, "author": "Ann"}
    assert kept.answered_spam is False
    assert figures() == (1, 0, 1, 0, 0)


def test_why_a_check_was_doubtful_is_kept() -> None:
    issued = a_key(teaches_everyone=True)
    report(issued.secret, "spam", TEXT)
    load()
    check(issued.secret, TEXT)
    load()

    assert Check.objects.latest("pk").clues


def test_loading_twice_keeps_once() -> None:
    secret = a_key().secret
    check(secret)
    load()
    check(secret)
    load()
    load()

    assert Check.objects.count() == 2
    assert figures()[0] == 2


def test_a_finished_file_is_removed_when_it_is_loaded() -> None:
    check(a_key().secret)
    folder = process.current().journal._folder
    process.forget()

    load()

    assert journal.files(folder) == []
    assert not JournalPosition.objects.exists()
    assert Check.objects.count() == 1


def test_what_was_interrupted_before_its_file_was_removed_is_not_loaded_again() -> None:
    check(a_key().secret)
    folder = process.current().journal._folder
    load()
    (path,) = journal.files(folder)
    process.forget()

    assert path.exists()
    load()

    assert Check.objects.count() == 1


def test_a_database_that_fails_delays_keeping_and_loses_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    secret = a_key().secret
    check(secret)

    def locked(_counts: object) -> None:
        raise OperationalError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr(keeping.usage, "add", locked)
        with pytest.raises(OperationalError):
            load()
        assert check(secret).status == 200

    load()

    assert Check.objects.count() == 2


def test_a_line_that_can_not_be_kept_does_not_hold_up_the_others() -> None:
    secret = a_key().secret
    check(secret)
    process.current().journal.append(
        {"kind": "check", "key": 1, "site": "a", "at": 1.0, "submission": {"no": 1}, "p": 0.0}
    )
    check(secret)

    load()

    assert Check.objects.count() == 2


def test_checks_of_a_key_that_is_gone_are_dropped() -> None:
    issued = a_key()
    check(issued.secret)
    issued.key.delete()

    load()

    assert not Check.objects.exists()


def test_a_key_has_no_more_sites_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MOST_SITES", 2)
    secret = a_key().secret
    for number in range(4):
        check(secret, blog=f"https://{number}.example")

    load()

    assert Check.objects.count() == 2


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


def test_checks_are_forgotten_after_their_days_and_what_they_taught_stays() -> None:
    issued = a_key(keep_days=3)
    check(issued.secret, TEXT)
    report(issued.secret, "spam", TEXT)
    load()
    checked_at = Check.objects.get().checked_at

    assert forgetting.forget_due(checked_at + timedelta(days=2)) == 0
    forgetting.forget_due(checked_at + timedelta(days=4))

    assert not Check.objects.exists()
    assert answers(issued.secret) == "true"
    assert figures()[0] == 2


def test_only_one_loader_works_at_a_time() -> None:
    check(a_key().secret)
    folder = process.current().journal._folder

    with loading._alone(folder) as first, loading._alone(folder) as second:
        assert (first, second) == (True, False)

    assert load() == 1


def test_what_a_forgotten_check_lent_the_shared_filter_keeps_no_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(forgetting, "AT_ONCE", 1)  # none is left, however many there are
    issued = a_key(keep_days=3, teaches_everyone=True)
    for text in (TEXT, "Cheaper watches"):
        report(issued.secret, "spam", text, comment_author_email="ann@mail.example")
    load()
    checked_at = Check.objects.first().checked_at

    forgetting.forget_due(checked_at + timedelta(days=4))

    assert not Check.objects.exists()
    assert (
        list(LoggedJudgement.objects.values_list("decision", "submission"))
        == [(Decision.SPAM, None)] * 2
    )
