"""What stands between an article and its publication, and what an editor may want to mend before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from broadsheet.comments.addresses import base_of

from .elsewhere import dead_links, strings_of
from .settings import Newspaper
from .stories import figures

if TYPE_CHECKING:
    from .articles import ArticlePage
    from .photos import Photo

_PAGE_LINK = re.compile(r'<a [^>]*?\bid="(\d+)"[^>]*?>(.*?)</a>', re.DOTALL)
_OWN_LINK = re.compile(r'<a [^>]*?\bhref="(/[^"?#]*)')
_OF_A_PAGE = re.compile(r"(?:history/|page/\d+/)$")  # addresses that a page makes of its own


class NotReady(Exception):
    """An article that may not be published as it is. `hindrances`: in words for its editor."""

    def __init__(self, article: ArticlePage, hindrances: list[str]) -> None:
        super().__init__(f"{article}: {' '.join(hindrances)}")
        self.article, self.hindrances = article, hindrances


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend."""

    text: str
    stops: bool  # the article can't be published with it


def findings(article: ArticlePage, *, now: datetime) -> list[Finding]:
    """Those that stop the publication first. A fixed number of queries, and one more where it shows galleries."""
    stopping = hindrances(article, now=now)
    return [
        *(Finding(text, stops=True) for text in stopping),
        *(Finding(text, stops=False) for text in _advice(article) if text not in stopping),
    ]


def hindrances(article: ArticlePage, *, now: datetime) -> list[str]:
    """What stops the publication: an embargo, and photos that lack what the newspaper's settings demand."""
    photos = list(_photos(article))
    paper = _paper(article) if photos else None
    found = [problem for photo in photos if paper and (problem := missing(photo, paper))]
    embargo = embargoed(article.embargo_until, article.go_live_at, now=now)
    return list(dict.fromkeys([*([embargo] if embargo else []), *found]))


def embargoed(until: datetime | None, go_live_at: datetime | None, *, now: datetime) -> str:
    """Why an article can't be published at `go_live_at`, or now without one; "" if it can."""
    if until is None or max(now, go_live_at or now) >= until:
        return ""
    return _("The embargo has not passed. Schedule the publication for its end, or later.")


def missing(photo: Photo, newspaper: Newspaper) -> str:
    """What a photo lacks that the newspaper wants, in words for its editor; "" if nothing."""
    lacks = []
    if newspaper.photos_need_text and not photo.description.strip():
        lacks.append(_("alternative text"))
    if newspaper.photos_need_credit and not photo.credit.strip():
        lacks.append(_("a credit"))
    if not lacks:
        return ""
    return _(
        "The photo “%(title)s” can't be published without %(lacks)s. Edit the photo to add it."
    ) % {
        "title": photo.title,
        "lacks": _(" and ").join(lacks),
    }


def _paper(article: ArticlePage) -> Newspaper:
    site = article.get_site() or Site.objects.get(is_default_site=True)
    newspaper: Newspaper = Newspaper.for_site(site)
    return newspaper


def _photos(article: ArticlePage) -> Iterator[Photo]:
    if article.hero:
        yield article.hero
    yield from (figure.photo for figure in figures(article.body))


def _advice(article: ArticlePage) -> Iterator[str]:
    if not article.standfirst.strip():
        yield _("There is no standfirst: lists, feeds and search engines show it.")
    if not article.bylines.all():
        yield _("Nobody has signed it.")
    paper = _paper(article)
    for photo in dict.fromkeys(_photos(article)):
        if missing(photo, paper):
            continue  # told already, for it stops the publication
        if not photo.description.strip():
            yield _("The photo “%(title)s” has no alternative text.") % {"title": photo.title}
        if not photo.credit.strip():
            yield _("The photo “%(title)s” has no credit.") % {"title": photo.title}
    yield from _headings_out_of_order(article)
    yield from _unreachable_pages(article)
    yield from dead_links(article)


def _headings_out_of_order(article: ArticlePage) -> Iterator[str]:
    """A level is skipped: who listens to the page takes it for a missing part."""
    above = 1  # the headline
    for block in article.body:
        if block.block_type == "heading":
            level = int(block.value["level"])
            if level > above + 1:
                yield _("The heading “%(text)s” is too small for where it stands.") % {
                    "text": block.value["text"]
                }
            above = level


def _unreachable_pages(article: ArticlePage) -> Iterator[str]:
    """Links to pages of this newspaper that readers can't see."""
    html = "\n".join(strings_of(article.body.get_prep_value()))
    pages = {
        int(number): strip_tags(text)
        for number, text in _PAGE_LINK.findall(html)
        if len(number) < 19
    }
    public = set(Page.objects.live().filter(pk__in=pages).values_list("pk", flat=True))
    for number in pages.keys() - public:
        text = Truncator(pages[number]).chars(60)
        yield _("The link “%(text)s” leads to a page that is not public.") % {"text": text}
    html = html.replace(f'href="{base_of(article.get_site())}/', 'href="/')
    dead = _not_found(article, set(_OWN_LINK.findall(html)))
    if dead:
        yield ngettext(
            "This address leads nowhere: %(paths)s",
            "These addresses lead nowhere: %(paths)s",
            len(dead),
        ) % {"paths": ", ".join(dead)}


def _not_found(article: ArticlePage, paths: set[str]) -> list[str]:
    """Those of the paths that are no page, no redirect and no other address of the newspaper."""
    site = article.get_site() or Site.objects.get(is_default_site=True)
    root = site.root_page.url_path.rstrip("/")
    wanted = {path: _OF_A_PAGE.sub("", path.rstrip("/") + "/") for path in paths if _is_tree(path)}
    live = Page.objects.live().filter(url_path__in={root + path for path in wanted.values()})
    known = {url_path.removeprefix(root) for url_path in live.values_list("url_path", flat=True)}
    old = {Redirect.normalise_path(path) for path in wanted}
    led = set(
        Redirect.get_for_site(site).filter(old_path__in=old).values_list("old_path", flat=True)
    )
    return sorted(
        path
        for path, page in wanted.items()
        if page not in known and Redirect.normalise_path(path) not in led
    )


def _is_tree(path: str) -> bool:
    """Is it for Wagtail's pages to answer? Media and static files are files."""
    if path.startswith((settings.MEDIA_URL, settings.STATIC_URL)):
        return False
    try:
        return resolve(path).url_name == "wagtail_serve"
    except Resolver404:
        return True
