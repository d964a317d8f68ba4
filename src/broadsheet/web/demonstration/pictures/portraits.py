"""Contributors' portraits: head and shoulders, in the inks of the house."""

from dataclasses import dataclass

from broadsheet.web.demonstration.pictures import hair
from broadsheet.web.demonstration.pictures.canvas import Sheet
from broadsheet.web.demonstration.pictures.hair import Hair
from broadsheet.web.demonstration.pictures.palette import CREAM, NIGHT, SOOT, Colour, mix
from broadsheet.web.demonstration.pictures.ramps import across, around, down
from broadsheet.web.demonstration.pictures.shapes import place, smooth


@dataclass(frozen=True, slots=True)
class Sitter:
    """Whoever sits for the portrait."""

    skin: Colour
    hair: Hair
    hair_ink: Colour
    coat: Colour
    ground: tuple[Colour, Colour]
    collar: Colour = CREAM
    glasses: bool = False
    beard: bool = False


def portrait(sheet: Sheet, sitter: Sitter) -> None:
    """Draw on a square sheet, the light from the left."""
    sheet.blend(sheet.everything(), sitter.ground, down())
    disc = sheet.stencil()
    disc.ellipse((400, 400), 330)
    sheet.ink(disc, mix(sitter.ground[0], CREAM, 0.3))
    sheet.shade(disc, sitter.ground[1], across(0.2, 1.4))
    hair.behind(sheet, sitter.hair, sitter.hair_ink)
    _bust(sheet, sitter)
    _face(sheet, sitter)
    _features(sheet, sitter)
    hair.in_front(sheet, sitter.hair, sitter.hair_ink)
    if sitter.glasses:
        _glasses(sheet)


def _bust(sheet: Sheet, sitter: Sitter) -> None:
    coat = sheet.stencil()
    coat.polygon(
        smooth(
            [
                (60, 830),
                (90, 690),
                (210, 620),
                (330, 590),
                (470, 590),
                (590, 620),
                (710, 690),
                (740, 830),
                (400, 900),
            ]
        )
    )
    hair.fill(sheet, coat, sitter.coat)
    neck = sheet.stencil()
    neck.polygon([(338, 480), (462, 480), (470, 600), (400, 670), (330, 600)])
    sheet.ink(neck, mix(sitter.skin, NIGHT, 0.22))
    sheet.shade(neck, mix(sitter.skin, NIGHT, 0.6), down(0.8, 0.0))
    collar = sheet.stencil()
    if sitter.hair is Hair.SCARF:
        collar.polygon(
            smooth([(270, 520), (400, 610), (530, 520), (560, 620), (400, 700), (240, 620)])
        )
        hair.fill(sheet, collar, sitter.hair_ink)
        return
    collar.polygon([(322, 574), (400, 690), (350, 730), (270, 604)])
    collar.polygon([(478, 574), (400, 690), (450, 730), (530, 604)])
    hair.fill(sheet, collar, sitter.collar)


def _face(sheet: Sheet, sitter: Sitter) -> None:
    ears = sheet.stencil()
    if sitter.hair not in {Hair.SCARF, Hair.BOB, Hair.LONG}:
        ears.ellipse((262, 370), 26, 40)
        ears.ellipse((538, 370), 26, 40)
        sheet.ink(ears, mix(sitter.skin, NIGHT, 0.18))
    face = sheet.stencil()
    face.polygon(
        smooth(
            [
                (400, 170),
                (500, 205),
                (538, 310),
                (528, 420),
                (474, 520),
                (400, 556),
                (326, 520),
                (272, 420),
                (262, 310),
                (300, 205),
            ]
        )
    )
    sheet.ink(face, sitter.skin)
    sheet.shade(face, mix(sitter.skin, NIGHT, 0.5), across(0.42, 1.25))
    sheet.rim(face, mix(sitter.skin, CREAM, 0.6), (6, 2), opacity=0.8)
    cheeks = sheet.stencil()
    for x in (318, 482):
        cheeks.ellipse((x, 432), 44, 34)
    sheet.shade(cheeks, mix(sitter.skin, (226, 84, 72), 0.55), around(0.5, 0.5, 0.8), opacity=0.35)


def _features(sheet: Sheet, sitter: Sitter) -> None:
    if sitter.beard:
        _beard(sheet, sitter)
    dark = sheet.stencil()
    for side in (-1, 1):
        eye = 400 + side * 62
        dark.ellipse((eye, 372), 11, 14)
        dark.line(smooth([(eye - 36, 332), (eye, 318), (eye + 36, 332)], closed=False), 9)
    sheet.ink(dark, mix(SOOT, sitter.hair_ink, 0.25) if sitter.hair is not Hair.SCARF else SOOT)
    sparkle = sheet.stencil()
    for side in (-1, 1):
        sparkle.ellipse((396 + side * 62, 367), 3.6)
    sheet.ink(sparkle, CREAM)
    nose = sheet.stencil()
    nose.line(smooth([(404, 372), (420, 424), (416, 440), (390, 442)], closed=False), 7)
    sheet.ink(nose, mix(sitter.skin, NIGHT, 0.42))
    mouth = sheet.stencil()
    mouth.polygon(
        smooth([(352, 478), (400, 490), (448, 478), (424, 506), (400, 512), (376, 506)], steps=6)
    )
    sheet.ink(mouth, mix(sitter.skin, (150, 36, 40), 0.6))
    teeth = sheet.stencil()
    teeth.polygon(smooth([(368, 484), (400, 492), (432, 484), (400, 500)], steps=6))
    sheet.ink(teeth, CREAM)


def _beard(sheet: Sheet, sitter: Sitter) -> None:
    card = sheet.stencil()
    card.polygon(
        smooth(
            [
                (268, 400),
                (300, 462),
                (352, 456),
                (400, 462),
                (448, 456),
                (500, 462),
                (532, 400),
                (528, 500),
                (470, 580),
                (400, 606),
                (330, 580),
                (272, 500),
            ],
            steps=6,
        )
    )
    hair.fill(sheet, card, sitter.hair_ink)


def _glasses(sheet: Sheet) -> None:
    rims = sheet.stencil()
    for x in (336, 464):
        rims.ellipse((x, 374), 54, 48)
        rims.ellipse((x, 374), 45, 39, tone=0)
    rims.line(smooth([(388, 366), (400, 358), (412, 366)], closed=False), 8)
    rims.line([(284, 362), (256, 352)], 8)
    rims.line([(516, 362), (544, 352)], 8)
    sheet.ink(rims, SOOT)
    shine = sheet.stencil()
    for x in (336, 464):
        shine.polygon(place([(-24, 10), (-8, -28), (4, -28), (-12, 10)], (x, 374), 1.0))
    sheet.ink(shine, CREAM, opacity=0.35)
