"""One line over time as SVG, drawn on the server. Plain Python."""

from collections.abc import Sequence
from datetime import datetime
from html import escape
from itertools import pairwise

WIDTH, HEIGHT, LEFT, BOTTOM = 360, 120, 44, 18
_COLOUR = "#2d6a8e"


def line(words: str, points: Sequence[tuple[datetime, float]], *, unit: str = "") -> str:
    """A figure's course, oldest first; two points at least make a line."""
    most = max((value for _, value in points), default=0) or 1
    foot = HEIGHT - BOTTOM
    step = (WIDTH - LEFT) / max(1, len(points) - 1)
    course = " ".join(
        f"{LEFT + number * step:.1f},{foot - (foot - 12) * value / most:.1f}"
        for number, (_, value) in enumerate(points)
    )
    first, last = (f"{points[0][0]:%H:%M}", f"{points[-1][0]:%H:%M}") if points else ("", "")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" fill="currentColor" '
        f'aria-label="{escape(words)}: {points[-1][1] if points else 0:.4g} {escape(unit)}">'
        f'<line x1="{LEFT}" x2="{WIDTH}" y1="{foot}" y2="{foot}" stroke="currentColor"/>'
        f'<polyline points="{course}" fill="none" stroke="{_COLOUR}" stroke-width="2"/>'
        f'<text x="{LEFT - 5}" y="16" font-size="11" text-anchor="end">{most:.3g}</text>'
        f'<text x="{LEFT - 5}" y="{foot}" font-size="11" text-anchor="end">0</text>'
        f'<text x="{LEFT}" y="{HEIGHT - 4}" font-size="11">{first}</text>'
        f'<text x="{WIDTH}" y="{HEIGHT - 4}" font-size="11" text-anchor="end">{last}</text></svg>'
    )


def rates(points: Sequence[tuple[datetime, float]]) -> list[tuple[datetime, float]]:
    """Growth per second between each two moments of a number that only grows."""
    return [
        (after, max(0.0, there - here) / max(0.001, (after - before).total_seconds()))
        for (before, here), (after, there) in pairwise(points)
    ]
