"""Finding articles: Wagtail's index of the database (FTS5 or PostgreSQL), narrowed by section, contributor and date."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain

from django.db.models import Case, Q, QuerySet, When
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import strip_tags
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from broadsheet.comments.memory import Memory
from broadsheet.newsroom.models import ArticlePage, Byline, ContributorPage, SectionPage, queries
from broadsheet.newsroom.models.teasers import Teaser, teasers, with_what_teasers_show
from broadsheet.newsroom.papers import root_of

from .words import Piece, Vocabulary, snippet, words_of

PER_PAGE = 10
MOST_PAGES = 20  # further ones help nobody
KNOWN_ARTICLES = 3000  # the newest, whose headlines and standfirsts make the vocabulary
MOST_NAMES = 200  # contributors offered while a name is typed

VOCABULARY: "Memory[str, Vocabulary]" = Memory(300.0)  # seconds


@dataclass(frozen=True, slots=True)
class Question:
    """What a reader asks; empty or None: whatever there is."""

    words: str = ""
    section_id: int | None = None
    contributor: str = ""  # a name, or a part of one
    since: date | None = None  # on the newspaper's clock, both days included
    until: date | None = None
    page: int = 1

    @property
    def is_empty(self) -> bool:
        return not (
            words_of(self.words) or self.section_id or self.contributor or self.since or self.until
        )


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found."""

    teaser: Teaser
    snippet: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """One page of what was found."""

    hits: tuple[Hit, ...]
    count: int
    meant: str  # the words that were looked for instead, where the reader's found nothing; else ""
    has_more: bool


def find(question: Question, *, clock: float, request: HttpRequest) -> Findings:
    """Those of the newspaper at the request's host, with the words in the headline first, then the newest. A fixed number of queries. `clock` is monotonic, in seconds."""
    words = words_of(question.words)
    root = root_of(request)
    articles = _narrowed(question, root)
    found = _having(articles, words)
    count, meant = found.count(), ""
    if words and not count:
        guessed = tuple(_vocabulary(root, clock).meant(word) for word in words)
        found = _having(articles, guessed)
        count = found.count()
        meant, words = (" ".join(guessed), guessed) if count else ("", words)
    start = (question.page - 1) * PER_PAGE
    page = list(found[start : start + PER_PAGE])
    return Findings(
        hits=tuple(_hits(page, words, request)),
        count=count,
        meant=meant,
        has_more=count > start + PER_PAGE and question.page < MOST_PAGES,
    )


def _narrowed(question: Question, root: Page) -> "QuerySet[ArticlePage]":
    section = SectionPage.objects.descendant_of(root).filter(pk=question.section_id).first()
    public = ArticlePage.objects.live().public().descendant_of(root)
    articles: QuerySet[ArticlePage] = public.descendant_of(section) if section else public
    if question.contributor:
        named = ContributorPage.objects.live().filter(title__icontains=question.contributor)
        signed = Byline.objects.filter(contributor_id__in=named.values("pk")[:MOST_NAMES])
        articles = articles.filter(pk__in=signed.values("article_id"))
    if question.since:
        articles = articles.filter(first_published_at__gte=_midnight(question.since))
    if question.until:
        tomorrow = _midnight(question.until + timedelta(days=1))
        articles = articles.filter(first_published_at__lt=tomorrow)
    return articles


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=timezone.get_current_timezone())


def _having(articles: "QuerySet[ArticlePage]", words: tuple[str, ...]) -> "QuerySet[ArticlePage]":
    """Those that have all the words: first those with the words in the headline, then the newest."""
    if not words:
        return queries.newest_first(articles)
    results = get_search_backend().search(
        " ".join(words), articles, operator="and", order_by_relevance=False
    )
    in_headline = Q(*(Q(title__icontains=word) for word in words))
    found: QuerySet[ArticlePage] = results.get_queryset()
    return found.order_by(Case(When(in_headline, then=0), default=1), "-first_published_at", "-pk")


def _hits(
    page: list[ArticlePage], words: tuple[str, ...], request: HttpRequest | None
) -> Iterator[Hit]:
    """With photos and bylines fetched along, in the order of `page`."""
    ids = [article.pk for article in page]
    articles = {
        article.pk: article
        for article in with_what_teasers_show(ArticlePage.objects.filter(pk__in=ids)).defer(
            None
        )  # its text is quoted
    }
    in_order = [articles[pk] for pk in ids if pk in articles]
    for article, teaser in zip(in_order, teasers(in_order, request), strict=True):
        yield Hit(teaser, snippet(_text(article), words))


def _text(article: ArticlePage) -> str:
    """The standfirst and the body, as plain text."""
    blocks = chain.from_iterable(
        block.block.get_searchable_content(block.value) for block in article.body
    )
    return " ".join([article.standfirst, *(strip_tags(text) for text in blocks)])


def _vocabulary(root: Page, clock: float) -> Vocabulary:
    return VOCABULARY.get(root.path, lambda _: Vocabulary(_known_texts(root)), clock=clock)


def _known_texts(root: Page) -> Iterator[str]:
    """Headlines, standfirsts and names below `root`."""
    newest = queries.articles_below(root)[:KNOWN_ARTICLES]
    yield from chain.from_iterable(newest.values_list("title", "standfirst"))
    named = Page.objects.live().descendant_of(root).type(SectionPage, ContributorPage)
    yield from named.values_list("title", flat=True)


def contributor_names(root: Page) -> list[str]:
    """Names below `root` to choose from, in their order."""
    names = ContributorPage.objects.live().public().descendant_of(root).order_by("title")
    return list(names.values_list("title", flat=True)[:MOST_NAMES])
