"""The orchard in frost, and the allotments."""

import math

from broadsheet.web.demonstration.pictures import figures
from broadsheet.web.demonstration.pictures.canvas import Point, Sheet
from broadsheet.web.demonstration.pictures.palette import (
    AMBER,
    BRICK,
    CORAL,
    CREAM,
    FOAM,
    ICE,
    MOSS,
    NAVY,
    NIGHT,
    OAK,
    PINE,
    PLUM,
    ROSE,
    SAND,
    SKY,
    SLATE,
    TEAL,
    Colour,
    mix,
)
from broadsheet.web.demonstration.pictures.ramps import across, down
from broadsheet.web.demonstration.pictures.shapes import (
    blob,
    ground,
    limb,
    ridge,
    smooth,
    twigs,
)


def orchard_frost(sheet: Sheet) -> None:
    sheet.blend(
        sheet.everything(),
        [mix(SKY, SLATE, 0.25), SKY, ICE, CREAM, mix(ROSE, CREAM, 0.4)],
        down(0.0, 0.55),
    )
    sheet.glow((1330, 560), 560, mix(AMBER, CREAM, 0.4), strength=0.95)
    sun = sheet.stencil()
    sun.ellipse((1330, 560), 62)
    sheet.ink(sun, CREAM)
    hills = sheet.stencil()
    hills.polygon(ground(ridge(sheet.rng, (-20, 1820), 600, 40), 700))
    sheet.ink(hills, mix(SKY, SLATE, 0.35))
    meadow = sheet.stencil()
    meadow.polygon(ground(ridge(sheet.rng, (-20, 1820), 660, 12), 1210))
    sheet.blend(meadow, [CREAM, ICE, mix(SKY, SLATE, 0.3)], down())
    for distance in range(6, 0, -1):
        scale = 1.62 / distance**0.85
        for side in (-1, 1):
            x = 860 + side * 560 * scale * (1.0 if side < 0 else 1.06)
            _apple_tree(
                sheet,
                (x, 640 + 300 * scale),
                440 * scale,
                mix(NIGHT, SKY, min(0.62, distance * 0.1)),
            )
    _ladder(sheet)
    _frozen_grass(sheet)
    _picker(sheet)


def _frozen_grass(sheet: Sheet) -> None:
    tufts = sheet.stencil()
    for _ in range(260):
        x, y = sheet.rng.uniform(0, 1800), 700 + 500 * sheet.rng.random() ** 0.7
        tufts.line([(x, y), (x + sheet.rng.uniform(-9, 9), y - (y - 650) * 0.05 - 4)], 2)
    sheet.ink(tufts, CREAM, opacity=0.9)


def _picker(sheet: Sheet) -> None:
    """With a full basket."""
    picker = figures.Figure(
        (760, 1010),
        330,
        figures.CARRYING,
        figures.Clothes(BRICK, NAVY, (222, 170, 138), CREAM, hat=True),
    )
    figures.draw(sheet, picker, light=CREAM)
    basket = sheet.stencil()
    basket.polygon([(806, 796), (908, 796), (892, 856), (822, 856)])
    sheet.ink(basket, mix(SAND, OAK, 0.5))


def _apple_tree(sheet: Sheet, foot: Point, height: float, colour: Colour) -> None:
    shadow = sheet.stencil()
    away = -1 if foot[0] < 1330 else 1
    shadow.polygon(
        limb(
            foot,
            (foot[0] + away * height * 0.9, foot[1] + height * 0.42),
            height * 0.05,
            height * 0.02,
        )
    )
    shadow.ellipse(
        (foot[0] + away * height * 1.15, foot[1] + height * 0.52), height * 0.5, height * 0.09
    )
    sheet.ink(shadow, mix(SKY, SLATE, 0.5), opacity=0.55)
    bark, apples = sheet.stencil(), sheet.stencil()
    limbs = twigs(
        sheet.rng,
        foot,
        height * 0.36,
        -math.pi / 2 + sheet.rng.uniform(-0.12, 0.12),
        width=height * 0.05,
    )
    for start, end, thick, thin in limbs:
        bark.polygon(limb(start, end, max(thick, 0.8), max(thin, 0.7)))
        if thick < height * 0.012 and sheet.rng.random() < 0.06:
            apples.ellipse((end[0], end[1] + height * 0.03), height * 0.024)
    sheet.ink(bark, colour)
    sheet.rim(bark, CREAM, (-2, 3), opacity=0.95)
    sheet.ink(apples, BRICK)


def _ladder(sheet: Sheet) -> None:
    card = sheet.stencil()
    card.line([(330, 1060), (420, 560)], 13)
    card.line([(440, 1060), (470, 560)], 13)
    for step in range(9):
        y = 1010 - step * 50
        card.line([(332 + step * 9 + 8, y), (438 + step * 3, y)], 9)
    sheet.ink(card, mix(OAK, NIGHT, 0.3))
    sheet.rim(card, CREAM, (-3, 3), opacity=0.8)


