"""Football in the rain, and the swimming pool."""

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
    PINE,
    PLUM,
    SKY,
    SLATE,
    SOOT,
    TEAL,
    Colour,
    mix,
)
from broadsheet.web.demonstration.pictures.ramps import across, around, down
from broadsheet.web.demonstration.pictures.shapes import blob, limb, quad, smooth


def football_rain(sheet: Sheet) -> None:
    sheet.blend(
        sheet.everything(),
        [NIGHT, NAVY, mix(NAVY, TEAL, 0.5), mix(TEAL, FOAM, 0.2)],
        down(0.0, 0.6),
    )
    for mast in (260, 1540):
        _floodlight(sheet, mast)
    _stand(sheet)
    pitch = sheet.stencil()
    pitch.box((0, 690), sheet.size)
    sheet.blend(pitch, [mix(MOSS, TEAL, 0.35), mix(PINE, MOSS, 0.4), mix(PINE, NIGHT, 0.6)], down())
    _markings(sheet)
    team, rivals = (CORAL, CREAM), (SKY, NAVY)
    cast = (
        ((380, 800), 220, figures.RUNNING, rivals, False),
        ((1480, 790), 210, figures.RUNNING, team, True),
        ((1130, 900), 350, figures.RUNNING, rivals, True),
        ((720, 1060), 520, figures.KICKING, team, False),
    )
    for feet, height, pose, kit, flip in cast:
        _player(sheet, feet, height, pose, kit, flip=flip)
    _splash(sheet, (985, 985))
    rain = sheet.stencil()
    for _ in range(520):
        x, y, drop = (
            sheet.rng.uniform(0, 1950),
            sheet.rng.uniform(-60, 1180),
            sheet.rng.uniform(30, 120),
        )
        rain.line([(x, y), (x - drop * 0.22, y + drop)], 1.5)
    sheet.ink(rain, ICE, opacity=0.45)


def _floodlight(sheet: Sheet, x: float) -> None:
    mast = sheet.stencil()
    mast.polygon([(x - 20, 700), (x + 20, 700), (x + 8, 150), (x - 8, 150)])
    mast.box((x - 110, 90), (x + 110, 200), radius=10)
    sheet.ink(mast, NIGHT)
    beam = sheet.stencil()
    lean = 420 if x < 900 else -420
    beam.polygon([(x - 90, 150), (x + 90, 150), (x + lean + 560, 1000), (x + lean - 560, 1000)])
    sheet.soften(beam, CREAM, 26, opacity=0.2)
    sheet.glow((x, 146), 330, CREAM, strength=0.85)
    bulbs = sheet.stencil()
    for row in (120, 164):
        for step in range(-2, 3):
            bulbs.ellipse((x + step * 42, row), 16)
    sheet.ink(bulbs, CREAM)


def _stand(sheet: Sheet) -> None:
    stand = sheet.stencil()
    stand.polygon([(430, 470), (1370, 470), (1420, 520), (1420, 700), (380, 700), (380, 520)])
    sheet.ink(stand, mix(NAVY, NIGHT, 0.6))
    crowd = {colour: sheet.stencil() for colour in (CORAL, CREAM, AMBER, SKY, SLATE)}
    for row in range(4):
        for step in range(42):
            if sheet.rng.random() < 0.8:
                spot = (410 + step * 24 + row % 2 * 12, 560 + row * 36)
                card = crowd[sheet.rng.choice(tuple(crowd))]
                card.ellipse(spot, 7, 8)
                card.box((spot[0] - 10, spot[1] + 9), (spot[0] + 10, spot[1] + 30), radius=7)
    for colour, card in crowd.items():
        sheet.ink(card, mix(colour, NAVY, 0.5))
    boards = sheet.stencil()
    boards.box((0, 668), (1800, 700))
    sheet.ink(boards, CREAM)
    for step in range(12):
        panel = sheet.stencil()
        panel.box((step * 150, 668), (step * 150 + 146, 700))
        sheet.ink(panel, (BRICK, TEAL, AMBER, NAVY)[step % 4])


