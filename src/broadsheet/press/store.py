"""The folder of printed pages. Plain Python; any web server can serve the folder as it is.

`/a/b/` is the file `a/b/index.html`, `/feed.xml` is `feed.xml`; beside each stand its compressed forms
(`.br`, `.zst`, `.gz`). What no other web server needs is kept in the hidden folder `.press`:

- `.press/pages/<file>.json`, the page's record: status, type, target of a redirect, and a digest of every form.
  A file without a record isn't ours: it is never overwritten or removed.
- `.press/token`, changed after every change of a page: who remembers pages compares it and needs no `stat`.
- `.press/locks/`, held while a page is printed or its files are changed.
- `.press/marks`, eight bytes for each of so many stripes of paths, changed whenever one of them was printed: who read
  from the database for many pages at once sees by them which pages someone else has printed since.

**Changing together.** All forms are written as drafts first, then renamed in one go: record, compressed forms, plain.
Whoever finds the new plain page never finds an old compressed one. Our own server checks each form against its digest
in the record, so that within those microseconds, or after a crash in them, it takes the page for not printed and asks
Django; the order, which is done only after the last rename, then prints the page again.

**Flushing.** With `flush` every draft is fsynced before its rename: after a power cut a file holds the old page or the
new one, never half. The folder entry itself is not fsynced, for pages are a copy of what the database holds: after a
power cut, as after every start of the machine, a node prints everything again (`note_start`). `flush=False` is for printing in bulk: `flush_all()` ends it.
"""

import contextlib
import dataclasses
import json
import os
import uuid
import zlib
from collections.abc import Iterator
from pathlib import Path

from .encodings import COMPRESSED, Effort, Encoding, forms
from .files import (
    flush_file_system,
    locked,
    read_file,
    remove_empty_folders,
    remove_file,
    replace_files,
    saying_when_full,
)
from .names import file_name, url_path
from .records import Page, StoredPage, digest, digests_of, holds, record_of, stored_page

HIDDEN = ".press"
_LOCKS = 256  # stripes: pages of one stripe wait for each other
_TOKEN_LENGTH = 16  # bytes
_MARKS, _MARK_LENGTH = 65_536, 8  # stripes, bytes


class ForeignFile(FileExistsError):
    """Someone else's file stands where the page belongs; it is left alone."""

    def __init__(self, file: Path) -> None:
        super().__init__(f"{file} was not printed by Broadsheet and is left alone")
        self.file = file


