"""Comments that close by age: the one change of a page that no event tells of."""

from datetime import datetime, timedelta

from wagtail.models import Page

from broadsheet.comments.models import CommentSettings

from .orders import order_pages


def order_closed(*, since: datetime, now: datetime) -> None:
    """Order those pages whose comments closed after `since`, by `now`."""
    for settings in CommentSettings.objects.filter(close_after_days__gt=0).select_related(
        "site__root_page"
    ):
        open_for = timedelta(days=settings.close_after_days)
        closed = Page.objects.live().descendant_of(settings.site.root_page)
        closed = closed.filter(
            first_published_at__gt=since - open_for, first_published_at__lte=now - open_for
        )
        order_pages(closed.values_list("pk", flat=True))
