"""The old site's uploads folder, on this machine. Plain Python.

Names come from the export and are not trusted: what lies outside the folder is not there.
"""

import re
import warnings
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import unquote, urlsplit

from PIL import Image

_REDUCED: Final = re.compile(r"-(?:\d{1,5}x\d{1,5}|scaled|rotated|e\d{10,13})(?=\.\w{2,5}$)")
_ROOTS: Final = ("", "uploads", "wp-content/uploads")  # DIR may be any of the three


class UnusablePicture(ValueError):
    """The file is no picture that can be taken; the message says why."""


@dataclass(frozen=True, slots=True)
class Uploads:
    """A local copy of `wp-content/uploads`."""

    folder: Path

    def find(self, name: str) -> Path | None:
        """The file that `name` ("2021/03/pier.jpg") means, if it is there."""
        relative = PurePosixPath(name)
        if not name or relative.is_absolute() or ".." in relative.parts or "\0" in name:
            return None
        for root in _ROOTS:
            candidate = (self.folder / root / relative).resolve()
            if candidate.is_relative_to(self.folder.resolve()) and candidate.is_file():
                return candidate
        return None


def names_of(address: str) -> tuple[str, ...]:
    """Where below the uploads folder the file of an address may lie: as it is, and in its full size."""
    try:
        path = unquote(urlsplit(address).path)
    except ValueError:
        return ()
    _before, found, below = path.partition("/uploads/")
    name = below if found else path.lstrip("/")
    return tuple(dict.fromkeys((full_size(name), name))) if name else ()


def full_size(name: str) -> str:
    """`pier-300x200.jpg` is `pier.jpg`, made smaller."""
    return _REDUCED.sub("", name)


def check_picture(path: Path, *, formats: frozenset[str], max_bytes: int, max_pixels: int) -> None:
    """Raise UnusablePicture unless the file is what `formats` ("jpeg", "png") and the limits allow."""
    if path.stat().st_size > max_bytes:
        raise UnusablePicture(f"larger than {max_bytes // 1024**2} MB")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the next lines decide
            with Image.open(path) as image:
                width, height = image.size
                form = (image.format or "").lower()
                if form not in formats:
                    raise UnusablePicture(f"a format that is not taken ({form or 'unknown'})")
                if width * height > max_pixels:
                    raise UnusablePicture(f"{width} × {height} pixels are too many")
                image.verify()
    except (OSError, SyntaxError, Image.DecompressionBombError, ValueError) as error:
        if isinstance(error, UnusablePicture):
            raise
        raise UnusablePicture("damaged, or no picture") from error
