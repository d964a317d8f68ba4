"""What the importer's tests need of files and commands."""

import io
import json
from pathlib import Path
from typing import Any

from django.core.management import call_command
from PIL import Image

from tests.builders import a_paper

Reported = dict[str, Any]


def bring(folder: Path, export: bytes, *options: str) -> Reported:
    """Write `export` into `folder`, import it as an operator does, and read the report."""
    a_paper()
    file, report = folder / "export.xml", folder / "report.json"
    file.write_bytes(export)
    call_command(
        "import_wordpress",
        str(file),
        "--report",
        str(report),
        *("--ask", "0"),
        *options,
        stdout=io.StringIO(),
    )
    told: Reported = json.loads(report.read_text(encoding="utf-8"))
    return told


def uploads(folder: Path, *names: str) -> Path:
    """A copy of wp-content/uploads with small pictures of these names."""
    for name in names:
        path = folder / "uploads" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (60, 40), "#336699").save(path)
    return folder / "uploads"
