"""What stands on every page: the paper's name and its ways."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from wagtail.models import Page, Site

from .models import Newspaper, Photo, SectionPage


@dataclass(frozen=True, slots=True)
class MenuEntry:
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Masthead:
    """What stands on every page: the paper's name and its ways."""

    name: str
    motto: str
    description: str
    home_url: str
    sections: tuple[MenuEntry, ...]
    pages: tuple[MenuEntry, ...]  # and the links to elsewhere
    look: str  # a models.settings.Look
    accent: str  # a models.settings.Accent
    paper: str  # a models.settings.Paper
    pairing: str  # a models.settings.Pairing
    logo: Photo | None
    takes_contributions: bool


def masthead(site: Site, request: HttpRequest | None) -> Masthead:
    """The newspaper's name, its sections and the pages that show in menus, with its links."""
    newspaper = Newspaper.for_site(site)
    root = site.root_page
    children = root.get_children().live()
    return Masthead(
        name=newspaper.name,
        motto=newspaper.motto,
        description=newspaper.description,
        home_url=root.get_url(request) or "/",
        sections=_entries(children.type(SectionPage), request),
        pages=_entries(children.not_type(SectionPage).in_menu(), request) + _links(newspaper),
        look=newspaper.look,
        accent=newspaper.accent,
        paper=newspaper.paper,
        pairing=newspaper.pairing,
        logo=newspaper.logo,
        takes_contributions=newspaper.takes_contributions,
    )


def _links(newspaper: Newspaper) -> tuple[MenuEntry, ...]:
    return tuple(MenuEntry(link.value["title"], link.value["address"]) for link in newspaper.links)


def _entries(pages: Iterable[Page], request: HttpRequest | None) -> tuple[MenuEntry, ...]:
    return tuple(MenuEntry(page.title, page.get_url(request) or "") for page in pages)
