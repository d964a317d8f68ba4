"""The tram at night, the market hall, the river in flood."""

from broadsheet.web.demonstration.pictures import figures
from broadsheet.web.demonstration.pictures.buildings import Row, lamp, terrace
from broadsheet.web.demonstration.pictures.canvas import Sheet, across, around, down
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
    SOOT,
    TEAL,
    Colour,
    mix,
)
from broadsheet.web.demonstration.pictures.shapes import arch, between, blob, ground, ridge
from broadsheet.web.demonstration.pictures.water import ripples


def night_tram(sheet: Sheet) -> None:
    sheet.blend(
        sheet.everything(),
        [NIGHT, NAVY, mix(PLUM, NAVY, 0.4), mix(CORAL, PLUM, 0.55)],
        down(0.0, 0.62),
    )
    sheet.glow((1130, 640), 640, mix(CORAL, AMBER, 0.3), strength=0.45)
    terrace(
        sheet,
        Row(-40, 760, 800, 520, (mix(PLUM, NIGHT, 0.3), mix(NAVY, PLUM, 0.3), NAVY), AMBER, 0.35),
    )
    terrace(sheet, Row(1440, 1900, 800, 560, (NAVY, mix(PLUM, NIGHT, 0.4)), AMBER, 0.4))
    terrace(
        sheet, Row(760, 1440, 800, 330, (mix(PLUM, CORAL, 0.2), mix(PLUM, NAVY, 0.5)), AMBER, 0.5)
    )
    for x, height in ((330, 400), (1610, 440)):
        lamp(sheet, (x, 806), height)
    wires = sheet.stencil()
    wires.line([(0, 130), (1130, 330), (1800, 90)], 3)
    wires.line([(1130, 330), (1120, 452)], 4)
    sheet.ink(wires, NIGHT)
    sheet.mirror(800, NIGHT, depth=400, murk=0.5)
    _rails(sheet)
    _tram(sheet)
    for x, flip, coat in (
        (560, False, TEAL),
        (660, True, BRICK),
        (214, False, mix(SAND, OAK, 0.3)),
    ):
        person = figures.Figure(
            (x, 960),
            270,
            figures.WALKING if x == 214 else figures.STANDING,
            figures.Clothes(coat, NIGHT),
            facing_left=flip,
        )
        figures.draw(sheet, person, light=AMBER)


def _rails(sheet: Sheet) -> None:
    beams = sheet.stencil()
    beams.polygon([(1010, 930), (1250, 930), (1560, 1200), (700, 1200)])
    sheet.shade(beams, mix(CREAM, AMBER, 0.5), down(0.9, 0.0), opacity=0.75)
    rails = sheet.stencil()
    rails.polygon([(1040, 930), (1050, 930), (900, 1200), (870, 1200)])
    rails.polygon([(1210, 930), (1220, 930), (1400, 1200), (1370, 1200)])
    sheet.ink(rails, mix(CREAM, NAVY, 0.35))
    rain = sheet.stencil()
    for _ in range(120):
        x, y = sheet.rng.uniform(0, 1800), sheet.rng.uniform(0, 1200)
        rain.line([(x, y), (x - 10, y + 46)], 1.2)
    sheet.ink(rain, ICE, opacity=0.3)


def _tram(sheet: Sheet) -> None:
    body = sheet.stencil()
    body.box((930, 440), (1330, 930), radius=64)
    sheet.ink(body, CREAM)
    lower = sheet.stencil()
    lower.box((930, 706), (1330, 930), radius=40)
    lower.box((930, 690), (1330, 800))
    sheet.ink(lower, BRICK)
    sheet.shade(body, NIGHT, across(0.35, 1.1), opacity=0.75)
    _tram_windows(sheet)
    for x in (1000, 1260):
        sheet.glow((x, 836), 190, CREAM, strength=0.95)
        bulb = sheet.stencil()
        bulb.ellipse((x, 836), 25)
        sheet.ink(bulb, CREAM)


