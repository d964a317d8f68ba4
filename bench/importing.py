"""How fast a WordPress export comes over: `python -m bench.importing --json`.

Each size is imported into a new site on SQLite by the command that an operator uses, in a process of its own; then every page is
printed, in two processes, unless `--without-printing` is given. 100,000 articles of the default size, with their million comments,
are an export of 2 GB. The peak of memory is that of the largest process; `cpu_seconds` is what the import would take on a machine
that does nothing else. WordPress's own importer needs PHP and WordPress; it is not measured here, and reported as missing.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from .make_wxr import Size, write

SIZES = (1_000, 10_000, 100_000)  # articles
PYTHON = sys.executable


@dataclass(frozen=True, slots=True)
class Effort:
    """What a command took, from its start to its end."""

    seconds: float
    cpu_seconds: float
    memory_mb: float  # at its peak


def measure(size: Size, *, is_printed: bool) -> dict[str, float | int]:
    """Import that many articles, and print the paper."""
    with tempfile.TemporaryDirectory(prefix="broadsheet-bench-") as name:
        folder = Path(name)
        export = folder / "export.xml"
        with export.open("w", encoding="utf-8") as file:
            write(file, size)
        site = new_site(folder / "site")
        took = run([PYTHON, "-m", "django", "import_wordpress", str(export), "--no-media"], site)
        found: dict[str, float | int] = {
            "articles": size.articles,
            "comments": size.articles * size.comments,
            "export_mb": round(export.stat().st_size / 1024**2, 1),
            "seconds": round(took.seconds, 1),
            "cpu_seconds": round(took.cpu_seconds, 1),
            "articles_per_second": round(size.articles / took.seconds, 1),
            "comments_per_second": round(size.articles * size.comments / took.seconds, 1),
            "peak_memory_mb": round(took.memory_mb, 1),
            "minutes_for_100000": round(took.seconds / size.articles * 100_000 / 60, 1),
        }
        return found | (_printed(found, took, site) if is_printed else {})


def _printed(
    found: dict[str, float | int], took: Effort, site: dict[str, str]
) -> dict[str, float | int]:
    printing = run([PYTHON, "-m", "django", "print", "--all", "--processes", "2"], site)
    seconds = took.seconds + printing.seconds
    return {
        "printing_seconds": round(printing.seconds, 1),
        "minutes_for_100000": round(seconds / found["articles"] * 100_000 / 60, 1),
        "peak_memory_mb": round(max(took.memory_mb, printing.memory_mb), 1),
        "peak_memory_of_import_mb": round(took.memory_mb, 1),
    }


def new_site(folder: Path) -> dict[str, str]:
    """Create a site; returns the environment of its commands."""
    environment = os.environ | {
        "BROADSHEET_SITE": str(folder),
        "BROADSHEET_SECRET_KEY": "only-for-measuring-" * 3,
        "DJANGO_SETTINGS_MODULE": "broadsheet.web.settings",
        "DATABASE_URL": "",
    }
    folder.mkdir()
    run([PYTHON, "-m", "django", "migrate", "-v0"], environment)
    return environment


def run(command: list[str], environment: dict[str, str]) -> Effort:
    """Run to its end. Raises CalledProcessError."""
    began = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Effort(time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure imports of WordPress exports.")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="ARTICLES")
    parser.add_argument("--comments", type=int, default=10, help="below each article")
    parser.add_argument("--words", type=int, default=1840, help="of each article")
    parser.add_argument("--without-printing", action="store_true", help="import only")
    asked = parser.parse_args()
    runs = [
        measure(Size(size, asked.comments, asked.words), is_printed=not asked.without_printing)
        for size in sorted(asked.sizes)
    ]
    found = runs[-1] | {"runs": runs, "peers": {"wordpress_importer": "missing"}}
    if asked.json:
        print(json.dumps(found))
    else:
        for row in runs:
            print(", ".join(f"{name} {value}" for name, value in row.items()))


if __name__ == "__main__":
    main()
