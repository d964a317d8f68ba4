"""Comments as RSS, of one article and of the whole paper."""

from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from . import markup
from .addresses import base_of
from .models import ReaderComment, Status
from .places import Place

LONGEST = 50  # entries


def of_article(place: Place, site: Site) -> bytes:
    """The newest comments on an article."""
    comments = ReaderComment.objects.filter(page_id=place.page_id, status=Status.PUBLISHED)
    title = _("Comments on “%(title)s”") % {"title": place.title}
    found = list(comments.order_by("-created_at", "-pk")[:LONGEST])
    return _feed(title, base_of(site), place.url, found)


def of_paper(site: Site) -> bytes:
    """The newest comments on all pages that readers can see."""
    pages = Page.objects.live().public().descendant_of(site.root_page, inclusive=True)
    comments = ReaderComment.objects.filter(
        status=Status.PUBLISHED, page__in=pages.order_by().values("pk")
    )
    found = list(comments.select_related("page").order_by("-created_at", "-pk")[:LONGEST])
    return _feed(_("Comments"), base_of(site), "/", found)


def _feed(title: str, base: str, path: str, comments: list[ReaderComment]) -> bytes:
    feed = Rss201rev2Feed(title=title, link=base + path, description=title)
    for comment in comments:
        link = base + reverse("comments:comment", args=[comment.pk])
        feed.add_item(
            title=markup.writable(comment.author),
            link=link,
            unique_id=link,
            description=markup.writable(markup.html_of(comment.text, is_html=comment.is_html)),
            pubdate=comment.created_at,
        )
    return feed.writeString("utf-8").encode()
