"""What readers discuss most: counted now and then by the background, so that no comment prints the front page."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from broadsheet.comments.queries import busiest_pages

from .models import ArticlePage, Discussed, FrontPage
from .papers import tree_of
from .signals import surroundings_changed

PERIOD = timedelta(days=7)  # whose comments count
SHOWN = 5
COUNTED = 20  # pages looked at, for some may be no public articles
LEAST = 3  # comments that make an article discussed


@transaction.atomic
def bring_up_to_date(now: datetime) -> bool:
    """Count anew; True if the order has changed, and the front page is therefore printed."""
    busiest = busiest_pages(since=now - PERIOD, least=LEAST, number=COUNTED)
    public = ArticlePage.objects.live().public().defer("body").in_bulk(busiest)
    found = _first_of_each_paper([public[pk] for pk in busiest if pk in public])
    if found == list(Discussed.objects.values_list("article_id", flat=True)):
        return False
    Discussed.objects.all().delete()
    Discussed.objects.bulk_create(
        Discussed(article_id=pk, place=place) for place, pk in enumerate(found, 1)
    )
    fronts = list(FrontPage.objects.live().values_list("pk", flat=True))
    surroundings_changed.send(Discussed, page_ids=fronts)
    return True


def _first_of_each_paper(articles: Iterable[ArticlePage]) -> list[int]:
    """The ids of the first few of each newspaper, in their order."""
    numbers: Counter[str] = Counter()
    found = []
    for article in articles:
        numbers[tree_of(article)] += 1
        if numbers[tree_of(article)] <= SHOWN:
            found.append(article.pk)
    return found