def _markings(sheet: Sheet) -> None:
    lines = sheet.stencil()
    lines.line([(0, 730), (1800, 730)], 5)
    lines.line([(900, 730), (1080, 1210)], 9)
    ring = [
        (960 + 420 * math.cos(t / 30 * math.tau), 910 + 120 * math.sin(t / 30 * math.tau))
        for t in range(31)
    ]
    lines.line(ring, 7)
    sheet.ink(lines, ICE, opacity=0.75)
    puddles = sheet.stencil()
    for x, y, wide in (
        (300.0, 1060.0, 210),
        (1400, 1010, 260),
        (960, 1140, 180),
        (1640, 1150, 170),
    ):
        puddles.polygon(blob(sheet.rng, (x, y), wide, wide * 0.12))
    sheet.blend(puddles, [mix(TEAL, ICE, 0.35), mix(SLATE, NIGHT, 0.2)], down())
    sheet.rim(puddles, ICE, (0, 4), opacity=0.6)


def _player(
    sheet: Sheet,
    feet: Point,
    height: float,
    pose: figures.Pose,
    kit: tuple[Colour, Colour],
    *,
    flip: bool,
) -> None:
    shadow = sheet.stencil()
    shadow.ellipse((feet[0], feet[1] + 6), height * 0.3, height * 0.035)
    sheet.soften(shadow, NIGHT, 8, opacity=0.7)
    skin = sheet.rng.choice(((222, 170, 138), (126, 82, 58), (240, 200, 170), (168, 112, 80)))
    person = figures.Figure(
        feet, height, pose, figures.Clothes(kit[0], skin, skin, SOOT), facing_left=flip
    )
    figures.draw(sheet, person, light=CREAM)
    shorts = sheet.stencil()
    x, y = feet[0], feet[1] - height * 0.47
    side = -1 if flip else 1
    lead = figures.limb_end(pose.near_leg[0], height * 0.15)
    trail = figures.limb_end(pose.far_leg[0], height * 0.15)
    for dx, dy in (trail, lead):
        shorts.polygon(limb((x, y), (x + side * dx, y + dy), height * 0.068, height * 0.058))
    sheet.ink(shorts, kit[1])
    sheet.shade(shorts, mix(kit[1], NIGHT, 0.6), down(0.1, 1.3))


def _splash(sheet: Sheet, at: Point) -> None:
    drops = sheet.stencil()
    for _ in range(150):
        angle, reach = sheet.rng.uniform(-2.9, -0.3), abs(sheet.rng.gauss(0, 90))
        drops.ellipse(
            (at[0] + reach * math.cos(angle) * 1.3, at[1] + reach * math.sin(angle) * 0.9),
            max(1.5, 8 - reach / 20),
        )
    sheet.ink(drops, ICE, opacity=0.85)
    ball = sheet.stencil()
    ball.ellipse((1030, 890), 40)
    sheet.ink(ball, CREAM)
    sheet.shade(ball, SLATE, around(0.3, 0.3, 0.75, hollow=True))
    spots = sheet.stencil()
    for dx, dy in ((0, 0), (-26, -14), (22, -24), (26, 14), (-10, 28)):
        spots.ellipse((1030 + dx, 890 + dy), 8)
    sheet.ink(spots, NIGHT)


def swimming_pool(sheet: Sheet) -> None:
    sheet.blend(
        sheet.everything(),
        [mix(FOAM, TEAL, 0.35), mix(TEAL, FOAM, 0.25), TEAL, mix(TEAL, NAVY, 0.35)],
        lambda u, v: u * 0.35 + v * 0.75,
    )
    tiles = sheet.stencil()
    for step in range(-10, 36):
        tiles.line([(step * 90, 0), (step * 90 - 330, 1200)], 2)
        tiles.line([(0, step * 90), (1800, step * 90 - 120)], 2)
    sheet.ink(tiles, ICE, opacity=0.16)
    bands = sheet.stencil()
    for x in (330, 900, 1470):
        bands.polygon([(x + 180, 0), (x + 250, 0), (x - 80, 1200), (x - 150, 1200)])
    sheet.ink(bands, mix(NAVY, TEAL, 0.35), opacity=0.55)
    _caustics(sheet)
    for x in (40, 610, 1180, 1750):
        _lane_rope(sheet, x)
    _swimmer(sheet, (985, 560), CORAL, (168, 112, 80))
    _swimmer(sheet, (390, 860), AMBER, (240, 200, 170))
    _swimmer(sheet, (1606, 330), PLUM, (126, 82, 58))
    light = sheet.stencil()
    light.polygon([(-50, 250), (1000, -50), (1850, -50), (-50, 900)])
    sheet.soften(light, CREAM, 70, opacity=0.16)


