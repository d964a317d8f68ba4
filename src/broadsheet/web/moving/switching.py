"""The line of `broadsheet.toml` that names the database. Plain Python."""

import json
import os
import re
import tempfile
from pathlib import Path

_SECTION = re.compile(r"^\[database\][^\n]*(?:\n|\Z)(?:(?!\[)[^\n]*\n?)*", re.M)
_LINE = re.compile(r"^#? *url *=[^\n]*$", re.M)


def line(url: str) -> str:
    return f"url = {json.dumps(url)}"


def switched(settings: str, url: str) -> str:
    """`settings` (TOML) with `url` as the database's address, and nothing else changed."""
    section = _SECTION.search(settings)
    if section is None:
        return f"{settings.rstrip()}\n\n[database]\n{line(url)}\n".lstrip()
    lines = section[0]
    if _LINE.search(lines):
        changed = _LINE.sub(lambda _: line(url), lines, count=1)
    else:
        head, _, rest = lines.partition("\n")
        changed = f"{head}\n{line(url)}\n{rest}"
    return settings[: section.start()] + changed + settings[section.end() :]


def switch(file: Path, url: str) -> None:
    """Change `file`, which only its owner reads from then on: the address may hold a password."""
    settings = file.read_text(encoding="utf-8") if file.exists() else ""
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=".new-")
    with os.fdopen(descriptor, "w", encoding="utf-8") as written:
        written.write(switched(settings, url))
        written.flush()
        os.fsync(written.fileno())
    Path(name).replace(file)
