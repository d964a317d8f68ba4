"""The orchard in frost, the allotments, the wind turbines, the observatory and the sea-grass meadow."""

import math

from broadsheet.web.demonstration.pictures import figures
from broadsheet.web.demonstration.pictures.canvas import Point, Sheet, across, around, down
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
from broadsheet.web.demonstration.pictures.shapes import (
    arch,
    blob,
    ground,
    limb,
    ridge,
    smooth,
    turn,
    twigs,
)
from broadsheet.web.demonstration.pictures.water import gulls


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
    tufts = sheet.stencil()
    for _ in range(260):
        x, y = sheet.rng.uniform(0, 1800), 700 + 500 * sheet.rng.random() ** 0.7
        tufts.line([(x, y), (x + sheet.rng.uniform(-9, 9), y - (y - 650) * 0.05 - 4)], 2)
    sheet.ink(tufts, CREAM, opacity=0.9)
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


def wind_turbines(sheet: Sheet) -> None:
    sheet.blend(
        sheet.everything(), [mix(TEAL, SKY, 0.5), FOAM, CREAM, AMBER, CORAL], down(0.0, 0.72)
    )
    sheet.glow((420, 720), 560, CREAM, strength=0.9)
    _skein(sheet)
    for x, base, height, phase in (
        (1500, 800, 300, 0.2),
        (1130, 790, 240, 0.9),
        (860, 780, 190, 0.5),
        (1700, 790, 200, 0.1),
    ):
        _turbine(sheet, (x, base), height, phase, mix(CREAM, CORAL, 0.45))
    layers = (
        (770, 50, mix(CORAL, PLUM, 0.35)),
        (840, 60, mix(MOSS, PLUM, 0.45)),
        (930, 60, mix(PINE, MOSS, 0.4)),
    )
    for level, rough, colour in layers:
        hill = sheet.stencil()
        hill.polygon(ground(ridge(sheet.rng, (-20, 1820), level, rough), 1210))
        sheet.ink(hill, colour)
        sheet.shade(hill, mix(colour, AMBER, 0.6), around(0.2, 0.0, 0.5))
        sheet.rim(hill, AMBER, (2, 4), opacity=0.7)
    _furrows(sheet)
    _turbine(sheet, (620, 1080), 880, 0.32, CREAM)
    _turbine(sheet, (1290, 1010), 560, 0.75, mix(CREAM, SKY, 0.3))
    walker = figures.Figure((960, 1120), 150, figures.WALKING, figures.Clothes(BRICK, NIGHT))
    figures.draw(sheet, walker, light=AMBER)
    dog = sheet.stencil()
    dog.polygon(limb((1050, 1092), (1096, 1090), 12, 10))
    dog.ellipse((1110, 1076), 13, 10)
    for x in (1044, 1056, 1090, 1100):
        dog.line([(x, 1094), (x + 2, 1122)], 6)
    dog.line([(1042, 1088), (1026, 1068)], 5)
    sheet.ink(dog, NIGHT)


def _turbine(sheet: Sheet, foot: Point, height: float, phase: float, colour: Colour) -> None:
    x, base = foot
    hub = (x, base - height)
    tower, blades = sheet.stencil(), sheet.stencil()
    tower.polygon(
        [
            (x - height * 0.022, base),
            (x + height * 0.022, base),
            (x + height * 0.011, hub[1]),
            (x - height * 0.011, hub[1]),
        ]
    )
    reach = height * 0.56
    for blade in range(3):
        outline = smooth(
            [(0.0, 0.012), (0.12, 0.05), (0.4, 0.04), (1.0, 0.004), (0.4, -0.008), (0.0, -0.014)],
            steps=5,
        )
        blades.polygon(
            turn(
                [(hub[0] + px * reach, hub[1] + py * reach) for px, py in outline],
                hub,
                phase * 2.1 + blade * 2 * math.pi / 3,
            )
        )
    sheet.ink(tower, mix(colour, SLATE, 0.15))
    sheet.shade(tower, mix(SLATE, PLUM, 0.5), across(0.1, 1.2))
    sheet.ink(blades, colour)
    sheet.shade(blades, mix(SLATE, PLUM, 0.3), across(0.2, 1.3), opacity=0.6)
    knob = sheet.stencil()
    knob.ellipse(hub, height * 0.026)
    sheet.ink(knob, mix(colour, PLUM, 0.3))


def _furrows(sheet: Sheet) -> None:
    lines = sheet.stencil()
    for step in range(-14, 26):
        x = step * 130
        lines.polygon(
            [(900 + (x - 900) * 0.3, 940), (904 + (x - 900) * 0.3, 940), (x + 22, 1210), (x, 1210)]
        )
    sheet.ink(lines, mix(PINE, NIGHT, 0.45), opacity=0.7)
    field = sheet.stencil()
    field.box((0, 960), sheet.size)
    sheet.shade(field, NIGHT, down(0.1, 1.2), opacity=0.8)


def _skein(sheet: Sheet) -> None:
    spots = [
        (1240 + step * 54, 230 - abs(step) * -26 + sheet.rng.uniform(-8, 8), 46)
        for step in range(-6, 7)
    ]
    gulls(sheet, spots, mix(PLUM, NIGHT, 0.4))


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


