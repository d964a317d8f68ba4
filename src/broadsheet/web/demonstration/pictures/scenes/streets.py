"""The tram at night, and the market hall."""

from broadsheet.web.demonstration.pictures import figures
from broadsheet.web.demonstration.pictures.buildings import Row, lamp, terrace
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
    OAK,
    PINE,
    PLUM,
    SAND,
    SOOT,
    TEAL,
    mix,
)
from broadsheet.web.demonstration.pictures.ramps import across, around, down
from broadsheet.web.demonstration.pictures.shapes import arch, between


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
    sheet.write((1130, 492), "4  Ropewalk", 40, AMBER)


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
