"""An item of an export → a story. Plain Python."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from broadsheet.importers.blocks import PhotoReference
from broadsheet.importers.records import Contributor, Kind, Link, Losses, Section, State, Story, Tag

from .comments import comments_of
from .convert import convert, plain_text
from .export import Item, Term
from .survey import Survey, main_category

_PLACEHOLDER_OF_YOAST: Final = "%%"
STATES: Final = {
    "publish": State.PUBLISHED,
    "future": State.SCHEDULED,
    "draft": State.DRAFT,
    "pending": State.DRAFT,
    "private": State.DRAFT,
}
MENU: Final = 8  # entries that fit


@dataclass(frozen=True, slots=True)
class Choices:
    """What the operator asked for."""

    now: datetime  # aware
    article_types: frozenset[str] = frozenset(("post",))
    with_trash: bool = False
    with_spam: bool = False


def kind_of(item: Item, choices: Choices) -> Kind | None:
    """What an item becomes; None for what is no story, or in the bin."""
    if item.status not in STATES and not (item.status == "trash" and choices.with_trash):
        return None
    if item.type == "page":
        return Kind.PAGE
    return Kind.ARTICLE if item.type in choices.article_types else None


def source_id(item: Item) -> str:
    return str(item.id) if item.id else item.guid or item.link or item.slug


def translate(item: Item, kind: Kind, survey: Survey, choices: Choices) -> Story:
    """The story that an item tells."""
    conversion = convert(
        item.content,
        attached=survey.attached_to(item),
        footnotes=item.first_meta("footnotes"),
        shared=survey.shared,
    )
    main = main_category(item, survey.terms)
    hero = item.first_meta("_thumbnail_id")
    state, note = _state(item, choices.now)
    return Story(
        id=source_id(item),
        kind=kind,
        headline=plain_text(item.title)[:255],
        slug=item.slug,
        state=state,
        note=note,
        blocks=conversion.blocks,
        standfirst=plain_text(item.excerpt),
        published_at=item.published_at,
        updated_at=item.modified_at,
        contributors=_contributors(item, survey),
        section=main if kind is Kind.ARTICLE else "",
        tags=tuple(_tags(item, main)),
        hero=PhotoReference("", int(hero)) if hero.isascii() and hero.isdigit() else None,
        parent=str(item.parent) if survey.page_depth(item.id) else "",
        comments_open=item.comments_open,
        is_pinned=item.is_sticky,
        in_menu=("page", item.id) in survey.in_menus and not item.parent,
        seo_title=_by_hand(item.first_meta("_yoast_wpseo_title"))[:255],
        search_description=_by_hand(item.first_meta("_yoast_wpseo_metadesc")),
        addresses=tuple(dict.fromkeys(_addresses(item, survey.channel.address))),
        comments=comments_of(item, with_spam=choices.with_spam, with_trash=choices.with_trash),
        words=conversion.words,
        losses=Losses(conversion.unknown_blocks, conversion.unknown_shortcodes, conversion.removed),
    )


def _state(item: Item, now: datetime) -> tuple[State, str]:
    """What readers see, and why that is less than it was."""
    if item.status == "trash":
        return State.DRAFT, "It was in the old site's bin."
    if item.status == "private":
        return State.DRAFT, "It was private on the old site."
    if item.password:
        return State.DRAFT, "It was behind a password on the old site."
    state = STATES[item.status]
    if state is State.SCHEDULED and (item.published_at is None or item.published_at <= now):
        return State.PUBLISHED, ""
    return state, ""


def _by_hand(text: str) -> str:
    """What someone wrote; Yoast's templates are not text."""
    return "" if _PLACEHOLDER_OF_YOAST in text else plain_text(text)


def _contributors(item: Item, survey: Survey) -> tuple[str, ...]:
    """Co-Authors Plus names them as terms; otherwise the account that wrote the item signs it."""
    logins = [use.slug.removeprefix("cap-") for use in item.terms_of("author")] or [item.creator]
    ids = (
        f"guest:{login}" if login in survey.guests else f"author:{login}"
        for login in logins
        if login
    )
    return tuple(dict.fromkeys(ids))


def _tags(item: Item, main: str) -> Iterator[Tag]:
    """Tags, and the categories that the article does not live under."""
    for use in item.terms:
        is_other_category = use.taxonomy == "category" and use.slug != main
        if (use.taxonomy == "post_tag" or is_other_category) and use.slug:
            yield Tag(use.slug, plain_text(use.name) or use.slug)