def observatory(sheet: Sheet) -> None:
    sheet.blend(
        sheet.everything(),
        [NIGHT, mix(NAVY, PLUM, 0.45), mix(PLUM, TEAL, 0.45), mix(TEAL, AMBER, 0.4)],
        down(0.0, 0.85),
    )
    way = sheet.stencil()
    way.polygon([(120, -60), (640, -60), (1500, 900), (1100, 900)])
    sheet.soften(way, mix(ROSE, SKY, 0.5), 120, opacity=0.4)
    core = sheet.stencil()
    core.polygon([(330, -60), (470, -60), (1360, 900), (1240, 900)])
    sheet.soften(core, CREAM, 70, opacity=0.35)
    _stars(sheet)
    for level, rough, colour in ((860, 60, mix(PLUM, NAVY, 0.5)), (930, 70, mix(NAVY, NIGHT, 0.4))):
        hills = sheet.stencil()
        hills.polygon(ground(ridge(sheet.rng, (-20, 1820), level, rough), 1210))
        sheet.ink(hills, colour)
        sheet.shade(hills, mix(colour, TEAL, 0.4), down(0.5, 0.0), opacity=0.6)
    knoll = sheet.stencil()
    knoll.polygon(
        [
            *smooth(
                [(-40, 1120), (300, 1090), (700, 1000), (1180, 900), (1600, 920), (1860, 960)],
                closed=False,
            ),
            (1860, 1210),
            (-40, 1210),
        ]
    )
    sheet.ink(knoll, NIGHT)
    sheet.rim(knoll, mix(TEAL, FOAM, 0.3), (2, 4), opacity=0.7)
    _dome(sheet)
    _stargazers(sheet)


def _stars(sheet: Sheet) -> None:
    small, bright = sheet.stencil(), sheet.stencil()
    for _ in range(700):
        along = sheet.rng.uniform(-100, 1000)
        near = sheet.rng.random() < 0.6
        x = 400 + along * 0.95 + sheet.rng.gauss(0, 130) if near else sheet.rng.uniform(0, 1800)
        small.ellipse((x, along), sheet.rng.choice((0.8, 1.0, 1.3, 1.9)))
    for _ in range(16):
        x, y = sheet.rng.uniform(0, 1800), sheet.rng.uniform(0, 700)
        bright.ellipse((x, y), 3.4)
        bright.line([(x - 12, y), (x + 12, y)], 1)
        bright.line([(x, y - 12), (x, y + 12)], 1)
    sheet.ink(small, CREAM, opacity=0.8)
    sheet.ink(bright, CREAM)
    trail = sheet.stencil()
    trail.polygon([(1510, 210), (1516, 214), (1700, 120)])
    sheet.ink(trail, CREAM)


def _dome(sheet: Sheet) -> None:
    drum = sheet.stencil()
    drum.box((1120, 690), (1560, 960))
    sheet.ink(drum, mix(CREAM, SLATE, 0.45))
    sheet.shade(drum, NIGHT, across(0.05, 0.9))
    dome = sheet.stencil()
    dome.polygon(arch(1096, 1584, 690, 700, rise=262))
    sheet.ink(dome, mix(CREAM, SKY, 0.35))
    sheet.shade(dome, NIGHT, across(0.2, 1.0))
    slit = sheet.stencil()
    slit.polygon([(1190, 700), (1270, 436), (1366, 428), (1310, 700)])
    sheet.blend(slit, [BRICK, mix(AMBER, BRICK, 0.3), AMBER], down())
    scope = sheet.stencil()
    scope.polygon(limb((1296, 640), (1238, 480), 40, 30))
    scope.polygon(limb((1232, 470), (1222, 440), 36, 36))
    sheet.ink(scope, NIGHT)
    sheet.rim(scope, AMBER, (-5, 2))
    details = sheet.stencil()
    details.box((1086, 682), (1594, 706), radius=6)
    details.polygon(arch(1420, 1490, 850, 960, rise=35))
    sheet.ink(details, mix(NAVY, NIGHT, 0.4))
    light = sheet.stencil()
    light.box((1190, 800), (1240, 866), radius=4)
    sheet.ink(light, AMBER)
    sheet.glow((1215, 833), 90, AMBER, strength=0.6)


def _stargazers(sheet: Sheet) -> None:
    people = sheet.stencil()
    for x, y, tall, flip in (
        (330, 1094, 190, False),
        (420, 1080, 110, False),
        (640, 1020, 180, True),
    ):
        figures.cut(
            people, figures.Figure((x, y), tall, figures.Pose(lean=-6, skirt=0.1), facing_left=flip)
        )
    people.line([(520, 1056), (556, 980)], 6)
    people.line([(590, 1046), (556, 980)], 6)
    people.line([(556, 980), (552, 1050)], 6)
    people.polygon(limb((600, 1000), (500, 900), 11, 16))
    sheet.ink(people, NIGHT)
    sheet.rim(people, mix(TEAL, FOAM, 0.5), (-2, 2), opacity=0.85)


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
