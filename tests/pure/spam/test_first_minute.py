"""What the starting model is worth to a site that it has never seen."""

import json
from io import StringIO
from pathlib import Path

import pytest

from broadsheet.spam import first_minute, training
from broadsheet.spam.command import main
from broadsheet.spam.evaluation import corpus, protocol
from broadsheet.spam.evaluation.corpus import Example
from broadsheet.spam.filter import SpamFilter
from broadsheet.spam.training import LICENSED
from tests.pure.spam.builders import a_taught_filter, lessons

EXAMPLES = [Example(submission, is_spam, "en") for submission, is_spam in lessons()]
STREAM = protocol.shuffled(EXAMPLES * 8, 1)


def write(path: Path, texts: dict[str, str]) -> Path:
    """A corpus: its texts and their labels."""
    lines = [json.dumps({"text": text, "label": label}) for text, label in texts.items()]
    path.write_text("\n".join(lines))
    return path


@pytest.fixture
def folder(tmp_path) -> Path:
    for name in LICENSED:
        write(tmp_path / name, {f"{name} says hello": "ham", f"{name} sells watches": "spam"})
    return tmp_path


def test_a_start_that_knows_the_kind_beats_one_from_nothing():
    found = first_minute.report(STREAM, a_taught_filter(), taught=("a.jsonl",), items=40)

    assert found.first
    assert found.elsewhere
    assert found.first.started < found.first.empty
    assert found.elsewhere.windows == 8
    assert found.untaught["one_minus_auc_percent"] == 0
    assert found.untaught["items"] == len(STREAM)


def test_a_start_from_nothing_is_worth_nothing():
    found = first_minute.report(STREAM, SpamFilter.empty(), taught=(), items=40)

    assert found.first
    assert found.elsewhere
    assert found.first.share == found.elsewhere.share == 1
    assert found.untaught["one_minus_auc_percent"] == 50


def test_the_start_is_judged_as_it_was_and_learns_nothing_of_the_corpus():
    start = a_taught_filter()
    before = start.checksum()

    first_minute.report(STREAM, start, taught=())

    assert start.checksum() == before


def test_windows_that_rank_next_to_nothing_are_left_out():
    honest = [example for example in STREAM if not example.is_spam]

    found = first_minute.report(honest, a_taught_filter(), taught=())

    assert found.first is found.elsewhere is None
    assert found.honest_called_spam == 0
    assert "0 of 40" in first_minute.table([("honest.jsonl", found)])


def test_what_a_corpus_is_from_does_not_teach(folder):
    """By its texts: a part of a licensed corpus, under whatever name, is not judged by what it taught."""
    part = write(folder / "part.jsonl", {"sms.jsonl says hello": "ham", "other": "spam"})

    assert list(first_minute.strangers(corpus.read(part), folder)) == [
        name for name in LICENSED if name != "sms.jsonl"
    ]
    assert list(first_minute.strangers(EXAMPLES, folder)) == list(LICENSED)


def test_the_command_prints_every_figure(folder, monkeypatch, capsys):
    monkeypatch.setattr(training, "_LESSONS", 500)  # of 12,000: quicker, and as good on so little
    stream = [(e.submission.text, "spam" if e.is_spam else "ham") for e in STREAM]
    own = write(
        folder / "own.jsonl", {f"{turn} {text}": label for turn, (text, label) in enumerate(stream)}
    )
    target = StringIO()

    assert main(["first-minute", str(own), "--items", "40", "--json"], StringIO(), target) == 0

    found = json.loads(target.getvalue())
    assert found["taught"] == list(LICENSED)
    assert found["first_items"]["started"] < found["first_items"]["empty"]
    assert found["first_items"]["share"] < 1
    assert found["before_any_lesson"]["ham"] == 40
    assert "own.jsonl: judging" in capsys.readouterr().err


def test_without_the_licensed_corpora_it_says_which_file_is_missing(tmp_path, capsys):
    own = write(tmp_path / "own.jsonl", {"hello": "ham"})

    assert main(["first-minute", str(own)], StringIO(), StringIO()) == 2
    assert "youtube.jsonl" in capsys.readouterr().err


def test_a_window_has_a_number_of_items(capsys):
    with pytest.raises(SystemExit):
        main(["first-minute", "own.jsonl", "--items", "0"], StringIO(), StringIO())

    assert "above 0" in capsys.readouterr().err
