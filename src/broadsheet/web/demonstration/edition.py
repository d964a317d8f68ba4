"""The texts of the demonstration, read from `data/`: plain records, no database."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import mailbag, manuscript
from .mailbag import Letter
from .manuscript import Block

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Section:
    slug: str
    title: str
    description: str  # HTML


@dataclass(frozen=True, slots=True)
class Paper:
    name: str
    motto: str
    language: str
    time_zone: str
    contact: str
    description: str
    picture_credit: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Person:
    slug: str
    name: str
    role: str
    biography: str  # HTML
    web_address: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    name: str
    title: str
    alt: str
    caption: str


@dataclass(frozen=True, slots=True)
class Correction:
    kind: str  # of newsroom's Correction.Kind
    age_hours: float
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """Ages are hours before the moment at which the demonstration is created."""

    slug: str
    headline: str
    kicker: str
    standfirst: str
    section: str
    by: tuple[str, ...]
    tags: tuple[str, ...]
    age_hours: float
    body: tuple[Block, ...]
    letters: tuple[Letter, ...] = ()
    updated_hours: float | None = None
    language: str = ""
    hero: str = ""
    hero_caption: str = ""
    lead: bool = False
    series: str = ""  # its title
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class StandingPage:
    slug: str
    title: str
    body: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    paper: Paper
    people: tuple[Person, ...]
    pictures: tuple[Picture, ...]
    articles: tuple[Article, ...]
    pages: tuple[StandingPage, ...]
    held: tuple[Letter, ...]
    spam: tuple[Letter, ...]


def read(folder: Path = DATA) -> Edition:
    """Raises ManuscriptError, MailbagError, or TypeError for a field that nobody knows."""
    desk = folder / "desk"
    return Edition(
        paper=_paper(_toml(folder / "paper.toml")),
        people=tuple(Person(slug, **v) for slug, v in _toml(folder / "contributors.toml").items()),
        pictures=tuple(Picture(name, **v) for name, v in _toml(folder / "photos.toml").items()),
        articles=tuple(_article(path) for path in sorted((folder / "articles").glob("*.md"))),
        pages=tuple(_page(path) for path in sorted((folder / "pages").glob("*.md"))),
        held=mailbag.read((desk / "held.txt").read_text(encoding="utf-8")),
        spam=mailbag.read((desk / "spam.txt").read_text(encoding="utf-8")),
    )


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _paper(fields: dict[str, Any]) -> Paper:
    sections = tuple(Section(**section) for section in fields.pop("sections"))
    return Paper(**fields, sections=sections)


def _article(path: Path) -> Article:
    text = manuscript.read(path.read_text(encoding="utf-8"))
    fields = dict(text.front)
    corrections = tuple(Correction(**c) for c in fields.pop("corrections", ()))
    letters = path.parent.parent / "comments" / f"{path.stem}.txt"
    return Article(
        slug=path.stem,
        body=text.body,
        by=tuple(fields.pop("by")),
        tags=tuple(fields.pop("tags")),
        corrections=corrections,
        letters=mailbag.read(letters.read_text(encoding="utf-8")) if letters.exists() else (),
        **fields,
    )


def _page(path: Path) -> StandingPage:
    text = manuscript.read(path.read_text(encoding="utf-8"))
    return StandingPage(text.front["slug"], text.front["title"], text.body)
