"""The violin maker's workshop."""

import math

from broadsheet.web.demonstration.pictures import figures
from broadsheet.web.demonstration.pictures.buildings import arched_window
from broadsheet.web.demonstration.pictures.canvas import Point, Sheet
from broadsheet.web.demonstration.pictures.palette import (
    AMBER,
    BRICK,
    CREAM,
    ICE,
    NAVY,
    NIGHT,
    OAK,
    PLUM,
    SAND,
    SKY,
    SLATE,
    SOOT,
    TEAL,
    Colour,
    mix,
)
from broadsheet.web.demonstration.pictures.ramps import across, down
from broadsheet.web.demonstration.pictures.shapes import limb, place, smooth

SKINS: tuple[Colour, ...] = ((222, 170, 138), (126, 82, 58), (240, 200, 170), (168, 112, 80))


def violin_workshop(sheet: Sheet) -> None:
    sheet.blend(
        sheet.everything(),
        [mix(OAK, NIGHT, 0.55), mix(OAK, PLUM, 0.45), mix(OAK, NIGHT, 0.5)],
        down(),
    )
    arched_window(sheet, (110, 130, 560, 800), [SKY, ICE, CREAM, SAND], mix(OAK, NIGHT, 0.7))
    beam = sheet.stencil()
    beam.polygon([(130, 220), (550, 160), (1560, 1180), (760, 1240)])
    sheet.soften(beam, CREAM, 20, opacity=0.34)
    _violins_on_a_rail(sheet)
    _tools(sheet)
    _maker(sheet)
    bench = sheet.stencil()
    bench.polygon([(0, 930), (1800, 930), (1800, 1200), (0, 1200)])
    sheet.blend(bench, [mix(SAND, OAK, 0.35), mix(OAK, NIGHT, 0.4)], down())
    sheet.rim(bench, CREAM, (0, 6), opacity=0.8)
    sheet.shade(bench, NIGHT, across(0.3, 1.0), opacity=0.7)
    _on_the_bench(sheet)


def _violins_on_a_rail(sheet: Sheet) -> None:
    rail = sheet.stencil()
    rail.line([(640, 110), (1800, 110)], 12)
    for x in (760, 960, 1160, 1360, 1560, 1740):
        rail.line([(x, 110), (x, 170)], 4)
    sheet.ink(rail, NIGHT)
    tones = (
        mix(AMBER, OAK, 0.4),
        mix(CREAM, SAND, 0.6),
        mix(BRICK, OAK, 0.5),
        mix(AMBER, BRICK, 0.4),
        SAND,
        mix(BRICK, OAK, 0.3),
    )
    for index, x in enumerate((760, 960, 1160, 1360, 1560, 1740)):
        _violin(sheet, (x, 372), 410, tones[index])


def _maker(sheet: Sheet) -> None:
    pose = figures.Pose(lean=20, near_arm=(30, 56), far_arm=(40, 60))
    maker = figures.Figure(
        (1130, 1410),
        860,
        pose,
        figures.Clothes(mix(TEAL, NAVY, 0.35), NIGHT, SKINS[0], mix(ICE, SLATE, 0.3)),
        facing_left=True,
    )
    figures.draw(sheet, maker, light=CREAM)


def _violin(sheet: Sheet, at: Point, height: float, colour: Colour) -> None:
    def put(points: list[Point]) -> list[Point]:
        return place(points, at, height)

    neck = sheet.stencil()
    neck.polygon(put([(-0.018, -0.5), (0.018, -0.5), (0.028, 0.1), (-0.028, 0.1)]))
    neck.ellipse(put([(0, -0.5)])[0], height * 0.032)
    half = [
        (0.0, -0.2),
        (0.09, -0.19),
        (0.135, -0.12),
        (0.125, -0.05),
        (0.085, 0.01),
        (0.09, 0.08),
        (0.15, 0.16),
        (0.165, 0.27),
        (0.11, 0.36),
        (0.0, 0.385),
    ]
    body = sheet.stencil()
    body.polygon(put(smooth([*half, *[(-x, y) for x, y in reversed(half[1:-1])]])))
    sheet.ink(body, colour)
    sheet.shade(body, mix(colour, NIGHT, 0.7), across(0.3, 1.1))
    sheet.rim(body, CREAM, (3, 2), opacity=0.7)
    sheet.ink(neck, mix(SOOT, OAK, 0.2))
    holes = sheet.stencil()
    for side in (-1, 1):
        hole = [(0.05, 0.05), (0.066, 0.09), (0.064, 0.14), (0.085, 0.18)]
        curve = smooth([(side * x, y) for x, y in hole], closed=False)
        holes.line(put(curve), height * 0.012)
    holes.box(put([(-0.05, 0.13)])[0], put([(0.05, 0.145)])[0])
    holes.polygon(put([(-0.026, 0.2), (0.026, 0.2), (0.018, 0.34), (-0.018, 0.34)]))
    sheet.ink(holes, SOOT)


def _tools(sheet: Sheet) -> None:
    card, iron = sheet.stencil(), sheet.stencil()
    for index in range(9):
        x, tall = 1330 + index * 50, sheet.rng.uniform(70, 130)
        card.polygon(limb((x, 640), (x, 690), 9, 12))
        iron.polygon(
            [
                (x - 6, 696),
                (x + 6, 696),
                (x + 4 + index % 3 * 3, 696 + tall),
                (x - 4 - index % 3 * 3, 696 + tall),
            ]
        )
    card.box((1300, 606), (1770, 626), radius=4)
    sheet.ink(iron, mix(SLATE, SKY, 0.3))
    sheet.ink(card, mix(AMBER, OAK, 0.5))


def _on_the_bench(sheet: Sheet) -> None:
    plate = sheet.stencil()
    outline = [
        (0, -0.5),
        (0.2, -0.48),
        (0.28, -0.3),
        (0.2, -0.1),
        (0.22, 0.05),
        (0.33, 0.2),
        (0.34, 0.38),
        (0.2, 0.5),
        (0, 0.52),
    ]
    full = smooth([*outline, *[(-x, y) for x, y in reversed(outline[1:-1])]])
    flat = [(760 + y * 520, 948 + x * 150) for x, y in full]
    plate.polygon(flat)
    sheet.ink(plate, mix(CREAM, SAND, 0.5))
    sheet.shade(plate, OAK, across(0.4, 1.2))
    sheet.rim(plate, CREAM, (2, 5))
    _shavings(sheet)
    pot = sheet.stencil()
    pot.box((1490, 850), (1620, 980), radius=18)
    sheet.ink(pot, BRICK)
    sheet.shade(pot, NIGHT, across(0.2, 1.0))
    brushes = sheet.stencil()
    for lean in (-50, -10, 34):
        brushes.line([(1555, 860), (1555 + lean, 700)], 9)
    sheet.ink(brushes, SAND)


def _shavings(sheet: Sheet) -> None:
    shavings = sheet.stencil()
    for _ in range(26):
        x, y, turn = (
            sheet.rng.uniform(330, 1300),
            sheet.rng.uniform(985, 1120),
            sheet.rng.uniform(0, 6),
        )
        curl = [
            (
                x + (6 + t * 2.2) * math.cos(turn + t * 0.7),
                y + (5 + t * 1.3) * math.sin(turn + t * 0.7),
            )
            for t in range(9)
        ]
        shavings.line(curl, 5)
    sheet.ink(shavings, CREAM, opacity=0.9)
