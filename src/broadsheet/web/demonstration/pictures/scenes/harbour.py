"""The harbour at dawn, and the lighthouse."""

import math

from broadsheet.web.demonstration.pictures import figures
from broadsheet.web.demonstration.pictures.canvas import Point, Sheet
from broadsheet.web.demonstration.pictures.palette import (
    AMBER,
    BRICK,
    CORAL,
    CREAM,
    FOAM,
    NAVY,
    NIGHT,
    PLUM,
    ROSE,
    SAND,
    SLATE,
    TEAL,
    mix,
)
from broadsheet.web.demonstration.pictures.ramps import across, down
from broadsheet.web.demonstration.pictures.shapes import ground, ridge, smooth
from broadsheet.web.demonstration.pictures.water import Boat, boat, glints, gulls, ripples


def harbour_at_dawn(sheet: Sheet) -> None:
    sheet.blend(sheet.everything(), [NAVY, PLUM, CORAL, AMBER, CREAM], down(0.0, 0.56))
    sheet.glow((1190, 610), 620, CREAM, strength=0.9)
    disc = sheet.stencil()
    disc.ellipse((1190, 604), 84)
    sheet.ink(disc, CREAM)
    _far_shore(sheet)
    sea = sheet.stencil()
    sea.box((0, 660), sheet.size)
    sheet.blend(sea, [AMBER, ROSE, mix(PLUM, SLATE, 0.5), NAVY, NIGHT], down())
    ripples(sheet, (668, 1180), NIGHT, opacity=0.35)
    glints(sheet, (1190, 662), 470, CREAM)
    _cranes(sheet)
    for x, y, length in ((560, 800, 150), (1020, 876, 200)):
        _boat_shadow(sheet, (x, y), length)
    boat(sheet, Boat((560, 792), 330, hull=TEAL), light=AMBER)
    boat(sheet, Boat((1020, 862), 430, hull=BRICK, flip=True), light=AMBER)
    _quay(sheet)
    gulls(
        sheet,
        [(760, 300, 92), (880, 238, 64), (690, 402, 58), (1010, 352, 44), (1440, 190, 50)],
        NIGHT,
    )


def _boat_shadow(sheet: Sheet, at: Point, reach: float) -> None:
    card = sheet.stencil()
    for step in range(9):
        shift = sheet.rng.uniform(-16, 16)
        card.ellipse((at[0] + shift, at[1] + step * 8), reach * (1 - step / 11), 5)
    sheet.ink(card, NIGHT, opacity=0.62)


def _far_shore(sheet: Sheet) -> None:
    for level, rough, tone in ((628, 26, 0.35), (648, 16, 0.7)):
        shore = sheet.stencil()
        shore.polygon(ground(ridge(sheet.rng, (0, 820 - tone * 200), level, rough), 670))
        sheet.ink(shore, mix(CORAL, PLUM, tone))
    town = sheet.stencil()
    x = 60.0
    while x < 620:
        wide, tall = sheet.rng.uniform(24, 50), sheet.rng.uniform(24, 64)
        town.polygon(
            [
                (x, 664),
                (x, 650 - tall),
                (x + wide / 2, 634 - tall),
                (x + wide, 650 - tall),
                (x + wide, 664),
            ]
        )
        x += wide * sheet.rng.uniform(0.8, 1.3)
    town.polygon([(300, 664), (304, 560), (322, 470), (340, 560), (344, 664)])
    sheet.ink(town, mix(PLUM, NAVY, 0.5))
    lights = sheet.stencil()
    for _ in range(22):
        lights.ellipse((sheet.rng.uniform(70, 600), sheet.rng.uniform(624, 654)), 2.6)
    sheet.ink(lights, AMBER)


