"""A report as files: JSON for programs, HTML for people."""

import json
from pathlib import Path

from django.core.management.base import CommandError

from . import report_page
from .report import Report


def write(report: Report, path: Path | None) -> None:
    """Write `path` and, beside it, the page for people; nothing without a path."""
    if path is None:
        return
    try:
        path.write_text(
            json.dumps(report.as_json(), ensure_ascii=False, indent=1), encoding="utf-8"
        )
        path.with_suffix(".html").write_text(report_page.page(report), encoding="utf-8")
    except OSError as error:
        raise CommandError(f"Can't write the report to {path}: {error.strerror}.") from error
