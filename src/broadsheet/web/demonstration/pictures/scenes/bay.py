"""The ferry in a storm, and the rowers."""

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
    NAVY,
    NIGHT,
    OAK,
    ROSE,
    SAND,
    SKY,
    SLATE,
    SOOT,
    TEAL,
    mix,
)
from broadsheet.web.demonstration.pictures.ramps import across, down
from broadsheet.web.demonstration.pictures.shapes import blob, ground, limb, ridge, smooth, turn
from broadsheet.web.demonstration.pictures.water import gulls, ripples, swell

OAR = mix(SAND, OAK, 0.25)

SKINS = ((222, 170, 138), (126, 82, 58), (240, 200, 170), (168, 112, 80))


def ferry(sheet: Sheet) -> None:
    sheet.blend(
        sheet.everything(),
        [mix(NAVY, SLATE, 0.4), SLATE, mix(SKY, SLATE, 0.3), SKY],
        down(0.0, 0.62),
    )
    _squall(sheet)
    for level, height, phase, colour in (
        (640, 22, 0.1, mix(SLATE, SKY, 0.3)),
        (690, 36, 0.45, SLATE),
    ):
        _wave(sheet, swell(sheet, level, height, phase, length=360), mix(colour, TEAL, 0.4))
    _ship(sheet)
    _spray(sheet, (1352, 770))
    _wave(sheet, swell(sheet, 800, 44, 0.62, length=520), mix(TEAL, SLATE, 0.3))
    _wave(sheet, swell(sheet, 930, 62, 0.15, length=700), mix(TEAL, NAVY, 0.45))
    _wave(sheet, swell(sheet, 1080, 70, 0.72, length=900), NAVY)
    gulls(
        sheet,
        [(420, 330, 130), (610, 230, 86), (300, 500, 70), (1500, 260, 96), (1390, 400, 60)],
        CREAM,
    )


def _squall(sheet: Sheet) -> None:
    for y, reach, colour in (
        (150.0, 200, NAVY),
        (60.0, 150, NIGHT),
        (300.0, 90, mix(SLATE, NAVY, 0.5)),
    ):
        cloud = sheet.stencil()
        for _ in range(9):
            spot = (sheet.rng.uniform(-100, 1900), y + sheet.rng.uniform(-60, 60))
            cloud.polygon(
                blob(
                    sheet.rng,
                    spot,
                    sheet.rng.uniform(180, 380),
                    reach * sheet.rng.uniform(0.35, 0.7),
                )
            )
        sheet.soften(cloud, colour, 40, opacity=0.55)
    sheet.shade(sheet.everything(), SKY, down(0.7, 0.1), opacity=0.12)
    rain = sheet.stencil()
    for _ in range(150):
        x, y = sheet.rng.uniform(0, 800), sheet.rng.uniform(180, 640)
        rain.line([(x, y), (x - 26, y + 90)], 1.2)
    sheet.ink(rain, ICE, opacity=0.3)


def _wave(sheet: Sheet, outline: list[Point], colour: tuple[int, int, int]) -> None:
    water = sheet.stencil()
    water.polygon(outline)
    sheet.ink(water, colour)
    sheet.shade(water, mix(colour, NIGHT, 0.55), down(0.0, 0.8))
    sheet.shade(water, mix(colour, FOAM, 0.6), down(0.24, 0.0), opacity=0.8)
    sheet.rim(water, ICE, (2, 7), opacity=0.9)
    flecks = sheet.stencil()
    for x, y in outline[:-2]:
        for _ in range(3):
            drop = sheet.rng.uniform(6, 70)
            spot = (x + sheet.rng.uniform(-30, 30), y + drop)
            flecks.ellipse(spot, sheet.rng.uniform(6, 26) * (1 - drop / 90), 1.8)
    sheet.ink(flecks, ICE, opacity=0.7)


def _heeled(points: list[Point]) -> list[Point]:
    """From the ship's own plan to the sheet, her bow a little up."""
    return turn([(860 + x, 770 + y) for x, y in points], (860, 770), math.radians(-4))


def _funnel(sheet: Sheet) -> None:
    put = _heeled
    funnel = sheet.stencil()
    funnel.polygon(put([(-190, -300), (-170, -450), (-70, -450), (-80, -300)]))
    sheet.ink(funnel, AMBER)
    sheet.shade(funnel, BRICK, across(0.9, 0.0))
    band = sheet.stencil()
    band.polygon(put([(-170, -450), (-70, -450), (-72, -414), (-175, -414)]))
    band.line(put([(150, -390), (150, -500)]), 7)
    band.line(put([(126, -478), (182, -478)]), 10)
    band.line(put([(300, -240), (322, -420), (470, -175)]), 4)
    band.line(put([(150, -496), (322, -418)]), 2)
    sheet.ink(band, NIGHT)


def _ship(sheet: Sheet) -> None:
    put = _heeled
    _funnel(sheet)

    decks = sheet.stencil()
    decks.polygon(put([(-390, -150), (-360, -250), (330, -250), (380, -150)]))
    decks.polygon(put([(-270, -245), (-250, -330), (240, -330), (290, -245)]))
    decks.polygon(put([(90, -325), (100, -395), (215, -395), (245, -325)]))
    sheet.ink(decks, CREAM)
    sheet.shade(decks, SLATE, across(0.75, -0.1), opacity=0.8)
    _portholes(sheet)
    hull = sheet.stencil()
    hull.polygon(put([(-480, -170), (480, -150), (560, -190), (470, 60), (-440, 60)]))
    sheet.ink(hull, BRICK)
    sheet.shade(hull, NIGHT, across(0.8, -0.2), opacity=0.75)
    sheet.shade(hull, mix(BRICK, NIGHT, 0.7), down(0.1, 1.0))
    stripe = sheet.stencil()
    stripe.line(put([(-474, -134), (480, -114), (545, -146)]), 12)
    sheet.ink(stripe, CREAM)


