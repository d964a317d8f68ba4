"""A node of its own that nobody is sent to, where a test edits and looks: `python -m tests.cluster.inside`.

Reads a JSON list on each line, a command and its arguments, and answers in a line of JSON.
"""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import django

django.setup()

from django.db import close_old_connections  # noqa: E402

from broadsheet.comments.forms import printed_token  # noqa: E402
from broadsheet.comments.models import CommentSettings, Rule  # noqa: E402
from broadsheet.learning import log  # noqa: E402
from broadsheet.learning.log import PastDecision  # noqa: E402
from broadsheet.newsroom.models import ArticlePage, SectionPage  # noqa: E402
from broadsheet.press.store import PageStore  # noqa: E402
from broadsheet.spam import Submission  # noqa: E402
from tests.builders import a_photo, the_site  # noqa: E402
from tests.press.builders import difference  # noqa: E402


def open_comments() -> None:
    """Every comment on the ferry appears at once, however many there are."""
    settings = CommentSettings.for_site(the_site())
    settings.author_per_hour = settings.network_per_hour = 0
    settings.save()
    Rule.objects.create(kind=Rule.Kind.WORDS, value="ferry", effect=Rule.Effect.TRUST)


def publish(title: str) -> tuple[int, str, str]:
    """An article with a photo: number, path and token."""
    photo = a_photo(title, description="A quay", credit="Mira Holm")
    page = ArticlePage(title=title, slug=f"{uuid4().hex[:8]}", hero=photo, live=False)
    article = SectionPage.objects.order_by("path")[0].add_child(instance=page)
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


def look(folder: str) -> list[str]:
    """The paths whose page in a node's folder is not what Django would answer now. Nothing is printed."""
    found = difference(PageStore(Path(folder)))
    return sorted(found.stale | found.missing | found.extra)


COMMANDS = {
    "open_comments": open_comments,
    "publish": publish,
    "teach": teach,
    "look": look,
}


def main() -> None:
    for line in sys.stdin:
        command, *arguments = json.loads(line)
        close_old_connections()
        print(json.dumps(COMMANDS[command](*arguments)), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
