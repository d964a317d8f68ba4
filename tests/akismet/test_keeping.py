"""What is kept of checks, and what reports teach."""

from datetime import timedelta

import pytest
from django.db import OperationalError

from broadsheet.akismet import forgetting, journal, keeping, loading, process
from broadsheet.akismet.models import Check, JournalPosition
from broadsheet.learning.models import Decision, LoggedJudgement
from tests.akismet.builders import TEXT, a_key, answers, check, figures, load, report


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
