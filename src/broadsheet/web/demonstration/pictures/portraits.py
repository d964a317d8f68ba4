"""Contributors' portraits: head and shoulders, in the inks of the house."""

from dataclasses import dataclass
from enum import Enum

from broadsheet.web.demonstration.pictures.canvas import Point, Sheet, Stencil
from broadsheet.web.demonstration.pictures.palette import CREAM, NIGHT, SOOT, Colour, mix
from broadsheet.web.demonstration.pictures.ramps import across, around, down
from broadsheet.web.demonstration.pictures.shapes import blob, limb, place, smooth


class Hair(Enum):
    CROPPED = "cropped"
    BOB = "bob"
    LONG = "long"
    CURLS = "curls"
    BUN = "bun"
    BALD = "bald"
    SCARF = "scarf"
    PARTED = "parted"


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
    _hair_behind(sheet, sitter)
    _bust(sheet, sitter)
    _face(sheet, sitter)
    _features(sheet, sitter)
    _hair_in_front(sheet, sitter)
    if sitter.glasses:
        _glasses(sheet)


def _fill(sheet: Sheet, card: Stencil, ink: Colour, *, lit: float = 0.55) -> None:
    sheet.ink(card, ink)
    sheet.shade(card, mix(ink, NIGHT, 0.6), across(0.25, 1.15))
    sheet.rim(card, mix(ink, CREAM, lit), (5, 4), opacity=0.8)


def _hair_behind(sheet: Sheet, sitter: Sitter) -> None:
    card = sheet.stencil()
    if sitter.hair is Hair.LONG:
        card.polygon(
            smooth(
                [
                    (400, 130),
                    (560, 200),
                    (590, 420),
                    (610, 620),
                    (500, 690),
                    (300, 690),
                    (190, 620),
                    (212, 420),
                    (240, 200),
                ]
            )
        )
    elif sitter.hair is Hair.BOB:
        card.polygon(
            smooth(
                [
                    (400, 132),
                    (545, 190),
                    (580, 380),
                    (566, 500),
                    (400, 520),
                    (234, 500),
                    (220, 380),
                    (255, 190),
                ]
            )
        )
    elif sitter.hair is Hair.CURLS:
        for x, y, size in (
            (280, 250, 84),
            (250, 350, 74),
            (262, 440, 58),
            (350, 176, 84),
            (450, 176, 84),
            (530, 250, 84),
            (552, 350, 74),
            (540, 440, 58),
        ):
            card.polygon(blob(sheet.rng, (x, y), size, size))
    elif sitter.hair is Hair.BUN:
        card.ellipse((400, 130), 74, 66)
    elif sitter.hair is Hair.SCARF:
        card.polygon(
            smooth(
                [
                    (400, 124),
                    (556, 190),
                    (590, 380),
                    (570, 560),
                    (640, 700),
                    (160, 700),
                    (230, 560),
                    (210, 380),
                    (244, 190),
                ]
            )
        )
    _fill(sheet, card, mix(sitter.hair_ink, NIGHT, 0.25))


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
    _fill(sheet, coat, sitter.coat)
    neck = sheet.stencil()
    neck.polygon([(338, 480), (462, 480), (470, 600), (400, 670), (330, 600)])
    sheet.ink(neck, mix(sitter.skin, NIGHT, 0.22))
    sheet.shade(neck, mix(sitter.skin, NIGHT, 0.6), down(0.8, 0.0))
    collar = sheet.stencil()
    if sitter.hair is Hair.SCARF:
        collar.polygon(
            smooth([(270, 520), (400, 610), (530, 520), (560, 620), (400, 700), (240, 620)])
        )
        _fill(sheet, collar, sitter.hair_ink)
        return
    collar.polygon([(322, 574), (400, 690), (350, 730), (270, 604)])
    collar.polygon([(478, 574), (400, 690), (450, 730), (530, 604)])
    _fill(sheet, collar, sitter.collar)


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
    _fill(sheet, card, sitter.hair_ink)


_FRINGES: dict[Hair, list[Point]] = {
    Hair.CROPPED: [
        (258, 330),
        (262, 230),
        (320, 150),
        (420, 130),
        (510, 170),
        (546, 250),
        (542, 330),
        (520, 270),
        (440, 236),
        (340, 240),
        (284, 270),
    ],
    Hair.PARTED: [
        (252, 350),
        (250, 220),
        (320, 140),
        (430, 122),
        (530, 180),
        (552, 350),
        (520, 290),
        (470, 240),
        (360, 214),
        (300, 260),
    ],
    Hair.BOB: [
        (238, 420),
        (244, 220),
        (330, 140),
        (460, 138),
        (550, 220),
        (562, 420),
        (532, 300),
        (460, 262),
        (320, 268),
        (272, 320),
    ],
    Hair.LONG: [
        (228, 440),
        (240, 220),
        (330, 130),
        (470, 132),
        (562, 230),
        (574, 440),
        (530, 300),
        (440, 216),
        (400, 196),
        (330, 240),
        (270, 320),
    ],
    Hair.CURLS: [
        (258, 330),
        (268, 220),
        (340, 150),
        (460, 150),
        (534, 220),
        (544, 330),
        (500, 250),
        (440, 226),
        (350, 230),
        (300, 254),
    ],
    Hair.BUN: [
        (256, 350),
        (262, 220),
        (330, 152),
        (470, 152),
        (540, 220),
        (546, 350),
        (510, 260),
        (400, 214),
        (290, 260),
    ],
    Hair.SCARF: [
        (244, 420),
        (240, 230),
        (330, 138),
        (470, 138),
        (560, 230),
        (556, 420),
        (524, 290),
        (460, 226),
        (340, 226),
        (276, 290),
    ],
}


def _hair_in_front(sheet: Sheet, sitter: Sitter) -> None:
    outline = _FRINGES.get(sitter.hair)
    card = sheet.stencil()
    if outline is None:
        card.polygon(limb((262, 350), (270, 300), 12, 8))
        card.polygon(limb((538, 350), (530, 300), 12, 8))
    else:
        card.polygon(smooth(outline))
    _fill(sheet, card, sitter.hair_ink)


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
