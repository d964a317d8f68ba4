"""Following the links of articles to other sites: noted when an editor saves, followed by the background, kept for a while."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import F, Q, QuerySet

from .models import ArticlePage, LinkElsewhere, Newspaper
from .models.elsewhere import IN_ORDER, PASSING, Outcome, addresses_in

SETTLED = timedelta(seconds=3)  # until what was typed is followed: it may be half an address
KEPT = timedelta(days=1)  # a draft's result; then saving it has the link followed again
EVERY = timedelta(days=7)  # for what readers see
PAUSE = timedelta(minutes=1)  # before one who did not answer is asked again
ATTEMPTS = 2  # before an editor is told of it
AT_ONCE = 20  # addresses
THREADS = 4

Follow = Callable[[str], Outcome]


def is_wanted(article: ArticlePage) -> bool:
    """Whether its newspaper asks other sites at all."""
    site = article.get_site()
    return site is None or not Newspaper.objects.filter(site=site, follows_links=False).exists()


def _unwanted() -> "QuerySet[LinkElsewhere]":
    """Those of newspapers that ask no other site (any more)."""
    roots = Newspaper.objects.filter(follows_links=False).values_list("site__root_page__path")
    of_these = [Q(article__path__startswith=root) for (root,) in roots]
    return LinkElsewhere.objects.filter(reduce(or_, of_these, Q(pk__in=[])))


@transaction.atomic
def note(article: ArticlePage, *, now: datetime, again: bool = False) -> None:
    """Have the links of a draft, or of what was just published, followed; `again` for all of them. Five queries, or six."""
    if not is_wanted(article):
        return
    wanted = addresses_in(article)
    public = ArticlePage.objects.filter(pk=article.pk).first()
    kept = wanted | (addresses_in(public) if public else set())
    rows = LinkElsewhere.objects.filter(article_id=article.pk)
    rows.exclude(address__in=kept).delete()
    old = rows.filter(address__in=wanted)
    if not again:
        old = old.filter(followed_at__lt=now - KEPT)
    old.update(due_at=now, attempts=0, **({"outcome": Outcome.WAITING} if again else {}))
    known = set(rows.values_list("address", flat=True))
    LinkElsewhere.objects.bulk_create(
        (
            LinkElsewhere(article_id=article.pk, address=address, due_at=now + SETTLED)
            for address in sorted(wanted - known)
        ),
        ignore_conflicts=True,  # two saves of a moment
    )


def dead_in_public() -> "QuerySet[LinkElsewhere]":
    """The links of published articles that were followed in vain, those found last first."""
    found = LinkElsewhere.objects.filter(article__live=True).exclude(outcome__in=IN_ORDER)
    return found.order_by("-followed_at", "pk")


def follow_due(now: datetime, *, follow: Follow) -> int:
    """Follow what is due, AT_ONCE addresses at most and each only once for all articles; returns how many."""
    _unwanted().delete()  # nobody is told what may not be true any more
    due = LinkElsewhere.objects.filter(due_at__lte=now).order_by("due_at", "pk")
    addresses = list(dict.fromkeys(due.values_list("address", flat=True)[:AT_ONCE]))
    if not addresses:
        return 0
    with ThreadPoolExecutor(min(THREADS, len(addresses))) as threads:
        outcomes = list(threads.map(follow, addresses))
    _keep(zip(addresses, outcomes, strict=True), now=now)
    return len(addresses)


@transaction.atomic
def _keep(found: Iterable[tuple[str, Outcome]], *, now: datetime) -> None:
    for address, outcome in found:
        rows = LinkElsewhere.objects.filter(address=address)
        if outcome in PASSING:
            once_more = rows.filter(attempts__lt=ATTEMPTS - 1)
            if once_more.update(attempts=F("attempts") + 1, due_at=now + PAUSE):
                continue
        rows.update(outcome=outcome, attempts=0, followed_at=now, due_at=None)
        rows.filter(article__live=True).update(due_at=now + EVERY)
