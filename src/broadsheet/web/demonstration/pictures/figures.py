"""People, drawn from joints: a head, a coat, limbs that bend. Silhouettes or inked in a few colours."""

import math
from dataclasses import dataclass, replace

from broadsheet.web.demonstration.pictures.canvas import Point, Sheet, Stencil
from broadsheet.web.demonstration.pictures.palette import NAVY, NIGHT, OAK, SOOT, Colour, mix
from broadsheet.web.demonstration.pictures.ramps import across
from broadsheet.web.demonstration.pictures.shapes import limb, place, smooth

Bend = tuple[float, float]
"""Degrees from hanging straight down of the upper and the lower half of a limb; positive is forwards (right)."""


@dataclass(frozen=True, slots=True)
class Pose:
    """How a body is held. Lengths are shares of the standing height."""

    lean: float = 0.0  # degrees, forwards
    near_arm: Bend = (-8, 6)
    far_arm: Bend = (10, 18)
    near_leg: Bend = (-4, -4)
    far_leg: Bend = (5, 3)
    head: float = 1.0  # 1.0 for adults, more for children
    skirt: float = 0.0  # how far a coat falls below the hip, 0.0 to 0.3


STANDING = Pose(skirt=0.12, near_leg=(-7, -5), far_leg=(8, 4))
WALKING = Pose(
    lean=4, near_arm=(-24, -6), far_arm=(22, 42), near_leg=(24, 8), far_leg=(-18, -34), skirt=0.16
)
REACHING = Pose(lean=10, near_arm=(75, 85), far_arm=(60, 80), near_leg=(8, -4), far_leg=(-10, -14))
SITTING = Pose(lean=6, near_arm=(28, 70), far_arm=(35, 80), near_leg=(86, 4), far_leg=(80, -4))
KICKING = Pose(
    lean=-14, near_arm=(-70, -50), far_arm=(65, 85), near_leg=(62, 50), far_leg=(-14, -22)
)
RUNNING = Pose(
    lean=16, near_arm=(-52, 20), far_arm=(40, 105), near_leg=(58, -22), far_leg=(-34, -84)
)
CARRYING = Pose(lean=3, near_arm=(30, 82), far_arm=(34, 88), near_leg=(12, 2), far_leg=(-12, -22))


@dataclass(frozen=True, slots=True)
class Clothes:
    coat: Colour = NAVY
    legs: Colour = NIGHT
    skin: Colour = (196, 138, 104)
    hair: Colour = SOOT
    hat: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """Somebody somewhere: `feet` is the point between the shoes, `height` in pixels when upright."""

    feet: Point
    height: float
    pose: Pose = STANDING
    clothes: Clothes = Clothes()
    facing_left: bool = False

    def at(self, feet: Point, height: float) -> "Figure":
        return replace(self, feet=feet, height=height)


def _swing(start: Point, length: float, degrees: float) -> Point:
    angle = math.radians(degrees)
    return start[0] + length * math.sin(angle), start[1] + length * math.cos(angle)


def _two_bones(
    start: Point, bend: Bend, length: float, thick: float
) -> tuple[list[list[Point]], Point]:
    joint = _swing(start, length, bend[0])
    end = _swing(joint, length * 0.96, bend[1])
    return [
        limb(start, joint, thick, thick * 0.8),
        limb(joint, end, thick * 0.82, thick * 0.6),
    ], end


def _skeleton(pose: Pose) -> tuple[Point, Point, Point]:
    """Hip, shoulder and head of a body one unit high with its feet at the origin."""
    hip = (0.0, -0.47)
    shoulder = _swing(hip, -0.33, -pose.lean)
    head = _swing(shoulder, -0.125, -pose.lean * 1.3)
    return hip, shoulder, head


def parts(pose: Pose) -> dict[str, list[list[Point]]]:
    """The outlines of a body one unit high, by what covers them, the far side first."""
    hip, shoulder, head = _skeleton(pose)
    far_leg, far_foot = _two_bones(hip, pose.far_leg, 0.235, 0.042)
    near_leg, near_foot = _two_bones(hip, pose.near_leg, 0.235, 0.046)
    far_arm, far_hand = _two_bones(shoulder, pose.far_arm, 0.165, 0.032)
    near_arm, near_hand = _two_bones(shoulder, pose.near_arm, 0.165, 0.036)
    shoes = [
        limb(foot, (foot[0] + 0.055, foot[1] + 0.008), 0.024, 0.018)
        for foot in (far_foot, near_foot)
    ]
    return {
        "far_arm": far_arm,
        "hands": [limb(hand, hand, 0.022, 0.022) for hand in (far_hand, near_hand)],
        "legs": [*far_leg, *near_leg, *shoes],
        "coat": _coat(hip, shoulder, pose),
        "near_arm": near_arm,
        "neck": [limb(shoulder, head, 0.026, 0.026)],
        "head": [_grown(_head(head), head, pose.head)],
        "hair": [_grown(_hair(head), head, pose.head)],
        "hat": [_grown(_hat(head), head, pose.head)],
    }


