"""Counting what an archive has become on our side: from the pages and comments themselves, not from our notes."""

from django.db.models import Count, QuerySet
from wagtail.models import Page

from broadsheet.comments.models import ReaderComment, Status
from broadsheet.comments.offices import or_the_first
from broadsheet.newsroom.models import ArticleTag, Newspaper, Photo

from .ledger import key
from .models import Archive, Imported

COMMENT_STATES = {
    Status.PUBLISHED: "published",
    Status.HELD: "held",
    Status.SPAM: "spam",
    Status.REJECTED: "trash",
}
Counts = dict[str, dict[str, int]]  # type → status → how many


def count(archive: Archive) -> Counts:
    """Type → status → how many, of everything that came from `archive` and is here."""
    return {
        "articles": _pages(archive, Imported.Kind.ARTICLE),
        "pages": _pages(archive, Imported.Kind.PAGE),
        "comments": _comments(archive),
        "photos": _photos(archive),
        "files": {"library": _rows(archive, Imported.Kind.FILE)},
        "contributors": {"published": _rows(archive, Imported.Kind.CONTRIBUTOR)},
        "categories": {"published": _rows(archive, Imported.Kind.SECTION)},
        "tags": {"published": _tags(archive)},
        "links": {"published": _links(archive)},
    }


def _objects(archive: Archive, *kinds: Imported.Kind) -> QuerySet[Imported]:
    return Imported.objects.filter(archive=archive, kind__in=kinds)


def _rows(archive: Archive, kind: Imported.Kind) -> int:
    return _objects(archive, kind).count()


def _pages(archive: Archive, kind: Imported.Kind) -> dict[str, int]:
    ids = _objects(archive, kind).values("object_id")
    pages = Page.objects.filter(pk__in=ids)
    drafts = pages.filter(live=False)
    return {
        "published": pages.filter(live=True).count(),
        "scheduled": drafts.filter(go_live_at__isnull=False).count(),
        "draft": drafts.filter(go_live_at__isnull=True).count(),
    }


def _comments(archive: Archive) -> dict[str, int]:
    rows = ReaderComment.objects.filter(source__startswith=f"{archive.pk}:").values_list("status")
    return {
        COMMENT_STATES.get(Status(status), status.lower()): number
        for status, number in rows.annotate(number=Count("pk")).order_by()
    }


def _photos(archive: Archive) -> dict[str, int]:
    """The library's; those known by their address only are counted apart."""
    counts: dict[str, int] = {}
    for name, kind in (
        ("library", Imported.Kind.PHOTO),
        ("by_address", Imported.Kind.PHOTO_ADDRESS),
    ):
        ids = _objects(archive, kind).values("object_id")
        if number := Photo.objects.filter(pk__in=ids).count():
            counts[name] = number
    return counts


def _links(archive: Archive) -> int:
    brought = set(_objects(archive, Imported.Kind.LINK).values_list("source_id", flat=True))
    newspaper = Newspaper.for_site(or_the_first(archive.site))
    return sum(key(link.value["address"]) in brought for link in newspaper.links)


def _tags(archive: Archive) -> int:
    ids = _objects(archive, Imported.Kind.ARTICLE).values("object_id")
    tagged = ArticleTag.objects.filter(content_object_id__in=ids)
    return int(tagged.values("tag_id").distinct().count())