def _addresses(item: Item, site: str) -> Iterator[str]:
    """Every address that led to an item: its number, its permalink, and that with its former slugs."""
    if item.id:
        yield f"/?{'page_id' if item.type == 'page' else 'p'}={item.id}"
        if item.type == "page":
            yield f"/?p={item.id}"
    permalink = path_on(site, item.link)
    if not permalink or "?" in permalink:
        return
    yield permalink
    for slug in item.meta.get("_wp_old_slug", ()):
        before, found, after = permalink.rpartition(f"/{item.slug}")
        if found and slug and item.slug:
            yield f"{before}/{slug}{after}"


def path_on(site: str, address: str) -> str:
    """The path and query of an address of the old site; "" for another host's, or what is none."""
    try:
        parts, home = urlsplit(address), urlsplit(site)
    except ValueError:
        return ""
    if parts.hostname and home.hostname and _bare(parts.hostname) != _bare(home.hostname):
        return ""
    path = parts.path or "/"
    return f"{path}?{parts.query}" if parts.query else path if path != "/" else ""


def links_of(survey: Survey) -> list[Link]:
    """The menus' links in their order, each address once; those within the old site are paths ("/e-paper/").

    The front page needs no link, and an entry without an address ("#") only held others together.
    """
    site = survey.channel.address
    found: dict[str, Link] = {}
    for _order, link in sorted(survey.links, key=lambda entry: entry[0]):
        url = path_on(site, link.url) or link.url
        is_path = url.startswith("/") and not url.startswith(("//", "/\\"))
        is_elsewhere = url.startswith(("https://", "http://")) and not _is_on(site, url)
        if is_path or is_elsewhere:
            found.setdefault(url, Link(link.title, url))
    return list(found.values())


def _is_on(site: str, url: str) -> bool:
    try:
        there, here = urlsplit(url).hostname, urlsplit(site).hostname
    except ValueError:
        return True  # no address that a browser could follow
    return not there or _bare(there) == _bare(here or "")


def _bare(host: str) -> str:
    return host.removeprefix("www.")


def contributors_of(survey: Survey) -> list[Contributor]:
    """Accounts, guests, and those whom the file names as authors without saying more."""
    accounts = [
        Contributor(
            id=f"author:{author.login}", name=plain_text(author.name)[:255], slug=author.login
        )
        for author in survey.authors.values()
        if author.login and author.login not in survey.guests
    ]
    named = {*survey.authors, *survey.guests, ""}
    others = [
        Contributor(id=f"author:{login}", name=login, slug=login)
        for login in sorted(survey.creators - named)
    ]
    return [*accounts, *survey.guests.values(), *others]


def sections_of(survey: Survey) -> list[Section]:
    """The categories that articles live under, and those above them; parents first."""
    homes = sorted((slug for slug in survey.main_categories if slug), key=_menu_place(survey))
    wanted = _with_ancestors(homes, survey.terms)
    menu = _menu(wanted, survey)
    return [
        Section(
            id=slug,
            name=plain_text(term.name) if term and term.name else slug,
            slug=slug,
            parent=parent,
            description=plain_text(term.description) if term else "",
            in_menu=slug in menu,
        )
        for slug, parent in wanted.items()
        for term in (survey.terms.get(("category", slug)),)
    ]


def _menu_place(survey: Survey) -> Callable[[str], tuple[bool, int]]:
    """Sorts slugs as the old menu does, those that are not in it last."""

    def place(slug: str) -> tuple[bool, int]:
        term = survey.terms.get(("category", slug))
        found = survey.in_menus.get(("category", term.id)) if term else None
        return found is None, found or 0

    return place


def _with_ancestors(slugs: list[str], terms: dict[tuple[str, str], Term]) -> dict[str, str]:
    """slug → parent's slug, each parent before its children; a circle of parents is cut."""
    ordered: dict[str, str] = {}
    for slug in slugs:
        line = [slug]
        while (
            (term := terms.get(("category", line[-1]))) and term.parent and term.parent not in line
        ):
            line.append(term.parent)
        for position in range(len(line) - 1, -1, -1):
            parent = line[position + 1] if position + 1 < len(line) else ""
            ordered.setdefault(line[position], parent)
    return ordered


def _menu(wanted: dict[str, str], survey: Survey) -> set[str]:
    """The old menu's categories, then the largest sections, as many as fit."""
    top = [slug for slug, parent in wanted.items() if not parent]
    chosen = [
        slug
        for slug in top
        if (term := survey.terms.get(("category", slug)))
        and ("category", term.id) in survey.in_menus
    ]
    by_size = sorted(top, key=lambda slug: -survey.main_categories[slug])
    return set([*chosen, *by_size][:MENU])
