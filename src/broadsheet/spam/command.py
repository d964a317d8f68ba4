"""The commands: evaluate, judge, compare, attack, fairness, first-minute, train-shipped."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TextIO

from broadsheet.spam import first_minute, training
from broadsheet.spam.evaluation import (
    attacks,
    comparison,
    corpus,
    fairness,
    plot,
    protocol,
    report,
)
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
    _add_evaluate(
        commands.add_parser("evaluate", help="measure the filter by the TREC online protocol")
    )
    _add_judge(
        commands.add_parser("judge", help="judge one submission: JSON or text, on standard input")
    )
    _add_compare(commands.add_parser("compare", help="run the same protocol over other filters"))
    _add_attack(commands.add_parser("attack", help="measure what evasions cost in detection"))
    _add_fairness(
        commands.add_parser("fairness", help="honest items called spam, by language or site")
    )
    _add_first_minute(
        commands.add_parser(
            "first-minute", help="what the starting model is worth to a corpus left out of it"
        )
    )
    _add_train(commands.add_parser("train-shipped", help="rebuild the model that ships"))
    return parser


def _add_evaluate(parser: argparse.ArgumentParser) -> None:
    _add_files(parser)
    _add_start(parser, "empty")
    parser.add_argument(
        "--feedback", default="immediate", help="immediate, delayed:N, partial:P or corrections"
    )
    parser.add_argument(
        "--flip", type=float, default=0.0, help="share of the labels that are wrong"
    )
    parser.add_argument("--shuffle", type=int, metavar="SEED", help="in another order")
    parser.add_argument("--plot", type=Path, metavar="FILE.svg", help="ROC, learning, reliability")
    parser.set_defaults(run=_evaluate)


def _add_judge(parser: argparse.ArgumentParser) -> None:
    _add_start(parser, "shipped")
    parser.add_argument("--json", action="store_true", help="the verdict as JSON")
    parser.set_defaults(run=_judge)


def _add_compare(parser: argparse.ArgumentParser) -> None:
    _add_files(parser)
    parser.add_argument("--limit", type=int, help="only so many items of each file")
    parser.set_defaults(run=_compare)


def _add_attack(parser: argparse.ArgumentParser) -> None:
    _add_files(parser)
    parser.add_argument("--shuffle", type=int, metavar="SEED", help="in another order")
    parser.set_defaults(run=_attack)


def _add_fairness(parser: argparse.ArgumentParser) -> None:
    _add_files(parser)
    _add_start(parser, "shipped")
    parser.add_argument("--learn", action="store_true", help="learn each label after judging")
    parser.set_defaults(run=_fairness)


def _add_first_minute(parser: argparse.ArgumentParser) -> None:
    _add_files(parser)
    parser.add_argument(
        "--folder", type=Path, help="where the licensed corpora are (beside the file, if not said)"
    )
    parser.add_argument(
        "--items", type=_positive, default=first_minute.ITEMS, help="of a window (%(default)s)"
    )
    parser.add_argument(
        "--seed", type=int, default=training.SEED, help="of the lessons drawn (%(default)s)"
    )
    parser.set_defaults(run=_first_minute)


def _positive(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"a number above 0, not {text}")
    return int(text)


def _add_train(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, help="where youtube, sms, tg and ham_de .jsonl are")
    parser.add_argument("--to", type=Path, default=SHIPPED, metavar="FILE")
    parser.set_defaults(run=_train_shipped)


def _add_files(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE.jsonl")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def _add_start(parser: argparse.ArgumentParser, default: str) -> None:
    parser.add_argument(
        "--start", default=default, help=f"empty, shipped, or a saved model ({default} if not said)"
    )


def _evaluate(options: argparse.Namespace, _: TextIO, target: TextIO) -> None:
    feedback = Feedback.parse(options.feedback, flipped=options.flip, seed=options.shuffle or 0)
    rows, runs = [], []
    for path in options.files:
        examples = _read(path, options.shuffle)
        run, figures = report.evaluate(examples, options.start, feedback)
        runs.append((path.name, run.outcomes))
        rows.append((path.name, figures))
        if options.json:
            print(json.dumps({"file": path.name, **figures}), file=target, flush=True)
    if not options.json:
        print(report.table(rows), file=target)
    if options.plot:
        options.plot.write_text(plot.svg(runs), encoding="utf-8")


def _read(path: Path, seed: int | None) -> list[corpus.Example]:
    """The examples of a file, in its order or shuffled."""
    examples = corpus.read(path)
    return examples if seed is None else protocol.shuffled(examples, seed)


def _judge(options: argparse.Namespace, source: TextIO, target: TextIO) -> None:
    submission = _submission(source.read())
    verdict = report.starting_filter(options.start).judge(submission)
    print(_as_json(verdict) if options.json else _for_a_person(verdict), file=target)


def _compare(options: argparse.Namespace, _: TextIO, target: TextIO) -> None:
    for path in options.files:
        rows = []
        for name, figures in comparison.of(corpus.read(path)[: options.limit]):
            rows.append((name, figures))
            if options.json:
                print(
                    json.dumps({"file": path.name, "filter": name, **figures}),
                    file=target,
                    flush=True,
                )
        if not options.json:
            print(f"{path.name}\n{report.table(rows)}\n", file=target, flush=True)


def _attack(options: argparse.Namespace, _: TextIO, target: TextIO) -> None:
    for path in options.files:
        for loss in attacks.suite(_read(path, options.shuffle)):
            figures = {"file": path.name, **asdict(loss), "bounded": loss.bounded}
            line = (
                f"{path.name:16} {loss.attack:34} missed {loss.missed_before:6.2f} → "
                f"{loss.missed_after:6.2f} %  {'ok' if loss.bounded else 'TOO MUCH'}"
            )
            print(json.dumps(figures) if options.json else line, file=target, flush=True)


def _fairness(options: argparse.Namespace, _: TextIO, target: TextIO) -> None:
    for path in options.files:
        spam_filter = report.starting_filter(options.start)
        groups = fairness.by_group(spam_filter, corpus.read(path), learns=options.learn)
        for group in groups:
            finding = fairness.compare(group, groups)
            line = (
                f"{path.name:16} {group.name:12} {group.honest:6} honest, "
                f"{group.called_spam:4} called spam ({group.called_spam_percent:.2f} %, "
                f"{finding.times_the_mean:.1f} times the mean, chance {finding.chance:.2f}), "
                f"{group.unsure:5} unsure  {'ok' if finding.fair else 'UNFAIR'}"
            )
            figures = {"file": path.name, **asdict(group), **asdict(finding)}
            print(json.dumps(figures) if options.json else line, file=target)


def _first_minute(options: argparse.Namespace, _: TextIO, target: TextIO) -> None:
    rows = []
    for number, path in enumerate(options.files, 1):
        examples = corpus.read(path)
        taught = first_minute.strangers(examples, options.folder or path.parent)
        _tell(f"{number} of {len(options.files)}, {path.name}: teaching by {', '.join(taught)} …")
        start = first_minute.taught_by(taught.values(), options.seed)
        _tell(f"{number} of {len(options.files)}, {path.name}: judging …")
        found = first_minute.report(examples, start, taught=taught, items=options.items)
        rows.append((path.name, found))
        if options.json:
            figures = {"file": path.name, **first_minute.as_json(found)}
            print(json.dumps(figures), file=target, flush=True)
    if not options.json:
        print(first_minute.table(rows), file=target)


def _tell(progress: str) -> None:
    print(progress, file=sys.stderr, flush=True)  # noqa: T201, this is a command


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
