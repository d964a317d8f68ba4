"""One line over time as SVG, drawn on the server. Plain Python."""

from collections.abc import Sequence
from datetime import datetime
from html import escape
from itertools import pairwise

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 360, 120, 44, 18, 12


def line(words: str, points: Sequence[tuple[datetime, float]], *, unit: str = "") -> str:
    """A figure's course, oldest first; two points at least make a line. Colours are the style sheet's."""
    most = max((value for _, value in points), default=0)
    foot = HEIGHT - BOTTOM
    course = _course(points, most or 1)
    area = f"{LEFT},{foot} {course} {WIDTH},{foot}" if len(points) > 1 else ""
    first, last = (f"{points[0][0]:%H:%M}", f"{points[-1][0]:%H:%M}") if points else ("", "")
    now = number(points[-1][1]) if points else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{escape(f"{words}: {now} {unit}".rstrip(": "))}">'
        f'<line class="plot-top" x1="{LEFT}" x2="{WIDTH}" y1="{TOP}" y2="{TOP}"/>'
        f'<line class="plot-foot" x1="{LEFT}" x2="{WIDTH}" y1="{foot}" y2="{foot}"/>'
        f'<polygon class="plot-area" points="{area}"/>'
        f'<polyline class="plot-line" points="{course}"/>'
        + _text(LEFT - 5, TOP + 4, number(most) if most else "", "end")
        + _text(LEFT - 5, foot, "0", "end")
        + _text(LEFT, HEIGHT - 4, first, "start")
        + _text(WIDTH, HEIGHT - 4, last, "end")
        + "</svg>"
    )


def number(value: float) -> str:
    """As short as it may be told: 0.25, 17, 4.2k, 251M."""
    for size, sign in ((1e9, "G"), (1e6, "M"), (1e4, "k")):
        if value >= size:
            return f"{value / (1e3 if sign == 'k' else size):.3g}{sign}"
    return f"{value:.0f}" if value >= 100 or value == int(value) else f"{value:.2g}"


def rates(points: Sequence[tuple[datetime, float]]) -> list[tuple[datetime, float]]:
    """Growth per second between each two moments of a number that only grows."""
    return [
        (after, max(0.0, there - here) / max(0.001, (after - before).total_seconds()))
        for (before, here), (after, there) in pairwise(points)
    ]


def _course(points: Sequence[tuple[datetime, float]], most: float) -> str:
    foot = HEIGHT - BOTTOM
    step = (WIDTH - LEFT) / max(1, len(points) - 1)
    return " ".join(
        f"{LEFT + place * step:.1f},{foot - (foot - TOP) * value / most:.1f}"
        for place, (_, value) in enumerate(points)
    )


def _text(x: int, y: int, words: str, anchor: str) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}">{escape(words)}</text>'
