"""Addresses of an old WordPress site that are no article's: categories, tags, authors, months, feeds, attachments.

Structures: WordPress's defaults, https://wordpress.org/documentation/article/customize-permalinks/. Plain Python.
"""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from .export import Term
from .survey import Survey
from .translate import path_on

_NO_PART_OF_A_NAME: Final = re.compile(r"[^\w\s-]")
FEEDS = {
    "feed/": "/feed.xml",
    "feed/rss/": "/feed.xml",
    "feed/rss2/": "/feed.xml",
    "feed/rdf/": "/feed.xml",
    "feed/atom/": "/atom.xml",
    "comments/feed/": "/feed.xml",
    "?feed=rss2": "/feed.xml",
    "?feed=rss": "/feed.xml",
    "?feed=rdf": "/feed.xml",
    "?feed=atom": "/atom.xml",
}


def base_of(survey: Survey) -> str:
    """The path of the old site on its host, "/" or "/news/"."""
    return f"{urlsplit(survey.channel.address).path.rstrip('/')}/"


def of_categories(survey: Survey) -> Iterator[tuple[str, str]]:
    """Old address → slug of the category."""
    base = base_of(survey)
    for (taxonomy, slug), term in survey.terms.items():
        if taxonomy != "category":
            continue
        line = "/".join(reversed(_line(term, survey)))
        yield f"{base}category/{slug}/", slug
        if line != slug:
            yield f"{base}category/{line}/", slug
        if term.id:
            yield f"/?cat={term.id}", slug
        yield f"/?category_name={slug}", slug


def _line(term: Term, survey: Survey) -> list[str]:
    """A category's slug and those above it."""
    line = [term.slug]
    current: Term | None = term
    while current and current.parent and current.parent not in line:
        line.append(current.parent)
        current = survey.terms.get(("category", current.parent))
    return line


def of_tags(survey: Survey) -> Iterator[tuple[str, str]]:
    """Old address → slug of the tag."""
    base = base_of(survey)
    for taxonomy, slug in survey.terms:
        if taxonomy == "post_tag":
            yield f"{base}tag/{slug}/", slug
            yield f"/?tag={slug}", slug


def of_contributors(survey: Survey) -> Iterator[tuple[str, str]]:
    """Old address → id of the contributor."""
    base = base_of(survey)
    logins = {*survey.authors, *survey.creators, *survey.guests} - {""}
    by_name = {_nicename(login): login for login in sorted(logins)}
    by_name |= {login: login for login in logins if login == _nicename(login)}
    for name, login in by_name.items():
        kind = "guest" if login in survey.guests else "author"
        yield f"{base}author/{name}/", f"{kind}:{login}"


def _nicename(login: str) -> str:
    """As WordPress's `sanitize_title` makes it of an account's name."""
    name = _NO_PART_OF_A_NAME.sub("", login.lower().replace(".", "-"))
    return "-".join(name.replace("-", " ").split())


def of_attachments(survey: Survey) -> Iterator[tuple[str, int, int]]:
    """Old address of an attachment's page, the number of the post that it belongs to or 0, and its own."""
    for number, post, link in survey.photo_pages:
        yield f"/?attachment_id={number}", post, number
        path = path_on(survey.channel.address, link)
        if path and "?" not in path:
            yield path, post, number


def of_dates(survey: Survey) -> Iterator[tuple[str, str]]:
    """Old address → the path on our site."""
    base = base_of(survey)
    for year, month in sorted(survey.months):
        ours = f"/archive/{year}/{month}/"
        yield f"{base}{year}/{month:02}/", ours
        yield f"/?m={year}{month:02}", ours
    for year in sorted({year for year, _month in survey.months}):
        yield f"{base}{year}/", "/archive/"


def of_feeds(survey: Survey) -> Iterator[tuple[str, str]]:
    """Old address → the path on our site."""
    base = base_of(survey)
    for old, ours in FEEDS.items():
        yield f"{base if not old.startswith('?') else '/'}{old}", ours
