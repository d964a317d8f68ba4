"""A throwaway site to measure on. Call `begin` before anything of Django is imported."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any


@contextmanager
def begin() -> Iterator[Path]:
    """A new site on SQLite in a folder of its own, migrated, with the pages every paper begins with."""
    with TemporaryDirectory(prefix="broadsheet-bench-") as folder:
        os.environ.update(
            BROADSHEET_SITE=folder,
            BROADSHEET_SECRET_KEY="only-for-measuring-" * 3,
            DJANGO_SETTINGS_MODULE="broadsheet.web.settings",
            DATABASE_URL="",
        )
        import django  # noqa: PLC0415, reads the environment

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415

        from tests import builders  # noqa: PLC0415

        call_command("migrate", verbosity=0, interactive=False)
        builders.a_paper()
        yield Path(folder)


def report(figures: dict[str, Any]) -> None:
    """One JSON object with --json, else a line for each figure."""
    if "--json" in sys.argv[1:]:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:45} {value}")