class PageStore:
    """The printed pages in one folder. Safe to use from many threads and processes at once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._folder = str(root)  # a Path for each file would cost as much time as writing it
        self._hidden = root / HIDDEN
        self._token = self._marks = -1  # file descriptors

    def write(
        self, path: str, page: Page, *, effort: Effort = Effort.FAST, flush: bool = True
    ) -> bool:
        """Put `page` at `path`, in all forms at once; False if it was there already, byte for byte.

        Raises UnprintablePath, ForeignFile, StorageFull (the old page stays), OSError.
        """
        name = file_name(path)
        with saying_when_full(self.root), self._locked("files", path):
            old = self._record(name)
            if old is None:
                self._refuse_foreign(name)
            if old is not None and holds(old, page, effort) and self._is_intact(name, old):
                return False
            bodies = forms(page.body, effort)
            stored = StoredPage(
                page.content_type,
                page.status,
                page.location,
                effort,
                digests_of(bodies),
                page.keys,
            )
            self._replace(name, stored, bodies, flush=flush, new=old is None)
        self._renew_token()
        return True

    def remove(self, path: str) -> bool:
        """Remove the page at `path`; False if none of ours is there. Raises UnprintablePath, OSError."""
        name = file_name(path)
        with self._locked("files", path):
            if not os.path.exists(self._record_file(name)):
                return False
            for encoding in Encoding:  # the plain form last, the record after all
                remove_file(self._file(name, encoding))
            remove_file(self._record_file(name))
            remove_empty_folders((self.root / name).parent, up_to=self.root)
            remove_empty_folders(Path(self._record_file(name)).parent, up_to=self._hidden / "pages")
        self._renew_token()
        return True

    def find(self, path: str) -> StoredPage | None:
        """The record of the page at `path`, if one is printed. Raises UnprintablePath."""
        return self._record(file_name(path))

    def signature(self, path: str) -> tuple[int, int, int] | None:
        """What changes whenever the page at `path` is written, by whatever process; None without a page."""
        try:
            status = os.stat(self._record_file(file_name(path)))
        except (FileNotFoundError, NotADirectoryError):
            return None
        return status.st_mtime_ns, status.st_ino, status.st_size

    def read(self, path: str, stored: StoredPage, encoding: Encoding) -> bytes | None:
        """One form of a page, or None if it isn't (or is no longer) what the record says."""
        return self._read_form(file_name(path), stored, encoding)

    def modified(self, path: str) -> float:
        """When the page's plain form was written, in seconds since 1970. Raises OSError."""
        return (self.root / file_name(path)).stat().st_mtime

    def recompress(self, path: str) -> bool:
        """Give the page at `path` its best compressed forms; False if it has them, is gone, or changed meanwhile.

        They take a hundred times as long as the page's printing did: nobody is kept out while they are made.
        """
        name = file_name(path)
        stored = self._record(name)
        if stored is None or stored.effort is Effort.BEST:
            return False
        body = self._read_form(name, stored, Encoding.IDENTITY)
        if body is None:
            return False
        bodies = forms(body, Effort.BEST)
        pressed = dataclasses.replace(stored, effort=Effort.BEST, digests=digests_of(bodies))
        with saying_when_full(self.root), self._locked("files", path):
            if self._record(name) != stored:
                return False
            self._replace(name, pressed, bodies, flush=False)
        self._renew_token()
        return True

    def paths(self, below: str = "/") -> Iterator[str]:
        """Every URL path that a page is printed at, from `below` (which ends with a slash) down."""
        records = self._hidden / "pages"
        for folder, _, names in os.walk(records / below[1:]):
            for name in names:
                if name.endswith(".json") and not name.startswith("."):
                    relative = (Path(folder) / name).relative_to(records).as_posix()
                    yield url_path(relative.removesuffix(".json"))

    @contextlib.contextmanager
    def printing(self, path: str, *, patience: float | None = None) -> Iterator[None]:
        """Hold this while rendering and writing `path`, so that an older rendering never overwrites a newer one.

        Raises Busy after `patience` seconds.
        """
        with self._locked("printing", path, patience=patience):
            try:
                yield
            finally:
                os.pwrite(self._marks_file(), os.urandom(_MARK_LENGTH), _mark_of(path))

    def mark(self, path: str) -> bytes:
        """Another one after every printing of `path`, by whomever."""
        return os.pread(self._marks_file(), _MARK_LENGTH, _mark_of(path))

    def unfolding(
        self, *, patience: float | None = None
    ) -> contextlib.AbstractContextManager[None]:
        """Hold this while finding out, from orders, which paths are to be printed. Raises Busy."""
        return locked(f"{self._hidden}/locks/unfolding", patience=patience)

    def name(self) -> str:
        """What this folder is known by, in the database too: made up once, kept in `.press/name`."""
        file = self._hidden / "name"
        with contextlib.suppress(FileNotFoundError):
            return file.read_text(encoding="ascii")
        with locked(f"{self._hidden}/locks/name"):
            if not file.exists():
                replace_files({str(file): uuid.uuid4().hex.encode()}, flush=True)
            return file.read_text(encoding="ascii")

    def note_start(self, boot: str) -> bool:
        """Note on which start of the machine the folder is used; False if the last time was on another.

        Then what was printed last may not have reached the disk. `boot` names the start, as Linux's `boot_id` does.
        """
        file = self._hidden / "boot"
        is_same = file.exists() and file.read_text(encoding="utf-8") == boot
        if not is_same:
            replace_files({str(file): boot.encode()}, flush=True)
        return is_same

    def token(self) -> bytes:
        """Changes after every change of a page, in whichever process: cheap to ask, once per request."""
        if self._token < 0:
            self._open_token()
        return os.pread(self._token, _TOKEN_LENGTH, 0)

    def flush_all(self) -> None:
        """Bring everything to disk that was written with `flush=False`."""
        flush_file_system(self.root)

    def _renew_token(self) -> None:
        if self._token < 0:
            self._open_token()
        os.pwrite(self._token, os.urandom(_TOKEN_LENGTH), 0)

    def _open_token(self) -> None:
        self._token = self._open("token")

    def _marks_file(self) -> int:
        if self._marks < 0:
            self._marks = self._open("marks")
            # all there from the beginning: else each would change when one behind it is written first
            os.ftruncate(self._marks, _MARKS * _MARK_LENGTH)
        return self._marks

    def _open(self, name: str) -> int:
        self._hidden.mkdir(parents=True, exist_ok=True)
        return os.open(self._hidden / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)

    def _locked(
        self, purpose: str, path: str, *, patience: float | None = None
    ) -> contextlib.AbstractContextManager[None]:
        stripe = zlib.crc32(path.encode(errors="replace")) % _LOCKS
        return locked(f"{self._hidden}/locks/{purpose}-{stripe}", patience=patience)

    def _replace(
        self,
        name: str,
        stored: StoredPage,
        bodies: dict[Encoding, bytes],
        *,
        flush: bool,
        new: bool = False,
    ) -> None:
        files = {self._record_file(name): record_of(stored)}
        for encoding in (*COMPRESSED, Encoding.IDENTITY):
            if encoding in bodies:
                files[self._file(name, encoding)] = bodies[encoding]
        replace_files(files, flush=flush, new=new)
        for encoding in COMPRESSED:
            if encoding not in bodies:
                remove_file(self._file(name, encoding))

    def _refuse_foreign(self, name: str) -> None:
        if not os.path.exists(os.path.dirname(self._file(name, Encoding.IDENTITY))):
            return  # as for nearly every new page: it has a folder of its own
        for encoding in Encoding:
            file = self._file(name, encoding)
            if os.path.exists(file):
                raise ForeignFile(Path(file))

    def _record(self, name: str) -> StoredPage | None:
        try:
            return stored_page(json.loads(read_file(self._record_file(name))))
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (ValueError, KeyError, TypeError, AttributeError):  # damaged: to be printed again
            return StoredPage("", 0, "", Effort.FAST, {})

    def _read_form(self, name: str, stored: StoredPage, encoding: Encoding) -> bytes | None:
        try:
            body = read_file(self._file(name, encoding))
        except (FileNotFoundError, NotADirectoryError):
            return None
        return body if digest(body) == stored.digests.get(encoding) else None

    def _is_intact(self, name: str, stored: StoredPage) -> bool:
        return bool(stored.digests) and all(
            self._read_form(name, stored, encoding) is not None for encoding in stored.digests
        )

    def _file(self, name: str, encoding: Encoding) -> str:
        return f"{self._folder}/{name}{encoding.suffix}"

    def _record_file(self, name: str) -> str:
        return f"{self._folder}/{HIDDEN}/pages/{name}.json"


def _mark_of(path: str) -> int:
    return zlib.crc32(path.encode(errors="replace")) % _MARKS * _MARK_LENGTH
