"""How large photos are printed, by where they stand."""

from collections.abc import Iterator
from dataclasses import dataclass

FORMATS = {"avif": 3, "webp": 2}  # how many widths in each; WebP is for the few that know no AVIF


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
        """Wagtail's filter of each width in each format."""
        return tuple(spec for kind in FORMATS for spec in self._specs(self.widths, kind))

    def specs_for(self, photo_width: int, kind: str) -> tuple[str, ...]:
        """Those filters that do not enlarge a photo, at least the smallest, in one of FORMATS."""
        fitting = tuple(width for width in self.widths if width <= photo_width)
        return self._specs(fitting or self.widths[:1], kind)

    def _specs(self, widths: tuple[int, ...], kind: str) -> tuple[str, ...]:
        return tuple(self._spec(width, kind) for width in widths[: FORMATS[kind]])

    def _spec(self, width: int, kind: str) -> str:
        if self.shape is None:
            return f"width-{width}|format-{kind}"
        return f"fill-{width}x{width * self.shape[1] // self.shape[0]}|format-{kind}"


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
