"""The hair of portraits: what is seen of it behind the head, and above the forehead."""

from enum import Enum

from broadsheet.web.demonstration.pictures.canvas import Point, Sheet, Stencil
from broadsheet.web.demonstration.pictures.palette import CREAM, NIGHT, Colour, mix
from broadsheet.web.demonstration.pictures.ramps import across
from broadsheet.web.demonstration.pictures.shapes import blob, limb, smooth


class Hair(Enum):
    CROPPED = "cropped"
    BOB = "bob"
    LONG = "long"
    CURLS = "curls"
    BUN = "bun"
    BALD = "bald"
    SCARF = "scarf"
    PARTED = "parted"


Outlines = dict[Hair, list[Point]]

_BEHIND: Outlines = {
    Hair.LONG: [
        (400, 130), (560, 200), (590, 420), (610, 620), (500, 690), (300, 690), (190, 620),
        (212, 420), (240, 200),
    ],
    Hair.BOB: [
        (400, 132), (545, 190), (580, 380), (566, 500), (400, 520), (234, 500), (220, 380),
        (255, 190),
    ],
    Hair.SCARF: [
        (400, 124), (556, 190), (590, 380), (570, 560), (640, 700), (160, 700), (230, 560),
        (210, 380), (244, 190),
    ],
}  # fmt: skip
_FRINGES: Outlines = {
    Hair.CROPPED: [
        (258, 330), (262, 230), (320, 150), (420, 130), (510, 170), (546, 250), (542, 330),
        (520, 270), (440, 236), (340, 240), (284, 270),
    ],
    Hair.PARTED: [
        (252, 350), (250, 220), (320, 140), (430, 122), (530, 180), (552, 350), (520, 290),
        (470, 240), (360, 214), (300, 260),
    ],
    Hair.BOB: [
        (238, 420), (244, 220), (330, 140), (460, 138), (550, 220), (562, 420), (532, 300),
        (460, 262), (320, 268), (272, 320),
    ],
    Hair.LONG: [
        (228, 440), (240, 220), (330, 130), (470, 132), (562, 230), (574, 440), (530, 300),
        (440, 216), (400, 196), (330, 240), (270, 320),
    ],
    Hair.CURLS: [
        (258, 330), (268, 220), (340, 150), (460, 150), (534, 220), (544, 330), (500, 250),
        (440, 226), (350, 230), (300, 254),
    ],
    Hair.BUN: [
        (256, 350), (262, 220), (330, 152), (470, 152), (540, 220), (546, 350), (510, 260),
        (400, 214), (290, 260),
    ],
    Hair.SCARF: [
        (244, 420), (240, 230), (330, 138), (470, 138), (560, 230), (556, 420), (524, 290),
        (460, 226), (340, 226), (276, 290),
    ],
}  # fmt: skip
_CURLS = (  # x, y, radius
    (280, 250, 84), (250, 350, 74), (262, 440, 58), (350, 176, 84), (450, 176, 84), (530, 250, 84),
    (552, 350, 74), (540, 440, 58),
)  # fmt: skip


def behind(sheet: Sheet, hair: Hair, ink: Colour) -> None:
    """What the head will cover in part."""
    card = sheet.stencil()
    if hair in _BEHIND:
        card.polygon(smooth(_BEHIND[hair]))
    elif hair is Hair.CURLS:
        for x, y, size in _CURLS:
            card.polygon(blob(sheet.rng, (x, y), size, size))
    elif hair is Hair.BUN:
        card.ellipse((400, 130), 74, 66)
    fill(sheet, card, mix(ink, NIGHT, 0.25))


def in_front(sheet: Sheet, hair: Hair, ink: Colour) -> None:
    """The fringe, or two tufts above the ears."""
    card = sheet.stencil()
    if hair in _FRINGES:
        card.polygon(smooth(_FRINGES[hair]))
    else:
        card.polygon(limb((262, 350), (270, 300), 12, 8))
        card.polygon(limb((538, 350), (530, 300), 12, 8))
    fill(sheet, card, ink)


def fill(sheet: Sheet, card: Stencil, ink: Colour, *, lit: float = 0.55) -> None:
    """Hair or cloth of one colour, with the light from the left."""
    sheet.ink(card, ink)
    sheet.shade(card, mix(ink, NIGHT, 0.6), across(0.25, 1.15))
    sheet.rim(card, mix(ink, CREAM, lit), (5, 4), opacity=0.8)
