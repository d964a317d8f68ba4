"""What is served from memory: printed pages, and the static files that they need. Plain Python."""

import hashlib
import os
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from . import policy
from .cache import Document, Signature
from .encodings import COMPRESSED, Effort, Encoding, compress
from .mediatypes import is_text, type_of
from .names import UnprintablePath, gone_path
from .records import StoredPage
from .rsgi import Headers
from .store import PageStore

_HASHED = re.compile(r"\.[0-9a-f]{8,64}\.[a-z0-9.]+$")  # Django's ManifestStaticFilesStorage
_BEST_UP_TO = 150_000  # bytes; pressing together a larger file well would take seconds
MAX_STATIC = 8_000_000  # bytes; what is larger is no page's style sheet or script


@dataclass(frozen=True, slots=True)
class Keeping:
    """How caches in front keep printed pages."""

    caching: str = policy.PAGE_CACHING  # Cache-Control
    keys: str = ""  # the name, in small letters, of the header with what a page is made of

    def joined(self, keys: str) -> str:
        """Cloudflare separates keys by commas, the others by spaces."""
        return keys.replace(" ", ",") if self.keys == "cache-tag" else keys


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A stored page as a Document."""

    store: PageStore
    path: str
    stored: StoredPage
    modified: float
    keeping: Keeping

    @property
    def status(self) -> int:
        return self.stored.status

    @property
    def headers(self) -> Headers:
        headers = [
            ("content-type", self.stored.content_type),
            ("cache-control", self.keeping.caching),
            *policy.security_headers(self.path),
        ]
        if self.keeping.keys and self.stored.keys:
            headers.append((self.keeping.keys, self.keeping.joined(self.stored.keys)))
        if self.stored.location:
            headers.append(("location", self.stored.location))
        return headers

    @property
    def encodings(self) -> Collection[Encoding]:
        return self.stored.digests

    def read(self, encoding: Encoding) -> tuple[bytes, str] | None:
        body = self.store.read(self.path, self.stored, encoding)
        return None if body is None else (body, self.stored.digests[encoding])


@dataclass(frozen=True, slots=True)
class PrintedPages:
    """The page store of a newspaper as a Source."""

    store: PageStore
    keeping: Keeping = Keeping()
    host: str = ""  # of a further newspaper of the installation

    def key(self, path: str) -> str:
        return self.host + path

    def token(self) -> bytes:
        return self.store.token()

    def signature(self, path: str) -> Signature | None:
        try:
            return self.store.signature(path) or self.store.signature(gone_path(path))
        except (UnprintablePath, OSError):
            return None

    def load(self, path: str) -> Document | None:
        try:
            stored = self.store.find(path)
            if stored is None:
                path = gone_path(path)
                stored = self.store.find(path)
            if stored is None or not stored.digests:
                return None
            return PrintedPage(self.store, path, stored, self.store.modified(path), self.keeping)
        except (UnprintablePath, OSError):
            return None


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file of the application or of a theme as a Document; compressed forms are made in memory."""

    file: Path
    path: str
    modified: float

    @property
    def status(self) -> int:
        return 200

    @property
    def headers(self) -> Headers:
        immutable = _HASHED.search(self.path) is not None
        return [
            ("content-type", type_of(self.file.name)),
            ("cache-control", policy.IMMUTABLE_CACHING if immutable else policy.STATIC_CACHING),
            ("accept-ranges", "bytes"),
            *policy.security_headers(self.path),
        ]

    @property
    def encodings(self) -> Collection[Encoding]:
        text = is_text(type_of(self.file.name))
        return (*COMPRESSED, Encoding.IDENTITY) if text else (Encoding.IDENTITY,)

    def read(self, encoding: Encoding) -> tuple[bytes, str] | None:
        try:
            body = self.file.read_bytes()
        except OSError:
            return None
        effort = Effort.BEST if len(body) <= _BEST_UP_TO else Effort.FAST
        form = compress(body, encoding, effort)
        return form, hashlib.blake2b(form, digest_size=10).hexdigest()


@dataclass(frozen=True, slots=True)
class StaticFiles:
    """The folder of collected static files as a Source; `prefix` is their URL's, "/static/"."""

    root: Path
    prefix: str
    token: Callable[[], bytes]  # that of whatever changes when they may have

    def key(self, path: str) -> str:
        return path

    def signature(self, path: str) -> Signature | None:
        found = self._find(path)
        if found is None:
            return None
        _file, status = found
        too_large = status.st_size > MAX_STATIC
        return None if too_large else (status.st_mtime_ns, status.st_ino, status.st_size)

    def load(self, path: str) -> Document | None:
        found = self._find(path)
        return None if found is None else StaticFile(found[0], path, found[1].st_mtime)

    def _find(self, path: str) -> tuple[Path, os.stat_result] | None:
        """The file, which whoever gathers them anew may remove at any moment."""
        file = file_below(self.root, path.removeprefix(self.prefix))
        try:
            return None if file is None else (file, file.stat())
        except OSError:
            return None


def file_below(root: Path, relative: str) -> Path | None:
    """The regular file that `relative` names below `root`; None if there is none, or it is hidden or elsewhere."""
    steps = relative.split("/")
    if (
        "\0" in relative
        or "\\" in relative
        or any(step.startswith(".") or not step for step in steps)
    ):
        return None
    try:
        real_root = os.path.realpath(root)
        real = os.path.realpath(root / relative)  # follows links: they may not lead out
        inside = os.path.commonpath([real_root, real]) == real_root
        return Path(real) if inside and Path(real).is_file() else None
    except (OSError, ValueError, UnicodeError):
        return None
