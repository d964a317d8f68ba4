"""The council chamber, the reading room, the bakery and the violin maker's workshop."""

import math

from broadsheet.web.demonstration.pictures import figures
from broadsheet.web.demonstration.pictures.buildings import arched_window
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
    SOOT,
    TEAL,
    Colour,
    mix,
)
from broadsheet.web.demonstration.pictures.shapes import arch, limb, place, smooth

SKINS: tuple[Colour, ...] = ((222, 170, 138), (126, 82, 58), (240, 200, 170), (168, 112, 80))


def council_chamber(sheet: Sheet) -> None:
    sheet.blend(
        sheet.everything(),
        [mix(OAK, NIGHT, 0.35), mix(OAK, AMBER, 0.2), mix(OAK, NIGHT, 0.3)],
        down(),
    )
    panels = sheet.stencil()
    for x in range(0, 1800, 150):
        panels.line([(x, 0), (x, 760)], 5)
    panels.line([(0, 560), (1800, 560)], 14)
    sheet.ink(panels, mix(OAK, NIGHT, 0.6))
    for left in (180, 500, 1140, 1460):
        arched_window(
            sheet, (left, 70, left + 190, 520), [CREAM, SAND, AMBER], mix(OAK, NIGHT, 0.7)
        )
    _crest(sheet)
    beams = sheet.stencil()
    for left in (180, 500, 1140, 1460):
        beams.polygon([(left, 90), (left + 190, 90), (left - 180, 1200), (left - 520, 1200)])
    sheet.soften(beams, mix(CREAM, AMBER, 0.3), 14, opacity=0.24)
    _dais(sheet)
    for row in range(4):
        _bench(sheet, row)


def _crest(sheet: Sheet) -> None:
    shield = sheet.stencil()
    shield.polygon(
        smooth([(800, 120), (900, 140), (1000, 120), (1004, 270), (900, 390), (796, 270)], steps=5)
    )
    sheet.ink(shield, TEAL)
    sheet.shade(shield, NIGHT, across(0.3, 1.1))
    device = sheet.stencil()
    device.line([(900, 176), (900, 330)], 14)
    device.line([(856, 216), (944, 216)], 12)
    device.line(
        smooth([(842, 268), (862, 316), (900, 334), (938, 316), (958, 268)], closed=False), 14
    )
    device.ellipse((900, 170), 20)
    device.ellipse((900, 170), 9, tone=0)
    sheet.ink(device, AMBER)


def _dais(sheet: Sheet) -> None:
    for x, coat, skin in ((700, PLUM, 0), (1100, NAVY, 3)):
        figures.draw(
            sheet,
            figures.Figure(
                (x, 850),
                370,
                figures.STANDING,
                figures.Clothes(coat, SOOT, SKINS[skin]),
                facing_left=x > 900,
            ),
            light=CREAM,
        )
    figures.draw(
        sheet,
        figures.Figure((900, 770), 360, figures.REACHING, figures.Clothes(BRICK, SOOT, SKINS[1])),
        light=CREAM,
    )
    desk = sheet.stencil()
    desk.box((620, 640), (1180, 790), radius=10)
    sheet.ink(desk, mix(OAK, AMBER, 0.15))
    sheet.shade(desk, NIGHT, down(0.0, 1.1))
    top = sheet.stencil()
    top.box((600, 624), (1200, 650), radius=6)
    sheet.ink(top, SAND)
    papers = sheet.stencil()
    for x in (700, 840, 960, 1090):
        papers.polygon([(x, 622), (x + 56, 616), (x + 62, 628), (x + 4, 630)])
    sheet.ink(papers, CREAM)


def _bench(sheet: Sheet, row: int) -> None:
    size = 190 + row * 62
    y = 850 + row * 118
    heads = 11 - row
    spread = 190 - 0 * row + row * 30
    for seat in range(heads):
        offset = seat - (heads - 1) / 2
        x = 900 + offset * spread + sheet.rng.uniform(-16, 16)
        if sheet.rng.random() < 0.14:
            continue
        drop = abs(offset) ** 1.7 * 5
        coat = sheet.rng.choice((NAVY, PLUM, PINE, BRICK, SLATE, mix(OAK, SAND, 0.4), TEAL))
        _seen_from_behind(sheet, (x, y - drop), size, mix(coat, NIGHT, 0.1 + row * 0.14))
    back = sheet.stencil()
    curve = [(x, y + 6 - abs((x - 900) / spread) ** 1.7 * 5) for x in range(-60, 1880, 60)]
    back.polygon([*curve, (1880, 1210), (-60, 1210)])
    sheet.ink(back, mix(OAK, NIGHT, 0.25 + row * 0.17))
    sheet.shade(back, NIGHT, down(0.0, 0.9))
    sheet.rim(back, mix(AMBER, OAK, 0.15 + row * 0.15), (0, 9))


