"""What else shows a page that changed: which other pages have to be looked at, and which URL paths printed again."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import Page, ReferenceIndex

from broadsheet.newsroom.models import ArticlePage, Byline, Relative, SeriesPage
from broadsheet.newsroom.models.parts import MOST_NUMBERED, numbered_parts
from broadsheet.newsroom.models.translations import family

from . import lists
from .extent import discussion_paths, history_paths, month_sitemap
from .lengths import Lengths
from .lists import Slot
from .models import Node, Placement
from .store import PageStore
from .tree import ARTICLE, BYLINE, SERIES, Paper, Position, original_of


@dataclass(frozen=True, slots=True)
class Change:
    """Where a page stood and where it stands; None: nowhere that readers see."""

    page_id: int
    before: Position | None
    after: Position | None

    @property
    def positions(self) -> list[Position]:
        return [position for position in (self.before, self.after) if position is not None]

    @property
    def has_moved(self) -> bool:
        """Its address was given to readers, and is no longer its own."""
        return self.before is not None and (
            self.after is None or self.after.path != self.before.path
        )

    def has_new(self, *kinds: str) -> bool:
        """Do other pages show something else of it, and is it of one of these kinds?"""
        return self.has_new_face and any(
            position.face.startswith(kinds) for position in self.positions
        )

    @property
    def has_new_face(self) -> bool:
        faces = {self.before.face if self.before else "", self.after.face if self.after else ""}
        return len(faces) > 1


def is_on_every_page(change: Change) -> bool:
    """A section or another page of the menus has a new name, address or place, or appeared, or is gone."""
    return change.has_new_face and not change.has_new(BYLINE, ARTICLE, SERIES)


def other_pages(node: Node, change: Change) -> set[int]:
    """Pages that show or link to the one that changed, or stand below it."""
    pages: set[int] = set()
    if change.has_new(BYLINE):
        signed = Byline.objects.filter(contributor_id=change.page_id)
        pages.update(signed.values_list("article_id", flat=True))
    if change.has_new(SERIES):
        parts = ArticlePage.objects.filter(series_id=change.page_id)
        pages.update(parts.values_list("pk", flat=True))
    if change.before is not None and change.has_moved:
        pages.update(pages_that_refer_to(Page(pk=change.page_id)))
        stood_below = Q(path__startswith=change.before.path) & ~Q(page_id=change.page_id)
        placements = Placement.objects.filter(stood_below, node=node)
        pages.update(placements.values_list("page_id", flat=True))
    if change.after is not None and (change.before is None or change.has_moved):
        page = Page.objects.filter(pk=change.page_id, numchild__gt=0).first()
        if page is not None:
            pages.update(page.get_descendants().values_list("pk", flat=True))
    return pages


def pages_of_other_papers(node: Node, changes: Iterable[Change]) -> set[int]:
    """Pages that link to what moves along with these, where that need not be in the same newspaper.

    For a change that prints everything of its own.
    """
    moved = [change for change in changes if change.has_moved]
    if not moved or not Node.objects.exclude(site=node.site_id).exists():
        return set()
    below = Q(page_id__in=[change.page_id for change in moved])
    for change in moved:
        below |= Q(path__startswith=change.before.path if change.before else "/")
    placements = Placement.objects.filter(below, node=node)
    ids = map(str, placements.values_list("page_id", flat=True))
    references = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(Page),
        to_object_id__in=list(ids),
        base_content_type__model="page",
    )
    return {int(pk) for pk in references.values_list("object_id", flat=True).distinct()}


def pages_that_refer_to(subject: object) -> set[int]:
    """Pages whose text or fields refer to a page, photo or document, by Wagtail's index of references."""
    references = ReferenceIndex.get_references_to(subject)
    from_pages = references.filter(base_content_type__model="page")
    return {int(pk) for pk in from_pages.values_list("object_id", flat=True)}


@dataclass(slots=True)
class _ListChange:
    moved: list[Slot] = field(default_factory=list)
    edited: list[Slot] = field(default_factory=list)


