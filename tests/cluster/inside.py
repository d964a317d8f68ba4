"""What a test asks of a node's site, run in a process of its own: `python -m tests.cluster.inside COMMAND …` prints JSON."""

import json
import sys
from datetime import UTC, datetime

import django

django.setup()

from broadsheet.comments.forms import printed_token  # noqa: E402
from broadsheet.comments.models import CommentSettings, Rule  # noqa: E402
from broadsheet.learning import log  # noqa: E402
from broadsheet.learning.log import PastDecision  # noqa: E402
from broadsheet.newsroom.models import ArticlePage, SectionPage  # noqa: E402
from broadsheet.press import worker  # noqa: E402
from broadsheet.spam import Submission  # noqa: E402
from tests.builders import the_site  # noqa: E402
from tests.press.builders import difference  # noqa: E402


def prepare() -> tuple[int, str, str]:
    """An article that takes every comment at once: number, path and token."""
    settings = CommentSettings.for_site(the_site())
    settings.author_per_hour = settings.network_per_hour = 0
    settings.save()
    Rule.objects.create(kind=Rule.Kind.WORDS, value="ferry", effect=Rule.Effect.TRUST)
    return publish("Ferry")


def publish(title: str) -> tuple[int, str, str]:
    section = SectionPage.objects.order_by("path")[0]
    article = section.add_child(instance=ArticlePage(title=title, slug=title.lower(), live=False))
    article.save_revision().publish()
    return article.pk, article.get_url(), printed_token(article.pk)


def teach() -> int:
    """Some lessons, as a moderator gives them."""
    now = datetime.now(UTC)
    lessons = [
        PastDecision(Submission(text=f"Win {n} coins in the casino"), n % 2 == 0, now)
        for n in range(6)
    ]
    return log.record_past_decisions(lessons)


def look() -> list[str]:
    """The paths whose stored page is not what Django would answer now. Nothing is printed."""
    found = difference(worker.store())
    return sorted(found.stale | found.missing | found.extra)


def name() -> str:
    return worker.store().name()


COMMANDS = {"prepare": prepare, "publish": publish, "teach": teach, "look": look, "name": name}

if __name__ == "__main__":
    print(json.dumps(COMMANDS[sys.argv[1]](*sys.argv[2:])))  # noqa: T201
