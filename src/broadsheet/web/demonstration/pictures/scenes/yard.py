"""The school yard."""

from dataclasses import replace

from broadsheet.web.demonstration.pictures import figures
from broadsheet.web.demonstration.pictures.canvas import Point, Sheet
from broadsheet.web.demonstration.pictures.palette import (
    AMBER,
    BRICK,
    CORAL,
    CREAM,
    FOAM,
    MOSS,
    NAVY,
    NIGHT,
    PLUM,
    ROSE,
    SAND,
    SLATE,
    SOOT,
    TEAL,
    mix,
)
from broadsheet.web.demonstration.pictures.ramps import around, down
from broadsheet.web.demonstration.pictures.shapes import blob, limb, quad


def school_yard(sheet: Sheet) -> None:
    sheet.blend(
        sheet.everything(),
        [mix(SAND, CREAM, 0.4), SAND, mix(SAND, ROSE, 0.5)],
        lambda u, v: u * 0.5 + v * 0.5,
    )
    sheet.shade(
        sheet.everything(), mix(SAND, PLUM, 0.25), around(0.3, 0.2, 1.0, hollow=True), opacity=0.5
    )
    _painted_ground(sheet)
    _tree_shadow(sheet)
    children = (
        ((520, 380), CORAL, figures.RUNNING, 230),
        ((760, 300), TEAL, figures.WALKING, 210),
        ((1010, 560), AMBER, figures.RUNNING, 240),
        ((1290, 330), PLUM, figures.STANDING, 220),
        ((1350, 420), BRICK, figures.REACHING, 215),
        ((640, 760), NAVY, figures.KICKING, 250),
        ((1180, 880), CREAM, figures.WALKING, 230),
        ((1530, 760), TEAL, figures.RUNNING, 240),
        ((330, 900), MOSS, figures.CARRYING, 230),
    )
    for feet, _coat, pose, height in children:
        _long_shadow(sheet, feet, pose, height)
    for feet, coat, pose, height in children:
        skin = sheet.rng.choice(((222, 170, 138), (126, 82, 58), (240, 200, 170), (168, 112, 80)))
        hair = sheet.rng.choice((SOOT, mix(BRICK, SOOT, 0.5), mix(AMBER, SAND, 0.4)))
        child = figures.Figure(
            feet,
            height,
            replace(pose, head=1.5, skirt=0.0),
            figures.Clothes(coat, mix(NAVY, SLATE, 0.3), skin, hair),
        )
        figures.draw(sheet, child, light=CREAM)
    ball = sheet.stencil()
    ball.ellipse((830, 690), 26)
    sheet.ink(ball, CORAL)
    sheet.shade(ball, BRICK, around(0.3, 0.3, 0.7, hollow=True))


def _painted_ground(sheet: Sheet) -> None:
    for colour, reach in ((TEAL, 430), (mix(TEAL, FOAM, 0.5), 330), (CREAM, 230), (CORAL, 130)):
        ring = sheet.stencil()
        ring.ellipse((1130, 660), reach * 1.25, reach * 0.72)
        sheet.ink(ring, mix(colour, SAND, 0.18))
    squares = sheet.stencil()
    for step in range(6):
        wide = (0, 1)[step in {2, 4}]
        for shift in (-52, 52) if wide else (0,):
            x, y = 180 + step * 78 + shift * 0.6, 1120 - step * 84 + shift * 0.5
            squares.line([*quad((x, y), (92, 70), -0.35), quad((x, y), (92, 70), -0.35)[0]], 7)
    sheet.ink(squares, CREAM)
    sheet.shade(sheet.everything(), mix(SAND, PLUM, 0.3), down(0.4, 1.6), opacity=0.5)


def _tree_shadow(sheet: Sheet) -> None:
    leaves = sheet.stencil()
    for _ in range(110):
        spot = (sheet.rng.gauss(1640, 190), sheet.rng.gauss(130, 110))
        leaves.polygon(
            blob(sheet.rng, spot, sheet.rng.uniform(24, 66), sheet.rng.uniform(18, 46), wobble=0.3)
        )
    leaves.polygon(limb((1640, 160), (1900, -60), 24, 34))
    sheet.soften(leaves, PLUM, 8, opacity=0.5)


def _long_shadow(sheet: Sheet, feet: Point, pose: figures.Pose, height: float) -> None:
    """The child's own outline, laid on the ground away from a low sun."""
    card = sheet.stencil()
    for name, outlines in figures.parts(replace(pose, head=1.5, skirt=0.0)).items():
        if name != "hat":
            card.polygons([_laid(outline, feet, height) for outline in outlines])
    sheet.ink(card, mix(PLUM, NIGHT, 0.2), opacity=0.55)


def _laid(outline: list[Point], feet: Point, height: float) -> list[Point]:
    return [
        (feet[0] + (x * 0.5 - y * 1.1) * height, feet[1] - (y * 0.5 + x * 0.7) * height)
        for x, y in outline
    ]
