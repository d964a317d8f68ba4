"""The council chamber, and the reading room."""

from broadsheet.web.demonstration.pictures import figures
from broadsheet.web.demonstration.pictures.buildings import arched_window
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
    SLATE,
    SOOT,
    TEAL,
    Colour,
    mix,
)
from broadsheet.web.demonstration.pictures.ramps import across, down
from broadsheet.web.demonstration.pictures.shapes import arch, smooth

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
