"""Redirects from the old site's lists, authors, months, feeds and attachments."""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.db import transaction
from wagtail.models import Page

from . import addresses
from .ledger import Ledger
from .models import Imported
from .stories import Places
from .tally import Tally
from .tree import usable_slug
from .wordpress import categories, old_addresses
from .wordpress.survey import Survey

_BATCH = 500


@transaction.atomic
def redirect(
    found: Survey, ground: Places, ledger: Ledger, tally: Tally, rules: categories.Rules
) -> None:
    """Write what is not there yet."""
    pages = Page.objects.in_bulk({*ground.sections.values(), *ground.contributors.values()})
    to_pages: list[tuple[str, Page]] = []
    to_links = list(old_addresses.of_dates_and_feeds(found))
    for old, slug in old_addresses.of_categories(found):
        slug = rules[slug].into if slug in rules else slug
        page = pages.get(ground.sections.get(slug, 0))
        if page:
            to_pages.append((old, page))
        else:
            to_links.append((old, f"/tags/{usable_slug(slug)}/"))
    to_links += [(old, f"/tags/{usable_slug(slug)}/") for old, slug in old_addresses.of_tags(found)]
    to_pages += [
        (old, pages[ground.contributors[name]])
        for old, name in old_addresses.of_contributors(found)
        if ground.contributors.get(name) in pages
    ]
    tally.redirects += addresses.redirect(to_pages)
    tally.redirects += addresses.redirect_to_links(to_links)
    for batch in _batches(old_addresses.of_attachments(found)):
        tally.redirects += addresses.redirect(_to_posts(batch, ledger))


def _to_posts(batch: list[tuple[str, int]], ledger: Ledger) -> Iterator[tuple[str, Page]]:
    numbers = {str(post) for _old, post in batch}
    here = ledger.some(Imported.Kind.PAGE, numbers) | ledger.some(Imported.Kind.ARTICLE, numbers)
    pages = Page.objects.in_bulk(here.values())
    for old, post in batch:
        if (page := pages.get(here.get(str(post), 0))) is not None:
            yield old, page


def _batches(pairs: Iterable[tuple[str, int]]) -> Iterator[list[tuple[str, int]]]:
    rest = iter(pairs)
    while batch := list(islice(rest, _BATCH)):
        yield batch
