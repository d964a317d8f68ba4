"""The TREC protocol and its measures."""

import json
import os
import shutil
from io import StringIO
from pathlib import Path

import numpy as np
import pytest

from broadsheet.spam import Judgement, Submission, Verdict
from broadsheet.spam.command import main
from broadsheet.spam.evaluation import corpus, measures, protocol
from broadsheet.spam.evaluation.attacks import EVASIONS, suite
from broadsheet.spam.evaluation.corpus import Example
from broadsheet.spam.evaluation.fairness import Group, compare
from broadsheet.spam.evaluation.measures import Outcomes
from broadsheet.spam.evaluation.peers import PEERS, FourGrams, RobinsonFisher, SpamAssassin
from broadsheet.spam.evaluation.protocol import Feedback
from broadsheet.spam.filter import SpamFilter
from tests.pure.spam.builders import HAM, SPAM, lessons

SHARED = Path(os.environ.get("BROADSHEET_SHARED", Path(__file__).parents[4] / "shared"))
CORPORA = SHARED / "data" / "spam" / "dev"
REFERENCE = {
    "tg.jsonl": (3.4364, 41.71),
    "youtube.jsonl": (1.6467, 41.29),
}  # of shared/tools/spam_reference.py
needs_spamassassin = pytest.mark.skipif(
    shutil.which("spamassassin") is None and not os.environ.get("CI"), reason="needs SpamAssassin"
)
needs_corpora = pytest.mark.skipif(
    not CORPORA.exists() and not os.environ.get("CI"), reason="needs ../shared/data"
)
EXAMPLES = [Example(submission, is_spam, "en") for submission, is_spam in lessons()]
KEYS = {
    "one_minus_auc_percent",
    "spam_missed_at_ham_0.1_percent",
    "spam_missed_at_ham_1_percent",
    "lam_percent",
    "ham_called_spam_percent",
    "spam_called_ham_percent",
    "expected_calibration_error",
    "items_per_second",
}


class Recorder:
    """A filter that is sure of nothing but honest comments about bridges, and writes down its lessons."""

    def __init__(self) -> None:
        self.judged: list[str] = []
        self.log: list[tuple[str, bool, int]] = []  # text, label, how many were judged by then

    def judge(self, submission: Submission, *, explain: bool = True) -> Verdict:
        self.judged.append(submission.text)
        return Verdict(Judgement.HAM if "bridge" in submission.text else Judgement.UNSURE, 0.5)

    def learn(self, submission: Submission, *, is_spam: bool) -> None:
        self.log.append((submission.text, is_spam, len(self.judged)))


def outcomes(scores: list[float], labels: str) -> Outcomes:
    """Labels: h or s for each score."""
    values, spam = np.array(scores), np.array([label == "s" for label in labels])
    return Outcomes(values, spam, values > 0.9, values < 0.1)


def test_auc_counts_ties_by_half():
    assert measures.of(outcomes([0.1, 0.5, 0.5, 0.9], "hhss"))["one_minus_auc_percent"] == 12.5


def test_spam_missed_is_what_scores_no_higher_than_the_worst_ham_allowed():
    found = measures.of(outcomes([0.1, 0.6, 0.5, 0.6, 0.7, 0.8], "hhssss"))

    assert found["spam_missed_at_ham_0.1_percent"] == 50.0


def test_calibration_error_is_the_gap_between_said_and_true():
    assert measures.calibration_error(outcomes([0.75] * 4, "sssh")) == 0
    assert measures.calibration_error(outcomes([0.95] * 4, "hhhh")) == pytest.approx(0.95)


def test_what_is_unsure_is_neither_called_ham_nor_spam():
    found = measures.of(outcomes([0.05, 0.5, 0.5, 0.95], "hhss"))

    assert (found["ham_called_spam_percent"], found["spam_called_ham_percent"]) == (0, 0)
    assert found["unsure_percent"] == 50


def test_intervals_hold_the_figure():
    random = np.random.default_rng(0)
    spam = random.random(500) < 0.5
    many = Outcomes(np.clip(random.normal(0.4 + 0.2 * spam, 0.15), 0, 1), spam, spam, ~spam)

    low, high = measures.intervals(many)["one_minus_auc_percent_interval"]

    assert low < measures.of(many)["one_minus_auc_percent"] < high


@pytest.mark.parametrize(
    ("feedback", "learned_after"),
    [
        pytest.param("immediate", list(range(1, 11)), id="each as soon as it is judged"),
        pytest.param("delayed:3", list(range(4, 11)), id="each three items later"),
        pytest.param("partial:0", [], id="none"),
    ],
)
def test_labels_are_learned_after_judging(feedback, learned_after):
    recorder = Recorder()

    protocol.run(recorder, EXAMPLES, Feedback.parse(feedback))

    assert [judged for _, _, judged in recorder.log] == learned_after


def test_only_corrections_are_told():
    recorder = Recorder()

    protocol.run(recorder, EXAMPLES, Feedback.parse("corrections"))

    assert HAM[2] not in [text for text, _, _ in recorder.log]
    assert len(recorder.log) == 9