def _cranes(sheet: Sheet) -> None:
    pier = sheet.stencil()
    pier.polygon([(1360, 752), (1800, 742), (1800, 806), (1384, 800)])
    for x in range(1400, 1800, 62):
        pier.line([(x, 780), (x - 4, 850)], 13)
    sheet.ink(pier, NIGHT)
    sheet.rim(pier, CORAL, (3, 5), opacity=0.8)
    for x, tall, colour in ((1500, 420, mix(PLUM, NIGHT, 0.4)), (1690, 540, NIGHT)):
        card = sheet.stencil()
        foot = 700
        top = foot - tall
        for side in (-46, 46):
            card.line([(x + side, foot + 60), (x + side * 0.55, top + 120)], 13)
        for step in range(5):
            y = foot - 40 - step * (tall - 170) / 5
            card.line([(x - 42, y), (x + 40, y - 56)], 5)
            card.line([(x - 44, y), (x + 44, y)], 6)
        card.box((x - 44, top + 86), (x + 50, top + 150), radius=8)
        card.line([(x + 120, top + 104), (x - 330, top - 30)], 12)
        card.line([(x, top + 90), (x - 10, top - 50), (x - 320, top - 28)], 5)
        card.line([(x - 10, top - 50), (x + 120, top + 100)], 5)
        card.line([(x - 300, top - 20), (x - 300, top + 170)], 3)
        card.polygon(
            [(x - 312, top + 170), (x - 288, top + 170), (x - 292, top + 196), (x - 308, top + 196)]
        )
        card.box((x + 84, top + 98), (x + 136, top + 142))
        sheet.ink(card, colour)


def _quay(sheet: Sheet) -> None:
    stones = sheet.stencil()
    stones.polygon([(0, 1040), (640, 1012), (1800, 1066), (1800, 1200), (0, 1200)])
    sheet.blend(stones, [mix(NIGHT, PLUM, 0.5), NIGHT], down())
    sheet.shade(stones, mix(CORAL, PLUM, 0.3), across(1.2, 0.2), opacity=0.25)
    sheet.rim(stones, ROSE, (0, 5), opacity=0.9)
    bollard = sheet.stencil()
    for x in (250, 1330):
        bollard.box((x - 26, 960), (x + 26, 1046), radius=12)
        bollard.ellipse((x, 962), 44, 20)
    for left, top in ((1440, 940), (1560, 962), (1490, 872)):
        bollard.box((left, top), (left + 112, top + 92), radius=6)
    sheet.ink(bollard, NIGHT)
    sheet.rim(bollard, AMBER, (3, 5))
    slats = sheet.stencil()
    for left, top in ((1440, 940), (1560, 962), (1490, 872)):
        for step in (24, 46, 68):
            slats.line([(left + 8, top + step), (left + 104, top + step)], 4)
    sheet.ink(slats, mix(BRICK, NIGHT, 0.45))
    rope = sheet.stencil()
    rope.line(smooth([(1320, 985), (1270, 1010), (1216, 920), (1206, 830)], closed=False), 6)
    rope.line(smooth([(262, 985), (320, 1000), (390, 860), (412, 770)], closed=False), 5)
    sheet.ink(rope, mix(SAND, NIGHT, 0.35))
    man = figures.Figure(
        (470, 1052), 330, figures.STANDING, figures.Clothes(mix(NAVY, NIGHT, 0.5), NIGHT, hat=True)
    )
    figures.draw(sheet, man, light=AMBER)
    mate = figures.Figure(
        (590, 1058), 296, figures.STANDING, figures.Clothes(BRICK, NIGHT), facing_left=True
    )
    figures.draw(sheet, mate, light=None)


def lighthouse(sheet: Sheet) -> None:
    sheet.blend(
        sheet.everything(),
        [NIGHT, NAVY, mix(NAVY, TEAL, 0.55), mix(TEAL, FOAM, 0.35)],
        down(0.0, 0.75),
    )
    stars = sheet.stencil()
    for _ in range(230):
        stars.ellipse(
            (sheet.rng.uniform(0, 1800), sheet.rng.uniform(0, 640)),
            sheet.rng.choice((0.9, 1.2, 1.5, 2.4)),
        )
    sheet.ink(stars, CREAM, opacity=0.85)
    lamp = (1196.0, 268.0)
    for end, spread, opacity in (
        ((-120, 420), 120, 0.5),
        ((-120, 420), 60, 0.45),
        ((1960, 150), 70, 0.4),
    ):
        beam = sheet.stencil()
        beam.polygon(
            [
                (lamp[0], lamp[1] - 6),
                (end[0], end[1] - spread),
                (end[0], end[1] + spread),
                (lamp[0], lamp[1] + 6),
            ]
        )
        sheet.soften(beam, mix(CREAM, AMBER, 0.25), 16, opacity=opacity)
    sea = sheet.stencil()
    sea.box((0, 850), sheet.size)
    sheet.blend(sea, [mix(TEAL, FOAM, 0.25), TEAL, NAVY, NIGHT], down())
    ripples(sheet, (856, 1190), FOAM, count=90, opacity=0.28)
    glints(sheet, (560, 856), 300, mix(CREAM, AMBER, 0.3), count=70)
    _rocks(sheet)
    sheet.glow(lamp, 420, mix(CREAM, AMBER, 0.3), strength=0.8)
    _tower(sheet)
    sheet.glow(lamp, 120, CREAM, strength=0.9)
    boat(sheet, Boat((390, 906), 170, hull=NIGHT, house=mix(SAND, NIGHT, 0.4)))


