"""ROC, learning and reliability curves as one SVG, written by hand."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import cycle

import numpy as np

from broadsheet.spam.evaluation.measures import Outcomes

_SIZE, _LEFT, _TOP, _GAP, _BELOW, _LINE = 260, 60, 56, 84, 56, 20  # pixels
_INK, _FAINT, _GRID = "#222", "#666", "#ddd"
_COLOURS = ("#0067b1", "#c2410c", "#0a7d43", "#7c3aed", "#8a6d00", "#0e7490")
_BLOCKS = 20
_BINS = 10
_WORST = 0.2  # 1 − AUC at the top of the learning curves
Points = list[tuple[float, float]]  # both 0.0 to 1.0, y upwards
Ticks = tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True)
class _Panel:
    title: str
    across: str
    upwards: str
    ticks_across: Ticks
    ticks_upwards: Ticks
    points: Callable[[Outcomes], Points]
    dots: bool = False
    diagonal: bool = False


def svg(runs: Sequence[tuple[str, Outcomes]]) -> str:
    """Three panels, one line for each run."""
    panels = _panels()
    width = _LEFT + len(panels) * (_SIZE + _GAP) - _GAP + 28
    height = _TOP + _SIZE + _BELOW + _LINE * len(runs) + 12
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" role="img" '
        f'viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="11" fill="{_INK}">',
        f"<title>ROC, learning and reliability of {escape(', '.join(name for name, _ in runs))}</title>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    for number, panel in enumerate(panels):
        parts.append(f'<g transform="translate({_LEFT + number * (_SIZE + _GAP)} {_TOP})">')
        parts += [*_frame(panel), *_lines(panel, [outcomes for _, outcomes in runs]), "</g>"]
    return "\n".join([*parts, *_legend([name for name, _ in runs]), "</svg>\n"])


def _panels() -> tuple[_Panel, ...]:
    tenths = tuple((share, f"{100 * share:.0f}") for share in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0))
    rare = tuple((share**0.5, f"{100 * share:g}") for share in (0.001, 0.01, 0.1, 0.3, 1.0))
    worst = tuple((share / _WORST, f"{100 * share:g}") for share in (0.0, 0.05, 0.1, 0.15, 0.2))
    return (
        _Panel("ROC", "ham called spam, % (root scale)", "spam caught, %", rare, tenths, _roc),
        _Panel("Learning", "of the items, %", "1 − AUC of a twentieth, %", tenths, worst, _learning),
        _Panel("Reliability", "probability given, %", "were spam, %", tenths, tenths, _reliability,
               dots=True, diagonal=True),
    )  # fmt: skip


def _frame(panel: _Panel) -> Iterator[str]:
    """Grid, ticks and titles."""
    for at, label in panel.ticks_across:
        x = f"{at * _SIZE:.1f}"
        yield f'<path d="M{x} 0V{_SIZE}" stroke="{_GRID}"/>'
        yield f'<text x="{x}" y="{_SIZE + 16}" text-anchor="middle" fill="{_FAINT}">{label}</text>'
    for at, label in panel.ticks_upwards:
        y = f"{(1 - at) * _SIZE:.1f}"
        yield f'<path d="M0 {y}H{_SIZE}" stroke="{_GRID}"/>'
        yield f'<text x="-7" y="{y}" dy="4" text-anchor="end" fill="{_FAINT}">{label}</text>'
    if panel.diagonal:
        yield f'<path d="M0 {_SIZE}L{_SIZE} 0" stroke="{_FAINT}" stroke-dasharray="4 4"/>'
    yield f'<rect width="{_SIZE}" height="{_SIZE}" fill="none" stroke="{_FAINT}"/>'
    yield f'<text y="-14" font-size="14" font-weight="bold">{panel.title}</text>'
    yield f'<text x="{_SIZE / 2}" y="{_SIZE + 36}" text-anchor="middle">{panel.across}</text>'
    yield f'<text transform="translate(-38 {_SIZE / 2}) rotate(-90)" text-anchor="middle">{panel.upwards}</text>'


def _lines(panel: _Panel, runs: Sequence[Outcomes]) -> Iterator[str]:
    for outcomes, colour in zip(runs, cycle(_COLOURS), strict=False):
        points = [(x * _SIZE, (1 - y) * _SIZE) for x, y in panel.points(outcomes)]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.8" stroke-linejoin="round"/>'
        if panel.dots:
            yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points)  # fmt: skip


def _legend(names: Sequence[str]) -> Iterator[str]:
    for number, (name, colour) in enumerate(zip(names, cycle(_COLOURS), strict=False)):
        y = _TOP + _SIZE + _BELOW + _LINE * number
        yield f'<path d="M{_LEFT} {y}h24" stroke="{colour}" stroke-width="3"/>'
        yield f'<text x="{_LEFT + 32}" y="{y}" dy="4">{escape(name)}</text>'


def _roc(outcomes: Outcomes) -> Points:
    order = np.argsort(-outcomes.scores, kind="stable")
    spam = outcomes.is_spam[order]
    caught = np.cumsum(spam) / max(int(spam.sum()), 1)
    lost = np.cumsum(~spam) / max(int((~spam).sum()), 1)
    step = max(1, len(spam) // 400)
    return [
        (0.0, 0.0),
        *zip(np.sqrt(lost[::step]).tolist(), caught[::step].tolist(), strict=True),
        (1.0, 1.0),
    ]


def _learning(outcomes: Outcomes) -> Points:
    points = []
    for number, block in enumerate(np.array_split(np.arange(len(outcomes.scores)), _BLOCKS)):
        spam, scores = outcomes.is_spam[block], outcomes.scores[block]
        if spam.any() and not spam.all():
            wins = (scores[spam][:, None] > scores[~spam]).mean() + (
                scores[spam][:, None] == scores[~spam]
            ).mean() / 2
            points.append(((number + 0.5) / _BLOCKS, min(1.0, (1 - float(wins)) / _WORST)))
    return points


def _reliability(outcomes: Outcomes) -> Points:
    bins = np.minimum((outcomes.scores * _BINS).astype(int), _BINS - 1)
    return [
        (float(outcomes.scores[bins == b].mean()), float(outcomes.is_spam[bins == b].mean()))
        for b in range(_BINS)
        if (bins == b).any()
    ]