def _seen_from_behind(sheet: Sheet, foot: Point, size: float, coat: Colour) -> None:
    x, y = foot
    body = sheet.stencil()
    body.polygon(
        smooth(
            [
                (x - size * 0.3, y + size * 0.2),
                (x - size * 0.27, y - size * 0.2),
                (x - size * 0.1, y - size * 0.34),
                (x + size * 0.1, y - size * 0.34),
                (x + size * 0.27, y - size * 0.2),
                (x + size * 0.3, y + size * 0.2),
            ]
        )
    )
    sheet.ink(body, coat)
    sheet.rim(body, mix(coat, AMBER, 0.6), (-4, 4))
    skin, hair = sheet.stencil(), sheet.stencil()
    skin.box((x - size * 0.06, y - size * 0.44), (x + size * 0.06, y - size * 0.3), radius=6)
    sheet.ink(skin, mix(sheet.rng.choice(SKINS), OAK, 0.3))
    hair.ellipse((x, y - size * 0.54), size * 0.125, size * 0.155)
    if sheet.rng.random() < 0.4:
        hair.polygon(
            smooth(
                [
                    (x - size * 0.13, y - size * 0.56),
                    (x + size * 0.13, y - size * 0.56),
                    (x + size * 0.16, y - size * 0.3),
                    (x - size * 0.16, y - size * 0.3),
                ]
            )
        )
    tone = sheet.rng.choice(
        (SOOT, mix(OAK, SOOT, 0.4), mix(ICE, SLATE, 0.4), mix(SAND, OAK, 0.3), mix(BRICK, OAK, 0.5))
    )
    sheet.ink(hair, tone)
    sheet.rim(hair, mix(tone, AMBER, 0.6), (-4, 3))


def reading_room(sheet: Sheet) -> None:
    sheet.blend(sheet.everything(), [mix(PINE, NIGHT, 0.5), PINE, mix(PINE, NIGHT, 0.4)], down())
    for left in (120, 1240):
        _shelves(sheet, (left, 120, left + 440, 760))
    arched_window(
        sheet, (640, 60, 1160, 760), [NIGHT, NAVY, mix(NAVY, TEAL, 0.6)], mix(OAK, NIGHT, 0.55)
    )
    moon = sheet.stencil()
    moon.ellipse((1020, 250), 54)
    sheet.ink(moon, CREAM)
    sheet.glow((1020, 250), 220, CREAM, strength=0.5)
    gallery = sheet.stencil()
    gallery.box((60, 424), (620, 448))
    gallery.box((1180, 424), (1760, 448))
    for x in [*range(70, 620, 34), *range(1190, 1760, 34)]:
        gallery.line([(x, 360), (x, 426)], 6)
    gallery.box((60, 352), (620, 366))
    gallery.box((1180, 352), (1760, 366))
    sheet.ink(gallery, mix(OAK, NIGHT, 0.35))
    _table(sheet, 800, 250, readers=5)
    _table(sheet, 1080, 400, readers=4)


def _shelves(sheet: Sheet, box: tuple[float, float, float, float]) -> None:
    left, top, right, bottom = box
    case = sheet.stencil()
    case.box((left - 20, top - 30), (right + 20, bottom), radius=6)
    sheet.ink(case, mix(OAK, NIGHT, 0.5))
    inks = (BRICK, TEAL, AMBER, CREAM, PLUM, mix(MOSS, PINE, 0.4), mix(CORAL, OAK, 0.3), SAND, NAVY)
    books = {colour: sheet.stencil() for colour in inks}
    for shelf in range(7):
        base = top + (shelf + 1) * (bottom - top) / 7
        x = left
        while x < right - 12:
            wide, tall = sheet.rng.uniform(9, 24), sheet.rng.uniform(44, 76)
            books[sheet.rng.choice(inks)].box((x, base - tall), (min(x + wide, right), base - 7))
            x += wide + sheet.rng.choice((1, 1, 1, 2, 14))
    for colour, card in books.items():
        sheet.ink(card, mix(colour, PINE, 0.3))
    shadow = sheet.stencil()
    shadow.box((left - 20, top - 30), (right + 20, bottom))
    sheet.shade(shadow, NIGHT, down(0.8, -0.1), opacity=0.75)


