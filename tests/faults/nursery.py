"""A process that has loaded the application once, and forks a server, or another look at the site, whenever it is told to.

Python takes seconds to load Django and Wagtail; a fork takes milliseconds. Commands come as lines; each is answered with
a line of JSON: `prepare`, `serve PORT` (the number of the process, which leads a group of its own), `reap`, `look PATH …`, `look`.
"""

import json
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime

from django.db import connections
from granian.constants import Interfaces, Loops
from granian.log import LogLevels
from granian.server import Server

import broadsheet.web.rsgi  # noqa: F401, what granian serves
from broadsheet.comments.forms import printed_token
from broadsheet.comments.models import CommentSettings, Rule
from broadsheet.learning.filters import catch_up
from broadsheet.newsroom.models import ArticlePage, SectionPage
from broadsheet.press import worker
from broadsheet.press.printing import page_for
from tests.builders import the_site
from tests.press.builders import difference, stored


def prepare() -> list[tuple[int, str, str]]:
    """Two printed articles that take every comment at once: number, path and token of each."""
    settings = CommentSettings.for_site(the_site())
    settings.author_per_hour = settings.network_per_hour = 0
    settings.save()
    Rule.objects.create(kind=Rule.Kind.WORDS, value="ferry", effect=Rule.Effect.TRUST)
    section = SectionPage.objects.order_by("path")[0]
    articles = [
        section.add_child(instance=ArticlePage(title=f"Ferry {n}", slug=f"ferry-{n}")) for n in "ab"
    ]
    for article in articles:
        article.save_revision().publish()
    print_all()
    return [(article.pk, article.get_url(), printed_token(article.pk)) for article in articles]


def print_all() -> None:
    """What a background process would do in time."""
    while worker.run_pending(limit=1000, now=datetime.now(UTC)):
        pass


def look(*paths: str) -> list[str]:
    """Print what is ordered; then those of the paths, or of all, whose stored page is not a fresh print."""
    print_all()
    if paths:
        return [path for path in paths if stored(worker.store(), path) != page_for(path)]
    found = difference(worker.store())
    return sorted(found.stale | found.missing | found.extra)


def serve(port: str) -> None:
    os.setpgid(0, 0)
    Server(
        "broadsheet.web.rsgi:application",
        address="127.0.0.1",
        port=int(port),
        interface=Interfaces.RSGI,
        loop=Loops.uvloop,
        websockets=False,
        log_level=LogLevels.critical,
    ).serve()


def fork(work: Callable[[], object], *, wait: bool) -> object:
    """Do it in a child; what it returns, or the child's number if nobody waits."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        answer = json.dumps(work()).encode()
        os.write(writing, answer)
        os._exit(0)
    os.close(writing)
    if not wait:
        os.close(reading)
        return child
    with os.fdopen(reading) as answer_of_child:
        answer = answer_of_child.read()
    os.waitpid(child, 0)
    return json.loads(answer)


def obey(command: str, *arguments: str) -> object:
    match command:
        case "prepare":
            return fork(prepare, wait=True)
        case "look":
            return fork(lambda: look(*arguments), wait=True)
        case "serve":
            return fork(lambda: serve(*arguments), wait=False)
        case _:
            return os.waitpid(int(arguments[0]), 0)


def main() -> None:
    catch_up()  # the filter is read once, too
    connections.close_all()  # no connection may be shared by processes
    for line in sys.stdin:
        sys.stdout.write(json.dumps(obey(*line.split())) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
