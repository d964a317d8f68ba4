"""The demonstration's own texts: complete, and consistent with each other."""

import re

import pytest

from broadsheet.web.demonstration import edition
from broadsheet.web.demonstration.manuscript import Gallery, PhotoFigure
from broadsheet.web.demonstration.pictures.catalogue import SCENES, SITTERS

EDITION = edition.read()
PICTURES = {picture.name for picture in EDITION.pictures}


@pytest.mark.parametrize("article", EDITION.articles, ids=lambda article: article.slug)
def test_an_article_refers_only_to_what_there_is(article: edition.Article) -> None:
    figures = [block for block in article.body if isinstance(block, PhotoFigure)]
    for block in article.body:
        if isinstance(block, Gallery):
            figures += block.photos

    assert article.section in {section.slug for section in EDITION.paper.sections}
    assert set(article.by) <= {person.slug for person in EDITION.people}
    assert {figure.picture for figure in figures} | {article.hero or "ferry"} <= PICTURES


@pytest.mark.parametrize("article", EDITION.articles, ids=lambda article: article.slug)
def test_an_article_is_whole(article: edition.Article) -> None:
    assert article.headline
    assert article.standfirst
    assert article.by
    assert article.tags
    assert len(article.body) >= 4


def test_every_section_has_an_article_and_one_article_leads() -> None:
    assert {a.section for a in EDITION.articles} == {s.slug for s in EDITION.paper.sections}
    assert sum(article.lead for article in EDITION.articles) == 1


def test_every_picture_is_drawn_and_described() -> None:
    assert set(SCENES) == PICTURES
    assert all(len(picture.alt) > 30 for picture in EDITION.pictures)


def test_every_portrait_is_of_a_contributor() -> None:
    assert set(SITTERS) <= {person.slug for person in EDITION.people}


def test_what_is_on_the_desk_names_an_article() -> None:
    slugs = {article.slug for article in EDITION.articles}

    assert {letter.article for letter in (*EDITION.held, *EDITION.spam)} <= slugs


def test_links_lead_to_reserved_names_only() -> None:
    texts = "\n".join(
        path.read_text(encoding="utf-8") for path in edition.DATA.rglob("*") if path.is_file()
    )
    hosts = re.findall(r"https?://([^/\s)\"']+)", texts)

    assert hosts
    assert all(host == "example.org" or host.endswith(".example") for host in hosts)
