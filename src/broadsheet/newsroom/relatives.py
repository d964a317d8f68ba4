"""Articles about the same, found when one is published and stored with it. What it costs does not grow with the archive."""

from collections.abc import Collection, Mapping, Sequence

from django.db import transaction
from django.db.models import Count
from wagtail.models import Page

from .likeness import Words, nearest, telling_words
from .models import ArticlePage, ArticleWords, FrontPage, Relative, versions
from .signals import surroundings_changed

AMONG = 1_000  # newest pages of the paper
NUMBER = 4  # articles named at the end of one
MOST_TIMES = 20  # articles that name the same one: so many are printed again when it is renamed
CANDIDATES = 40
AT_ONCE = 20  # articles that the background completes in one go


def find(article: ArticlePage) -> bool:
    """Note the article's words, and what is about the same; True if that is not what was stored. A few queries."""
    words = _note_words(article)
    others = _words_of_others(article)
    near = nearest(words, others, number=CANDIDATES)
    full = _full(near, article)
    found = [pk for pk in near if pk not in full][:NUMBER]
    if found == list(article.relatives.values_list("other_id", flat=True)):
        return False
    article.relatives.all().delete()
    Relative.objects.bulk_create(
        Relative(article=article, other_id=pk, place=place) for place, pk in enumerate(found, 1)
    )
    return True


def _note_words(article: ArticlePage) -> Words:
    words = telling_words(article.title, versions.text_of(article)[1:])
    ArticleWords.objects.update_or_create(article=article, defaults={"words": " ".join(words)})
    return frozenset(words)


def _words_of_others(article: ArticlePage) -> Mapping[int, Words]:
    of_its_paper = _newest(article.path[: 2 * Page.steplen])
    rows = ArticleWords.objects.filter(article_id__in=of_its_paper).exclude(article=article)
    return {pk: frozenset(words.split()) for pk, words in rows.values_list("article_id", "words")}


def _newest(root: str) -> Sequence[int]:
    """Of the pages at and below the tree path `root`."""
    dated = Page.objects.live().filter(path__startswith=root, first_published_at__isnull=False)
    newest = dated.order_by("-first_published_at", "-pk")
    return list(newest.values_list("pk", flat=True)[:AMONG])


def _full(pks: Collection[int], article: ArticlePage) -> set[int]:
    """Those that are named often enough."""
    named = Relative.objects.filter(other_id__in=pks).exclude(article=article).order_by()
    times = named.values_list("other_id").annotate(times=Count("pk"))
    return {pk for pk, number in times if number >= MOST_TIMES}


@transaction.atomic
def complete() -> int:
    """Find them for some of each newspaper's newest articles that came without being published here; returns for how many.

    For the background worker: after an import, or for a paper that is older than this.
    """
    roots = FrontPage.objects.live().order_by("path").values_list("path", flat=True)
    newest = [pk for root in roots for pk in _newest(root)]
    known = ArticleWords.objects.filter(article_id__in=newest).values_list("article_id", flat=True)
    missing = set(newest).difference(known)
    oldest_first = ArticlePage.objects.filter(pk__in=missing).order_by("first_published_at", "pk")
    articles = list(oldest_first[:AT_ONCE])
    changed = [article.pk for article in articles if find(article)]
    if changed:
        surroundings_changed.send(Relative, page_ids=changed)
    return len(articles)