def _portholes(sheet: Sheet) -> None:
    put = _heeled
    panes = sheet.stencil()
    for step in range(11):
        x = -330 + step * 60
        panes.polygon(put([(x, -222), (x + 38, -222), (x + 38, -182), (x, -182)]))
    for step in range(7):
        x = -220 + step * 66
        panes.polygon(put([(x, -310), (x + 40, -310), (x + 40, -272), (x, -272)]))
    panes.polygon(put([(120, -380), (205, -380), (220, -348), (115, -348)]))
    sheet.ink(panes, AMBER)
    sheet.shade(panes, BRICK, down(0.2, 1.3), opacity=0.6)


def _spray(sheet: Sheet, at: Point) -> None:
    foam = sheet.stencil()
    for _ in range(420):
        angle, reach = sheet.rng.uniform(-2.9, -0.15), abs(sheet.rng.gauss(0, 100))
        spot = (at[0] + reach * math.cos(angle) * 1.3, at[1] + reach * math.sin(angle))
        foam.ellipse(spot, max(1.4, sheet.rng.uniform(5, 17) - reach / 13))
    sheet.ink(foam, ICE, opacity=0.92)


def rowing(sheet: Sheet) -> None:
    sheet.blend(
        sheet.everything(),
        [mix(SKY, TEAL, 0.2), FOAM, CREAM, ROSE, mix(ROSE, CORAL, 0.35)],
        down(0.0, 0.5),
    )
    sun = sheet.stencil()
    sun.ellipse((560, 352), 112)
    sheet.ink(sun, mix(CORAL, AMBER, 0.35))
    for level, rough, share in ((500, 60, 0.25), (540, 40, 0.5), (574, 26, 0.8)):
        hills = sheet.stencil()
        hills.polygon(ground(ridge(sheet.rng, (-20, 1820), level, rough), 620))
        sheet.ink(hills, mix(ROSE, mix(TEAL, NAVY, 0.4), share))
        sheet.shade(hills, CREAM, down(0.3, 1.0), opacity=0.75)
    sheet.mirror(606, FOAM, depth=594, murk=0.32)
    deep = sheet.stencil()
    deep.box((0, 606), sheet.size)
    sheet.shade(deep, mix(TEAL, NAVY, 0.35), down(0.15, 1.05))
    mist = sheet.stencil()
    for _ in range(7):
        mist.ellipse(
            (sheet.rng.uniform(0, 1800), sheet.rng.uniform(596, 640)),
            sheet.rng.uniform(200, 480),
            16,
        )
    sheet.soften(mist, CREAM, 22, opacity=0.75)
    _shell(sheet)
    ripples(sheet, (960, 1190), CREAM, count=50, opacity=0.35)


def _shell(sheet: Sheet) -> None:
    water = 872
    shadow = sheet.stencil()
    shadow.ellipse((930, water + 34), 740, 26)
    sheet.soften(shadow, NAVY, 14, opacity=0.6)
    far, near, puddles = sheet.stencil(), sheet.stencil(), sheet.stencil()
    for seat in range(4):
        x = 480 + seat * 250
        far.line([(x + 60, water - 86), (x + 210, water - 40)], 7)
        near.line([(x + 40, water - 92), (x - 150, water + 66)], 9)
        near.polygon(limb((x - 130, water + 50), (x - 200, water + 106), 8, 17))
        puddles.ellipse((x - 204, water + 112), 62, 11)
    sheet.ink(puddles, CREAM, opacity=0.75)
    sheet.ink(far, mix(OAR, NAVY, 0.4))
    for seat in range(4):
        _rower(
            sheet,
            (480 + seat * 250, water - 22),
            (CORAL, CREAM, CORAL, CREAM)[seat],
            skin=SKINS[seat],
        )
    _hull(sheet, water)
    sheet.ink(near, OAR)
    _cox(sheet, water)
    bow = sheet.stencil()
    bow.polygon([(1400, water - 50), (1640, water - 48), (1560, water - 4), (1420, water)])
    sheet.ink(bow, NAVY)


def _hull(sheet: Sheet, water: float) -> None:
    hull = sheet.stencil()
    hull.polygon(
        smooth(
            [
                (150, water - 30),
                (420, water - 46),
                (1000, water - 48),
                (1560, water - 50),
                (1740, water - 36),
                (1500, water + 14),
                (900, water + 26),
                (360, water + 10),
            ]
        )
    )
    sheet.ink(hull, NAVY)
    sheet.shade(hull, TEAL, down(0.7, 0.0), opacity=0.8)
    sheet.rim(hull, CREAM, (0, 5), opacity=0.8)


def _cox(sheet: Sheet, water: float) -> None:
    cox = figures.Figure(
        (1480, water + 36),
        250,
        figures.SITTING,
        figures.Clothes(AMBER, NAVY, SKINS[1], SOOT, hat=True),
        facing_left=True,
    )
    figures.draw(sheet, cox)


def _rower(
    sheet: Sheet, seat: Point, vest: tuple[int, int, int], *, skin: tuple[int, int, int]
) -> None:
    pose = figures.Pose(
        lean=-24, near_arm=(58, 92), far_arm=(66, 98), near_leg=(98, 62), far_leg=(100, 64)
    )
    person = figures.Figure(
        (seat[0], seat[1] + 134), 300, pose, figures.Clothes(vest, NAVY, skin, SOOT)
    )
    figures.draw(sheet, person, light=CREAM)