def _tram_windows(sheet: Sheet) -> None:
    glass = sheet.stencil()
    glass.box((966, 536), (1294, 690), radius=30)
    sheet.blend(glass, [AMBER, mix(AMBER, CREAM, 0.6)], down())
    clipped = sheet.stencil()
    for x, head in ((1040, 618), (1126, 604), (1214, 622)):
        clipped.ellipse((x, head), 20, 25)
        clipped.box((x - 34, head + 28), (x + 34, 690), radius=18)
    sheet.ink(clipped, PLUM)
    frame = sheet.stencil()
    frame.box((1020, 462), (1240, 522), radius=10)
    for x in (966, 1130, 1294):
        frame.line([(x, 540), (x, 690)], 8)
    frame.box((950, 896), (1310, 950), radius=14)
    sheet.ink(frame, NIGHT)
    sheet_text(sheet, (1130, 492), "4  Ropewalk", 40, AMBER)


def sheet_text(
    sheet: Sheet, centre: tuple[float, float], words: str, size: int, colour: Colour
) -> None:
    """Lettering, centred on a point."""
    card = sheet.stencil()
    card.letters(centre, words, size)
    sheet.ink(card, colour)


def market_hall(sheet: Sheet) -> None:
    far = (880.0, 640.0)
    sheet.blend(
        sheet.everything(),
        [mix(TEAL, NAVY, 0.5), TEAL, FOAM, CREAM],
        around(far[0] / 1800, far[1] / 1200, 0.75),
    )
    for step in range(8):
        _rib(sheet, far, 0.1 * 1.42**step)
    floor = sheet.stencil()
    floor.polygon([(far[0] - 90, 690), (far[0] + 90, 690), (2000, 1200), (-260, 1200)])
    sheet.blend(floor, [CREAM, SAND, mix(OAK, PLUM, 0.3)], down())
    beams = sheet.stencil()
    for x in (200, 620, 1060):
        beams.polygon([(x + 240, -20), (x + 420, -20), (x + 30, 1200), (x - 260, 1200)])
    sheet.soften(beams, CREAM, 18, opacity=0.26)
    for step in range(5):
        share = 0.2 * 1.62**step
        for side in (-1, 1):
            _stall(
                sheet,
                (far[0] + side * 660 * share, far[1] + 340 * share),
                270 * share,
                step + (side > 0) * 2,
            )
    _shoppers(sheet)


def _rib(sheet: Sheet, far: tuple[float, float], share: float) -> None:
    card = sheet.stencil()
    half, spring, base = 820 * share, far[1] - 330 * share, far[1] + 420 * share
    tone = mix(FOAM, NIGHT, min(1.0, 0.25 + share * 0.65))
    outline = arch(far[0] - half, far[0] + half, spring, base, rise=560 * share)
    card.line(outline, max(3, 34 * share))
    card.line(
        arch(far[0] - half * 0.9, far[0] + half * 0.9, spring, spring, rise=470 * share),
        max(2, 12 * share),
    )
    for index in range(3, 24, 2):
        card.line(
            [outline[index], between(outline[index], (far[0], spring), 0.1)], max(1, 9 * share)
        )
    sheet.ink(card, tone)


