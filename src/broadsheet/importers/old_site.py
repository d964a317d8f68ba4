"""Redirects from the old site's lists, authors, months, feeds, attachments and files, each checked when it is written."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeVar

from django.db import transaction
from taggit.models import Tag
from wagtail.documents import get_document_model
from wagtail.models import Page

from broadsheet.newsroom.models import ArticleTag, Photo, queries
from broadsheet.newsroom.papers import paper

from . import addresses
from .arrivals import Arrival, Arrivals
from .ledger import Ledger, key
from .models import Imported
from .stories import Places
from .tally import Tally
from .tree import usable_slug
from .wordpress import categories, old_addresses
from .wordpress.survey import Survey
from .wordpress.translate import path_on

ARCHIVE = "/archive/"  # where the address of an empty list leads
_BATCH = 500
T = TypeVar("T")


def redirect(
    found: Survey,
    ground: Places,
    ledger: Ledger,
    tally: Tally,
    rules: categories.Rules,
    arrivals: Arrivals,
) -> None:
    """Write what is not there yet, and check what is there."""
    wanted: dict[str, Iterator[Arrival]] = {
        "categories": _categories(found, ground, rules),
        "tags": _to_tags(old_addresses.of_tags(found)),
        "contributors": _contributors(found, ground),
        "months": _months(found),
        "feeds": (Arrival(old, link=ours) for old, ours in old_addresses.of_feeds(found)),
        "attachments": _attachments(found, ledger),
        "files": _files(found, ledger),
    }
    for kind, its_arrivals in wanted.items():
        for batch in _batches(its_arrivals):
            with transaction.atomic():
                tally.redirects += _write(batch)
            arrivals.check(kind, batch)


def _write(batch: Sequence[Arrival]) -> int:
    pages = Page.objects.in_bulk({arrival.page_id for arrival in batch if arrival.page_id})
    return addresses.redirect(
        (arrival.old, pages[arrival.page_id]) for arrival in batch if arrival.page_id in pages
    ) + addresses.redirect_to_links(
        (arrival.old, arrival.link) for arrival in batch if arrival.link
    )


def _categories(found: Survey, ground: Places, rules: categories.Rules) -> Iterator[Arrival]:
    """A category's section where it became one, else its tag."""
    tags: list[tuple[str, str]] = []
    for old, slug in old_addresses.of_categories(found):
        ours = rules[slug].into if slug in rules else slug
        if ours in ground.sections:
            yield Arrival(old, page_id=ground.sections[ours])
        else:
            tags.append((old, ours))
    yield from _to_tags(iter(tags))


def _to_tags(old: Iterator[tuple[str, str]]) -> Iterator[Arrival]:
    """Old address and slug → the tag's list, where a public article carries it."""
    for batch in _batches(old):
        slugs = {usable_slug(slug)[:100] for _old, slug in batch}
        public = queries.articles_below(paper().root_page)
        used = ArticleTag.objects.filter(content_object__in=public.order_by()).values("tag")
        there = set(Tag.objects.filter(slug__in=slugs, pk__in=used).values_list("slug", flat=True))
        for address, slug in batch:
            ours = usable_slug(slug)[:100]
            yield Arrival(address, link=f"/tags/{ours}/" if ours in there else ARCHIVE)


def _contributors(found: Survey, ground: Places) -> Iterator[Arrival]:
    for old, name in old_addresses.of_contributors(found):
        if name in ground.contributors:
            yield Arrival(old, page_id=ground.contributors[name])


def _months(found: Survey) -> Iterator[Arrival]:
    public = queries.months_of(queries.articles_below(paper().root_page))
    there = {f"{ARCHIVE}{month.year}/{month.month}/" for month in public}
    for old, ours in old_addresses.of_dates(found):
        yield Arrival(old, link=ours if ours in there else ARCHIVE)


def _attachments(found: Survey, ledger: Ledger) -> Iterator[Arrival]:
    """An attachment's page leads to what it was attached to, else to the photo or the file itself."""
    documents = _document_links(found, ledger)
    for batch in _batches(old_addresses.of_attachments(found)):
        posts = {str(post) for _old, post, _number in batch if post}
        above = ledger.some(Imported.Kind.PAGE, posts) | ledger.some(Imported.Kind.ARTICLE, posts)
        live = set(Page.objects.live().filter(pk__in=above.values()).values_list("pk", flat=True))
        photos = _photo_links(ledger, {str(number) for _old, _post, number in batch})
        for old, post, number in batch:
            page_id = above.get(str(post), 0)
            link = photos.get(str(number)) or documents.get(number, "")
            if page_id in live:
                yield Arrival(old, page_id=page_id)
            elif link or not post:
                yield Arrival(old, link=link)


def _files(found: Survey, ledger: Ledger) -> Iterator[Arrival]:
    """Where pictures and documents lay, which other sites and search engines link to."""
    site = found.channel.address
    for batch in _batches(iter(found.photos.items())):
        links = _photo_links(ledger, {str(number) for number, _photo in batch})
        for number, photo in batch:
            old = path_on(site, photo.url)
            if old and str(number) in links:
                yield Arrival(old, link=links[str(number)])
    documents = ledger.all(Imported.Kind.FILE)
    there = get_document_model().objects.in_bulk(documents.values())
    for address, document_id in documents.items():
        old = path_on(site, address)
        if old and document_id in there:
            yield Arrival(old, link=there[document_id].url)


def _document_links(found: Survey, ledger: Ledger) -> dict[int, str]:
    """Number of an attachment that is no picture → where our document is served."""
    documents = ledger.all(Imported.Kind.FILE)
    there = get_document_model().objects.in_bulk(documents.values())
    here = ((number, documents.get(key(address))) for number, address in found.files.items())
    return {number: there[pk].url for number, pk in here if pk in there}


def _photo_links(ledger: Ledger, numbers: set[str]) -> Mapping[str, str]:
    """Number of an attachment → where our photo's file is served; only those whose file is at hand."""
    here = ledger.some(Imported.Kind.PHOTO, numbers)
    missing = ledger.placeholders(Imported.Kind.PHOTO).keys()
    photos = Photo.objects.in_bulk({here[number] for number in here.keys() - missing})
    return {
        number: photos[photo_id].file.url for number, photo_id in here.items() if photo_id in photos
    }


def _batches(pairs: Iterator[T]) -> Iterator[list[T]]:
    while batch := list(islice(pairs, _BATCH)):
        yield batch
