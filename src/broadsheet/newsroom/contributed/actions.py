"""What moves a contribution: each action is one transaction, and mails what the contributor wants to know."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.html import strip_tags
from django.utils.translation import get_language
from wagtail.models import Site

from broadsheet.comments import identity
from broadsheet.comments.clients import Sender
from broadsheet.comments.offices import paper_of
from broadsheet.learning import log
from broadsheet.learning.models import Decision, Source
from broadsheet.newsroom.models import ArticlePage, Contribution, ContributionLetter
from broadsheet.spam import Judgement, SpamFilter, Submission

from . import drafts
from .offers import Offer

PER_DAY = 5  # from one address
DAY = timedelta(days=1)
Status = Contribution.Status


class TooMany(Exception):
    """One address has sent as many contributions as it may on a day."""


@transaction.atomic
def submit(
    offer: Offer, *, site: Site, sender: Sender, spam_filter: SpamFilter, now: datetime
) -> Contribution:
    """Judge an offer to the newspaper of `site`, and make a draft of it, unless it is spam. Raises TooMany."""
    origin = identity.origin(settings.SECRET_KEY, sender.address)
    _check_limit(origin.address_hash, now)
    submission = _submission(offer, sender, now)
    verdict = spam_filter.judge(submission)
    is_spam = offer.trapped or verdict.judgement == Judgement.SPAM
    contribution = Contribution.objects.create(
        site=site,
        kind=offer.kind,
        status=Status.SPAM if is_spam else Status.RECEIVED,
        name=offer.name,
        email=offer.email,
        headline=offer.headline,
        html=offer.html,
        language=get_language() or "",
        judgement=log.record(
            submission=submission,
            verdict=verdict,
            source=Source.OFFER,
            judged_at=now,
            paper=paper_of(site),
        ),
        address_hash=origin.address_hash,
        created_at=now,
        changed_at=now,
    )
    if not is_spam:
        contribution.article = drafts.make(contribution, offer.photos)
        contribution.save(update_fields=["article"])
        _tell(contribution, now)
    return contribution


def _check_limit(address_hash: str, now: datetime) -> None:
    sent = Contribution.objects.filter(address_hash=address_hash, created_at__gt=now - DAY)
    if address_hash and sent.count() >= PER_DAY:
        raise TooMany


def _submission(offer: Offer, sender: Sender, now: datetime) -> Submission:
    return Submission(
        text=strip_tags(f"{offer.headline}\n\n{offer.html}"),
        author=offer.name,
        author_email=offer.email,
        user_agent=sender.user_agent,
        referrer=sender.referrer,
        site_lang=get_language() or "",
        honeypot_filled=offer.trapped,
        sent_at=now.timestamp(),
    )


@transaction.atomic
def answer(contribution: Contribution, *, text: str, html: str, now: datetime) -> None:
    """The contributor writes to the editors, or sends a new version (`html`, "" for none)."""
    if not contribution.is_open:
        return
    if text:
        contribution.messages.create(is_editors=False, text=text, written_at=now)
    if html:
        contribution.html = html
        if contribution.article is not None and not contribution.article.live:
            drafts.revise(contribution.article, html)
    _move(contribution, Status.RECEIVED, now)


@transaction.atomic
def withdraw(contribution: Contribution, *, now: datetime) -> None:
    """The contributor takes it back: what was never published is deleted, and so is what we knew of them."""
    if contribution.status == Status.PUBLISHED:
        return
    drafts.remove(contribution)
    contribution.messages.all().delete()
    contribution.letters.filter(sent_at=None).delete()
    contribution.article = None
    contribution.name = contribution.email = contribution.html = contribution.address_hash = ""
    _move(contribution, Status.WITHDRAWN, now)


@transaction.atomic
def decide(
    contribution: Contribution,
    *,
    status: Status,
    message: str,
    by: AbstractBaseUser | None,
    now: datetime,
) -> None:
    """An editor asks, accepts, declines, or takes it for spam; the filter learns from the latter three."""
    if contribution.status == Status.WITHDRAWN:
        return
    if message:
        contribution.messages.create(is_editors=True, text=message, written_at=now)
    if status == Status.SPAM:
        drafts.remove(contribution)
        contribution.article = None
    _move(contribution, status, now)
    _teach(contribution, status, by, now)
    if status != Status.SPAM:
        _tell(contribution, now)


def _teach(
    contribution: Contribution, status: Status, by: AbstractBaseUser | None, now: datetime
) -> None:
    if contribution.judgement_id is not None and status != Status.QUESTION:
        decision = Decision.SPAM if status == Status.SPAM else Decision.HAM
        log.decide(
            judgement_id=contribution.judgement_id,
            decision=decision,
            decided_at=now,
            decided_by=by,
        )


def published(article: ArticlePage, *, now: datetime) -> None:
    """Its article is in the paper: tell the contributor, once."""
    contribution = Contribution.objects.filter(article=article).first()
    if contribution is not None and contribution.status != Status.PUBLISHED:
        decide(contribution, status=Status.PUBLISHED, message="", by=None, now=now)


def _move(contribution: Contribution, status: Status, now: datetime) -> None:
    contribution.status, contribution.changed_at = status, now
    contribution.save()


def _tell(contribution: Contribution, now: datetime) -> None:
    ContributionLetter.objects.create(contribution=contribution, created_at=now, next_try_at=now)
