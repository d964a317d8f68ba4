"""From what the filter says, the rules and the owner's settings to where a comment goes."""

import time
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from broadsheet.spam import Judgement, Verdict

from . import markup, rules
from .drafts import Draft
from .memory import Memory
from .models import CommentPolicy, CommentSettings, ReaderComment, Rule, Status
from .places import Place
from .rules import Effect, Subject


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where a comment goes, and why."""

    status: Status
    because: str = ""  # in words for the author; empty for published ones
    rule: str = ""  # the rule that decided, for the desk
    silently: bool = False  # the author is not told of the rejection
    work_bits: int = 0  # a proof of so much work publishes it all the same


def outcome(draft: Draft, *, place: Place, verdict: Verdict, author_hash: str) -> Outcome:
    """The rules that moderators wrote come first, then the filter, then what the owner wants to see before."""
    if draft.honeypot_filled:
        return Outcome(Status.SPAM, _("A field that people don't see was filled in."))
    by_rule = _by_rule(draft, place.settings.site_id)
    if by_rule is not None:
        return by_rule
    judgement = _judgement(verdict, place.settings)
    noted = _noted(judgement) if place.settings.shadow_mode else ""
    if judgement == Judgement.SPAM and not place.settings.shadow_mode:
        return Outcome(Status.SPAM, _("The spam filter takes it for spam."))
    because = _why_to_hold(draft, place=place, author_hash=author_hash)
    if because:
        return Outcome(Status.HELD, because, noted)
    if judgement == Judgement.UNSURE and not place.settings.shadow_mode:
        because, bits = _("The spam filter is not sure."), place.settings.proof_of_work
        return Outcome(Status.HELD, because, work_bits=bits)
    return Outcome(Status.PUBLISHED, rule=noted)


def _judgement(verdict: Verdict, settings: CommentSettings) -> Judgement:
    """The filter's, unless this newspaper wants to look at more of it."""
    percent = 100 * verdict.spam_probability
    if verdict.judgement == Judgement.SPAM and percent < settings.spam_percent:
        return Judgement.UNSURE
    if verdict.judgement == Judgement.HAM and 0 < settings.hold_percent <= percent:
        return Judgement.UNSURE
    return verdict.judgement


def _noted(judgement: Judgement) -> str:
    """What the filter would have done, for the desk."""
    match judgement:
        case Judgement.SPAM:
            return _("Shadow mode: the filter would have taken it for spam.")
        case Judgement.UNSURE:
            return _("Shadow mode: the filter would have held it.")
        case Judgement.HAM:
            return ""


SECONDS_REMEMBERED = 1.0  # how late a new rule may work in another process
RULES: "Memory[int | None, tuple[rules.Rule, ...]]" = Memory(SECONDS_REMEMBERED)


def _rules(site_id: int | None) -> tuple[rules.Rule, ...]:
    """Those of all newspapers, and those of one."""
    found = Rule.everywhere.order_by().filter(Q(site=None) | Q(site_id=site_id))
    return tuple(
        rules.Rule(rules.Kind(kind), value, Effect(effect))
        for kind, value, effect in found.values_list("kind", "value", "effect")
    )


def _by_rule(draft: Draft, site_id: int | None) -> Outcome | None:
    known = RULES.get(site_id, _rules, clock=time.monotonic())
    subject = Subject(draft.text, draft.author, draft.email, draft.web_address, draft.address)
    rule = rules.first_that_fits(known, subject)
    if rule is None:
        return None
    name = Rule.name_of(rule.kind, rule.value)
    match rule.effect:
        case Effect.TRUST:
            return Outcome(Status.PUBLISHED, rule=name)
        case Effect.HOLD:
            return Outcome(Status.HELD, _("A rule of this newspaper lets it wait."), name)
        case Effect.REJECT:
            return Outcome(Status.REJECTED, _("A rule of this newspaper excludes it."), name)
        case Effect.BLOCK:
            return Outcome(Status.REJECTED, _("It waits for a moderator."), name, silently=True)


def _why_to_hold(draft: Draft, *, place: Place, author_hash: str) -> str:
    """What the owner wants to see before: a sentence, or "" if that is not this comment."""
    settings = place.settings
    if settings.hold_all:
        return _("All comments wait for a moderator at the moment.")
    if place.policy == CommentPolicy.PREMODERATED:
        return _("Comments on this article wait for a moderator.")
    if settings.links_allowed and markup.links_in(draft.text) > settings.links_allowed:
        return _("It has many links.")
    if settings.hold_first and not _was_published_before(author_hash):
        return _("An author's first comment waits for a moderator.")
    return ""


def _was_published_before(author_hash: str) -> bool:
    return (
        bool(author_hash)
        and ReaderComment.objects.filter(email_hash=author_hash, status=Status.PUBLISHED).exists()
    )