def test_flipped_labels_are_learned_but_not_measured():
    recorder = Recorder()

    run = protocol.run(recorder, EXAMPLES, Feedback(flipped=1.0))

    assert [is_spam for _, is_spam, _ in recorder.log] == [
        not example.is_spam for example in EXAMPLES
    ]
    assert run.outcomes.is_spam.tolist() == [example.is_spam for example in EXAMPLES]


def test_a_shuffle_is_the_same_for_the_same_seed():
    assert protocol.shuffled(EXAMPLES, 3) == protocol.shuffled(EXAMPLES, 3) != EXAMPLES


@pytest.mark.parametrize(
    "build",
    [
        FourGrams,
        RobinsonFisher,
        PEERS["scikit-learn words, naive Bayes"],
        pytest.param(SpamAssassin, marks=needs_spamassassin),
    ],
)
def test_peers_learn_too(build):
    peer = build()
    for example in EXAMPLES * 3:
        peer.learn(example.submission, is_spam=example.is_spam)

    assert (
        peer.judge(Submission(SPAM[0])).spam_probability
        > peer.judge(Submission(HAM[0])).spam_probability
    )


@pytest.fixture
def corpus_file(tmp_path):
    path = tmp_path / "own.jsonl"
    lines = [
        {"text": e.submission.text, "label": "spam" if e.is_spam else "ham"} for e in EXAMPLES * 3
    ]
    path.write_text("\n".join(map(json.dumps, lines)))
    return path


def test_evaluate_prints_the_measures_as_json(corpus_file, tmp_path):
    target, plot = StringIO(), tmp_path / "curves.svg"

    main(["evaluate", str(corpus_file), "--json", "--plot", str(plot)], StringIO(), target)

    assert json.loads(target.getvalue()).keys() >= KEYS
    assert plot.read_text().startswith("<svg")


def test_judge_reads_json_or_text():
    for source in (json.dumps({"text": SPAM[0]}), SPAM[0]):
        target = StringIO()
        assert main(["judge", "--json"], StringIO(source), target) == 0
        assert json.loads(target.getvalue())["clues"]


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '{"label": "ham"}',
        '{"text": "x", "label": "maybe"}',
        '{"text": 7, "label": "ham"}',
    ],
)
def test_a_bad_line_is_named(tmp_path, line, capsys):
    path = tmp_path / "bad.jsonl"
    path.write_text(f'{{"text": "good", "label": "ham"}}\n{line}\n')

    assert main(["evaluate", str(path)], StringIO(), StringIO()) == 2
    assert "line 2" in capsys.readouterr().err


@pytest.mark.parametrize("evade", EVASIONS.values(), ids=EVASIONS.keys())
def test_an_evasion_changes_the_text_and_keeps_a_link(evade):
    spam = Submission("Please buy these tablets http://pills.example/now today")

    evaded = evade(spam)

    assert evaded.text != spam.text
    assert "http://pills.example/now" in evaded.text


def test_the_suite_of_attacks_reports_each():
    assert {loss.attack for loss in suite(EXAMPLES * 4)} > set(EVASIONS)


@pytest.mark.parametrize(
    ("group", "fair"),
    [
        pytest.param(Group("en", 1000, 3, 0), True, id="three times the mean is the bound"),
        pytest.param(Group("fr", 499, 20, 0), True, id="a small group proves nothing"),
        pytest.param(Group("nl", 700, 1, 0), True, id="one mistake alone is no rate"),
        pytest.param(Group("it", 1000, 12, 0), False, id="four times, and too many for chance"),
    ],
)
def test_a_group_is_treated_unfairly_where_three_times_the_mean_cannot_explain_it(group, fair):
    others = Group("de", 99_000, 100, 0)

    assert compare(group, [others]).fair is fair


def test_the_chance_of_a_rate_is_exact():
    # Of ten, none at a rate of three in a hundred: 0.97 to the power of ten.
    finding = compare(Group("en", 10, 1, 0), [Group("de", 1000, 10, 0)])

    assert finding.chance == pytest.approx(1 - 0.97**10)


@needs_corpora
@pytest.mark.parametrize("name", REFERENCE)
def test_it_beats_the_reference(name):
    auc, missed = REFERENCE[name]

    found = measures.of(protocol.run(SpamFilter.empty(), corpus.read(CORPORA / name)).outcomes)

    assert found["one_minus_auc_percent"] <= 0.6 * auc
    assert found["spam_missed_at_ham_0.1_percent"] <= 0.75 * missed
    assert found["expected_calibration_error"] <= 0.03


@needs_corpora
def test_our_four_grams_are_the_reference():
    path = CORPORA / "tg.jsonl"

    found = measures.of(protocol.run(FourGrams(), corpus.read(path)).outcomes)

    assert found["one_minus_auc_percent"] == pytest.approx(REFERENCE["tg.jsonl"][0], abs=0.05)
