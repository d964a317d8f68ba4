"""The front page, composed: what editors chose first, then what is newest; and what readers discuss most."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from django.http import HttpRequest
from wagtail.models import Page

from .articles import ArticlePage
from .discussed import Discussed
from .queries import articles_below
from .teasers import Teaser, teasers, with_what_feeds_show, with_what_teasers_show

if TYPE_CHECKING:
    from .fronts import FrontPage, SectionPage

SECONDS, LATEST, PER_SECTION, BRIEFS = 4, 8, 4, 9


@dataclass(frozen=True, slots=True)
class SectionFront:
    """A section's part of the front page."""

    title: str
    url: str
    display: str  # a SectionPage.Display
    teasers: tuple[Teaser, ...]


@dataclass(frozen=True, slots=True)
class FrontPageContent:
    """The front page, composed: each article stands on it once, save among the most discussed."""

    edition: datetime | None  # when the newest article was published: a printed page has no clock
    lead: Teaser | None
    seconds: tuple[Teaser, ...]
    latest: tuple[Teaser, ...]
    sections: tuple[SectionFront, ...]
    discussed: tuple[Teaser, ...]  # without photos


def front(
    page: FrontPage, sections: Iterable[SectionPage], request: HttpRequest | None
) -> FrontPageContent:
    """The chosen lead or the newest with a photo, the chosen seconds and then the newest, then each section."""
    chosen = _chosen(page)
    newest = list(with_what_teasers_show(articles_below(page))[: 1 + SECONDS + LATEST])
    lead = chosen.get(page.lead_id) or _lead_of(newest)
    slots = [chosen[pk] for pk in _slots(page) if pk in chosen]
    in_order = {article.pk: article for article in [*slots, *newest]}
    rest = list(
        islice((a for pk, a in in_order.items() if not lead or pk != lead.pk), SECONDS + LATEST)
    )
    shown = {article.pk for article in rest} | ({lead.pk} if lead else set())
    return FrontPageContent(
        edition=newest[0].first_published_at if newest else None,
        lead=teasers([lead], request)[0] if lead else None,
        seconds=teasers(rest[:SECONDS], request),
        latest=teasers(rest[SECONDS:], request),
        sections=tuple(_section_fronts(sections, shown, request)),
        discussed=_most_discussed(page, request),
    )


def _slots(page: FrontPage) -> list[int]:
    """The articles that editors chose for the places below the lead, in their order; those on top come first."""
    return [slot.article_id for slot in page.slots.all()][:SECONDS]


def _chosen(page: FrontPage) -> dict[int | None, ArticlePage]:
    """Those of the chosen articles that are public, by their id: one query for all of them."""
    wanted = {page.lead_id, *_slots(page)} - {None}
    found = with_what_teasers_show(articles_below(page).filter(pk__in=wanted)) if wanted else ()
    return {article.pk: article for article in found}


def _lead_of(newest: Sequence[ArticlePage]) -> ArticlePage | None:
    return next((article for article in newest if article.hero), newest[0] if newest else None)


def _section_fronts(
    sections: Iterable[SectionPage], shown: set[int], request: HttpRequest | None
) -> Iterable[SectionFront]:
    """One query per section: their number is the number of the menu's entries, not of articles."""
    for section in sections:
        most = BRIEFS if section.display == section.Display.BRIEFS else PER_SECTION
        found = list(with_what_teasers_show(articles_below(section).exclude(pk__in=shown))[:most])
        if found:
            found.sort(key=lambda article: article.hero is None)  # one with a photo leads
            yield SectionFront(
                title=section.title,
                url=section.get_url(request) or "",
                display=section.display,
                teasers=teasers(found, request),
            )


def _most_discussed(page: Page, request: HttpRequest | None) -> tuple[Teaser, ...]:
    places = dict(Discussed.objects.values_list("article_id", "place"))
    articles = articles_below(page).filter(pk__in=places)
    found = sorted(with_what_feeds_show(articles), key=lambda article: places[article.pk])
    return teasers(found, request, photos=False) if found else ()
