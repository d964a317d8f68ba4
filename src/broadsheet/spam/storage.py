"""The model's file: a magic line with the version, a SHA-256, and compressed arrays. Never a pickle.

BROADSHEET-SPAM-MODEL 7\\n
<SHA-256 of the body, 64 hex digits>\\n
<body, compressed by zlib: one line of JSON, [[name, dtype, shape], …], then the arrays' bytes one after another>
"""

import hashlib
import json
import math
import os
import tempfile
import zlib
from pathlib import Path

import numpy as np

Arrays = dict[str, np.ndarray]

_MAGIC = b"BROADSHEET-SPAM-MODEL 7\n"
_HEAD = len(_MAGIC) + 64 + 1
_DTYPES = frozenset(
    ("float16", "float32", "float64", "uint8", "uint16", "int32", "int64", "uint64")
)


class DamagedModel(ValueError):
    """A model's file is missing, cut short, altered, or of another version."""

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(f"The spam model {path} cannot be used: {reason}.")
        self.path = path
        self.reason = reason


def write(path: Path, arrays: Arrays) -> None:
    """Replace the model at `path` in one step; readers see the old one or the new one."""
    _replace_file(path, packed(arrays))


def packed(arrays: Arrays) -> bytes:
    """What a model's file holds."""
    head = json.dumps([[name, str(a.dtype), list(a.shape)] for name, a in arrays.items()])
    content = b"\n".join((head.encode(), b"".join(a.tobytes() for a in arrays.values())))
    body = zlib.compress(content, level=6)
    return _MAGIC + hashlib.sha256(body).hexdigest().encode() + b"\n" + body


def read(path: Path) -> Arrays:
    """The arrays that `write` wrote. Raises DamagedModel."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DamagedModel(path, error.strerror or "it cannot be read") from error
    return unpacked(content, path)


def unpacked(content: bytes, path: Path | str) -> Arrays:
    """The arrays that were `packed`. `path`: what to call it. Raises DamagedModel."""
    if not content.startswith(_MAGIC):
        raise DamagedModel(path, "it is not a model of this version")
    body = content[_HEAD:]
    if hashlib.sha256(body).hexdigest().encode() != content[len(_MAGIC) : _HEAD - 1]:
        raise DamagedModel(path, "its checksum does not match its content")
    try:
        return _arrays(zlib.decompress(body))
    except (zlib.error, ValueError, KeyError, TypeError) as error:
        raise DamagedModel(path, "its body is not a list of arrays") from error


def _arrays(content: bytes) -> Arrays:
    head, _, rest = content.partition(b"\n")
    arrays, offset = {}, 0
    for name, dtype, shape in json.loads(head):
        if dtype not in _DTYPES:
            raise ValueError(dtype)
        count = math.prod(shape)
        arrays[name] = np.frombuffer(rest, dtype, count, offset).reshape(shape).copy()
        offset += arrays[name].nbytes
    return arrays


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
