"""How large photos are printed, by where they stand."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """Widths in pixels for `srcset`, the space a photo takes as `sizes` wants it where the browser can't see for itself, and the shape it is cut to."""

    widths: tuple[int, ...]
    space: str
    shape: tuple[int, int] | None = (
        None  # width : height, cut around the focal point; None: as it is
    )
    is_first: bool = (
        False  # what a reader sees first is fetched first, everything else when it comes into view
    )

    def specs(self) -> tuple[str, ...]:
        """Wagtail's filter of each width."""
        return tuple(self.spec(width) for width in self.widths)

    def specs_for(self, photo_width: int) -> tuple[str, ...]:
        """Those filters that do not enlarge a photo, at least the smallest."""
        fitting = [width for width in self.widths if width <= photo_width]
        return tuple(self.spec(width) for width in fitting or self.widths[:1])

    def spec(self, width: int) -> str:
        if self.shape is None:
            return f"width-{width}|format-webp"
        return f"fill-{width}x{width * self.shape[1] // self.shape[0]}|format-webp"


SIZES = {
    "hero": Size((720, 1080, 1600), "(min-width: 64rem) 60rem, calc(100vw - 2rem)", is_first=True),
    "lead": Size(
        (720, 1080, 1600), "(min-width: 64rem) 54rem, calc(100vw - 2rem)", (3, 2), is_first=True
    ),
    "full": Size((640, 1080, 1600), "100vw"),
    "wide": Size((640, 1080, 1600), "(min-width: 64rem) 60rem, 100vw"),
    "column": Size((480, 800, 1200), "(min-width: 40rem) 38rem, 100vw"),
    "gallery": Size((320, 640, 960), "(min-width: 40rem) 19rem, 50vw"),
    "teaser": Size((240, 480, 720), "(min-width: 64rem) 24rem, 100vw", (3, 2)),
    "logo": Size((320, 640), "20rem", is_first=True),
    "portrait": Size((96, 192), "4rem", (1, 1)),
}
ON_LISTS = ("lead", "teaser")


def specs_of(names: tuple[str, ...]) -> Iterator[str]:
    """The filters of all sizes named."""
    for name in names:
        yield from SIZES[name].specs()
