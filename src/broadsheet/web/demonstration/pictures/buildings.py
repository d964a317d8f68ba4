"""Houses, windows and lamps."""

from collections.abc import Sequence
from dataclasses import dataclass

from broadsheet.web.demonstration.pictures.canvas import Point, Sheet
from broadsheet.web.demonstration.pictures.palette import AMBER, CREAM, NIGHT, Colour, mix
from broadsheet.web.demonstration.pictures.ramps import across, down
from broadsheet.web.demonstration.pictures.shapes import arch


@dataclass(frozen=True, slots=True)
class Row:
    """A terrace of gabled houses from `left` to `right`, standing on `base`."""

    left: float
    right: float
    base: float
    height: float
    walls: tuple[Colour, ...]
    glass: Colour = AMBER
    lit: float = 0.5  # share of the windows with a light behind them


def terrace(sheet: Sheet, row: Row) -> None:
    x, index = row.left, 0
    while x < row.right:
        wide = row.height * sheet.rng.uniform(0.34, 0.5)
        tall = row.height * sheet.rng.uniform(0.8, 1.15)
        _house(sheet, (x, row.base), (wide, tall), row.walls[index % len(row.walls)])
        _windows(sheet, (x, row.base), (wide, tall), row)
        x += wide
        index += 1


def _house(sheet: Sheet, foot: Point, size: tuple[float, float], wall: Colour) -> None:
    x, base = foot
    wide, tall = size
    front = sheet.stencil()
    front.polygon(
        [
            (x, base),
            (x, base - tall * 0.78),
            (x + wide / 2, base - tall),
            (x + wide, base - tall * 0.78),
            (x + wide, base),
        ]
    )
    sheet.ink(front, wall)
    sheet.shade(front, mix(wall, NIGHT, 0.55), across(0.2, 1.2))
    chimney = sheet.stencil()
    chimney.box((x + wide * 0.7, base - tall * 1.02), (x + wide * 0.82, base - tall * 0.86))
    sheet.ink(chimney, mix(wall, NIGHT, 0.5))


def _windows(sheet: Sheet, foot: Point, size: tuple[float, float], row: Row) -> None:
    x, base = foot
    wide, tall = size
    lit, dark = sheet.stencil(), sheet.stencil()
    for storey in range(3):
        for column in range(2):
            left = x + wide * (0.17 + 0.38 * column)
            top = base - tall * (0.72 - 0.24 * storey)
            card = lit if sheet.rng.random() < row.lit else dark
            card.box((left, top), (left + wide * 0.26, top + tall * 0.15))
    sheet.ink(dark, mix(row.walls[0], NIGHT, 0.75))
    sheet.ink(lit, row.glass)


def lamp(sheet: Sheet, foot: Point, height: float, *, lit: bool = True) -> None:
    """A street lamp with a hanging head."""
    x, base = foot
    post = sheet.stencil()
    post.line([(x, base), (x, base - height)], height * 0.018)
    post.polygon(
        [
            (x - height * 0.03, base),
            (x + height * 0.03, base),
            (x + height * 0.014, base - height * 0.12),
            (x - height * 0.014, base - height * 0.12),
        ]
    )
    post.polygon(
        [
            (x - height * 0.05, base - height),
            (x + height * 0.05, base - height),
            (x, base - height * 1.06),
        ]
    )
    sheet.ink(post, NIGHT)
    if lit:
        spot = (x, base - height * 0.965)
        sheet.glow(spot, height * 0.5, mix(AMBER, CREAM, 0.4), strength=0.75)
        bulb = sheet.stencil()
        bulb.box(
            (x - height * 0.028, base - height),
            (x + height * 0.028, base - height * 0.94),
            radius=5,
        )
        sheet.ink(bulb, CREAM)


def arched_window(
    sheet: Sheet, box: tuple[float, float, float, float], glass: Sequence[Colour], bars: Colour
) -> None:
    """A tall round-headed window in (left, top, right, bottom), glazed from its first colour at the top."""
    left, top, right, bottom = box
    half = (right - left) / 2
    pane = sheet.stencil()
    pane.polygon(arch(left, right, top + half, bottom))
    sheet.blend(pane, glass, down())
    lead = sheet.stencil()
    lead.line([*arch(left, right, top + half, bottom), (left, bottom)], half * 0.09)
    for share in (1 / 3, 2 / 3):
        lead.line(
            [
                (left + (right - left) * share, top + half * 0.2),
                (left + (right - left) * share, bottom),
            ],
            half * 0.05,
        )
    for step in range(5):
        y = top + half + (bottom - top - half) * step / 5
        lead.line([(left, y), (right, y)], half * 0.05)
    sheet.ink(lead, bars)
