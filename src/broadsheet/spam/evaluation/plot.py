"""ROC, learning and reliability curves as one SVG, written by hand."""

from collections.abc import Iterable, Sequence
from html import escape

import numpy as np

from broadsheet.spam.evaluation.measures import Outcomes

_SIZE, _MARGIN, _GAP = 260, 48, 40
_COLOURS = ("#0b6", "#06c", "#c40", "#90c", "#880", "#088")
_BLOCKS = 20
_BINS = 10
Points = list[tuple[float, float]]  # both 0.0 to 1.0, y upwards


def svg(runs: Sequence[tuple[str, Outcomes]]) -> str:
    """Three panels, one line for each run."""
    panels = (
        ("ROC: spam caught by ham called spam (root scale)", _roc),
        ("Learning: 1 − AUC in each twentieth (0 to 0.2)", _learning),
        ("Reliability: spam among those of a probability", _reliability),
    )
    width = 2 * _MARGIN + len(panels) * _SIZE + (len(panels) - 1) * _GAP
    height = 2 * _MARGIN + _SIZE + 18 * len(runs)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="11">',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    for number, (title, points) in enumerate(panels):
        left = _MARGIN + number * (_SIZE + _GAP)
        parts += _panel(left, title, [points(outcomes) for _, outcomes in runs])
    parts += _legend([name for name, _ in runs])
    return "\n".join([*parts, "</svg>\n"])


def _panel(left: int, title: str, lines: Iterable[Points]) -> list[str]:
    parts = [
        f'<g transform="translate({left} {_MARGIN})">',
        f'<rect width="{_SIZE}" height="{_SIZE}" fill="none" stroke="#888"/>',
        f'<text y="-8">{escape(title)}</text>',
    ]
    for line, colour in zip(lines, _colours(), strict=False):
        path = " ".join(f"{x * _SIZE:.1f},{(1 - y) * _SIZE:.1f}" for x, y in line)
        parts.append(
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.5"/>'
        )
    return [*parts, "</g>"]


def _legend(names: Sequence[str]) -> list[str]:
    top = _MARGIN + _SIZE + 24
    return [
        f'<text x="{_MARGIN}" y="{top + 18 * i}" fill="{colour}">{escape(name)}</text>'
        for i, (name, colour) in enumerate(zip(names, _colours(), strict=False))
    ]


def _colours() -> Iterable[str]:
    while True:
        yield from _COLOURS


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
            points.append(((number + 0.5) / _BLOCKS, min(1.0, (1 - float(wins)) * 5)))
    return points


def _reliability(outcomes: Outcomes) -> Points:
    bins = np.minimum((outcomes.scores * _BINS).astype(int), _BINS - 1)
    return [
        (float(outcomes.scores[bins == b].mean()), float(outcomes.is_spam[bins == b].mean()))
        for b in range(_BINS)
        if (bins == b).any()
    ]
