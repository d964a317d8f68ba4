"""Evaluating the filter on a file, and showing the figures."""

from collections.abc import Sequence
from pathlib import Path

from broadsheet.spam.evaluation import measures, protocol
from broadsheet.spam.evaluation.corpus import Example
from broadsheet.spam.evaluation.protocol import Feedback, Run
from broadsheet.spam.filter import SpamFilter

Figures = dict[str, object]
_COLUMNS = (
    ("1−AUC %", "one_minus_auc_percent"),
    ("missed at 0.1 %", "spam_missed_at_ham_0.1_percent"),
    ("missed at 1 %", "spam_missed_at_ham_1_percent"),
    ("lam %", "lam_percent"),
    ("ham→spam %", "ham_called_spam_percent"),
    ("spam→ham %", "spam_called_ham_percent"),
    ("unsure %", "unsure_percent"),
    ("ECE", "expected_calibration_error"),
    ("items/s", "items_per_second"),
)


def starting_filter(name: str) -> SpamFilter:
    """ "empty", "shipped", or the path of a saved model. Raises DamagedModel."""
    if name == "empty":
        return SpamFilter.empty()
    return SpamFilter.shipped() if name == "shipped" else SpamFilter.load(Path(name))


def evaluate(examples: Sequence[Example], start: str, feedback: Feedback) -> tuple[Run, Figures]:
    """One run of the protocol and its measures with bootstrap intervals."""
    run = protocol.run(starting_filter(start), examples, feedback)
    return run, figures_of(run)


def figures_of(run: Run) -> Figures:
    speed = round(len(run.outcomes.scores) / run.seconds) if run.seconds else 0
    return {
        **measures.of(run.outcomes),
        "items_per_second": speed,
        **measures.intervals(run.outcomes),
    }


def table(rows: Sequence[tuple[str, Figures]]) -> str:
    """Names and figures in columns, for a person."""
    lines = [["", *(title for title, _ in _COLUMNS)]]
    lines += [[name, *(_shown(figures, key) for _, key in _COLUMNS)] for name, figures in rows]
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    return "\n".join(
        "  ".join(
            [
                line[0].ljust(widths[0]),
                *(cell.rjust(w) for cell, w in zip(line[1:], widths[1:], strict=True)),
            ]
        )
        for line in lines
    )


def _shown(figures: Figures, key: str) -> str:
    value, interval = figures.get(key), figures.get(f"{key}_interval")
    if value is None:
        return "–"
    if isinstance(interval, list):
        return f"{value:g} [{interval[0]:.3g}–{interval[1]:.3g}]"
    return f"{value:g}"
