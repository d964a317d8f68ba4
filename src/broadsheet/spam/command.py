"""The commands: evaluate, judge, compare, attack, fairness, train-shipped."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from broadsheet.spam import training
from broadsheet.spam.evaluation import corpus, plot, protocol, report
from broadsheet.spam.evaluation.protocol import Feedback
from broadsheet.spam.filter import SHIPPED
from broadsheet.spam.storage import DamagedModel
from broadsheet.spam.submission import Submission
from broadsheet.spam.verdict import Verdict


def main(arguments: Sequence[str], source: TextIO, target: TextIO) -> int:
    """Run one command; 0, or 2 and one line on standard error if its input is not usable."""
    options = _parser().parse_args(arguments)
    try:
        options.run(options, source, target)
    except (corpus.BadLine, DamagedModel, OSError, ValueError) as error:
        print(f"broadsheet.spam: {error}", file=sys.stderr)  # noqa: T201, this is a command
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m broadsheet.spam", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    evaluating = commands.add_parser(
        "evaluate", help="measure the filter by the TREC online protocol"
    )
    evaluating.add_argument("files", nargs="+", type=Path, metavar="FILE.jsonl")
    _add_start(evaluating, "empty")
    evaluating.add_argument(
        "--feedback", default="immediate", help="immediate, delayed:N, partial:P or corrections"
    )
    evaluating.add_argument(
        "--flip", type=float, default=0.0, help="share of the labels that are wrong"
    )
    evaluating.add_argument("--shuffle", type=int, metavar="SEED", help="in another order")
    evaluating.add_argument("--json", action="store_true", help="one JSON object a line")
    evaluating.add_argument(
        "--plot", type=Path, metavar="FILE.svg", help="ROC, learning, reliability"
    )
    evaluating.set_defaults(run=_evaluate)
    judging = commands.add_parser(
        "judge", help="judge one submission: JSON or text, on standard input"
    )
    _add_start(judging, "shipped")
    judging.add_argument("--json", action="store_true", help="the verdict as JSON")
    judging.set_defaults(run=_judge)
    teaching = commands.add_parser("train-shipped", help="rebuild the model that ships")
    teaching.add_argument("folder", type=Path, help="where youtube, sms, tg and ham_de .jsonl are")
    teaching.add_argument("--to", type=Path, default=SHIPPED, metavar="FILE")
    teaching.set_defaults(run=_train_shipped)
    return parser


def _add_start(parser: argparse.ArgumentParser, default: str) -> None:
    parser.add_argument(
        "--start", default=default, help=f"empty, shipped, or a saved model ({default} if not said)"
    )


def _evaluate(options: argparse.Namespace, _: TextIO, target: TextIO) -> None:
    feedback = Feedback.parse(options.feedback, flipped=options.flip, seed=options.shuffle or 0)
    rows, runs = [], []
    for path in options.files:
        examples = corpus.read(path)
        if options.shuffle is not None:
            examples = protocol.shuffled(examples, options.shuffle)
        run, figures = report.evaluate(examples, options.start, feedback)
        runs.append((path.name, run.outcomes))
        rows.append((path.name, figures))
        if options.json:
            print(json.dumps({"file": path.name, **figures}), file=target, flush=True)
    if not options.json:
        print(report.table(rows), file=target)
    if options.plot:
        options.plot.write_text(plot.svg(runs), encoding="utf-8")


def _judge(options: argparse.Namespace, source: TextIO, target: TextIO) -> None:
    submission = _submission(source.read())
    verdict = report.starting_filter(options.start).judge(submission)
    print(_as_json(verdict) if options.json else _for_a_person(verdict), file=target)


def _train_shipped(options: argparse.Namespace, _: TextIO, target: TextIO) -> None:
    training.ship(options.folder, options.to)
    print(f"{options.to}: {options.to.stat().st_size:,} bytes", file=target)


def _submission(text: str) -> Submission:
    """A JSON object with the fields of a corpus line, or else the text itself."""
    if text.lstrip().startswith("{"):
        try:
            return corpus.submission_of(json.loads(text))
        except json.JSONDecodeError:
            pass  # a text that begins with a brace
    return Submission(text)


def _as_json(verdict: Verdict) -> str:
    return json.dumps(
        {
            "judgement": verdict.judgement,
            "spam_probability": verdict.spam_probability,
            "blatant": verdict.blatant,
            "clues": [
                {"text": clue.text, "weight": clue.weight, "field": clue.field, "spans": clue.spans}
                for clue in verdict.clues
            ],
        }
    )


def _for_a_person(verdict: Verdict) -> str:
    blatant = " (blatant)" if verdict.blatant else ""
    head = f"{verdict.judgement}{blatant}: spam with a probability of {100 * verdict.spam_probability:.2f} %"
    return "\n".join([head, *(f"{clue.weight:+6.2f}  {clue.text}" for clue in verdict.clues)])
