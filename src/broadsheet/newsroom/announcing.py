"""Telling hubs and search engines what is new: WebSub (https://www.w3.org/TR/websub/) and https://www.indexnow.org/documentation.

Here it is only noted, in the transaction of the publication; the background sends it when the pages are printed.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from wagtail.models import Site

from broadsheet.comments.identity import keyed_hash

from .addresses import absolute
from .models import Announcement, ArticlePage, Newspaper
from .models.announcements import Channel
from .models.listing import ListedPage
from .papers import tree_of
from .syndication import Kind

PRINTED_AFTER = timedelta(seconds=20)  # a hub fetches the feed at once: it must be the new one
INDEXNOW = "https://api.indexnow.org/indexnow"


@dataclass(frozen=True, slots=True)
class Message:
    """One request for any number of addresses."""

    url: str  # where it is posted to
    content_type: str
    body: bytes


def note(article: ArticlePage, *, now: datetime) -> None:
    """Have the newspaper's hub, and search engines, told of an article that was published or withdrawn, as far as its owner wants.

    Search engines ask at its address, and find it there or not.
    """
    site = article.get_site()
    newspaper = Newspaper.for_site(site) if site else None
    if site is None or newspaper is None or article.get_view_restrictions():
        return
    feeds = _feeds_of(article, site) if newspaper.hub else ()
    found = [(Channel.HUB, path) for path in feeds]
    if newspaper.uses_indexnow:
        found.append((Channel.INDEXNOW, article.relative_url(site) or "/"))
    for channel, path in found:
        Announcement.objects.update_or_create(
            channel=channel,
            path=path,
            site=site,
            defaults={"due_at": now + PRINTED_AFTER, "attempts": 0},
        )


def _feeds_of(article: ArticlePage, site: Site) -> Iterator[str]:
    """Those of the paper, the sections above the article, who signed it, its tags and its corrections."""
    above = article.get_ancestors().filter(depth__gt=1).specific()
    listed = [page.relative_url(site) or "/" for page in above if isinstance(page, ListedPage)]
    contributors = [byline.contributor for byline in article.bylines.all()]
    signed = [
        contributor.relative_url(site)
        for contributor in contributors
        if contributor.live and tree_of(contributor) == tree_of(article)
    ]
    tagged = [reverse("tag", args=[tag.slug]) for tag in article.tags.all()]
    corrected = [reverse("corrections")] if article.corrections.all() else []
    for path in dict.fromkeys([*listed, *signed, *tagged, *corrected]):
        yield from (f"{path}{kind.value}" for kind in Kind)


def hub_message(hub: str, paths: Sequence[str]) -> Message:
    """What hubs understand when several feeds have changed: their addresses in one form."""
    fields = [("hub.mode", "publish"), *(("hub.url", absolute(path)) for path in paths)]
    body = urlencode(fields).encode()
    return Message(hub, "application/x-www-form-urlencoded", body)


def indexnow_message(paths: Sequence[str]) -> Message:
    key = indexnow_key()
    content = {
        "host": urlsplit(absolute("/")).hostname,
        "key": key,
        "keyLocation": absolute(f"/{key}.txt"),
        "urlList": [absolute(path) for path in paths],
    }
    return Message(INDEXNOW, "application/json; charset=utf-8", json.dumps(content).encode())


def indexnow_key() -> str:
    """32 hexadecimal digits, which prove that whoever announces an address owns the newspaper's site."""
    return keyed_hash(settings.SECRET_KEY, "indexnow", urlsplit(absolute("/")).netloc)


def key_file(request: HttpRequest, key: str) -> HttpResponse:
    """The key at its address, as the protocol wants it."""
    site = Site.find_for_request(request)
    if site is None or not Newspaper.for_site(site).uses_indexnow or key != indexnow_key():
        raise Http404
    response = HttpResponse(key, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-store"  # asked for seldom, and gone when the setting is
    return response
