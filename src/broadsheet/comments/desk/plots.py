"""Plots as SVG, drawn on the server. Plain Python; words are escaped."""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

WIDTH, HEIGHT, LEFT, BOTTOM = 760, 240, 40, 24
ROW, WORDS = 26, 240  # height of a row, width of its words
LONGEST_LABEL = 36  # characters
ACCENT = "#2d6a8e"
PLOT_HEIGHT = HEIGHT - BOTTOM - 10


def bars(
    days: Sequence[tuple[date, Mapping[str, int]]], *, kinds: Mapping[str, tuple[str, str]]
) -> str:
    """One bar a day, stacked by kind. `kinds`: name → (words, colour), the lowest first."""
    most = max((sum(counts.values()) for _, counts in days), default=0) or 1
    slot = (WIDTH - LEFT) / max(1, len(days))
    parts = [
        _axis(most),
        *(_bar(LEFT + n * slot, slot, day, most, kinds) for n, day in enumerate(days)),
    ]
    return _drawing("".join(parts), height=HEIGHT)


def intervals(rows: Sequence[tuple[str, float, tuple[float, float]]]) -> str:
    """One line for each row (words, percent, its interval) on a scale from 0 to 100 %."""
    parts = [_scale(len(rows))]
    for number, (words, percent, (low, high)) in enumerate(rows):
        y = ROW * number + ROW / 2
        parts.append(
            f'<text x="0" y="{y + 4:.1f}" font-size="12">{escape(words)}</text>'
            f'<line x1="{_across(low):.1f}" x2="{_across(high):.1f}" y1="{y}" y2="{y}" stroke="currentColor" stroke-width="2"/>'
            f'<circle cx="{_across(percent):.1f}" cy="{y}" r="5" fill="{ACCENT}"><title>{percent:.1f} % ({low:.1f}–{high:.1f} %)</title></circle>'
        )
    return _drawing("".join(parts), height=ROW * len(rows) + BOTTOM)


def lengths(rows: Sequence[tuple[str, int]]) -> str:
    """One horizontal bar for each row (words, number), with its number."""
    most = max((number for _, number in rows), default=0) or 1
    parts = []
    for place, (words, number) in enumerate(rows):
        y, width = ROW * place, (_across(90) - _across(0)) * number / most
        parts.append(
            f'<text x="0" y="{y + 17}" font-size="12">{escape(words[:LONGEST_LABEL])}</text>'
            f'<rect x="{_across(0)}" y="{y + 5}" width="{width:.1f}" height="{ROW - 10}" fill="{ACCENT}"/>'
            f'<text x="{_across(0) + width + 6:.1f}" y="{y + 17}" font-size="12">{number}</text>'
        )
    return _drawing("".join(parts), height=ROW * len(rows))


def _across(percent: float) -> float:
    """Where a share stands, right of the words."""
    return WORDS + (WIDTH - WORDS - 20) * percent / 100


def _scale(rows: int) -> str:
    foot = ROW * rows
    return "".join(
        f'<line x1="{_across(mark):.1f}" x2="{_across(mark):.1f}" y1="0" y2="{foot}" stroke="currentColor" stroke-opacity="0.2"/>'
        f'<text x="{_across(mark):.1f}" y="{foot + 16}" font-size="11" text-anchor="middle">{mark} %</text>'
        for mark in (0, 25, 50, 75, 100)
    )


def _drawing(inside: str, *, height: float) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" role="img" fill="currentColor">'
        f"{inside}</svg>"
    )


def _bar(
    x: float,
    slot: float,
    day: tuple[date, Mapping[str, int]],
    most: int,
    kinds: Mapping[str, tuple[str, str]],
) -> str:
    when, counts = day
    parts, foot = [], float(HEIGHT - BOTTOM)
    for name, (words, colour) in kinds.items():
        number = counts.get(name, 0)
        height = PLOT_HEIGHT * number / most
        foot -= height
        if number:
            parts.append(
                f'<rect x="{x + 1:.1f}" y="{foot:.1f}" width="{max(1.0, slot - 2):.1f}" height="{height:.1f}" '
                f'fill="{colour}"><title>{when.isoformat()}: {number} {escape(words)}</title></rect>'
            )
    if when.day in {1, 10, 20}:
        parts.append(
            f'<text x="{x:.1f}" y="{HEIGHT - 8}" font-size="11">{when.month:02}-{when.day:02}</text>'
        )
    return "".join(parts)


def _axis(most: int) -> str:
    foot = HEIGHT - BOTTOM
    return (
        f'<line x1="{LEFT}" x2="{WIDTH}" y1="{foot}" y2="{foot}" stroke="currentColor"/>'
        f'<text x="{LEFT - 6}" y="20" font-size="11" text-anchor="end">{most}</text>'
        f'<text x="{LEFT - 6}" y="{foot}" font-size="11" text-anchor="end">0</text>'
    )
