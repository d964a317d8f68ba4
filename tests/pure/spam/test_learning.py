"""Learning is at once, safe, repeatable, and possible while others judge."""

import subprocess
import sys
import threading

import pytest

from broadsheet.spam import Judgement, SpamFilter, Submission
from tests.pure.spam.builders import HAM, SPAM, a_taught_filter, lessons


def probability(spam_filter: SpamFilter, text: str) -> float:
    return spam_filter.judge(Submission(text), explain=False).spam_probability


def test_a_decision_counts_at_once():
    spam_filter = a_taught_filter()
    before = probability(spam_filter, "Lowest prices for garden gnomes")

    spam_filter.learn(Submission("Lowest prices for garden gnomes"), is_spam=True)

    assert probability(spam_filter, "Lowest prices for garden gnomes") > before


def test_one_wrong_decision_does_not_ruin_it():
    spam_filter = SpamFilter.rebuilt(lessons() * 10)

    spam_filter.learn(Submission(SPAM[0]), is_spam=False)

    assert all(probability(spam_filter, text) > 0.5 for text in SPAM[1:])


def test_a_decision_taken_back_leaves_no_trace(tmp_path):
    log = lessons() * 3
    SpamFilter.rebuilt([*log[:7], *log[8:]]).save(tmp_path / "never learned")
    with_slip = SpamFilter.rebuilt(log)
    assert probability(with_slip, HAM[0]) != 0

    SpamFilter.rebuilt(lesson for number, lesson in enumerate(log) if number != 7).save(
        tmp_path / "taken back"
    )

    assert (tmp_path / "taken back").read_bytes() == (tmp_path / "never learned").read_bytes()


def test_learning_goes_on_after_loading_as_if_nothing_had_been(tmp_path):
    log = lessons() * 8
    a_break = SpamFilter.rebuilt(log[:40])
    a_break.save(tmp_path / "saved")
    resumed = SpamFilter.load(tmp_path / "saved")
    for submission, is_spam in log[40:]:
        resumed.learn(submission, is_spam=is_spam)

    resumed.save(tmp_path / "resumed")
    SpamFilter.rebuilt(log).save(tmp_path / "in one go")

    assert (tmp_path / "resumed").read_bytes() == (tmp_path / "in one go").read_bytes()


def test_threads_may_judge_while_another_learns():
    spam_filter, done, failures = a_taught_filter(), threading.Event(), []

    def judge():
        while not done.is_set():
            try:
                for text in HAM + SPAM:
                    assert 0 <= probability(spam_filter, text) <= 1
            except Exception as error:  # noqa: BLE001, whatever it is, it is reported
                failures.append(error)

    threads = [threading.Thread(target=judge) for _ in range(3)]
    for thread in threads:
        thread.start()
    for submission, is_spam in lessons() * 20:
        spam_filter.learn(submission, is_spam=is_spam)
    done.set()
    for thread in threads:
        thread.join()

    assert failures == []


@pytest.mark.parametrize("text", HAM)
def test_the_shipped_filter_does_not_call_honest_comments_spam(text):
    assert SpamFilter.shipped().judge(Submission(text)).judgement is not Judgement.SPAM


@pytest.mark.parametrize(
    "text",
    [
        "WINNER! You have won a £1000 prize. Call now 09001234567 to claim your free gift",
        "Check out my new video and subscribe to my channel please!!! http://youtu.example/abc",
    ],
)
def test_the_shipped_filter_knows_common_spam(text):
    assert probability(SpamFilter.shipped(), text) > 0.9


def test_the_shipped_model_gives_way_to_what_the_site_teaches():
    spam_filter = SpamFilter.shipped()
    text = "Please subscribe to our parish newsletter and win a free cake"
    for _ in range(3):
        spam_filter.learn(Submission(text), is_spam=False)

    assert spam_filter.judge(Submission(text)).judgement is not Judgement.SPAM


def test_what_is_known_beforehand_gives_way_to_honest_lessons():
    """Where people send pictures, a picture is no sign of spam; a hidden field that was filled in still is."""
    spam_filter = a_taught_filter()
    picture = "The view from our street <img src='http://a.example/{}.png'>"
    assert probability(spam_filter, picture.format(0)) > 0.5

    for number in range(1, 5):
        spam_filter.learn(Submission(picture.format(number)), is_spam=False)

    assert probability(spam_filter, picture.format(5)) < 0.1
    trapped = Submission(picture.format(6), honeypot_filled=True)
    assert spam_filter.judge(trapped).spam_probability > 0.5


def test_it_needs_nothing_but_numpy():
    code = (
        "import sys; sys.modules['django'] = None; import broadsheet.spam as s; "
        "s.SpamFilter.shipped().judge(s.Submission('hello')); "
        "print({m.split('.')[0] for m in sys.modules} & {'django', 'wagtail', 'sklearn', 'scipy'} - {'django'})"
    )

    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert result.stdout.strip() == "set()"
