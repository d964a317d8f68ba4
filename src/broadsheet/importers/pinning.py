"""What was sticky on the old site stands first here: the newest leads the front page, and each section has its own on top."""

from collections.abc import Iterable

from django.db import transaction

from broadsheet.newsroom.models import ArticlePage, FrontPage, SectionPage, SectionPin
from broadsheet.newsroom.models.fronts import MOST_PINS
from broadsheet.newsroom.papers import paper

from .ledger import Ledger
from .models import Imported
from .records import Kind, State, Story

REMEMBERED = 200  # sticky stories, newest first


class Sticky:
    """Remembers the newest of them while stories pass by."""

    def __init__(self) -> None:
        self._stories: list[tuple[float, str]] = []  # when they were published, and their ids

    def look_at(self, story: Story) -> None:
        if not story.is_pinned or story.state is not State.PUBLISHED or not story.published_at:
            return
        if story.kind is Kind.ARTICLE:
            self._stories.append((story.published_at.timestamp(), story.id))
            self._stories = sorted(set(self._stories), reverse=True)[:REMEMBERED]

    @transaction.atomic
    def pin(self, ledger: Ledger) -> None:
        """Where no editor has chosen a lead, or pinned anything in a section."""
        names = [name for _at, name in self._stories]
        here = ledger.some(Imported.Kind.ARTICLE, names)
        articles = ArticlePage.objects.live().in_bulk(here.values())
        ordered = [articles[here[name]] for name in names if here.get(name) in articles]
        if ordered:
            front = FrontPage.objects.filter(pk=paper().root_page_id, lead__isnull=True)
            front.update(lead_id=ordered[0].pk)
            _pin_in_sections(ordered)


def _pin_in_sections(articles: Iterable[ArticlePage]) -> None:
    by_section: dict[str, list[ArticlePage]] = {}
    for article in articles:
        by_section.setdefault(article.path[: -article.steplen], []).append(article)
    sections = SectionPage.objects.filter(path__in=by_section, pins__isnull=True)
    SectionPin.objects.bulk_create(
        SectionPin(section=section, article=article, sort_order=order)
        for section in sections
        for order, article in enumerate(by_section[section.path][:MOST_PINS])
    )
