"""The model's file: a magic line with the version, a SHA-256, and a NumPy archive without pickles.

BROADSHEET-SPAM-MODEL 1\\n
<sha-256 of the body, 64 hex digits>\\n
<body: an .npz archive>
"""

import hashlib
import io
import os
import tempfile
import zipfile
from pathlib import Path

import numpy as np

MAGIC = b"BROADSHEET-SPAM-MODEL 1\n"
_DIGEST_LENGTH = 64
_HEAD_LENGTH = len(MAGIC) + _DIGEST_LENGTH + 1

Arrays = dict[str, np.ndarray]


class DamagedModel(ValueError):
    """A model's file is missing, cut short, altered, or of another version."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"The spam model {path} cannot be used: {reason}.")
        self.path = path
        self.reason = reason


def write(path: Path, arrays: Arrays) -> None:
    """Replace the model at `path` in one step; readers see the old one or the new one."""
    body = io.BytesIO()
    np.savez_compressed(body, allow_pickle=False, **arrays)
    digest = hashlib.sha256(body.getvalue()).hexdigest().encode()
    _replace_file(path, MAGIC + digest + b"\n" + body.getvalue())


def read(path: Path) -> Arrays:
    """The arrays written by `write`. Raises DamagedModel."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DamagedModel(path, error.strerror or "it cannot be read") from error
    if not content.startswith(MAGIC):
        raise DamagedModel(path, "it is not a model of this version")
    body = content[_HEAD_LENGTH:]
    written_digest = content[len(MAGIC) : _HEAD_LENGTH - 1]
    if hashlib.sha256(body).hexdigest().encode() != written_digest:
        raise DamagedModel(path, "its checksum does not match its content")
    try:
        with np.load(io.BytesIO(body), allow_pickle=False) as archive:
            return {name: archive[name] for name in archive.files}
    except (ValueError, OSError, zipfile.BadZipFile) as error:
        raise DamagedModel(path, "its body is not an archive of arrays") from error


def _replace_file(target: Path, body: bytes) -> None:
    """Write beside `target`, flush to disk, then rename over it."""
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".new-")
    draft = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(0o644)  # mkstemp makes 0600; other processes of the site read it
        draft.replace(target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