def _caustics(sheet: Sheet) -> None:
    net = sheet.stencil()
    for _ in range(240):
        x, y = sheet.rng.uniform(-40, 1840), sheet.rng.uniform(-40, 1240)
        size = sheet.rng.uniform(28, 80)
        ring = blob(sheet.rng, (x, y), size, size * 0.6, wobble=0.4)
        net.line([*ring[: sheet.rng.randint(24, 62)]], sheet.rng.choice((2, 3, 4)))
    sheet.ink(net, ICE, opacity=0.34)


def _lane_rope(sheet: Sheet, x: float) -> None:
    shadow, red, white = sheet.stencil(), sheet.stencil(), sheet.stencil()
    shadow.line([(x + 260, 0), (x - 70, 1200)], 16)
    sheet.soften(shadow, NAVY, 8, opacity=0.45)
    for step in range(44):
        y = step * 28
        spot = (x + 180 - 330 * y / 1200, y)
        card = red if step // 3 % 2 else white
        card.polygon(quad(spot, (25, 24), 0.26))
    sheet.ink(red, BRICK)
    sheet.ink(white, CREAM)
    both = sheet.stencil()
    both.line([(x + 180, 0), (x - 150, 1200)], 27)
    sheet.shade(both, NIGHT, across(0.3, 1.2), opacity=0.35)


def _swimmer(sheet: Sheet, at: Point, suit: Colour, skin: Colour) -> None:
    x, y = at
    shade = sheet.stencil()
    shade.polygon(limb((x + 130, y + 40), (x + 60, y + 290), 50, 26))
    sheet.soften(shade, NAVY, 16, opacity=0.55)
    _wake(sheet, x, y)
    _swimming(sheet, x, y, skin)
    wear = sheet.stencil()
    wear.polygon(
        smooth([(x - 36, y + 20), (x + 30, y + 14), (x + 30, y + 168), (x - 40, y + 168)], steps=4)
    )
    sheet.ink(wear, suit)
    cap = sheet.stencil()
    cap.ellipse((x + 2, y - 66), 35, 43)
    sheet.ink(cap, mix(suit, CREAM, 0.15))
    sheet.rim(cap, CREAM, (4, 5), opacity=0.9)
    _foam(sheet, x + 76, y - 226)


def _wake(sheet: Sheet, x: float, y: float) -> None:
    wake = sheet.stencil()
    for _ in range(130):
        share = sheet.rng.random()
        spot = (x - 95 * share + sheet.rng.gauss(0, 22 + 46 * share), y + 190 + 220 * share)
        wake.ellipse(spot, sheet.rng.uniform(3, 15) * (1.1 - share), sheet.rng.uniform(2, 8))
    sheet.ink(wake, CREAM, opacity=0.85)


def _swimming(sheet: Sheet, x: float, y: float, skin: Colour) -> None:
    """Limbs and trunk."""
    body = sheet.stencil()
    for start, end, thick, thin in (
        ((30, -20), (96, -120), 21, 17),
        ((96, -120), (74, -222), 17, 11),
        ((-36, 0), (-98, 74), 21, 16),
        ((-98, 74), (-110, 160), 16, 10),
        ((12, 150), (6, 280), 27, 16),
        ((-26, 150), (-50, 268), 27, 15),
    ):
        body.polygon(limb((x + start[0], y + start[1]), (x + end[0], y + end[1]), thick, thin))
    body.polygon(
        smooth(
            [
                (x - 52, y - 22),
                (x + 48, y - 30),
                (x + 34, y + 80),
                (x + 30, y + 168),
                (x - 40, y + 168),
                (x - 42, y + 80),
            ]
        )
    )
    sheet.ink(body, skin)
    sheet.shade(body, mix(skin, NIGHT, 0.6), across(0.2, 1.2), opacity=0.7)


def _foam(sheet: Sheet, x: float, y: float) -> None:
    foam = sheet.stencil()
    for _ in range(60):
        angle = sheet.rng.uniform(0, math.tau)
        foam.ellipse((x + 34 * math.cos(angle), y + 24 * math.sin(angle)), sheet.rng.uniform(3, 9))
    sheet.ink(foam, CREAM, opacity=0.9)
