"""The meadow of sea grass."""

from broadsheet.web.demonstration.pictures.canvas import Sheet
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
    PINE,
    TEAL,
    Colour,
    mix,
)
from broadsheet.web.demonstration.pictures.ramps import down
from broadsheet.web.demonstration.pictures.shapes import (
    limb,
    smooth,
)


def seagrass(sheet: Sheet) -> None:
    sheet.blend(sheet.everything(), [ICE, FOAM, TEAL, mix(TEAL, NAVY, 0.6), NIGHT], down())
    rays = sheet.stencil()
    for x in (220, 520, 700, 1080, 1330):
        wide = sheet.rng.uniform(50, 130)
        rays.polygon([(x, -20), (x + wide, -20), (x + wide * 2.4 - 300, 1200), (x - 420, 1200)])
    sheet.soften(rays, ICE, 22, opacity=0.26)
    surface = sheet.stencil()
    for _ in range(70):
        surface.ellipse(
            (sheet.rng.uniform(0, 1800), sheet.rng.uniform(0, 90)),
            sheet.rng.uniform(20, 110),
            sheet.rng.uniform(2, 7),
        )
    sheet.ink(surface, CREAM, opacity=0.6)
    for colour, count, tall, base in (
        (mix(TEAL, FOAM, 0.2), 80, 470, 1212),
        (mix(PINE, TEAL, 0.4), 70, 500, 1214),
        (mix(MOSS, PINE, 0.35), 46, 540, 1216),
    ):
        _blades(sheet, colour, (count, tall, base))
        if base == 1214:
            _shoal(sheet)
            _diver(sheet)


def _blades(sheet: Sheet, colour: Colour, growth: tuple[int, float, float]) -> None:
    count, tall, base = growth
    grass = sheet.stencil()
    for _ in range(count):
        x, height = sheet.rng.uniform(-40, 1840), tall * sheet.rng.uniform(0.5, 1.05)
        sway = sheet.rng.uniform(20, 120)
        spine = smooth(
            [
                (x, base),
                (x + sway * 0.1, base - height * 0.35),
                (x + sway * 0.7, base - height * 0.72),
                (x + sway * 1.5, base - height),
            ],
            closed=False,
            steps=6,
        )
        width = sheet.rng.uniform(11, 20)
        last = len(spine) - 1
        right = [(px + width * (1 - i / last) ** 0.6, py) for i, (px, py) in enumerate(spine)]
        grass.polygon([*spine, *reversed(right)])
    sheet.ink(grass, colour)
    sheet.shade(grass, NIGHT, down(0.25, 1.1), opacity=0.85)
    sheet.rim(grass, mix(colour, CREAM, 0.7), (3, 2), opacity=0.6)


def _shoal(sheet: Sheet) -> None:
    fish = sheet.stencil()
    for _ in range(38):
        x, y = sheet.rng.gauss(470, 190), sheet.rng.gauss(520, 90)
        size = sheet.rng.uniform(20, 42)
        fish.polygon(
            smooth(
                [(x - size, y), (x, y - size * 0.36), (x + size, y), (x, y + size * 0.34)], steps=5
            )
        )
        fish.polygon(
            [
                (x - size * 0.8, y),
                (x - size * 1.5, y - size * 0.4),
                (x - size * 1.3, y),
                (x - size * 1.5, y + size * 0.4),
            ]
        )
    sheet.ink(fish, mix(AMBER, CREAM, 0.2))
    sheet.shade(fish, CORAL, down(0.2, 1.0))


def _diver(sheet: Sheet) -> None:
    body, skin, gear = sheet.stencil(), sheet.stencil(), sheet.stencil()
    body.polygon(limb((1380, 440), (1170, 520), 36, 52))
    body.polygon(limb((1380, 440), (1520, 420), 32, 22))
    body.polygon(limb((1520, 420), (1620, 360), 22, 15))
    body.polygon(limb((1390, 450), (1530, 480), 30, 20))
    body.polygon(limb((1180, 530), (1120, 620), 24, 17))
    body.polygon(limb((1120, 620), (1040, 650), 17, 12))
    body.ellipse((1106, 514), 44, 38)
    gear.polygon([(1610, 372), (1640, 346), (1760, 300), (1730, 360)])
    gear.polygon([(1524, 470), (1536, 494), (1680, 540), (1660, 476)])
    gear.polygon(limb((1340, 392), (1200, 446), 32, 30))
    gear.box((1064, 488), (1098, 530), radius=8)
    gear.line(smooth([(1074, 540), (1110, 570), (1180, 520), (1206, 470)], closed=False), 8)
    skin.ellipse((1026, 654), 15)
    slate = sheet.stencil()
    slate.polygon([(950, 640), (1020, 622), (1034, 690), (964, 708)])
    sheet.ink(gear, CORAL)
    sheet.ink(body, NIGHT)
    sheet.rim(body, FOAM, (2, 6), opacity=0.9)
    sheet.shade(gear, BRICK, down(0.2, 1.2))
    sheet.ink(slate, CREAM)
    sheet.ink(skin, (168, 112, 80))
    bubbles = sheet.stencil()
    for step in range(15):
        bubbles.ellipse(
            (1060 + sheet.rng.uniform(-30, 30), 470 - step * 30), sheet.rng.uniform(4, 15)
        )
    sheet.ink(bubbles, ICE, opacity=0.7)
