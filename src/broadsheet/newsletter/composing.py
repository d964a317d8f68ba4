"""An edition becomes a letter: one HTML and one plain-text part for all readers, save for the link that unsubscribes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.template.loader import render_to_string
from django.utils import translation
from wagtail.models import Site

from broadsheet.comments import markup
from broadsheet.comments.offices import belonging_to
from broadsheet.newsroom.addresses import absolute
from broadsheet.newsroom.locality import writing_for
from broadsheet.newsroom.models import ArticlePage, queries
from broadsheet.newsroom.models.stories import signatures

from .models import Edition, NewsletterSettings

MOST = 30  # articles in one edition
AT_FIRST = timedelta(days=7)  # what the first automatic edition reaches back to
STOP = "\ue000"  # stands for the reader's own link; a character for private use, which nobody types


@dataclass(frozen=True, slots=True)
class Item:
    """An article as a letter shows it."""

    title: str
    kicker: str
    standfirst: str
    signed: str  # names, or ""
    url: str
    language: str  # "" for the newspaper's


@dataclass(frozen=True, slots=True)
class Letter:
    """What all readers get; STOP stands where each has an address of their own."""

    subject: str
    html: str
    text: str


def compose(edition: Edition, *, now: datetime) -> Letter:
    """The letter as it would be sent now: in its newspaper's language, on its clock, and leading to its addresses."""
    site = edition.newspaper_site
    with writing_for(site) as newspaper:
        context = {
            "paper": newspaper.name,
            "home_url": absolute("/"),
            "now": now,
            "edition": edition,
            "introduction": markup.render(edition.introduction),
            "items": [_item(article, site) for article in articles(edition, now=now)],
            "imprint": NewsletterSettings.for_site(site).imprint,
            "language": newspaper.language,
            "is_rtl": translation.get_language_bidi(),
            "stop": STOP,
        }
        return Letter(
            subject=" ".join(edition.subject.split()),
            html=render_to_string("newsletter/mail/edition.html", context),
            text=render_to_string("newsletter/mail/edition.txt", context),
        )


def articles(edition: Edition, *, now: datetime) -> Sequence[ArticlePage]:
    """The articles of the edition's newspaper that readers can see now: as chosen, or the newest first."""
    own = ArticlePage.objects.descendant_of(edition.newspaper_site.root_page)
    public = own.live().public().prefetch_related("bylines__contributor")
    if edition.selection == Edition.Selection.CURATED:
        chosen = [row.article_id for row in edition.chosen.all()[:MOST]]
        found = public.in_bulk(chosen)
        return [found[number] for number in chosen if number in found]
    since = public.filter(first_published_at__gt=_since(edition, now), first_published_at__lte=now)
    return list(queries.newest_first(since)[:MOST])


def is_empty(edition: Edition, *, now: datetime) -> bool:
    """Is there nothing to send?"""
    return not edition.introduction.strip() and not articles(edition, now=now)


def _since(edition: Edition, now: datetime) -> datetime:
    """When the newspaper's last edition before this one was composed."""
    own = Edition.objects.filter(belonging_to(edition.newspaper_site))
    before = own.filter(started_at__lt=now).exclude(pk=edition.pk)
    last = (
        before.exclude(status=Edition.Status.CANCELLED)
        .order_by("-started_at")
        .values_list("started_at", flat=True)
        .first()
    )
    return last or now - AT_FIRST


def _item(article: ArticlePage, site: Site) -> Item:
    return Item(
        title=article.title,
        kicker=article.kicker,
        standfirst=article.standfirst,
        signed=", ".join(
            signature.name
            for signature in signatures(article, None, portraits=False)
            if signature.role == "TEXT"
        ),
        url=absolute(article.relative_url(site) or "/"),
        language=article.language,
    )
