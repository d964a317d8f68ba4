"""Fills a new site for `bench.comments` and `bench.storm`: articles with comments, no limits, a filter that has learnt what readers write."""

import json
import sys
from datetime import UTC, datetime, timedelta

import django

django.setup()

from django.db import transaction  # noqa: E402
from django.utils.text import slugify  # noqa: E402
from wagtail.models import Site  # noqa: E402

from broadsheet.comments.forms import printed_token  # noqa: E402
from broadsheet.comments.models import CommentSettings  # noqa: E402
from broadsheet.importers import discussions  # noqa: E402
from broadsheet.importers.discussions import Thread  # noqa: E402
from broadsheet.importers.records import Comment, CommentState  # noqa: E402
from broadsheet.importers.tally import Tally  # noqa: E402
from broadsheet.learning import log, trainer  # noqa: E402
from broadsheet.newsroom.models import ArticlePage, SectionPage  # noqa: E402
from broadsheet.press import worker  # noqa: E402
from broadsheet.spam import Submission  # noqa: E402

from .comments import some_text  # noqa: E402

NOW = datetime.now(UTC)


def main() -> None:
    settings = CommentSettings.for_site(Site.objects.get(is_default_site=True))
    settings.author_per_hour = settings.network_per_hour = settings.slow_mode_seconds = 0
    settings.save()
    log.record_past_decisions(lesson(n) for n in range(200))
    trainer.keep_checkpoint()  # or the background process would, within a minute
    targets = {
        name: [article(f"{name} {n}", comments) for n in range(number)]
        for name, (number, comments) in json.loads(sys.argv[1]).items()
    }
    while worker.run_pending(limit=1000, now=datetime.now(UTC)):
        pass
    print(json.dumps(targets))


def article(title: str, comments: int) -> tuple[int, str, str]:
    """The page's id, its form's token and its path."""
    page = SectionPage.objects.order_by("path")[0].add_child(
        instance=ArticlePage(
            title=title,
            slug=slugify(title),
            standfirst=some_text(1),
            body=json.dumps(
                [{"type": "paragraph", "value": f"<p>{some_text(n)}</p>"} for n in range(20)]
            ),
            first_published_at=NOW,
        )
    )
    page.save_revision().publish()
    thread = Thread(page.pk, "", tuple(past(page.pk, n) for n in range(comments)))
    with transaction.atomic():
        discussions.bring([thread], origin="bench", now=NOW, tally=Tally())
    return page.pk, printed_token(page.pk), page.get_url()


def past(page_id: int, n: int) -> Comment:
    return Comment(
        id=f"{page_id}:{n}",
        parent=f"{page_id}:{n // 3}" if n % 3 == 1 else "",
        author=f"Reader {n % 97}",
        email="",
        web_address="",
        network_address="",
        text=some_text(n),
        written_at=NOW - timedelta(days=2) + timedelta(seconds=n),
        state=CommentState.PUBLISHED,
    )


def lesson(n: int) -> log.PastDecision:
    """Half of them ham, of the kind that the bench will send."""
    spam = n % 2 == 1
    text = f"Cheap pills, buy now at https://pills{n}.example" if spam else some_text(n + 100_000)
    author = "Pills" if spam else f"Reader {n % 97}"
    email = "name@pills.example" if spam else "name@bench.example"
    submission = Submission(text=text, author=author, author_email=email)
    return log.PastDecision(submission, is_spam=spam, decided_at=NOW)


if __name__ == "__main__":
    main()