def _stall(sheet: Sheet, foot: tuple[float, float], size: float, index: int) -> None:
    x, base = foot
    awning_top, awning_bottom = base - size * 1.75, base - size * 1.15
    colours = ((BRICK, CREAM), (TEAL, CREAM), (AMBER, CREAM), (PINE, SAND), (CORAL, CREAM))[
        index % 5
    ]
    front = sheet.stencil()
    front.box((x - size, base - size * 0.5), (x + size, base + size * 0.24), radius=4)
    sheet.ink(front, mix(OAK, NIGHT, 0.35))
    sheet.shade(front, NIGHT, down(0.1, 1.0))
    posts = sheet.stencil()
    for side in (-0.95, 0.95):
        posts.line([(x + side * size, awning_bottom), (x + side * size, base)], size * 0.05)
    sheet.ink(posts, NIGHT)
    for kind, colour in enumerate((BRICK, MOSS, AMBER, CORAL, PLUM)):
        goods = sheet.stencil()
        for _ in range(26):
            spot = (
                x + size * (-0.86 + kind * 0.36 + sheet.rng.uniform(0, 0.3)),
                base - size * (0.5 + sheet.rng.uniform(0, 0.18)),
            )
            goods.ellipse(spot, size * 0.055)
        sheet.ink(goods, colour)
        sheet.shade(goods, mix(colour, NIGHT, 0.6), down(0.2, 1.2))
    stripes = 8
    for stripe in range(stripes):
        card = sheet.stencil()
        a, b = stripe / stripes * 2 - 1, (stripe + 1) / stripes * 2 - 1
        card.polygon(
            [
                (x + a * size * 0.8, awning_top),
                (x + b * size * 0.8, awning_top),
                (x + b * size * 1.1, awning_bottom),
                (x + a * size * 1.1, awning_bottom),
            ]
        )
        card.ellipse((x + (a + b) / 2 * size * 1.1, awning_bottom), size * 1.1 / stripes)
        sheet.ink(card, colours[stripe % 2])
        sheet.shade(card, mix(PLUM, NIGHT, 0.4), down(0.3, 1.5), opacity=0.7)


def _shoppers(sheet: Sheet) -> None:
    crowd = sheet.stencil()
    for _ in range(16):
        x = sheet.rng.uniform(800, 960)
        pose = sheet.rng.choice((figures.WALKING, figures.STANDING))
        figures.cut(
            crowd,
            figures.Figure(
                (x, sheet.rng.uniform(712, 740)), 92, pose, facing_left=sheet.rng.random() < 0.5
            ),
        )
    sheet.ink(crowd, mix(PLUM, TEAL, 0.35))
    cast = (
        (700, 1010, 380, figures.WALKING, CORAL, (126, 82, 58), False),
        (1010, 960, 330, figures.STANDING, TEAL, (222, 170, 138), True),
        (1130, 980, 340, figures.CARRYING, AMBER, (196, 138, 104), False),
        (860, 1130, 470, figures.WALKING, NAVY, (240, 200, 170), True),
    )
    for x, y, height, pose, coat, skin, flip in cast:
        shadow = sheet.stencil()
        shadow.polygon([(x - 40, y), (x + 40, y), (x - 120, y + 110), (x - 230, y + 110)])
        sheet.soften(shadow, PLUM, 8, opacity=0.5)
        figures.draw(
            sheet,
            figures.Figure(
                (x, y), height, pose, figures.Clothes(coat, SOOT, skin, SOOT), facing_left=flip
            ),
            light=CREAM,
        )


def flood_gauge(sheet: Sheet) -> None:
    sheet.blend(
        sheet.everything(), [mix(SLATE, NAVY, 0.5), SLATE, mix(SKY, SAND, 0.4)], down(0.0, 0.55)
    )
    for level, rough, share in ((520, 70, 0.3), (570, 50, 0.6)):
        bank = sheet.stencil()
        bank.polygon(ground(ridge(sheet.rng, (-20, 1820), level, rough), 700))
        sheet.ink(bank, mix(SKY, PINE, share))
    terrace(
        sheet, Row(-60, 520, 660, 210, (mix(SLATE, PLUM, 0.4), mix(SLATE, BRICK, 0.35)), AMBER, 0.2)
    )
    _bridge(sheet)
    water = sheet.stencil()
    water.box((0, 690), sheet.size)
    sheet.blend(water, [mix(SAND, OAK, 0.35), OAK, mix(OAK, NIGHT, 0.6)], down())
    ripples(sheet, (700, 1190), SAND, count=150, opacity=0.45)
    ripples(sheet, (720, 1190), NIGHT, count=90, opacity=0.4)
    _drowned(sheet)
    _staff(sheet)
    rain = sheet.stencil()
    for _ in range(420):
        x, y, drop = (
            sheet.rng.uniform(0, 1900),
            sheet.rng.uniform(-60, 1150),
            sheet.rng.uniform(30, 100),
        )
        rain.line([(x, y), (x - drop * 0.28, y + drop)], 1.4)
    sheet.ink(rain, ICE, opacity=0.4)