def paths(
    node: Node, store: PageStore, paper: Paper, changes: Iterable[Change], lengths: Lengths
) -> Iterator[str]:
    """Every URL path to print again; the changed pages' own come first, then lists, then what machines read.

    `lengths`: of all lists that the pages are on, or were, as they are now.
    """
    changes = list(changes)
    for change in changes:
        yield from _own_paths(store, paper, change)
    for base, touched in _touched_lists(changes).items():
        yield from lists.touched(
            paper, store, base, lengths=lengths, moved=touched.moved, edited=touched.edited
        )
    yield from _paths_beside(node, paper, changes)
    yield from _month_paths(store, changes, lengths)
    for change in changes:
        is_article = any(position.month for position in change.positions)
        yield "/sitemap-news.xml" if is_article else "/sitemap-pages.xml"


def _own_paths(store: PageStore, paper: Paper, change: Change) -> Iterator[str]:
    if change.before is not None and change.has_moved:
        yield change.before.path
        yield from store.paths(below=change.before.path)
    if change.has_new(
        BYLINE
    ):  # the page that lists all contributors, where it stood and where it stands
        yield from (parent_of(position.path) for position in change.positions)
    if change.after is None:
        return
    path = change.after.path
    yield path
    yield from discussion_paths({change.page_id: path})
    yield from history_paths({change.page_id: path})
    if change.after.month:
        yield from store.paths(below=path)
    else:
        yield from lists.all_of(paper, path)


def _paths_beside(node: Node, paper: Paper, changes: Iterable[Change]) -> Iterator[str]:
    """Articles that name one that changed as related, and the parts of its series: few, however long the archive is."""
    renamed = [change.page_id for change in changes if change.has_new(ARTICLE)]
    named = Relative.objects.filter(other_id__in=renamed)
    beside = set(named.values_list("article_id", flat=True))
    faces = [
        position.face
        for change in changes
        if change.has_new(ARTICLE)
        for position in change.positions
    ]
    originals = {found for face in faces if (found := original_of(face)) is not None}
    beside.update(family(originals).values_list("pk", flat=True))
    for series in _changed_series(paper, changes):
        parts = [part.pk for part in numbered_parts(series)]
        if len(parts) <= MOST_NUMBERED + 1:  # one too many: the others lose their numbers
            beside.update(parts)
    placements = Placement.objects.filter(node=node, page_id__in=beside)
    yield from placements.values_list("path", flat=True)


def _changed_series(paper: Paper, changes: Iterable[Change]) -> Iterable[Page]:
    """Those with a part that came, went, or has another name or place."""
    bases = {base for change in changes for base in _lists_that_number(change)}
    url_paths = {paper.root.url_path + base[1:] for base in bases}
    found: Iterable[Page] = SeriesPage.objects.filter(url_path__in=url_paths) if url_paths else ()
    return found


def _lists_that_number(change: Change) -> set[str]:
    """All lists of a page with a new face; else those that it came onto or left."""
    before, after = (
        set(position.lists) if position else set() for position in (change.before, change.after)
    )
    return before | after if change.has_new(ARTICLE) else before ^ after


def _touched_lists(changes: Iterable[Change]) -> dict[str, _ListChange]:
    touched: defaultdict[str, _ListChange] = defaultdict(_ListChange)
    for change in changes:
        stayed = _stayed(change)
        for position in change.positions:
            for base in position.lists:
                if position.published_at is not None:
                    slot = Slot(position.published_at, position.page_id)
                    (touched[base].edited if base in stayed else touched[base].moved).append(slot)
    return touched


def _stayed(change: Change) -> set[str]:
    """The lists on which the page kept its place."""
    before, after = change.before, change.after
    if before is None or after is None or before.published_at != after.published_at:
        return set()
    return set(before.lists).intersection(after.lists)


def _month_paths(store: PageStore, changes: Iterable[Change], lengths: Lengths) -> Iterator[str]:
    """The sitemap of each month; what names the months when one begins or is empty again."""
    for month in {position.month for change in changes for position in change.positions} - {""}:
        yield month_sitemap(month)
        if (lengths.articles[month] > 0) != (store.find(month) is not None):
            yield from (lists.ARCHIVE, "/sitemap.xml")


def parent_of(path: str) -> str:
    """`/a/` for `/a/b/`."""
    return path.rstrip("/").rpartition("/")[0] + "/"
