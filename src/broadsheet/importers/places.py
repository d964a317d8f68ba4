"""Sections and contributors of an archive → pages of ours, which stories then stand below and are signed by."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.models import Page

from broadsheet.newsroom.models import (
    ContributorIndexPage,
    ContributorPage,
    FrontPage,
    SectionPage,
    StandardPage,
)
from broadsheet.newsroom.papers import paper

from .ledger import Ledger
from .models import Imported
from .records import Contributor, Section
from .stories import Places
from .tally import Tally
from .tree import Shelf, index, plant, usable_slug


@transaction.atomic
def lay(
    sections: Sequence[Section],
    contributors: Iterable[Contributor],
    *,
    ledger: Ledger,
    pages: Iterable[str],
    site: str,
    tally: Tally,
) -> Places:
    """Find or make the page of each section and contributor. Pages that exist under the same name are used as they are.

    `pages`: slugs of the old site's pages on top, which take the place of pages that were laid and never written.
    """
    front = FrontPage.objects.get(pk=paper().root_page_id)
    _make_room(front, pages, ledger)
    section_pages = _lay_sections(sections, front, ledger, tally)
    return Places(
        site=site,
        front_id=front.pk,
        contributors=_lay_contributors(contributors, front, ledger, tally),
        sections=section_pages,
        default_section=_default_section(front),
    )


def _make_room(front: Page, slugs: Iterable[str], ledger: Ledger) -> None:
    """A new site has an empty page "About us"; the old site's own must not stand beside it as `about-2`."""
    wanted = {usable_slug(slug) for slug in slugs}
    ours = set(ledger.all(Imported.Kind.PAGE).values())
    unwritten = StandardPage.objects.child_of(front).filter(
        latest_revision__isnull=True, numchild=0
    )
    for page in unwritten.exclude(pk__in=ours):
        if page.slug in wanted and not page.body:
            page.delete()


def clear(ledger: Ledger) -> None:
    """Take away the empty sections of a new site, once the archive has brought sections of its own."""
    ours = set(ledger.all(Imported.Kind.SECTION).values())
    own = SectionPage.objects.descendant_of(paper().root_page)
    empty = own.filter(latest_revision__isnull=True, numchild=0)
    if ours:
        others = Imported.objects.filter(kind=Imported.Kind.SECTION).values("object_id")
        for page in empty.exclude(pk__in=others):
            page.delete()


def _lay_sections(
    sections: Sequence[Section], front: Page, ledger: Ledger, tally: Tally
) -> dict[str, int]:
    """One query for each section's parent: sections are as many as a newspaper has, not as many as its articles."""
    here = _still_there(ledger.all(Imported.Kind.SECTION))
    noted = set(here)
    pages: dict[str, Page] = {}
    for section in sections:
        if section.id in here:
            tally.known["categories"] += 1
            continue
        above = pages.get(section.parent) or _page(here.get(section.parent)) or front
        shelf = Shelf.below(above)
        slug = usable_slug(section.slug)
        page = SectionPage.objects.child_of(above).filter(slug=slug).first() if slug else None
        if page is None:
            page = SectionPage(
                title=section.name or section.slug,
                description=format_html("<p>{}</p>", section.description)
                if section.description
                else "",
                show_in_menus=section.in_menu,
            )
            _plant(page, shelf, section.slug, section.name)
        tally.added["categories"] += 1
        pages[section.id] = page
        here[section.id] = page.pk
    ledger.note(
        Imported.Kind.SECTION,
        {name: page_id for name, page_id in here.items() if name not in noted},
    )
    return here


def _lay_contributors(
    contributors: Iterable[Contributor], front: Page, ledger: Ledger, tally: Tally
) -> dict[str, int]:
    here = _still_there(ledger.all(Imported.Kind.CONTRIBUTOR))
    noted = set(here)
    above = ContributorIndexPage.objects.child_of(front).first() or front.add_child(
        instance=ContributorIndexPage(title=_("Contributors"), slug="contributors")
    )
    named = dict(ContributorPage.objects.child_of(above).values_list("title", "pk"))
    shelf = Shelf.below(above)
    for contributor in contributors:
        if contributor.id in here:
            tally.known["contributors"] += 1
            continue
        tally.added["contributors"] += 1
        if contributor.name not in named:
            page = ContributorPage(
                title=contributor.name,
                biography=format_html("<p>{}</p>", contributor.biography)
                if contributor.biography
                else "",
                web_address=contributor.web_address[:200],
            )
            _plant(page, shelf, contributor.slug, contributor.name)
            named[contributor.name] = page.pk
        here[contributor.id] = named[contributor.name]
    ledger.note(
        Imported.Kind.CONTRIBUTOR,
        {name: page_id for name, page_id in here.items() if name not in noted},
    )
    return here


def _still_there(known: dict[str, int]) -> dict[str, int]:
    """What an editor has deleted since is made anew when something needs it."""
    there = set(Page.objects.filter(pk__in=set(known.values())).values_list("pk", flat=True))
    return {source_id: page_id for source_id, page_id in known.items() if page_id in there}


def _page(page_id: int | None) -> Page | None:
    return Page.objects.filter(pk=page_id).first() if page_id else None


def _plant(page: Page, shelf: Shelf, slug: str, otherwise: str) -> None:
    shelf.look_again()
    page.live = True
    shelf.place(page, slug=slug, otherwise=otherwise)
    plant([page], [shelf])
    index([page])


def _default_section(front: Page) -> int:
    """Where articles go that are in no category."""
    below = SectionPage.objects.child_of(front)
    found = below.filter(slug="news").first() or below.first()
    if found is None:
        found = front.add_child(
            instance=SectionPage(title=_("News"), slug="news", show_in_menus=True)
        )
    return int(found.pk)
