"""Outlines as lists of points: curves, limbs, ridges, leaves. Nothing here draws."""

import itertools
import math
import random
from collections.abc import Iterable, Sequence

from broadsheet.web.demonstration.pictures.canvas import Point


def smooth(points: Sequence[Point], *, closed: bool = True, steps: int = 8) -> list[Point]:
    """A Catmull-Rom curve through the points."""
    count = len(points)
    spans = count if closed else count - 1
    curve: list[Point] = []
    for index in range(spans):
        near = [_pick(points, index + offset, closed=closed) for offset in (-1, 0, 1, 2)]
        curve.extend(_catmull_rom(near, step / steps) for step in range(steps))
    if not closed:
        curve.append(points[-1])
    return curve


def _pick(points: Sequence[Point], index: int, *, closed: bool) -> Point:
    return points[index % len(points)] if closed else points[max(0, min(len(points) - 1, index))]


def _catmull_rom(near: Sequence[Point], t: float) -> Point:
    def along(axis: int) -> float:
        a, b, c, d = (point[axis] for point in near)
        return 0.5 * (
            2 * b
            + (c - a) * t
            + (2 * a - 5 * b + 4 * c - d) * t**2
            + (3 * b - a - 3 * c + d) * t**3
        )

    return along(0), along(1)


def limb(start: Point, end: Point, start_radius: float, end_radius: float) -> list[Point]:
    """A capsule that tapers from one round end to the other."""
    angle = math.atan2(end[1] - start[1], end[0] - start[0])
    return [
        *_arc(start, start_radius, angle + math.pi / 2, angle + 3 * math.pi / 2),
        *_arc(end, end_radius, angle - math.pi / 2, angle + math.pi / 2),
    ]


def _arc(centre: Point, radius: float, start: float, end: float) -> list[Point]:
    steps = 12
    return [
        (
            centre[0] + radius * math.cos(start + (end - start) * step / steps),
            centre[1] + radius * math.sin(start + (end - start) * step / steps),
        )
        for step in range(steps + 1)
    ]


def arch(
    left: float, right: float, spring: float, base: float, *, rise: float | None = None
) -> list[Point]:
    """A round-headed opening: walls from `base` up to `spring`, then an arc; `rise` flattens or raises it."""
    middle, half = (left + right) / 2, (right - left) / 2
    height = half if rise is None else rise
    head = [
        (
            middle - half * math.cos(math.pi * step / 24),
            spring - height * math.sin(math.pi * step / 24),
        )
        for step in range(25)
    ]
    return [(left, base), *head, (right, base)]


def ridge(rng: random.Random, span: tuple[float, float], level: float, rough: float) -> list[Point]:
    """A skyline between two x by midpoint displacement; `rough` is its greatest swing in pixels."""
    heights = [0.0, 0.0]
    swing = rough
    for _ in range(6):
        finer = [heights[0]]
        for left, right in itertools.pairwise(heights):
            finer.extend(((left + right) / 2 + rng.uniform(-swing, swing), right))
        heights = finer
        swing *= 0.52
    start, end = span
    last = len(heights) - 1
    return [(start + (end - start) * i / last, level + height) for i, height in enumerate(heights)]


def ground(skyline: Sequence[Point], bottom: float) -> list[Point]:
    """A skyline closed down to `bottom`."""
    return [*skyline, (skyline[-1][0], bottom), (skyline[0][0], bottom)]


def blob(
    rng: random.Random, centre: Point, rx: float, ry: float, *, wobble: float = 0.12
) -> list[Point]:
    """A rounded, slightly irregular shape: a bush, a cloud, a stone."""
    corners = 10
    points = []
    for corner in range(corners):
        angle = 2 * math.pi * corner / corners
        reach = 1 + rng.uniform(-wobble, wobble)
        points.append(
            (centre[0] + rx * reach * math.cos(angle), centre[1] + ry * reach * math.sin(angle))
        )
    return smooth(points)


def quad(centre: Point, size: tuple[float, float], angle: float = 0.0) -> list[Point]:
    """A rectangle turned by `angle` radians about its centre."""
    half_width, half_height = size[0] / 2, size[1] / 2
    corners = [
        (-half_width, -half_height),
        (half_width, -half_height),
        (half_width, half_height),
        (-half_width, half_height),
    ]
    return turn([(centre[0] + x, centre[1] + y) for x, y in corners], centre, angle)


def turn(points: Iterable[Point], pivot: Point, angle: float) -> list[Point]:
    """The points turned clockwise (as seen on the sheet) about the pivot."""
    cosine, sine = math.cos(angle), math.sin(angle)
    return [
        (
            pivot[0] + (x - pivot[0]) * cosine - (y - pivot[1]) * sine,
            pivot[1] + (x - pivot[0]) * sine + (y - pivot[1]) * cosine,
        )
        for x, y in points
    ]


def place(points: Iterable[Point], at: Point, scale: float, *, flip: bool = False) -> list[Point]:
    """Points of a unit drawing brought to their place on the sheet; `flip` mirrors them left to right."""
    side = -scale if flip else scale
    return [(at[0] + x * side, at[1] + y * scale) for x, y in points]


def between(start: Point, end: Point, share: float) -> Point:
    """The point `share` (0.0 to 1.0) of the way along."""
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def twigs(
    rng: random.Random, root: Point, length: float, angle: float, *, width: float
) -> list[tuple[Point, Point, float, float]]:
    """A bare tree as tapering limbs (start, end, start radius, end radius), trunk first. Angle in radians, -π/2 is up."""
    limbs: list[tuple[Point, Point, float, float]] = []
    waiting = [(root, length, angle, width, 0)]
    while waiting:
        start, reach, lean, thick, depth = waiting.pop(0)
        end = (start[0] + reach * math.cos(lean), start[1] + reach * math.sin(lean))
        limbs.append((start, end, thick, thick * 0.68))
        if depth == 6:
            continue
        for side in (-1, 1) if rng.random() > 0.25 else (-1, 0.2, 1):
            bend = lean + side * rng.uniform(0.3, 0.62)
            waiting.append((end, reach * rng.uniform(0.66, 0.84), bend, thick * 0.64, depth + 1))
    return limbs
