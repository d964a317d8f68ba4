"""What readers discuss most: counted now and then by the background, so that no comment prints the front page."""

from datetime import datetime, timedelta
from itertools import chain

from django.db import transaction

from broadsheet.comments.queries import busiest_pages

from .models import ArticlePage, Discussed, FrontPage
from .signals import surroundings_changed

PERIOD = timedelta(days=7)  # whose comments count
SHOWN = 5
COUNTED = 20  # pages looked at, for some may be no public articles
LEAST = 3  # comments that make an article discussed


@transaction.atomic
def bring_up_to_date(now: datetime) -> bool:
    """Count anew; True if the order has changed, and the front page is therefore printed."""
    fronts = list(FrontPage.objects.live().order_by("path"))
    found = list(chain.from_iterable(_most_discussed(front, now) for front in fronts))
    if found == list(Discussed.objects.values_list("article_id", flat=True)):
        return False
    Discussed.objects.all().delete()
    Discussed.objects.bulk_create(
        Discussed(article_id=pk, place=place) for place, pk in enumerate(found, 1)
    )
    surroundings_changed.send(Discussed, page_ids=[front.pk for front in fronts])
    return True


def _most_discussed(front: FrontPage, now: datetime) -> list[int]:
    """The ids of a newspaper's, in their order."""
    busiest = busiest_pages(front, since=now - PERIOD, least=LEAST, number=COUNTED)
    articles = ArticlePage.objects.live().public().filter(pk__in=busiest)
    public = set(articles.values_list("pk", flat=True))
    return [pk for pk in busiest if pk in public][:SHOWN]
