"""Put very many pages into Wagtail's tree at a cost that does not depend on how many there are.

`add_child` takes a dozen statements a page. Here the places below a parent are counted out in memory, the rows of
the page table are inserted together, and those of the page's own class follow, one statement each. No signal is
sent: the importer indexes and prints at its end.
"""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from django.utils.text import slugify
from modelcluster.models import get_all_child_relations
from wagtail.models import Page, ReferenceIndex, Site

from broadsheet.newsroom.reserved import is_the_applications

from . import rows, searching

_LONGEST_SLUG = 200  # of 255: a number may follow


@dataclass(slots=True)
class Shelf:
    """A page of the tree, and where the next one below it goes."""

    pk: int
    path: str
    depth: int
    url_path: str
    locale_id: int
    is_top: bool = (
        False  # the front page: the application has addresses of its own beside its pages
    )
    slugs: dict[str, int] = field(default_factory=dict)  # taken → the number to try next
    last: int = 0  # number of the last place taken
    added: int = 0  # since `settle`

    @classmethod
    def below(cls, page: Page) -> Self:
        is_top = Site.objects.filter(root_page_id=page.pk).exists()
        shelf = cls(page.pk, page.path, page.depth, page.url_path, page.locale_id, is_top)
        shelf.slugs.update((slug, 2) for slug in shelf._children().values_list("slug", flat=True))
        return shelf

    def look_again(self) -> None:
        """Others may have added pages since; call it in the transaction that adds ours.

        Only what stands behind the last place that we know of is looked at.
        """
        first, end = Page._get_children_path_interval(self.path)
        if self.last:
            first = Page._get_path(self.path, self.depth + 1, self.last)
        behind = Page.objects.filter(depth=self.depth + 1, path__range=(first, end))
        last = behind.order_by("-path").values_list("path", flat=True).first()
        self.last = Page._str2int(last[-Page.steplen :]) if last else self.last

    def place(self, page: Page, *, slug: str, otherwise: str) -> None:
        """Give `page` the next place here, under the best slug that is free."""
        self.last += 1
        self.added += 1
        page.depth = self.depth + 1
        page.path = Page._get_path(self.path, page.depth, self.last)
        page.locale_id = self.locale_id
        page.translation_key = uuid.uuid4()
        page.content_type = ContentType.objects.get_for_model(type(page))
        page.draft_title = page.title
        page.slug = self._free(slug, otherwise)
        page.url_path = f"{self.url_path}{page.slug}/"

    def settle(self) -> None:
        """Tell the parent how many children it has gained."""
        if self.added:
            Page.objects.filter(pk=self.pk).update(numchild=F("numchild") + self.added)
            self.added = 0

    def _children(self) -> Any:
        return Page.objects.filter(path__startswith=self.path, depth=self.depth + 1)

    def _free(self, slug: str, otherwise: str) -> str:
        wanted = usable_slug(slug) or usable_slug(otherwise) or "untitled"
        free = wanted
        while free in self.slugs or (self.is_top and is_the_applications(free)):
            number = self.slugs.get(wanted, 2)
            self.slugs[wanted] = number + 1
            free = f"{wanted}-{number}"
        self.slugs[free] = 2
        return free


def usable_slug(text: str) -> str:
    """`text` as a slug that our addresses can hold, or ""."""
    return slugify(text, allow_unicode=True)[:_LONGEST_SLUG].strip("-_")


def plant(pages: Sequence[Page], shelves: Iterable[Shelf]) -> None:
    """Insert pages that have their places, all of one class or of several. Call it in a transaction."""
    rows.number(Page, pages)
    rows.insert(Page, pages)
    for page_class, its_pages in _by_class(pages).items():
        for page in its_pages:
            page.page_ptr_id = page.pk = page.id
            page._state.adding = False
        rows.insert(page_class, its_pages)
    for shelf in shelves:
        shelf.settle()


def _by_class(pages: Iterable[Page]) -> dict[type[Page], list[Page]]:
    by_class: dict[type[Page], list[Page]] = {}
    for page in pages:
        by_class.setdefault(type(page), []).append(page)
    return by_class


def index(pages: Iterable[Page]) -> None:
    """Let search find new pages, and Wagtail know what they use. Call it in a transaction.

    What stands below a page in its cluster (bylines, tags) must be set on it in memory: nothing else can exist yet, and
    saying so saves a query for each kind of it.
    """
    by_class = _by_class(pages)
    used: list[ReferenceIndex] = []
    for its_pages in by_class.values():
        for page in its_pages:
            for relation in get_all_child_relations(page):
                children = getattr(page, relation.get_accessor_name())
                if not children.is_deferring:
                    children.set([])
            used += _uses(page)
    rows.number(ReferenceIndex, used)
    rows.insert(ReferenceIndex, used)
    for page_class, its_pages in by_class.items():
        searching.index(page_class, its_pages)


def _uses(page: Page) -> Iterator[ReferenceIndex]:
    """What a new page refers to, as `ReferenceIndex.create_or_update_for_object` would write it."""
    for to_type, to_id, model_path, path in set(
        ReferenceIndex._extract_references_from_object(page)
    ):
        yield ReferenceIndex(
            base_content_type=ContentType.objects.get_for_model(Page),
            content_type=ContentType.objects.get_for_model(page),
            object_id=str(page.pk),
            to_content_type_id=to_type,
            to_object_id=to_id,
            model_path=model_path,
            content_path=path,
            content_path_hash=ReferenceIndex._get_content_path_hash(path),
        )
