"""Forgetting in time: network addresses and e-mail addresses go when the owner's settings say so."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from wagtail.models import Site

from broadsheet.learning import log

from . import authors
from .models import CommentSettings, ReaderComment, Report, Revision, Subscription

BATCH = 500  # rows changed in one transaction, so that readers who write need not wait
UNCONFIRMED_DAYS = 14  # an address for news of replies, that nobody has confirmed


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many rows lost what."""

    addresses: int
    emails: int
    reports: int


def forget(now: datetime) -> Forgotten:
    """Drop what is older than its time; cheap when there is nothing to drop. For the background worker, daily or oftener."""
    addresses = emails = reports = 0
    for site in Site.objects.select_related("root_page"):
        settings = CommentSettings.for_site(site)
        comments = ReaderComment.objects.filter(page__path__startswith=site.root_page.path)
        if settings.address_days:
            before = now - timedelta(days=settings.address_days)
            addresses += _forget_addresses(comments.filter(created_at__lt=before))
            reports += _forget_reports(
                Report.objects.filter(
                    created_at__lt=before, comment__page__path__startswith=site.root_page.path
                )
            )
        if settings.email_days:
            before = now - timedelta(days=settings.email_days)
            emails += _forget_emails(comments.filter(created_at__lt=before))
        emails += _forget_unconfirmed(
            Subscription.objects.filter(
                page__path__startswith=site.root_page.path,
                confirmed_at=None,
                created_at__lt=now - timedelta(days=unconfirmed_days(settings)),
            )
        )
    if addresses or emails or reports:
        authors.forget_journal()
    return Forgotten(addresses, emails, reports)


def _forget_addresses(comments: "QuerySet[ReaderComment]") -> int:
    """What the filter saw of the sender goes, too; what it learnt from it stays as numbers."""
    known = comments.exclude(network="", address_hash="", user_agent="")
    emptied = {"network": "", "address_hash": "", "user_agent": "", "sent_once": None, "rule": ""}
    return _in_batches(known, emptied, seen_by_the_filter=("user_agent", "referrer"))


def _forget_reports(reports: "QuerySet[Report]") -> int:
    known = reports.exclude(address_hash="", network="")
    return _in_batches(known, {"address_hash": "", "network": ""})


def _forget_emails(comments: "QuerySet[ReaderComment]") -> int:
    """The hash goes too; who is still told of replies keeps the subscription until it is cancelled."""
    kept = Subscription.objects.filter(confirmed_at__isnull=False).values("comment_id")
    known = comments.exclude(email="", email_hash="").exclude(pk__in=kept)
    return _in_batches(known, {"email": "", "email_hash": ""}, seen_by_the_filter=("author_email",))


def unconfirmed_days(settings: CommentSettings) -> int:
    """How long an address for news of replies waits to be confirmed."""
    return min(UNCONFIRMED_DAYS, settings.email_days or UNCONFIRMED_DAYS)


def _forget_unconfirmed(subscriptions: "QuerySet[Subscription]") -> int:
    forgotten = 0
    while keys := list(subscriptions.values_list("pk", flat=True)[:BATCH]):
        Subscription.objects.filter(pk__in=keys).delete()
        forgotten += len(keys)
    return forgotten


def forget_judgements(page_id: int) -> None:
    """What the filter has logged of a page's comments is forgotten before they go with the page; what it learnt stays."""
    comments = ReaderComment.objects.filter(page_id=page_id).order_by("pk")
    keys = list(comments.values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        log.erase(judgement_ids=_judgements(keys[start : start + BATCH]), unlearn=False)


def _in_batches(
    rows: "QuerySet[ReaderComment] | QuerySet[Report]",
    emptied: dict[str, str | None],
    *,
    seen_by_the_filter: tuple[str, ...] = (),
) -> int:
    changed = 0
    while keys := list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            changed += rows.model._default_manager.filter(pk__in=keys).update(**emptied)
            if seen_by_the_filter:
                log.empty(judgement_ids=_judgements(keys), fields=seen_by_the_filter)
    return changed


def _judgements(comment_ids: list[int]) -> list[int]:
    """What the filter has logged of these comments, and of what they said before."""
    now = ReaderComment.objects.filter(pk__in=comment_ids, judgement__isnull=False)
    before = Revision.objects.filter(comment__in=comment_ids, judgement__isnull=False)
    return [
        *now.values_list("judgement_id", flat=True),
        *before.values_list("judgement_id", flat=True),
    ]
