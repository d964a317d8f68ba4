"""A node of its own that nobody is sent to, where a test edits and looks: `python -m tests.cluster.inside`.

Reads a JSON list on each line, a command and its arguments, and answers in a line of JSON.
"""

import difflib
import itertools
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import django

django.setup()

from django.db import close_old_connections  # noqa: E402

from broadsheet.akismet import issuing  # noqa: E402
from broadsheet.akismet.models import Key  # noqa: E402
from broadsheet.comments.forms import printed_token  # noqa: E402
from broadsheet.comments.models import CommentSettings, Rule  # noqa: E402
from broadsheet.learning import log  # noqa: E402
from broadsheet.learning.log import PastDecision  # noqa: E402
from broadsheet.learning.models import LoggedJudgement  # noqa: E402
from broadsheet.newsroom.models import ArticlePage, SectionPage  # noqa: E402
from broadsheet.press.printing import page_for  # noqa: E402
from broadsheet.press.store import PageStore  # noqa: E402
from broadsheet.spam import Submission  # noqa: E402
from tests.builders import a_photo, the_site  # noqa: E402
from tests.press.builders import difference, stored  # noqa: E402

MOST_LINES, LONGEST_LINE = 20, 300


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
    """Some lessons, as a moderator gives them, of which the texts of some are erased at once; how many."""
    now = datetime.now(UTC)
    lessons = [
        PastDecision(Submission(text=f"Win {n} coins in the casino"), n % 2 == 0, now)
        for n in range(6)
    ]
    taught = log.record_past_decisions(lessons)
    newest = LoggedJudgement.objects.filter(lesson__isnull=False).order_by("-lesson")
    erased = list(newest.values_list("pk", flat=True)[1 : taught - 1])
    log.erase(judgement_ids=erased, unlearn=False)
    return taught


def issue_key() -> str:
    """For a site that asks the spam service."""
    return issuing.issue(Key(name="The harbour's site"), now=datetime.now(UTC))


def look(folder: str) -> list[str]:
    """The paths whose page in a node's folder is not what Django would answer now. Nothing is printed."""
    found = difference(PageStore(Path(folder)))
    return sorted(found.stale | found.missing | found.extra)


def compare(folder: str, path: str) -> list[str]:
    """How a page in a node's folder differs from what Django would answer now, for whoever reads of a failure."""
    pages = (stored(PageStore(Path(folder)), path), page_for(path))
    was, should_be = (
        page.body.decode(errors="replace").splitlines() if page else [] for page in pages
    )
    lines = difflib.unified_diff(was, should_be, "stored", "fresh", n=0, lineterm="")
    return [line[:LONGEST_LINE] for line in itertools.islice(lines, MOST_LINES)]


COMMANDS = {
    "open_comments": open_comments,
    "publish": publish,
    "teach": teach,
    "issue_key": issue_key,
    "look": look,
    "compare": compare,
}


def main() -> None:
    for line in sys.stdin:
        command, *arguments = json.loads(line)
        close_old_connections()
        print(json.dumps(COMMANDS[command](*arguments)), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
