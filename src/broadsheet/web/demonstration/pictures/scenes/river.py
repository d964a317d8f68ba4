"""The river in flood."""

from broadsheet.web.demonstration.pictures import figures
from broadsheet.web.demonstration.pictures.buildings import Row, terrace
from broadsheet.web.demonstration.pictures.canvas import Sheet
from broadsheet.web.demonstration.pictures.palette import (
    AMBER,
    BRICK,
    CORAL,
    CREAM,
    ICE,
    NAVY,
    NIGHT,
    OAK,
    PINE,
    PLUM,
    ROSE,
    SAND,
    SKY,
    SLATE,
    mix,
)
from broadsheet.web.demonstration.pictures.ramps import across, down
from broadsheet.web.demonstration.pictures.shapes import arch, blob, ground, ridge
from broadsheet.web.demonstration.pictures.water import ripples


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
    sheet.write((330, 766), "RIVERSIDE", 21, NIGHT)
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
        sheet.write((1412, 214 + step * 168), str(6 - step), 74, NIGHT)
    sheet.shade(post, NIGHT, across(0.45, 1.3), opacity=0.8)
    water = sheet.stencil()
    water.polygon([(1240, 900), (1500, 900), (1500, 1210), (1240, 1210)])
    sheet.shade(water, mix(OAK, NIGHT, 0.35), down(-0.7, 0.25))
    foam = sheet.stencil()
    for shift in range(5):
        foam.polygon(blob(sheet.rng, (1290 + shift * 42, 902 + sheet.rng.uniform(-5, 5)), 52, 13))
    sheet.ink(foam, mix(CREAM, ROSE, 0.15))
