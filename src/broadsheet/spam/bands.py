"""Measures in bands: a linear model can learn what is usual and what is not, on both sides of it."""

from bisect import bisect_right
from collections.abc import Sequence

SHARES = (0.001, 0.02, 0.05, 0.1, 0.2, 0.4, 0.7)
FEW = (1, 2, 4, 8, 16)


class Bands:
    """The names of a measure's bands, each spelt once."""

    def __init__(self, name: str, bounds: Sequence[float]) -> None:
        self._bounds = bounds
        self.names = [f"{name} {band}" for band in range(len(bounds) + 1)]

    def of(self, value: float) -> str:
        """The name of the band that it lies in: a bound begins the next one."""
        return self.names[bisect_right(self._bounds, value)]
