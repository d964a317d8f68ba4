"""The wind turbines, and the observatory."""

import math

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
    PINE,
    PLUM,
    ROSE,
    SKY,
    SLATE,
    TEAL,
    Colour,
    mix,
)
from broadsheet.web.demonstration.pictures.ramps import across, around, down
from broadsheet.web.demonstration.pictures.shapes import (
    arch,
    ground,
    limb,
    ridge,
    smooth,
    turn,
)
from broadsheet.web.demonstration.pictures.water import gulls


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
