"""Plots as SVG, drawn on the server. Plain Python; words are escaped."""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

WIDTH, HEIGHT, LEFT, BOTTOM = 760, 240, 40, 24
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
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">'
        f"{''.join(parts)}</svg>"
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
