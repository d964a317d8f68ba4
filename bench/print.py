"""How fast a whole paper is printed, in two processes: pages a second, each in four forms.

Hugo and Pelican are compared where they are installed, on the same articles; otherwise they are named as missing.
"""

import shutil
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from . import growth, site

ARTICLES = 10_000
PROCESSES = 2


def quietly(_done: int, _total: int) -> None:
    """No progress bar while measuring."""


def measure(folder: Path, articles: int) -> dict[str, Any]:
    from broadsheet.press import edition  # noqa: PLC0415
    from tests.clock import NOON  # noqa: PLC0415

    growth.fill(articles)
    start = time.perf_counter()
    printed = edition.print_everything(processes=PROCESSES, progress=quietly, now=NOON)
    seconds = time.perf_counter() - start
    figures: dict[str, Any] = {
        "articles": articles,
        "pages": printed.pages,
        "pages_per_second": round(printed.pages / seconds, 1),
        "failed_pages": len(printed.failed),
    }
    peers = {"hugo": hugo, "pelican": pelican}
    figures["missing"] = [name for name in peers if shutil.which(name) is None]
    for name, run in peers.items():
        seconds = run(folder / name, articles) if shutil.which(name) else None
        figures[f"{name}_pages_per_second"] = round(articles / seconds, 1) if seconds else None
    return figures


def sources(folder: Path, articles: int, *, dated: str) -> None:
    from tests.clock import NOON  # noqa: PLC0415

    folder.mkdir(parents=True)
    for number in range(articles):
        when = (NOON - timedelta(minutes=144 * number)).isoformat()
        text = f"{dated.format(title=f'Copy {number}', date=when)}\n\nThe ferry is late again.\n"
        (folder / f"copy-{number}.md").write_text(text, encoding="utf-8")


def hugo(folder: Path, articles: int) -> float:
    """Seconds that Hugo takes with two templates of a few lines."""
    sources(folder / "content/news", articles, dated="---\ntitle: {title}\ndate: {date}\n---")
    layouts = folder / "layouts/_default"
    layouts.mkdir(parents=True)
    (layouts / "single.html").write_text("<h1>{{ .Title }}</h1>{{ .Content }}", encoding="utf-8")
    (layouts / "list.html").write_text(
        "{{ range (.Paginate .Pages).Pages }}<h2>{{ .Title }}</h2>{{ end }}", encoding="utf-8"
    )
    (folder / "hugo.toml").write_text('baseURL = "https://paper.example/"\n', encoding="utf-8")
    return _timed(["hugo", "--quiet"], folder)


def pelican(folder: Path, articles: int) -> float:
    """Seconds that Pelican takes with its own theme."""
    sources(folder / "content", articles, dated="Title: {title}\nDate: {date}")
    return _timed(["pelican", "content"], folder)


def _timed(command: list[str], folder: Path) -> float:
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    articles = (
        int(sys.argv[sys.argv.index("--articles") + 1]) if "--articles" in sys.argv else ARTICLES
    )
    with site.begin() as folder:
        site.report(measure(folder, articles))


if __name__ == "__main__":
    main()
