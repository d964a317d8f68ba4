"""Comments that come from another system, with their threads, in few queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from broadsheet.learning import log
from broadsheet.spam import Submission

from . import entries, identity, sheets
from .models import ReaderComment, Status
from .signals import counts_changed, thread_changed

BATCH = 200


@dataclass(frozen=True, slots=True)
class PastComment:
    """A comment as another system kept it."""

    source: str  # unique in the world: "wordpress:https://old.example:42"
    author: str
    html: str  # cleaned when it is kept
    created_at: datetime  # aware
    status: Status
    email: str = ""
    web_address: str = ""
    address: str = ""  # the sender's network address; only hashed and shortened forms are kept
    answers: str = ""  # the source of the comment that it answers


@transaction.atomic
def keep(
    *,
    page_id: int,
    comments: Iterable[PastComment],
    language: str = "",
    origin: str = "import",
) -> int:
    """Add those that are not there yet, below the page; returns how many. The same again adds nothing.

    Answers to comments that are neither here nor in `comments` stand on the article itself.
    """
    ordered = sorted(comments, key=lambda past: (past.created_at, past.source))
    known = _known([past.source for past in ordered] + [past.answers for past in ordered])
    new = {
        past.source: _comment(past, page_id, language)
        for past in ordered
        if past.source not in known
    }
    if not new:
        return 0
    ReaderComment.objects.bulk_create(new.values(), batch_size=BATCH)
    keys = known | {source: comment.pk for source, comment in new.items()}
    parents = {past.source: keys.get(past.answers) for past in ordered if past.source in new}
    _take_places(page_id, new, parents)
    ReaderComment.objects.bulk_update(new.values(), ["parent", "sheet"], batch_size=BATCH)
    log.record_past_decisions(
        _lessons(past for past in ordered if past.source in new), origin=origin
    )
    return len(new)


def _known(sources: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for start in range(0, len(sources), BATCH):
        batch = sources[start : start + BATCH]
        rows = ReaderComment.objects.filter(source__in=batch).values_list("source", "pk")
        found |= {source: pk for source, pk in rows if source}
    return found


def _comment(past: PastComment, page_id: int, language: str) -> ReaderComment:
    secret: str = settings.SECRET_KEY
    origin = identity.origin(secret, past.address)
    comment = ReaderComment(
        page_id=page_id,
        status=past.status,
        author=past.author[:80],
        author_key=identity.keyed_hash(secret, "portrait", past.email.lower() or past.author),
        email=past.email[:254],
        email_hash=identity.email_hash(secret, past.email),
        web_address=past.web_address[:300],
        text=past.html,
        is_html=True,
        created_at=past.created_at,
        language=language,
        network=origin.network,
        address_hash=origin.address_hash,
        source=past.source,
    )
    if past.status == Status.PUBLISHED:
        comment.html = entries.fragment(comment)
    return comment


def _take_places(
    page_id: int, comments: dict[str, ReaderComment], parents: dict[str, int | None]
) -> None:
    """Sheets are filled in the order in which the comments were written."""
    plan = sheets.Plan.of(page_id)
    for source, comment in comments.items():
        comment.parent_id = parents[source]
        if comment.status == Status.PUBLISHED:
            comment.sheet = plan.place(comment.parent_id)
            plan.sheet_of[comment.pk] = comment.sheet
    plan.keep()
    counts_changed.send(ReaderComment, page_ids=[page_id])
    changed = {comment.sheet for comment in comments.values() if comment.sheet}
    if changed:
        beside = {sheet - 1 for sheet in changed if sheet > 1}
        thread_changed.send(
            ReaderComment, page_id=page_id, sheets=tuple(sorted({1, *changed, *beside}))
        )


def _lessons(pasts: Iterable[PastComment]) -> Iterable[log.PastDecision]:
    for past in pasts:
        if past.status in {Status.PUBLISHED, Status.SPAM}:
            _, at, host = past.email.rpartition("@")
            yield log.PastDecision(
                Submission(
                    text=past.html,
                    author=past.author,
                    author_email=f"name@{host}" if at else "",
                    author_url=past.web_address,
                    sent_at=past.created_at.timestamp(),
                ),
                is_spam=past.status == Status.SPAM,
                decided_at=past.created_at,
            )
