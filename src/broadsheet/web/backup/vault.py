"""What backups are kept as, on whatever shelf.

`objects/ab/<sha256>` holds each content once, so a snapshot costs only what changed; `snapshots/<time>.json` names a
snapshot's files and is written last: an interrupted backup leaves contents that the next one finds. `README.txt` says
how to read it all without us. With a key, contents and snapshots are sealed, and contents are called by a keyed hash instead.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from .sealing import MAGIC, Seal, SealError, sealed_size
from .shelves import Shelf, ShelfError, shelf_at

FORMAT = 1
_PIECE = 1024 * 1024  # bytes
_NAME = "%Y-%m-%dT%H-%M-%SZ"
_README = """\
Backups of a Broadsheet newspaper. Each file in snapshots/ is one backup: JSON that names the site's files and the SHA-256
of their contents, which lie in objects/, named by it. `broadsheet restore-backup FOLDER --site NEW` makes a site of one.
The backup holds the site's secret key and readers' private data: keep it where nobody else reads it.
"""
_SEALED = """\
Backups of a Broadsheet newspaper, sealed with a key. Who has it makes a site of one:
`broadsheet restore-backup PLACE --site NEW --key-file KEY`. How they are sealed: broadsheet/web/backup/sealing.py.
"""


class VaultError(Exception):
    """The backup can't be used; the message is one line that says why."""


@dataclass(frozen=True, slots=True)
class Content:
    """What one file of a site held."""

    sha256: str  # hex
    size: int  # bytes


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A site at one moment."""

    name: str
    version: str  # of Broadsheet
    database: str  # "sqlite" or "postgresql"
    files: dict[str, Content]  # by path within the site's folder, with slashes


class Vault:
    """Snapshots and contents on a shelf; sealed, if there is a key."""

    def __init__(self, shelf: Shelf, seal: Seal | None = None) -> None:
        self._shelf = shelf
        self._seal = seal

    def __str__(self) -> str:
        return str(self._shelf)

    def create_missing(self) -> None:
        """Raises VaultError when the shelf holds something else, or is not sealed as we seal."""
        try:
            self._shelf.prepare()
            for name in self.names()[-1:]:
                with closing(self._shelf.open(_snapshot(name))) as file:
                    is_sealed = file.read(len(MAGIC)) == MAGIC
                if is_sealed != (self._seal is not None):
                    kind = "sealed" if is_sealed else "not sealed"
                    raise VaultError(f"The backups in {self} are {kind}: use another place.")
            self._put("README.txt", [(_SEALED if self._seal else _README).encode()])
        except ShelfError as error:
            raise VaultError(str(error)) from error

    def add(self, source: Path) -> Content:
        """Keep what `source` holds now. What is kept already is read, and not written again."""
        with source.open("rb") as file:
            known = _Counted(iter(partial(file.read, _PIECE), b""))
            for _ in known:
                pass
        if self.holds(known.content()):
            return known.content()
        with source.open("rb") as file, self._shelf.draft() as draft:
            counted = _Counted(iter(partial(file.read, _PIECE), b""))
            _write(draft, self._seal.sealed(counted) if self._seal else counted)
            content = counted.content()
            if not self.holds(content):
                self._shelf.put(draft, self.place_of(content))
        return content

    def holds(self, content: Content) -> bool:
        size = sealed_size(content.size) if self._seal else content.size
        return self._shelf.size(self.place_of(content)) == size

    def place_of(self, content: Content) -> str:
        """How a content is called on the shelf."""
        name = self._seal.name(content.sha256) if self._seal else content.sha256
        return f"objects/{name[:2]}/{name}"

    def copy(self, content: Content, target: Path) -> bool:
        """Write a content to the new file `target`; False if it is not what it was. Raises VaultError."""
        counted = _Counted(self._pieces(self.place_of(content)))
        _write(target, counted)
        return counted.content() == content

    def keep(self, snapshot: Snapshot) -> None:
        """Write down that `snapshot` is whole."""
        described = _with_checksum({"format": FORMAT, **asdict(snapshot)})
        body = [json.dumps(described, indent=1, sort_keys=True).encode()]
        self._put(_snapshot(snapshot.name), self._seal.sealed(body) if self._seal else body)

    def names(self) -> list[str]:
        """The snapshots, oldest first."""
        found = map(PurePosixPath, self._shelf.names("snapshots/"))
        return sorted(path.stem for path in found if path.suffix == ".json")

    def snapshot(self, name: str = "") -> Snapshot:
        """The snapshot called `name`, or the newest. Raises VaultError."""
        names = self.names()
        if not names:
            raise VaultError(f"There is no backup in {self}.")
        if name and name not in names:
            raise VaultError(f"There is no backup {name!r} in {self}; the newest is {names[-1]}.")
        place = _snapshot(name or names[-1])
        return _read(b"".join(self._pieces(place)), place)

    def damaged(self, snapshot: Snapshot) -> Iterator[str]:
        """The files of `snapshot` whose contents are missing or not what they were."""
        for path, content in sorted(snapshot.files.items()):
            if not self._is_sound(content):
                yield path

    def prune(self, keep: int) -> int:
        """Forget all but the newest `keep` snapshots, and contents that no other needs. Returns how many were forgotten."""
        names = self.names()
        old = names[:-keep]
        if not old:
            return 0
        kept = [self.snapshot(name) for name in names[-keep:]]
        needed = {self.place_of(content) for each in kept for content in each.files.values()}
        for name in old:
            self._shelf.remove(_snapshot(name))
        for place in list(self._shelf.names("objects/")):
            if place not in needed:
                self._shelf.remove(place)
        return len(old)

    def _is_sound(self, content: Content) -> bool:
        if not self.holds(content):
            return False
        counted = _Counted(self._pieces(self.place_of(content)))
        try:
            for _ in counted:
                pass
        except VaultError:
            return False
        return counted.content() == content

    def _pieces(self, name: str) -> Iterator[bytes]:
        """What was kept as `name`. Raises VaultError, perhaps after some of it."""
        try:
            with closing(self._shelf.open(name)) as file:
                yield from self._seal.opened(file) if self._seal else _unsealed(file)
        except SealError as error:
            raise VaultError(f"{name} in {self}: {error}") from error
        except OSError as error:
            raise VaultError(f"{name} in {self} can't be read: {error.strerror}.") from error
        except ShelfError as error:
            raise VaultError(str(error)) from error

    def _put(self, name: str, pieces: Iterable[bytes]) -> None:
        with self._shelf.draft() as draft:
            _write(draft, pieces)
            self._shelf.put(draft, name)


class _Counted:
    """Pieces as they pass by, and what they were together."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = pieces
        self._digest, self._size = hashlib.sha256(), 0

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self._digest.update(piece)
            self._size += len(piece)
            yield piece

    def content(self) -> Content:
        return Content(self._digest.hexdigest(), self._size)


