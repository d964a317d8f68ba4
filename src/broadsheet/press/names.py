"""Which file a URL path is printed to. Plain Python; the one place that keeps paths inside the folder."""

import re
from pathlib import PurePosixPath

from .encodings import COMPRESSED

INDEX = "index.html"
GONE = "gone.html"  # in the folder of a page that was withdrawn: what is answered there, with 410
CONTENT_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
}
_TAKEN = (*CONTENT_TYPES, *(encoding.suffix for encoding in COMPRESSED))
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f\\]")
_MAX_PATH = 2000  # bytes; the folder's own path needs room too (Linux allows 4096 together)
_MAX_NAME = 200  # bytes of one step; file systems allow 255, and drafts have longer names


class UnprintablePath(ValueError):
    """No file can stand for this URL path; Django answers it."""

    def __init__(self, path: str) -> None:
        super().__init__(f"No page can be printed at {path[:200]!r}")
        self.path = path


def gone_path(path: str) -> str:
    """The URL path at which is printed what belongs to a page at `path` once that is withdrawn."""
    return path + GONE


def file_name(path: str) -> str:
    """The file, relative to the folder, for a decoded URL path: `/a/b/` → `a/b/index.html`, `/feed.xml` → `feed.xml`.

    Raises UnprintablePath for whatever could leave the folder, be hidden in it, or be mistaken for another file.
    """
    if not path.startswith("/") or _FORBIDDEN.search(path):
        raise UnprintablePath(path)
    *folders, leaf = path[1:].split("/")
    if not _fits(path) or not all(map(_is_folder, folders)) or (leaf and not _is_leaf(leaf)):
        raise UnprintablePath(path)
    return path[1:] + ("" if leaf else INDEX)


def url_path(name: str) -> str:
    """The URL path that a file (relative, as `file_name` gives it) is printed for."""
    return "/" + name.removesuffix(INDEX)


def content_type(path: str) -> str:
    """The type that any web server would send for the file of `path`."""
    return CONTENT_TYPES.get(PurePosixPath(path).suffix, CONTENT_TYPES[".html"])


def _fits(path: str) -> bool:
    try:
        steps = path.encode().split(b"/")
    except UnicodeEncodeError:  # lone surrogates
        return False
    return sum(map(len, steps)) + len(steps) <= _MAX_PATH and max(map(len, steps)) <= _MAX_NAME


def _is_folder(name: str) -> bool:
    """`.well-known` is the one hidden folder; a folder called like a file would be in that file's way."""
    if name == ".well-known":
        return True
    return name != "" and not name.startswith(".") and not name.endswith(_TAKEN)


def _is_leaf(name: str) -> bool:
    """A file of a type that we print, and never a name that `…/` is printed to."""
    return (
        not name.startswith(".") and name != INDEX and PurePosixPath(name).suffix in CONTENT_TYPES
    )