def _table(sheet: Sheet, y: float, size: float, *, readers: int) -> None:
    spread = 1800 / readers
    for seat in range(readers):
        if (seat + readers) % 4 == 3:
            continue
        coat = (CORAL, TEAL, AMBER, mix(NAVY, SLATE, 0.4), ROSE)[(seat * 2 + readers) % 5]
        _seen_from_behind(sheet, (spread * (seat + 0.34), y), size, mix(coat, NIGHT, 0.3))
    top = sheet.stencil()
    top.polygon([(-20, y), (1820, y), (1820, y + size * 0.34), (-20, y + size * 0.34)])
    sheet.blend(top, [mix(OAK, AMBER, 0.25), mix(OAK, NIGHT, 0.6)], down())
    sheet.rim(top, AMBER, (0, 5), opacity=0.6)
    for seat in range(readers):
        x = spread * (seat + 0.72)
        sheet.glow((x, y - size * 0.1), size * 1.0, mix(AMBER, CREAM, 0.4), strength=0.8)
        stem, shade = sheet.stencil(), sheet.stencil()
        stem.line([(x, y + size * 0.08), (x, y - size * 0.4)], size * 0.035)
        stem.ellipse((x, y + size * 0.09), size * 0.14, size * 0.03)
        sheet.ink(stem, mix(AMBER, OAK, 0.4))
        shade.polygon(
            arch(
                x - size * 0.26, x + size * 0.26, y - size * 0.3, y - size * 0.28, rise=size * 0.17
            )
        )
        sheet.ink(shade, mix(MOSS, TEAL, 0.6))
        sheet.rim(shade, FOAM, (3, 4))
        pages = sheet.stencil()
        book = x - spread * 0.38
        pages.polygon(
            [
                (book - size * 0.26, y + size * 0.1),
                (book, y + size * 0.05),
                (book + size * 0.26, y + size * 0.1),
                (book + size * 0.3, y + size * 0.24),
                (book, y + size * 0.2),
                (book - size * 0.3, y + size * 0.24),
            ]
        )
        sheet.ink(pages, CREAM)


def bakery(sheet: Sheet) -> None:
    sheet.blend(
        sheet.everything(),
        [mix(PLUM, NIGHT, 0.5), mix(BRICK, PLUM, 0.5), mix(OAK, PLUM, 0.5)],
        down(),
    )
    bricks = sheet.stencil()
    for row in range(18):
        for column in range(-1, 18):
            x = column * 108 + (row % 2) * 54
            bricks.box((x + 4, row * 46 + 4), (x + 104, row * 46 + 42), radius=3)
    sheet.ink(bricks, mix(BRICK, PLUM, 0.35), opacity=0.55)
    _oven(sheet)
    _street_window(sheet)
    floor = sheet.stencil()
    floor.polygon([(0, 960), (1800, 960), (1800, 1200), (0, 1200)])
    sheet.blend(floor, [mix(OAK, BRICK, 0.3), NIGHT], down())
    sheet.shade(floor, AMBER, around(0.25, 0.0, 0.42), opacity=0.7)
    _rack(sheet)
    peel = sheet.stencil()
    peel.line([(560, 722), (1010, 660)], 13)
    peel.polygon([(420, 730), (570, 706), (574, 734), (424, 752)])
    sheet.ink(peel, SAND)
    _loaf(sheet, (492, 712), 62)
    pose = figures.Pose(
        lean=12, near_arm=(38, 52), far_arm=(54, 64), near_leg=(14, 2), far_leg=(-14, -20)
    )
    baker = figures.Figure(
        (1080, 1070),
        700,
        pose,
        figures.Clothes(CREAM, NAVY, SKINS[1], CREAM, hat=True),
        facing_left=True,
    )
    figures.draw(sheet, baker, light=AMBER)
    apron = sheet.stencil()
    apron.polygon(
        smooth(
            [(1014, 640), (1098, 640), (1120, 820), (1110, 940), (1010, 940), (1004, 800)], steps=4
        )
    )
    sheet.ink(apron, BRICK)
    sheet.shade(apron, NIGHT, across(0.1, 1.2))


def _oven(sheet: Sheet) -> None:
    front = sheet.stencil()
    front.box((40, 420), (760, 960), radius=16)
    sheet.ink(front, mix(SLATE, NIGHT, 0.5))
    mouth = sheet.stencil()
    mouth.polygon(arch(150, 640, 690, 800, rise=150))
    sheet.blend(mouth, [BRICK, CORAL, AMBER, CREAM], down(0.0, 1.1))
    for x, y in ((250, 776), (370, 782), (330, 748), (540, 776)):
        _loaf(sheet, (x, y), 54)
    surround = sheet.stencil()
    surround.line(arch(150, 640, 690, 800, rise=150), 30)
    surround.line([(120, 806), (670, 806)], 24)
    sheet.ink(surround, mix(SLATE, NIGHT, 0.72))
    sheet.rim(surround, AMBER, (0, -5), opacity=0.8)
    sheet.glow((400, 760), 620, AMBER, strength=0.55)


