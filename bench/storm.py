"""A thousand comments on one article within ten seconds: `python -m bench.storm --json`.

Served as in `bench.comments`. Each comment is sent at its own moment, whether those before it were answered or not, by one of
a few dozen readers. Meanwhile the article's folder is looked at every millisecond: how often was one of its pages printed? Comments that wait together are
kept in one transaction, a batch, whose readers are answered once its pages are printed: no fewer prints are possible.
After the last comment was sent, its page is read again and again until the comment is there.
"""

import argparse
import json
import re
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

from .comments import Reader, Tally, Target, prepare, served, together
from .processes import use_core

COMMENTS, SECONDS, READERS = 1000, 10.0, 32
BEFORE = 30  # comments that the article has already
LOOK_EVERY = 0.001  # seconds


class Watcher:
    """Counts how often the pages in a folder are replaced. Two prints within a look count as one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen = self._pages()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self.prints: dict[str, int] = {}

    def __enter__(self) -> "Watcher":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _pages(self) -> dict[Path, int]:
        found = {}
        for page in self._folder.rglob("index.html"):
            try:
                found[page] = page.stat().st_ino
            except FileNotFoundError:
                continue
        return found

    def _watch(self) -> None:
        while not self._over.wait(LOOK_EVERY):
            now = self._pages()
            for page, inode in now.items():
                if self._seen.get(page) != inode:
                    name = str(page.relative_to(self._folder).parent)
                    self.prints[name] = self.prints.get(name, 0) + 1
            self._seen = now


def batches(address: str) -> int:
    """How many transactions have kept comments so far: each is answered once its comments are printed."""
    with urllib.request.urlopen(f"{address}/metrics") as answer:
        found = re.search(r"^broadsheet_comment_batches_total (\d+)", answer.read().decode(), re.M)
    if found is None:
        raise RuntimeError("the server does not count batches")
    return int(found[1])


def storm(address: str, target: Target) -> tuple[Tally, float, float]:
    """The answers, how late the latest comment was sent, and seconds from the last one's sending until its page shows it."""
    tally, lock = Tally(), threading.Lock()
    numbers = iter(range(COMMENTS))
    began = time.perf_counter() + 0.1
    late, shown = [0.0], [0.0]

    def read_and_write() -> None:
        reader = Reader(address)
        while True:
            with lock:
                n = next(numbers, None)
            if n is None:
                return
            at = began + n * SECONDS / COMMENTS
            time.sleep(max(0.0, at - time.perf_counter()))
            sent = time.perf_counter()
            taken, location = reader.write(target, n)
            if n == COMMENTS - 1:
                while not reader.finds(location, at=location):
                    time.sleep(LOOK_EVERY)
                shown[0] = time.perf_counter() - sent
            with lock:
                tally.seconds.append(taken)
                late[0] = max(late[0], sent - at)

    tally.whole = together(read_and_write, READERS)
    return tally, late[0], shown[0]


def measure(folder: Path) -> dict[str, object]:
    with served(folder / "site") as address:
        targets = prepare(folder / "site", {"warm": (1, BEFORE), "storm": (1, BEFORE)})
        use_core(1)
        warm, target = targets["warm"][0], targets["storm"][0]
        reader = Reader(address)
        for n in range(20):
            reader.write(warm, COMMENTS + n)
        before = batches(address)
        with Watcher(folder / "site/pages" / target.path.strip("/")) as watcher:
            tally, late, shown = storm(address, target)
            time.sleep(1)
        kept = batches(address) - before
    return {
        "comments": COMMENTS,
        "seconds": round(tally.whole, 2),
        "latest_sending_ms": round(1000 * late, 1),
        "p50_ms": round(tally.percentile(0.5), 1),
        "p99_ms": round(tally.percentile(0.99), 1),
        "ms_until_the_last_is_shown": round(1000 * shown, 1),
        "batches": kept,
        "prints": sum(watcher.prints.values()),
        "prints_of_most_printed_page": max(watcher.prints.values(), default=0),
        "pages_of_the_discussion": len(watcher.prints),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="broadsheet-bench-") as folder:
        figures = measure(Path(folder))
    if arguments.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:45} {value}")


if __name__ == "__main__":
    main()
