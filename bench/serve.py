"""How fast pages are served: `broadsheet serve` and nginx on the same article, side by side in one run.

One core for the server, another for wrk (32 connections, kept alive). The rounds of all servers take turns, and medians
are reported, so that what else the machine does falls on each alike.
"""

import http.client
import os
import re
import shutil
import statistics
import subprocess
import time
import urllib.request
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import nginx, site
from .processes import BROADSHEET, found_in, free_port, memory_mb, processor_seconds
from .prose import paragraphs, sentence

CONNECTIONS = 32
SECONDS = 4  # of each round
ROUNDS = 5
HOT_PAGES = 10_000
TIMES_ASKED = 3
COMMENTS = 30
ARTICLE = "/news/ferry-returns/"


@dataclass(frozen=True, slots=True)
class Round:
    per_second: float
    p99: float  # milliseconds
    cpu: float  # microseconds of the server's processor time for each request


@dataclass(frozen=True, slots=True)
class Server:
    url: str
    pid: int


def wrk(server: Server, *headers: str) -> Round:
    """One round on the article; raises if any answer was an error."""
    options = [part for header in ("Accept-Encoding: gzip", *headers) for part in ("-H", header)]
    before = processor_seconds(server.pid)
    output = subprocess.run(
        ["taskset", "-c", "1", "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency", *options, server.url + ARTICLE],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    used = processor_seconds(server.pid) - before
    if "Non-2xx" in output and not headers:
        raise RuntimeError(output)
    requests = int(found_in(r"(\d+) requests in", output))
    latency, unit = re.findall(r"99%\s+([\d.]+)(us|ms|s)", output)[0]
    return Round(
        per_second=float(found_in(r"Requests/sec:\s+([\d.]+)", output)),
        p99=float(latency) * {"us": 0.001, "ms": 1, "s": 1000}[unit],
        cpu=used / requests * 1e6,
    )


@contextmanager
def running(command: Sequence[str], port: int, log: Path) -> Iterator[Server]:
    """A server on the first core, until it has answered and while it is measured."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            ["taskset", "-c", "0", *command], stdout=output, stderr=output, env=os.environ | {"PORT": str(port)}
        )  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(1200):
            try:
                urllib.request.urlopen(url + ARTICLE, timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        else:
            raise RuntimeError(log.read_text())
        yield Server(url, process.pid)
    finally:
        process.terminate()
        process.wait(10)


def print_the_article() -> dict[str, int]:
    """An article with 30 comments, printed, and well pressed. Returns what it weighs."""
    from broadsheet.comments import places  # noqa: PLC0415
    from broadsheet.newsroom import stylesheet  # noqa: PLC0415
    from broadsheet.press import worker  # noqa: PLC0415
    from broadsheet.press.encodings import Effort, Encoding, compress  # noqa: PLC0415
    from tests import builders  # noqa: PLC0415
    from tests.clock import NOON  # noqa: PLC0415
    from tests.comments.builders import a_comment  # noqa: PLC0415

    article = builders.an_article(by=("Amal Haddad",), standfirst=sentence(7), body=paragraphs(12))
    place = places.find(article.pk)
    if place is None:
        raise RuntimeError("the article can't be commented on")
    for number in range(COMMENTS):
        a_comment(
            place,
            " ".join(sentence(number + 31 * n) for n in range(3)),
            author=f"Reader {number}",
            address=f"203.{number}.113.7",
            email=f"reader{number}@reader.example",
        )
    worker.run_pending(limit=10_000, now=NOON)
    pages = worker.store()
    pages.recompress(ARTICLE)
    stored = pages.find(ARTICLE)
    if stored is None:
        raise RuntimeError("the article was not printed")
    html = pages.read(ARTICLE, stored, Encoding.BROTLI) or b""
    sheet = stylesheet.joined(stylesheet.sources()).encode()
    return {"html": len(html), "css": len(compress(sheet, Encoding.BROTLI, Effort.BEST))}


def make_hot(server: Server) -> None:
    """Print many pages of the article's size, and ask for all of them again and again."""
    from broadsheet.press import worker  # noqa: PLC0415
    from broadsheet.press.encodings import Encoding  # noqa: PLC0415
    from broadsheet.press.records import Page  # noqa: PLC0415

    pages = worker.store()
    stored = pages.find(ARTICLE)
    body = (pages.read(ARTICLE, stored, Encoding.IDENTITY) if stored else None) or b""
    for number in range(HOT_PAGES):
        pages.write(f"/hot/{number}/", Page(body + b"<!-- %d -->" % number), flush=False)
    connection = http.client.HTTPConnection(server.url.removeprefix("http://"), timeout=10)
    for _ in range(TIMES_ASKED):
        for number in range(HOT_PAGES):
            connection.request("GET", f"/hot/{number}/", headers={"Accept-Encoding": "br"})
            connection.getresponse().read()
    connection.close()


def measure(folder: Path) -> dict[str, Any]:
    weight = print_the_article()
    ports = {name: free_port() for name in ("embedded", "nginx", "behind", "headers", "closing")}
    commands = {
        "embedded": [*BROADSHEET, "serve", "--site", str(folder)],
        "nginx": nginx.command(folder, "nginx", nginx.plain(folder, ports["nginx"])),
        "behind": nginx.command(folder, "behind", nginx.configured(folder, ports["behind"])),
        "headers": nginx.command(folder, "headers", nginx.with_our_headers(folder, ports["headers"])),
        "closing": nginx.command(folder, "closing", nginx.plain(folder, ports["closing"], more="")),
    }  # fmt: skip
    rounds: defaultdict[str, list[Round]] = defaultdict(list)
    with ExitStack() as stack:
        servers = {
            name: stack.enter_context(running(command, ports[name], folder / f"{name}.out"))
            for name, command in commands.items()
            if name == "embedded" or shutil.which("nginx")
        }
        etag = urllib.request.urlopen(
            urllib.request.Request(
                servers["embedded"].url + ARTICLE, headers={"Accept-Encoding": "gzip"}
            )
        ).headers["etag"]
        for _ in range(ROUNDS):
            for name, server in servers.items():
                rounds[name].append(wrk(server))
            rounds["304"].append(wrk(servers["embedded"], f"If-None-Match: {etag}"))
        make_hot(servers["embedded"])
        memory = memory_mb(servers["embedded"].pid)
    return figures(rounds, weight, memory)


def figures(
    rounds: dict[str, list[Round]], weight: dict[str, int], memory: float
) -> dict[str, Any]:
    def median(name: str, field: str) -> float | None:
        found = [getattr(one, field) for one in rounds.get(name, [])]
        return round(statistics.median(found), 2) if found else None

    def ratio(one: str, other: str) -> float | None:
        pairs = zip(rounds.get(one, []), rounds.get(other, []), strict=False)
        ratios = [a.per_second / b.per_second for a, b in pairs]
        return round(statistics.median(ratios), 3) if ratios else None

    return {
        "embedded_requests_per_second": median("embedded", "per_second"),
        "nginx_gzip_static_requests_per_second": median("nginx", "per_second"),
        "ratio_embedded_to_nginx": ratio("embedded", "nginx"),
        "ratio_behind_nginx_to_nginx": ratio("behind", "nginx"),
        "ratio_behind_nginx_to_nginx_with_our_headers": ratio("behind", "headers"),
        "ratio_behind_nginx_to_nginx_that_opens_each_file": ratio("behind", "closing"),
        "ratio_behind_nginx_to_nginx_by_cpu": by_processor(rounds, "behind"),
        "p99_ms": median("embedded", "p99"),
        "not_modified_requests_per_second": median("304", "per_second"),
        "embedded_cpu_us_per_request": median("embedded", "cpu"),
        "nginx_cpu_us_per_request": median("nginx", "cpu"),
        "ratio_embedded_to_nginx_by_cpu": by_processor(rounds, "embedded"),
        "page_bytes_br": weight["html"] + weight["css"],
        "html_bytes_br": weight["html"],
        "css_bytes_br": weight["css"],
        "memory_mb_pss": round(memory, 1),
        "hot_pages": HOT_PAGES,
        "missing": [tool for tool in ("nginx", "wrk") if shutil.which(tool) is None],
    }


def by_processor(rounds: dict[str, list[Round]], name: str) -> float | None:
    """The ratio that remains when other processes want the same cores: nginx's processor time over ours."""
    pairs = zip(rounds.get("nginx", []), rounds.get(name, []), strict=False)
    ratios = [theirs.cpu / ours.cpu for theirs, ours in pairs]
    return round(statistics.median(ratios), 3) if ratios else None


def main() -> None:
    if shutil.which("wrk") is None:
        site.report({"missing": ["wrk"]})
        return
    with site.begin() as folder:
        site.report(measure(folder))


if __name__ == "__main__":
    main()
