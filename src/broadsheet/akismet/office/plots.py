"""A plot of days as numbers that a template draws as SVG: no script, no image. Plain Python."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT = 600, 120  # of the drawing, in its own units
_GAP = 0.25  # of a day's width


@dataclass(frozen=True, slots=True)
class Day:
    """What happened on a day."""

    day: date
    ham: int
    spam: int
    missed_spam: int
    false_positives: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A day's place in the drawing; spam stands on ham. y grows downwards."""

    day: Day
    x: float
    width: float
    ham_y: float
    ham_height: float
    spam_y: float
    spam_height: float
    mistakes: int


@dataclass(frozen=True, slots=True)
class Plot:
    bars: tuple[Bar, ...]
    highest: int  # checks on the busiest day
    width: int = WIDTH
    height: int = HEIGHT


def plot(days: Sequence[Day]) -> Plot:
    """The bars of `days`, oldest first, scaled to the busiest."""
    highest = max((day.ham + day.spam for day in days), default=0)
    scale = HEIGHT / highest if highest else 0.0
    step = WIDTH / len(days) if days else 0.0
    return Plot(
        tuple(_bar(day, number * step, step, scale) for number, day in enumerate(days)), highest
    )


def _bar(day: Day, x: float, step: float, scale: float) -> Bar:
    ham, spam = day.ham * scale, day.spam * scale
    return Bar(
        day=day,
        x=round(x, 2),
        width=round(step * (1 - _GAP), 2),
        ham_y=round(HEIGHT - ham, 2),
        ham_height=round(ham, 2),
        spam_y=round(HEIGHT - ham - spam, 2),
        spam_height=round(spam, 2),
        mistakes=day.missed_spam + day.false_positives,
    )