def vault_at(place: str, key: str = "") -> Vault:
    """The vault in a folder, or at `s3://bucket/prefix`; sealed, if there is a `key`. Raises VaultError."""
    try:
        return Vault(shelf_at(place), Seal(key) if key else None)
    except (SealError, ShelfError) as error:
        raise VaultError(str(error)) from error


def _unsealed(file: BinaryIO) -> Iterator[bytes]:
    first = file.read(_PIECE)
    if first.startswith(MAGIC):
        raise SealError("It is sealed: name its key by --key-file or BROADSHEET_BACKUP_KEY.")
    yield first
    yield from iter(partial(file.read, _PIECE), b"")


def _write(target: Path, pieces: Iterable[bytes]) -> None:
    with target.open("xb") as written:
        for piece in pieces:
            written.write(piece)
        written.flush()
        os.fsync(written.fileno())


def _snapshot(name: str) -> str:
    return f"snapshots/{name}.json"


def name_of(moment: datetime) -> str:
    """The name of a snapshot taken at `moment` (UTC)."""
    return moment.strftime(_NAME)


def moment_of(name: str) -> datetime:
    """When a snapshot with this name was taken."""
    return datetime.strptime(name, _NAME).replace(tzinfo=UTC)


def _read(body: bytes, place: str) -> Snapshot:
    try:
        described = json.loads(body)
        checksum = described.pop("checksum")
        if _with_checksum(described)["checksum"] != checksum:
            raise ValueError("it has another checksum")
        if described.pop("format") != FORMAT:
            raise VaultError(f"{place} was written by a newer Broadsheet.")
        files = {name: Content(**content) for name, content in described.pop("files").items()}
        return Snapshot(files=files, **described)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise VaultError(f"{place} is damaged: {error}.") from error


def _with_checksum(described: dict[str, Any]) -> dict[str, Any]:
    canonical = json.dumps(described, sort_keys=True, separators=(",", ":")).encode()
    return {**described, "checksum": hashlib.sha256(canonical).hexdigest()}
