"""What readers fetch to see a page: photos in fitting sizes, fonts, a style sheet."""

import json
import re
from collections import defaultdict
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from broadsheet.comments import places
from broadsheet.newsroom import sizes, stylesheet
from broadsheet.web.demonstration import bodies, edition
from tests import builders
from tests.comments.builders import a_comment


def test_the_photo_that_is_seen_first_is_fetched_first(client: Client, db: None) -> None:
    article = builders.an_article(hero=builders.a_photo())

    pages = [client.get(path).text for path in ("/", article.get_url())]

    assert [page.count('fetchpriority="high"') for page in pages] == [1, 1]


@pytest.mark.parametrize(
    ("width", "widths"),
    [
        pytest.param(2000, [240, 480, 720], id="a large photo comes in all widths"),
        pytest.param(700, [240, 480], id="a smaller one is not enlarged"),
        pytest.param(100, [240], id="a tiny one comes in the smallest"),
    ],
)
def test_a_photo_is_never_enlarged(width: int, widths: list[int]) -> None:
    specs = sizes.SIZES["teaser"].specs_for(width, "avif")

    assert specs == tuple(f"fill-{w}x{w * 2 // 3}|format-avif" for w in widths)


@pytest.mark.parametrize(
    ("description", "links"),
    [
        pytest.param("Grey light over the quay", 1, id="the link has the photo's words for a name"),
        pytest.param("", 0, id="a photo without words is no link"),
    ],
)
def test_a_photo_opens_large_without_a_script(
    client: Client, db: None, description: str, links: int
) -> None:
    article = builders.an_article(hero=builders.a_photo(description=description))

    page = client.get(article.get_url()).text

    assert len(re.findall(r'<a class="photo-large" href="/media/[^"]+\.avif">', page)) == links


def test_what_is_not_there_is_answered_in_the_papers_own_dress(client: Client, db: None) -> None:
    builders.a_paper()

    response = client.get("/no/such/page/")

    assert response.status_code == 404
    assert 'class="masthead"' in response.text
    assert 'rel="canonical"' not in response.text


def test_the_style_sheet_names_only_fonts_that_are_there() -> None:
    sheet = Path(str(finders.find("newsroom/paper.css")))

    fonts = set(re.findall(r'url\("(.*?)"\)', sheet.read_text()))

    assert fonts
    assert {font for font in fonts if not (sheet.parent / font).is_file()} == set()


@pytest.mark.parametrize(
    "headlines", ["newsreader-display", "newsreader-text", "libre-franklin-semibold"]
)
def test_a_page_in_english_needs_no_more_than_60_kb_of_fonts(headlines: str) -> None:
    """Text, italics, small matter, and the headlines of one of the looks; `…-ext` files come only where a letter needs them."""
    faces = {"newsreader-text", "newsreader-italic", "libre-franklin", headlines}

    sizes_of = [
        Path(str(finders.find(f"newsroom/fonts/{face}.woff2"))).stat().st_size for face in faces
    ]

    assert sum(sizes_of) <= 60_000


@pytest.mark.parametrize("family", ["newsreader", "libre-franklin"])
def test_each_typeface_comes_with_its_licence(family: str) -> None:
    licence = Path(str(finders.find(f"newsroom/fonts/{family}-OFL.txt")))

    assert "SIL OPEN FONT LICENSE Version 1.1" in licence.read_text()


def test_an_article_with_thirty_comments_and_its_style_sheet_fit_into_14_kb(
    client: Client, db: None
) -> None:
    """With a body, a photo and comments of the demonstration, pressed together as printed pages are."""
    texts = edition.read()
    letters = [letter for article in texts.articles for letter in article.letters][:30]
    manuscript = next(found for found in texts.articles if found.slug == "budget-one-vote")
    article = builders.an_article(
        manuscript.headline,
        by=("Amal Haddad", "Ines Okafor"),
        standfirst=manuscript.standfirst,
        hero=builders.a_photo(),
        body=json.dumps(bodies.stream(manuscript.body, defaultdict(int))),
    )
    place = places.find(article.pk)
    assert place is not None
    for number, letter in enumerate(letters):
        a_comment(place, letter.text, author=letter.author, address=f"10.0.{number}.1")

    page = client.get(article.get_url()).content
    sheet = stylesheet.joined(stylesheet.sources()).encode()

    assert page.count(b'class="comment"') == 30
    assert len(brotli.compress(page)) + len(brotli.compress(sheet)) <= 14_000
