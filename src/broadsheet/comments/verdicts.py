"""From what the filter says and what the owner set to where a comment goes."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from broadsheet.spam import Judgement, Verdict

from . import markup
from .drafts import Draft
from .models import ReaderComment, Status
from .places import Place
from .policy import CommentPolicy


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where a comment goes, and which rule says so."""

    status: Status
    because: str = ""  # for the moderator and the receipt; empty for published ones


def outcome(draft: Draft, *, place: Place, verdict: Verdict, author_hash: str) -> Outcome:
    """The strictest rule decides: spam, then hold, then publish."""
    if draft.honeypot_filled:
        return Outcome(Status.SPAM, _("A field that people don't see was filled in."))
    settings = place.settings
    if verdict.judgement == Judgement.SPAM and not settings.shadow_mode:
        return Outcome(Status.SPAM, _("The spam filter takes it for spam."))
    if settings.hold_all:
        return Outcome(Status.HELD, _("All comments wait for a moderator at the moment."))
    if place.policy == CommentPolicy.PREMODERATED:
        return Outcome(Status.HELD, _("Comments on this article wait for a moderator."))
    if settings.links_allowed and markup.links_in(draft.text) > settings.links_allowed:
        return Outcome(Status.HELD, _("It has many links."))
    if settings.hold_first and not _was_published_before(author_hash):
        return Outcome(Status.HELD, _("An author's first comment waits for a moderator."))
    if verdict.judgement == Judgement.UNSURE and not settings.shadow_mode:
        return Outcome(Status.HELD, _("The spam filter is not sure."))
    return Outcome(Status.PUBLISHED)


def _was_published_before(author_hash: str) -> bool:
    return (
        bool(author_hash)
        and ReaderComment.objects.filter(email_hash=author_hash, status=Status.PUBLISHED).exists()
    )