def _loaf(sheet: Sheet, at: Point, size: float) -> None:
    x, y = at
    crust = sheet.stencil()
    crust.polygon(
        smooth(
            [
                (x - size, y + size * 0.2),
                (x - size * 0.6, y - size * 0.36),
                (x, y - size * 0.5),
                (x + size * 0.6, y - size * 0.36),
                (x + size, y + size * 0.2),
                (x, y + size * 0.3),
            ]
        )
    )
    sheet.ink(crust, mix(AMBER, OAK, 0.35))
    sheet.shade(crust, OAK, down(0.3, 1.1))
    cuts = sheet.stencil()
    for shift in (-0.4, 0, 0.4):
        cuts.line(
            [
                (x + size * (shift - 0.12), y - size * 0.1),
                (x + size * (shift + 0.16), y - size * 0.36),
            ],
            size * 0.08,
        )
    sheet.ink(cuts, CREAM)


def _street_window(sheet: Sheet) -> None:
    pane = sheet.stencil()
    pane.box((1330, 120), (1720, 560), radius=6)
    sheet.blend(pane, [NIGHT, NAVY, mix(NAVY, TEAL, 0.4)], down())
    roofs = sheet.stencil()
    roofs.polygon(
        [
            (1330, 560),
            (1330, 430),
            (1390, 370),
            (1450, 430),
            (1450, 470),
            (1520, 400),
            (1600, 470),
            (1600, 440),
            (1660, 390),
            (1720, 440),
            (1720, 560),
        ]
    )
    sheet.ink(roofs, NIGHT)
    lights = sheet.stencil()
    lights.box((1376, 448), (1398, 480))
    lights.ellipse((1620, 196), 32)
    sheet.ink(lights, CREAM)
    frame = sheet.stencil()
    frame.box((1310, 100), (1740, 580), radius=10)
    frame.box((1336, 126), (1516, 330), tone=0)
    frame.box((1534, 126), (1714, 330), tone=0)
    frame.box((1336, 348), (1516, 554), tone=0)
    frame.box((1534, 348), (1714, 554), tone=0)
    sheet.ink(frame, mix(OAK, NIGHT, 0.3))


def _rack(sheet: Sheet) -> None:
    frame = sheet.stencil()
    for x in (1290, 1770):
        frame.line([(x, 640), (x, 1140)], 16)
    for y in (730, 860, 990, 1120):
        frame.line([(1290, y), (1770, y)], 12)
    sheet.ink(frame, mix(SLATE, NIGHT, 0.6))
    sheet.rim(frame, AMBER, (4, 3), opacity=0.5)
    for y in (730, 860, 990, 1120):
        for x in (1362, 1476, 1590, 1702):
            _loaf(sheet, (x, y - 24), 50)


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
    _tools(sheet)
    pose = figures.Pose(lean=20, near_arm=(30, 56), far_arm=(40, 60))
    maker = figures.Figure(
        (1130, 1410),
        860,
        pose,
        figures.Clothes(mix(TEAL, NAVY, 0.35), NIGHT, SKINS[0], mix(ICE, SLATE, 0.3)),
        facing_left=True,
    )
    figures.draw(sheet, maker, light=CREAM)
    bench = sheet.stencil()
    bench.polygon([(0, 930), (1800, 930), (1800, 1200), (0, 1200)])
    sheet.blend(bench, [mix(SAND, OAK, 0.35), mix(OAK, NIGHT, 0.4)], down())
    sheet.rim(bench, CREAM, (0, 6), opacity=0.8)
    sheet.shade(bench, NIGHT, across(0.3, 1.0), opacity=0.7)
    _on_the_bench(sheet)


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
        holes.line(
            put(
                smooth(
                    [
                        (side * 0.05, 0.05),
                        (side * 0.066, 0.09),
                        (side * 0.064, 0.14),
                        (side * 0.085, 0.18),
                    ],
                    closed=False,
                )
            ),
            height * 0.012,
        )
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
    pot = sheet.stencil()
    pot.box((1490, 850), (1620, 980), radius=18)
    sheet.ink(pot, BRICK)
    sheet.shade(pot, NIGHT, across(0.2, 1.0))
    brushes = sheet.stencil()
    for lean in (-50, -10, 34):
        brushes.line([(1555, 860), (1555 + lean, 700)], 9)
    sheet.ink(brushes, SAND)
