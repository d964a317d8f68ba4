"""Where the things of a backup lie: in a folder, or in a bucket of an S3-compatible store. Names have slashes."""

import contextlib
import secrets
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Protocol
from urllib.parse import urlsplit


class ShelfError(Exception):
    """A place can't be used; the message is one line that says why."""


class Shelf(Protocol):
    """A place for files that are written once."""

    def __str__(self) -> str:
        """How it is called in messages."""

    def prepare(self) -> None:
        """Make it, if need be. Raises ShelfError when it holds something else."""

    def draft(self) -> AbstractContextManager[Path]:
        """A name for a file on this machine that is to be `put`, or is forgotten."""

    def put(self, draft: Path, name: str) -> None:
        """Keep what `draft` holds as `name`: all of it, or nothing."""

    def size(self, name: str) -> int | None:
        """In bytes; None where there is nothing."""

    def open(self, name: str) -> BinaryIO:
        """Raises OSError where there is nothing."""

    def names(self, below: str) -> Iterator[str]:
        """What there is that begins with `below`."""

    def remove(self, name: str) -> None: ...


class Folder:
    """A folder that holds nothing else."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def __str__(self) -> str:
        return str(self._root)

    def prepare(self) -> None:
        known = (self._root / "objects").is_dir()
        if self._root.is_dir() and not known and any(self._root.iterdir()):
            raise ShelfError(
                f"{self._root} holds other things; backups need a folder of their own."
            )
        for name in ("objects", "snapshots"):
            (self._root / name).mkdir(parents=True, exist_ok=True)
        self._root.chmod(0o700)  # readers' private data

    @contextmanager
    def draft(self) -> Iterator[Path]:
        place = self._root / "objects" / f"{secrets.token_hex(8)}.new"
        try:
            yield place
        finally:
            place.unlink(missing_ok=True)

    def put(self, draft: Path, name: str) -> None:
        place = self._root / name
        place.parent.mkdir(parents=True, exist_ok=True)
        draft.replace(place)

    def size(self, name: str) -> int | None:
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            return (self._root / name).stat().st_size
        return None

    def open(self, name: str) -> BinaryIO:
        return (self._root / name).open("rb")

    def names(self, below: str) -> Iterator[str]:
        for path in (self._root / below).rglob("*"):
            if path.is_file() and path.suffix != ".new":
                yield path.relative_to(self._root).as_posix()

    def remove(self, name: str) -> None:
        (self._root / name).unlink(missing_ok=True)


class Bucket:
    """Objects whose keys begin with a prefix. What there is is asked once, and kept along."""

    def __init__(self, client: Any, bucket: str, prefix: str) -> None:
        """`client` is boto3's of S3."""
        self._client = client
        self._bucket = bucket
        self._prefix = f"{prefix.strip('/')}/" if prefix.strip("/") else ""
        self._listed: dict[str, int] | None = None

    def __str__(self) -> str:
        return f"s3://{self._bucket}/{self._prefix}"

    def prepare(self) -> None:
        if self._sizes and not any(name.startswith("snapshots/") for name in self._sizes):
            strange = [name for name in self._sizes if not name.startswith("objects/")]
            if strange and strange != ["README.txt"]:
                raise ShelfError(f"{self} holds other things; backups need a prefix of their own.")

    @contextmanager
    def draft(self) -> Iterator[Path]:
        with tempfile.TemporaryDirectory(prefix="broadsheet-backup-") as folder:
            yield Path(folder) / "draft"

    def put(self, draft: Path, name: str) -> None:
        with _said(self, name):
            self._client.upload_file(str(draft), self._bucket, self._prefix + name)
        self._sizes[name] = draft.stat().st_size

    def size(self, name: str) -> int | None:
        return self._sizes.get(name)

    def open(self, name: str) -> BinaryIO:
        with _said(self, name):
            found = self._client.get_object(Bucket=self._bucket, Key=self._prefix + name)
        body: BinaryIO = found["Body"]
        return body

    def names(self, below: str) -> Iterator[str]:
        yield from [name for name in self._sizes if name.startswith(below)]

    def remove(self, name: str) -> None:
        with _said(self, name):
            self._client.delete_object(Bucket=self._bucket, Key=self._prefix + name)
        self._sizes.pop(name, None)

    @property
    def _sizes(self) -> dict[str, int]:
        if self._listed is None:
            pages = self._client.get_paginator("list_objects_v2")
            with _said(self, ""):
                self._listed = {
                    each["Key"].removeprefix(self._prefix): each["Size"]
                    for page in pages.paginate(Bucket=self._bucket, Prefix=self._prefix)
                    for each in page.get("Contents", ())
                }
        return self._listed


@contextmanager
def _said(shelf: Shelf, name: str) -> Iterator[None]:
    """boto3's errors have no common ancestor but Exception."""
    try:
        yield
    except Exception as error:
        raise ShelfError(f"{shelf}{name}: {error}") from error


def shelf_at(place: str, *, client: "Callable[[], Any] | None" = None) -> Shelf:
    """The shelf at a path, or `s3://bucket/prefix`. Raises ShelfError."""
    if not place.startswith("s3://"):
        return Folder(Path(place))
    parts = urlsplit(place)
    if not parts.netloc:
        raise ShelfError(f"{place} names no bucket: write s3://bucket/prefix.")
    return Bucket((client or _boto3)(), parts.netloc, parts.path)


def _boto3() -> Any:
    """Who may write where, and at which endpoint, stands in AWS's own environment and files."""
    try:
        import boto3  # noqa: PLC0415, an extra
    except ModuleNotFoundError as error:
        raise ShelfError("Backups to S3 need boto3: pip install 'broadsheet[s3]'.") from error
    return boto3.client("s3")
