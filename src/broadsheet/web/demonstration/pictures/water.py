"""Water, and what floats on it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from broadsheet.web.demonstration.pictures.canvas import Point, Sheet
from broadsheet.web.demonstration.pictures.palette import BRICK, CREAM, NIGHT, Colour, mix
from broadsheet.web.demonstration.pictures.ramps import across, down
from broadsheet.web.demonstration.pictures.shapes import place, smooth


def glints(sheet: Sheet, column: Point, reach: float, colour: Colour, *, count: int = 160) -> None:
    """The sun's or a lamp's broken path on the water, from (x, horizon) down `reach` pixels."""
    card = sheet.stencil()
    for _ in range(count):
        depth = sheet.rng.random() ** 1.5
        spread = 30 + depth * 170
        x = column[0] + sheet.rng.gauss(0, spread * 0.5)
        length = (12 + 74 * depth) * sheet.rng.uniform(0.3, 1)
        card.ellipse((x, column[1] + 4 + depth * reach), length, 1.2 + 3.4 * depth)
    sheet.ink(card, colour, opacity=0.85)


def ripples(
    sheet: Sheet,
    span: tuple[float, float],
    colour: Colour,
    *,
    count: int = 120,
    opacity: float = 0.5,
) -> None:
    """Flat strokes that lie on the water between two heights, longer and thicker near the bottom."""
    card = sheet.stencil()
    for _ in range(count):
        depth = sheet.rng.random()
        y = span[0] + (span[1] - span[0]) * depth**1.3
        x = sheet.rng.uniform(-100, sheet.width + 100)
        card.ellipse((x, y), (20 + 150 * depth) * sheet.rng.uniform(0.4, 1), 1 + 2.6 * depth)
    sheet.ink(card, colour, opacity=opacity)


def swell(
    sheet: Sheet, level: float, height: float, phase: float, *, length: float = 420
) -> list[Point]:
    """The outline of a wave that leans over, from edge to edge and down to the bottom of the sheet."""
    crest = []
    for x in range(-60, sheet.width + 80, 20):
        turn = 2 * math.pi * (x / length + phase)
        crest.append(
            (
                x + height * 0.25 * math.sin(turn),
                level - height * (math.sin(turn) + 0.35 * math.sin(2.3 * turn)),
            )
        )
    return [*crest, (sheet.width + 80, sheet.height + 10), (-60, sheet.height + 10)]


@dataclass(frozen=True, slots=True)
class Boat:
    """A small working boat, `length` pixels from stem to stern, its waterline's middle at `at`."""

    at: Point
    length: float
    hull: Colour = BRICK
    house: Colour = CREAM
    flip: bool = False


def boat(sheet: Sheet, craft: Boat, *, light: Colour | None = None) -> None:
    def put(points: list[Point]) -> list[Point]:
        return place(points, craft.at, craft.length, flip=craft.flip)

    _rigging(sheet, craft)
    house = sheet.stencil()
    house.polygon(put([(-0.27, -0.1), (-0.25, -0.29), (-0.03, -0.29), (0.01, -0.1)]))
    house.polygon(put([(-0.29, -0.285), (-0.28, -0.315), (0.0, -0.315), (0.015, -0.285)]))
    sheet.ink(house, craft.house)
    sheet.shade(
        house,
        mix(craft.house, NIGHT, 0.5),
        across(1.1, -0.2) if not craft.flip else across(-0.1, 1.2),
    )
    panes = sheet.stencil()
    for left in (-0.225, -0.155, -0.085):
        panes.polygon(
            put([(left, -0.255), (left + 0.05, -0.255), (left + 0.055, -0.18), (left, -0.18)])
        )
    sheet.ink(panes, mix(craft.hull, NIGHT, 0.75))
    hull = sheet.stencil()
    sheer = smooth([(-0.5, -0.13), (-0.2, -0.09), (0.15, -0.11), (0.52, -0.22)], closed=False)
    hull.polygon(put([*sheer, (0.44, 0.0), (0.38, 0.03), (-0.42, 0.03), (-0.47, -0.02)]))
    sheet.ink(hull, craft.hull)
    sheet.shade(hull, mix(craft.hull, NIGHT, 0.65), down(0.15, 1.1))
    strake = sheet.stencil()
    strake.line(put([(x, y + 0.025) for x, y in sheer]), craft.length * 0.012)
    sheet.ink(strake, craft.house)
    if light is not None:
        sheet.rim(hull, light, (0, 3), opacity=0.8)


def _rigging(sheet: Sheet, craft: Boat) -> None:
    def put(points: list[Point]) -> list[Point]:
        return place(points, craft.at, craft.length, flip=craft.flip)

    card = sheet.stencil()
    card.line(put([(0.1, -0.1), (0.1, -0.62)]), craft.length * 0.016)
    card.line(put([(-0.34, -0.1), (-0.34, -0.44)]), craft.length * 0.012)
    card.line(put([(0.1, -0.2), (0.36, -0.46)]), craft.length * 0.01)
    card.line(put([(0.1, -0.6), (0.51, -0.22)]), craft.length * 0.004)
    card.line(put([(0.1, -0.6), (-0.34, -0.43)]), craft.length * 0.004)
    card.line(put([(-0.34, -0.43), (-0.5, -0.13)]), craft.length * 0.004)
    sheet.ink(card, mix(craft.hull, NIGHT, 0.8))


def gulls(sheet: Sheet, spots: Sequence[tuple[float, float, float]], colour: Colour) -> None:
    """Gulls at (x, y, wing span)."""
    card = sheet.stencil()
    for x, y, span in spots:
        tilt = sheet.rng.uniform(-0.14, 0.14)
        upper = smooth(
            [
                (-0.5, 0.02 - tilt),
                (-0.27, -0.15),
                (-0.04, 0.0),
                (0.04, 0.0),
                (0.26, -0.16),
                (0.5, 0.02 + tilt),
            ],
            closed=False,
        )
        lower = smooth(
            [
                (0.5, 0.02 + tilt),
                (0.25, -0.09),
                (0.06, 0.07),
                (-0.06, 0.07),
                (-0.26, -0.085),
                (-0.5, 0.02 - tilt),
            ],
            closed=False,
        )
        card.polygon(place([*upper, *lower], (x, y), span))
    sheet.ink(card, colour)