def _bridge(sheet: Sheet) -> None:
    stone = sheet.stencil()
    stone.polygon([(300, 470), (1000, 420), (1820, 470), (1820, 760), (300, 760)])
    for left in (360, 780, 1200, 1620):
        stone.polygon(arch(left, left + 330, 660, 770, rise=150), tone=0)
    sheet.ink(stone, mix(SLATE, PLUM, 0.45))
    sheet.shade(stone, NIGHT, down(0.0, 0.9), opacity=0.8)
    sheet.rim(stone, ICE, (0, 6), opacity=0.55)
    walkers = sheet.stencil()
    for x, tall in ((640, 92), (700, 84), (1260, 96), (1500, 90)):
        figures.cut(walkers, figures.Figure((x, 462), tall, figures.WALKING))
    umbrella = sheet.stencil()
    for x in (650, 1270):
        umbrella.polygon(arch(x - 44, x + 44, 372, 372, rise=36))
        walkers.line([(x, 350), (x, 410)], 3)
    sheet.ink(walkers, NIGHT)
    sheet.ink(umbrella, CORAL)
    parapet = sheet.stencil()
    parapet.polygon([(300, 476), (1000, 426), (1820, 476), (1820, 506), (1000, 456), (300, 506)])
    sheet.ink(parapet, mix(SLATE, NIGHT, 0.5))


def _drowned(sheet: Sheet) -> None:
    things = sheet.stencil()
    things.line([(330, 960), (330, 780)], 16)
    things.polygon([(250, 742), (410, 742), (410, 792), (250, 792)])
    for y in (884, 912):
        things.line([(560, y), (860, y)], 15)
    for x in (590, 830):
        things.line([(x, 876), (x, 960)], 14)
    sheet.ink(things, NIGHT)
    sheet.rim(things, SKY, (0, 4), opacity=0.7)
    sign = sheet.stencil()
    sign.box((262, 750), (398, 784), radius=5)
    sheet.ink(sign, CREAM)
    sheet_text(sheet, (330, 766), "RIVERSIDE", 21, NIGHT)
    foam = sheet.stencil()
    for x, y in ((330, 962), (590, 962), (830, 962)):
        foam.ellipse((x, y), 54, 8)
    sheet.ink(foam, CREAM, opacity=0.7)
    drift = sheet.stencil()
    drift.line([(960, 1060), (1160, 1020)], 20)
    drift.line([(1080, 1034), (1120, 970)], 9)
    sheet.ink(drift, NIGHT)


def _staff(sheet: Sheet) -> None:
    post = sheet.stencil()
    post.box((1290, 170), (1450, 1230), radius=6)
    sheet.ink(post, CREAM)
    marks = sheet.stencil()
    for step in range(18):
        y = 200 + step * 56
        marks.box((1306, y), (1306 + (74 if step % 2 else 46), y + 28))
    sheet.ink(marks, NIGHT)
    red = sheet.stencil()
    red.box((1290, 170), (1450, 184))
    red.box((1290, 556), (1450, 566))
    sheet.ink(red, BRICK)
    for step in range(5):
        sheet_text(sheet, (1412, 214 + step * 168), str(6 - step), 74, NIGHT)
    sheet.shade(post, NIGHT, across(0.45, 1.3), opacity=0.8)
    water = sheet.stencil()
    water.polygon([(1240, 900), (1500, 900), (1500, 1210), (1240, 1210)])
    sheet.shade(water, mix(OAK, NIGHT, 0.35), down(-0.7, 0.25))
    foam = sheet.stencil()
    for shift in range(5):
        foam.polygon(blob(sheet.rng, (1290 + shift * 42, 902 + sheet.rng.uniform(-5, 5)), 52, 13))
    sheet.ink(foam, mix(CREAM, ROSE, 0.15))
