"""The folder that backups lie in.

`objects/ab/<sha256>` holds each content once, so a snapshot costs only what changed; `snapshots/<time>.json` names a
snapshot's files and is written last: an interrupted backup leaves contents that the next one finds. `README.txt` says
how to read it all without us.
"""

import hashlib
import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

FORMAT = 1
_PIECE = 1024 * 1024  # bytes
_NAME = "%Y-%m-%dT%H-%M-%SZ"
_README = """\
Backups of a Broadsheet newspaper. Each file in snapshots/ is one backup: JSON that names the site's files and the SHA-256
of their contents, which lie in objects/, named by it. `broadsheet restore-backup FOLDER --site NEW` makes a site of one.
The backup holds the site's secret key and readers' private data: keep it where nobody else reads it.
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
    """Snapshots and contents in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._objects = folder / "objects"
        self._snapshots = folder / "snapshots"

    def create_missing(self) -> None:
        """Raises VaultError when `folder` holds something else."""
        if self.folder.is_dir() and not self._objects.is_dir() and any(self.folder.iterdir()):
            raise VaultError(
                f"{self.folder} holds other things; backups need a folder of their own."
            )
        self._objects.mkdir(parents=True, exist_ok=True)
        self._snapshots.mkdir(exist_ok=True)
        self.folder.chmod(0o700)  # readers' private data
        (self.folder / "README.txt").write_text(_README, encoding="utf-8")

    def add(self, source: Path) -> Content:
        """Keep what `source` holds now."""
        draft = self._objects / f"{secrets.token_hex(8)}.new"
        digest, size = hashlib.sha256(), 0
        try:
            with source.open("rb") as read, draft.open("xb") as written:
                while piece := read.read(_PIECE):
                    digest.update(piece)
                    size += written.write(piece)
                written.flush()
                os.fsync(written.fileno())
            content = Content(digest.hexdigest(), size)
            if not self.holds(content):
                place = self.place_of(content)
                place.parent.mkdir(exist_ok=True)
                draft.replace(place)
        finally:
            draft.unlink(missing_ok=True)
        return content

    def holds(self, content: Content) -> bool:
        place = self.place_of(content)
        return place.exists() and place.stat().st_size == content.size

    def place_of(self, content: Content) -> Path:
        return self._objects / content.sha256[:2] / content.sha256

    def keep(self, snapshot: Snapshot) -> None:
        """Write down that `snapshot` is whole."""
        described = _with_checksum({"format": FORMAT, **asdict(snapshot)})
        draft = self._snapshots / f"{snapshot.name}.new"
        with draft.open("w", encoding="utf-8") as written:
            json.dump(described, written, indent=1, sort_keys=True)
            written.flush()
            os.fsync(written.fileno())
        draft.replace(self._snapshots / f"{snapshot.name}.json")

    def names(self) -> list[str]:
        """The snapshots, oldest first."""
        return sorted(path.stem for path in self._snapshots.glob("*.json"))

    def snapshot(self, name: str = "") -> Snapshot:
        """The snapshot called `name`, or the newest. Raises VaultError."""
        names = self.names()
        if not names:
            raise VaultError(f"There is no backup in {self.folder}.")
        if name and name not in names:
            raise VaultError(
                f"There is no backup {name!r} in {self.folder}; the newest is {names[-1]}."
            )
        return _read(self._snapshots / f"{name or names[-1]}.json")

    def damaged(self, snapshot: Snapshot) -> Iterator[str]:
        """The files of `snapshot` whose contents are missing or not what they were."""
        for path, content in sorted(snapshot.files.items()):
            if not self.holds(content) or _digest_of(self.place_of(content)) != content.sha256:
                yield path

    def prune(self, keep: int) -> int:
        """Forget all but the newest `keep` snapshots, and contents that no other needs. Returns how many were forgotten."""
        names = self.names()
        old = names[:-keep]
        if not old:
            return 0
        needed = {c.sha256 for name in names[-keep:] for c in self.snapshot(name).files.values()}
        for name in old:
            (self._snapshots / f"{name}.json").unlink()
        for path in self._objects.glob("??/*"):
            if path.name not in needed:
                path.unlink()
        return len(old)


def name_of(moment: datetime) -> str:
    """The name of a snapshot taken at `moment` (UTC)."""
    return moment.strftime(_NAME)


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read(path: Path) -> Snapshot:
    try:
        described = json.loads(path.read_text(encoding="utf-8"))
        checksum = described.pop("checksum")
        if _with_checksum(described)["checksum"] != checksum:
            raise ValueError("it has another checksum")
        if described.pop("format") != FORMAT:
            raise VaultError(f"{path} was written by a newer Broadsheet.")
        files = {name: Content(**content) for name, content in described.pop("files").items()}
        return Snapshot(files=files, **described)
    except OSError as error:
        raise VaultError(f"{path} can't be read: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise VaultError(f"{path} is damaged: {error}.") from error


def _with_checksum(described: dict[str, Any]) -> dict[str, Any]:
    canonical = json.dumps(described, sort_keys=True, separators=(",", ":")).encode()
    return {**described, "checksum": hashlib.sha256(canonical).hexdigest()}
