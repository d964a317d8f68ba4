"""How fast a WordPress export comes over: `python -m bench.importing --json`.

Each size is imported into a new site on SQLite by the command that an operator uses, in a process of its own; then every
page is printed, in two processes. The peak of memory is that of the largest of these processes. WordPress's own importer needs PHP and WordPress; it is not measured here, and
reported as missing.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from .make_wxr import Size, write

SIZES = (1_000, 10_000, 100_000)  # articles
PYTHON = sys.executable


def measure(articles: int, *, comments: int, words: int) -> dict[str, float | int]:
    """Import that many articles, and print the paper; seconds from each command's start to its end."""
    with tempfile.TemporaryDirectory(prefix="broadsheet-bench-") as name:
        folder = Path(name)
        export = folder / "export.xml"
        with export.open("w", encoding="utf-8") as file:
            write(file, Size(articles, comments, words))
        site = new_site(folder / "site")
        began = time.perf_counter()
        peak = run([PYTHON, "-m", "django", "import_wordpress", str(export), "--no-media"], site)
        seconds = time.perf_counter() - began
        began = time.perf_counter()
        printing = run([PYTHON, "-m", "django", "print", "--all", "--processes", "2"], site)
        printed = time.perf_counter() - began
        size = export.stat().st_size
    return {
        "articles": articles,
        "comments": articles * comments,
        "export_mb": round(size / 1024**2, 1),
        "seconds": round(seconds, 1),
        "printing_seconds": round(printed, 1),
        "minutes_for_100000": round((seconds + printed) / articles * 100_000 / 60, 1),
        "articles_per_second": round(articles / seconds, 1),
        "comments_per_second": round(articles * comments / seconds, 1),
        "peak_memory_mb": round(max(peak, printing) / 1024, 1),
        "peak_memory_of_import_mb": round(peak / 1024, 1),
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


def run(command: list[str], environment: dict[str, str]) -> int:
    """Run to its end; returns the largest memory of all children so far, in kB."""
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure imports of WordPress exports.")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="ARTICLES")
    parser.add_argument("--comments", type=int, default=10, help="below each article")
    parser.add_argument("--words", type=int, default=400, help="of each article")
    asked = parser.parse_args()
    runs = [
        measure(size, comments=asked.comments, words=asked.words) for size in sorted(asked.sizes)
    ]
    found = runs[-1] | {"runs": runs, "peers": {"wordpress_importer": "missing"}}
    if asked.json:
        print(json.dumps(found))
    else:
        for row in runs:
            print(", ".join(f"{name} {value}" for name, value in row.items()))


if __name__ == "__main__":
    main()
