"""The bakery at four in the morning."""

from broadsheet.web.demonstration.pictures import figures
from broadsheet.web.demonstration.pictures.canvas import Point, Sheet
from broadsheet.web.demonstration.pictures.palette import (
    AMBER,
    BRICK,
    CORAL,
    CREAM,
    NAVY,
    NIGHT,
    OAK,
    PLUM,
    SAND,
    SLATE,
    TEAL,
    Colour,
    mix,
)
from broadsheet.web.demonstration.pictures.ramps import across, around, down
from broadsheet.web.demonstration.pictures.shapes import arch, smooth

SKINS: tuple[Colour, ...] = ((222, 170, 138), (126, 82, 58), (240, 200, 170), (168, 112, 80))


def bakery(sheet: Sheet) -> None:
    sheet.blend(
        sheet.everything(),
        [mix(PLUM, NIGHT, 0.5), mix(BRICK, PLUM, 0.5), mix(OAK, PLUM, 0.5)],
        down(),
    )
    _brickwork(sheet)
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
    _baker(sheet)


def _brickwork(sheet: Sheet) -> None:
    bricks = sheet.stencil()
    for row in range(18):
        for column in range(-1, 18):
            x = column * 108 + (row % 2) * 54
            bricks.box((x + 4, row * 46 + 4), (x + 104, row * 46 + 42), radius=3)
    sheet.ink(bricks, mix(BRICK, PLUM, 0.35), opacity=0.55)


def _baker(sheet: Sheet) -> None:
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