def allotments(sheet: Sheet) -> None:
    sheet.blend(
        sheet.everything(), [mix(SKY, FOAM, 0.4), CREAM, mix(AMBER, CREAM, 0.5)], down(0.0, 0.4)
    )
    sheet.glow((1500, 330), 420, AMBER, strength=0.7)
    town = sheet.stencil()
    x = -20.0
    while x < 1820:
        wide, tall = sheet.rng.uniform(60, 110), sheet.rng.uniform(60, 130)
        town.polygon(
            [
                (x, 470),
                (x, 450 - tall * 0.6),
                (x + wide / 2, 450 - tall * 0.6 - wide * 0.42),
                (x + wide, 450 - tall * 0.6),
                (x + wide, 470),
            ]
        )
        x += wide
    sheet.ink(town, mix(SLATE, ROSE, 0.45))
    hedge = sheet.stencil()
    for x in range(-40, 1880, 70):
        hedge.polygon(blob(sheet.rng, (x, 452), 66, 44))
    sheet.ink(hedge, mix(PINE, MOSS, 0.3))
    soil = sheet.stencil()
    soil.box((0, 460), sheet.size)
    sheet.blend(soil, [mix(MOSS, SAND, 0.3), MOSS, mix(MOSS, PINE, 0.6)], down())
    for left in (-420, 120, 660, 1200, 1740):
        _bed(sheet, left)
    _shed(sheet)
    _beanpoles(sheet)
    woman = figures.Figure(
        (1180, 1010),
        420,
        figures.CARRYING,
        figures.Clothes(CORAL, NAVY, (126, 82, 58), SAND, hat=True),
        facing_left=True,
    )
    figures.draw(sheet, woman, light=CREAM)
    _can(sheet)


def _bed(sheet: Sheet, left: float) -> None:
    def floor(x: float, y: float) -> Point:
        depth = (y - 480) / 720
        return 900 + (x - 900) * (0.42 + 0.75 * depth), y

    bed = sheet.stencil()
    bed.polygon(
        [floor(left, 500), floor(left + 420, 500), floor(left + 420, 1230), floor(left, 1230)]
    )
    sheet.ink(bed, mix(OAK, PLUM, 0.35))
    sheet.shade(bed, NIGHT, down(0.0, 1.3), opacity=0.7)
    kinds = (
        mix(MOSS, FOAM, 0.45),
        mix(PINE, TEAL, 0.4),
        mix(MOSS, AMBER, 0.35),
        mix(PLUM, MOSS, 0.45),
    )
    for row in range(4):
        leaves = sheet.stencil()
        for step in range(13):
            y = 520 + 700 * (step / 12) ** 1.4
            x, _ = floor(left + 55 + row * 103, y)
            size = 11 + 34 * (y - 500) / 700
            for petal in range(5):
                angle = petal * 2 * math.pi / 5 + step
                leaves.ellipse(
                    (x + size * 0.5 * math.cos(angle), y + size * 0.32 * math.sin(angle)),
                    size * 0.6,
                    size * 0.42,
                )
        sheet.ink(leaves, kinds[(row + int(left) // 540) % 4])
        sheet.rim(leaves, CREAM, (-3, 3), opacity=0.55)


def _shed(sheet: Sheet) -> None:
    wall = sheet.stencil()
    wall.polygon([(150, 800), (150, 480), (300, 370), (470, 480), (470, 800)])
    sheet.ink(wall, TEAL)
    sheet.shade(wall, NIGHT, across(0.9, -0.1), opacity=0.8)
    boards = sheet.stencil()
    for x in range(170, 470, 30):
        boards.line([(x, 470), (x, 800)], 3)
    sheet.ink(boards, mix(TEAL, NIGHT, 0.5))
    roof = sheet.stencil()
    roof.polygon([(116, 500), (300, 346), (506, 500), (480, 520), (300, 388), (142, 520)])
    sheet.ink(roof, BRICK)
    door = sheet.stencil()
    door.box((330, 560), (430, 800))
    sheet.ink(door, mix(OAK, NIGHT, 0.5))
    pane = sheet.stencil()
    pane.box((190, 560), (280, 650), radius=4)
    sheet.ink(pane, AMBER)


def _beanpoles(sheet: Sheet) -> None:
    poles, leaves, flowers = sheet.stencil(), sheet.stencil(), sheet.stencil()
    for step in range(6):
        x = 1330 + step * 78
        poles.line([(x - 50, 960), (x + 20, 520)], 8)
        poles.line([(x + 70, 960), (x - 10, 520)], 8)
        for _ in range(34):
            share = sheet.rng.random()
            spot = (x - 50 + 70 * share + sheet.rng.uniform(-26, 26), 950 - 400 * share)
            leaves.polygon(blob(sheet.rng, spot, 19, 13))
            if sheet.rng.random() < 0.2:
                flowers.ellipse((spot[0] + 10, spot[1] + 4), 6)
    poles.line([(1290, 560), (1790, 560)], 8)
    sheet.ink(poles, OAK)
    sheet.ink(leaves, mix(PINE, MOSS, 0.35))
    sheet.rim(leaves, mix(MOSS, AMBER, 0.5), (-2, 3), opacity=0.9)
    sheet.ink(flowers, CORAL)


def _can(sheet: Sheet) -> None:
    can = sheet.stencil()
    can.polygon([(1002, 762), (1084, 762), (1092, 838), (994, 838)])
    can.polygon([(1000, 816), (930, 748), (938, 738), (1008, 794)])
    can.polygon([(918, 754), (944, 726), (950, 734), (926, 762)])
    can.line(smooth([(1006, 764), (1030, 724), (1066, 724), (1082, 764)], closed=False), 8)
    sheet.ink(can, SLATE)
    sheet.shade(can, NIGHT, down(0.2, 1.3))
    drops = sheet.stencil()
    for _ in range(70):
        share = sheet.rng.random()
        drops.ellipse(
            (924 - 60 * share + sheet.rng.uniform(-20, 20) * share, 756 + 240 * share**1.6),
            2.6,
            4.5,
        )
    sheet.ink(drops, ICE)
