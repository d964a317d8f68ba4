"""How strongly a shape is shaded, from one side to the other."""

import math
from collections.abc import Callable

Ramp = Callable[[float, float], float]
"""Strength 0.0 to 1.0 at (u, v), each 0.0 to 1.0 across the shaded shape's bounding box."""


def down(start: float = 0.0, end: float = 1.0) -> Ramp:
    """Stronger towards the bottom; swap the ends for the top."""
    return lambda _u, v: (v - start) / (end - start)


def across(start: float = 0.0, end: float = 1.0) -> Ramp:
    """Stronger towards the right; swap the ends for the left."""
    return lambda u, _v: (u - start) / (end - start)


def around(u0: float, v0: float, reach: float, *, hollow: bool = False) -> Ramp:
    """Strongest at (u0, v0) and gone at `reach`; `hollow` turns it inside out."""

    def strength(u: float, v: float) -> float:
        distance = math.hypot(u - u0, v - v0) / reach
        return distance if hollow else 1 - distance

    return strength