def _coat(hip: Point, shoulder: Point, pose: Pose) -> list[list[Point]]:
    torso = limb(shoulder, hip, 0.068, 0.058)
    if not pose.skirt:
        return [torso]
    hem = hip[1] + pose.skirt
    skirt = [
        (hip[0] - 0.062, hip[1] - 0.04),
        (hip[0] + 0.06, hip[1] - 0.04),
        (hip[0] + 0.075, hem),
        (hip[0] - 0.095, hem + 0.01),
    ]
    return [torso, skirt]


def _grown(outline: list[Point], centre: Point, factor: float) -> list[Point]:
    return [
        (centre[0] + (x - centre[0]) * factor, centre[1] + (y - centre[1]) * factor)
        for x, y in outline
    ]


def _head(centre: Point) -> list[Point]:
    x, y = centre
    return smooth(
        [
            (x - 0.045, y - 0.01),
            (x - 0.02, y - 0.058),
            (x + 0.03, y - 0.055),
            (x + 0.05, y - 0.005),
            (x + 0.034, y + 0.052),
            (x - 0.02, y + 0.045),
        ]
    )


def _hair(centre: Point) -> list[Point]:
    x, y = centre
    return smooth(
        [
            (x - 0.058, y + 0.02),
            (x - 0.055, y - 0.045),
            (x, y - 0.074),
            (x + 0.048, y - 0.04),
            (x + 0.01, y - 0.028),
            (x - 0.015, y + 0.01),
        ]
    )


def _hat(centre: Point) -> list[Point]:
    x, y = centre
    return [
        (x - 0.085, y - 0.03),
        (x - 0.05, y - 0.045),
        (x - 0.042, y - 0.1),
        (x + 0.03, y - 0.104),
        (x + 0.05, y - 0.045),
        (x + 0.09, y - 0.028),
    ]


def cut(card: Stencil, figure: Figure) -> None:
    """Cut the whole figure into a stencil, as a silhouette."""
    shapes = parts(figure.pose)
    if not figure.clothes.hat:
        del shapes["hat"]
    for outlines in shapes.values():
        card.polygons(_placed(outline, figure) for outline in outlines)


def _placed(outline: list[Point], figure: Figure) -> list[Point]:
    return place(outline, figure.feet, figure.height, flip=figure.facing_left)


def draw(sheet: Sheet, figure: Figure, *, light: Colour | None = None) -> None:
    """Ink the figure in its colours, darker at the back; `light` rims the side it faces."""
    clothes = figure.clothes
    dark = mix(clothes.coat, NIGHT, 0.35)
    inks: list[tuple[str, Colour]] = [
        ("far_arm", dark),
        ("hands", clothes.skin),
        ("legs", clothes.legs),
        ("neck", mix(clothes.skin, OAK, 0.3)),
        ("coat", clothes.coat),
        ("near_arm", mix(clothes.coat, (255, 255, 255), 0.08)),
        ("head", clothes.skin),
        ("hair", clothes.hair),
    ]
    if clothes.hat:
        inks.append(("hat", clothes.hair))
    shapes = parts(figure.pose)
    for name, colour in inks:
        card = sheet.stencil()
        card.polygons(_placed(outline, figure) for outline in shapes[name])
        sheet.ink(card, colour)
        if name in {"coat", "legs"}:
            sheet.shade(
                card,
                dark,
                across(0.2, 1.3) if figure.facing_left else across(0.8, -0.3),
                opacity=0.7,
            )
    if light is not None:
        outline = sheet.stencil()
        cut(outline, figure)
        side = figure.height * 0.012
        sheet.rim(outline, light, (side if figure.facing_left else -side, side * 0.6))


def limb_end(degrees: float, length: float) -> Point:
    """How far, to the right and down, a limb of that length reaches when it is bent by so many degrees."""
    return _swing((0.0, 0.0), length, degrees)