def _rocks(sheet: Sheet) -> None:
    for offset, colour in ((0.0, mix(NAVY, TEAL, 0.3)), (70.0, NIGHT)):
        rocks = sheet.stencil()
        skyline = [
            (620 + offset * 2, 1210.0),
            (690 + offset * 3, 1080.0),
            (760 + offset * 2, 1010 + offset),
        ]
        x = skyline[-1][0]
        while x < 1900:
            y = (
                860
                + offset * 1.7
                - 190 * math.exp(-(((x - 1240) / 330) ** 2))
                + sheet.rng.uniform(-34, 34) * (1 + offset / 90)
            )
            skyline.append((x, y))
            x += sheet.rng.uniform(36, 84)
        rocks.polygon(ground(skyline, 1210))
        sheet.ink(rocks, colour)
        sheet.shade(rocks, mix(TEAL, FOAM, 0.3), across(0.35, -0.1), opacity=0.5)
        sheet.rim(rocks, FOAM, (4, 5), opacity=0.55)


def _tower(sheet: Sheet) -> None:
    tower = sheet.stencil()
    tower.polygon([(1118, 740), (1150, 340), (1242, 340), (1276, 740)])
    sheet.ink(tower, CREAM)
    bands = sheet.stencil()
    for share in (0.14, 0.46, 0.78):
        top, bottom = 340 + 400 * share, 340 + 400 * (share + 0.17)
        inset_top, inset_bottom = 32 * (1 - share), 32 * (1 - share - 0.17)
        bands.polygon(
            [
                (1118 + inset_top, top),
                (1276 - inset_top, top),
                (1276 - inset_bottom, bottom),
                (1118 + inset_bottom, bottom),
            ]
        )
    sheet.ink(bands, BRICK)
    sheet.shade(tower, NIGHT, across(0.15, 0.95))
    _lantern(sheet)
    _keepers_house(sheet)


def _lantern(sheet: Sheet) -> None:
    iron = sheet.stencil()
    iron.box((1128, 318), (1264, 344), radius=5)
    iron.polygon([(1150, 228), (1196, 176), (1242, 228)])
    iron.line([(1196, 180), (1196, 140)], 5)
    for x in (1156, 1182, 1210, 1236):
        iron.line([(x, 226), (x, 320)], 5)
    for y in (286, 302):
        iron.line([(1124, y), (1268, y)], 3)
    sheet.ink(iron, NIGHT)
    glass = sheet.stencil()
    glass.box((1172, 236), (1220, 306), radius=20)
    sheet.ink(glass, CREAM)


def _keepers_house(sheet: Sheet) -> None:
    house = sheet.stencil()
    house.polygon([(1290, 760), (1290, 664), (1360, 610), (1440, 664), (1440, 770)])
    sheet.ink(house, mix(SAND, NAVY, 0.55))
    sheet.shade(house, NIGHT, across(0.0, 0.9))
    roof = sheet.stencil()
    roof.polygon([(1276, 672), (1360, 596), (1456, 672), (1440, 684), (1360, 622), (1290, 684)])
    sheet.ink(roof, NIGHT)
    window = sheet.stencil()
    window.box((1340, 682), (1378, 726))
    sheet.ink(window, AMBER)
