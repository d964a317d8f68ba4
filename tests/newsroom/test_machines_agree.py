"""Feeds are what their formats demand, full or short, and cards what others ask for."""

import io
import json
import re

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.test import Client
from lxml import etree
from wagtail.documents.models import Document

from broadsheet.newsroom import feeds
from broadsheet.newsroom.models import ArticlePage, Correction, Newspaper, Photo
from tests import builders
from tests.clock import NOON
from tests.newsroom.builders import a_picture
from tests.newsroom.feedrules import atom_problems, json_problems, rss_problems
from tests.newsroom.test_feeds import queries_for

RULES = {"feed.xml": rss_problems, "atom.xml": atom_problems, "feed.json": json_problems}
HUB = "https://hub.example/"


def a_newspaper(**settings: object) -> None:
    newspaper = Newspaper.for_site(builders.the_site())
    for name, value in settings.items():
        setattr(newspaper, name, value)
    newspaper.save()


@pytest.fixture
def article(db: None) -> ArticlePage:
    article = builders.an_article(
        "A & B <sail>",
        standfirst="It's “back” ]]>.",
        by=("Amal Haddad", "Ines Okafor"),
        body=[("paragraph", '<p>It <a href="/about/">came</a> ((at six)).</p>')],
    )
    article.tags.add("ships")
    article.corrections.add(Correction(text="It was six.", corrected_at=NOON))
    article.save()
    builders.an_article("Nobody's", minutes_ago=5)
    return article


@pytest.fixture
def illustrated(article: ArticlePage) -> ArticlePage:
    """The same with a photo on top and one in its text."""
    quay = builders.a_photo("Quay", description="The quay", credit="Jo Lind", licence="CC BY 4.0")
    article.hero = builders.a_photo("Ferry", description="A ferry", credit="Jo Lind")
    article.body.append(("photo", {"photo": quay, "caption": "", "width": "column"}))
    article.save()
    return article


@pytest.mark.parametrize("is_full", [False, True], ids=["short", "full"])
@pytest.mark.parametrize("name", RULES)
def test_every_feed_keeps_to_its_format(
    client: Client, article: ArticlePage, name: str, is_full: bool
) -> None:
    a_newspaper(feeds_are_full=is_full, hub=HUB)

    for path in ("/", "/news/", "/contributors/amal-haddad/", "/tags/ships/", "/corrections/"):
        assert RULES[name](client.get(f"{path}{name}").content) == [], path


@pytest.mark.parametrize(
    ("name", "right", "wrong", "problem"),
    [
        ("feed.xml", "<guid>http:", "<guid>", "is not absolute"),
        ("feed.xml", "+0000</pubDate>", "o'clock</pubDate>", "is no date"),
        ("feed.xml", "<item>", "<item><link>http://x.example/</link>", "link 2 times"),
        ("feed.xml", 'rel="self"', 'rel="other"', "its own address"),
        ("atom.xml", "<name>", "<name> </name><x>", ""),
        ("atom.xml", "<updated>2026", "<updated>26", "is no time"),
        ("feed.json", "jsonfeed.org/version/1.1", "jsonfeed.org/version/1", "which version"),
        ("feed.json", '"content_text"', '"text"', "without content"),
    ],
)
def test_the_rules_find_what_is_wrong(
    client: Client, article: ArticlePage, name: str, right: str, wrong: str, problem: str
) -> None:
    text = client.get(f"/{name}").text
    assert right in text

    try:
        found = RULES[name](text.replace(right, wrong, 1).encode())
    except etree.XMLSyntaxError:
        found = ["not well-formed"]

    assert any(problem in one for one in found)


def test_a_full_feed_has_the_text_with_absolute_addresses(
    client: Client, illustrated: ArticlePage
) -> None:
    a_newspaper(feeds_are_full=True)

    text = next(
        item["content_html"]
        for item in client.get("/feed.json").json()["items"]
        if item["title"] == illustrated.title
    )

    assert '<a href="http://127.0.0.1:8000/about/">' in text
    assert "sidenote" not in text
    assert re.search(r'srcset="http://127\.0\.0\.1:8000/media/\S+ 480w, http://', text)
    assert not re.search(r'(?:href|src)="(?!http)', text)


def test_a_full_feed_asks_as_often_for_twenty_articles_as_for_five(
    client: Client, db: None
) -> None:
    """Photos, galleries, files and links to pages, each article with its own."""
    builders.a_paper()
    a_newspaper(feeds_are_full=True)
    asked = []
    for number in range(20):
        an_article_with_everything(number)
        if number in {4, 19}:
            asked.append(queries_for(client, "/feed.json"))

    items = client.get("/feed.json").json()["items"]
    assert len(items) == 20
    for number, item in enumerate(items):
        for shown in (f"Quay {number}", f"Pier {number}", f"/news/number-{number}/", "file-"):
            assert shown in item["content_html"]
    assert asked[0] == asked[1]


def a_small_photo(title: str) -> Photo:
    file = ImageFile(io.BytesIO(a_picture(size=(16, 16))), name="small.jpg")
    return Photo.objects.create(title=title, description=title, file=file)


def an_article_with_everything(number: int) -> None:
    quay, pier = (a_small_photo(f"{name} {number}") for name in ("Quay", "Pier"))
    file = Document.objects.create(
        title="A file", file=ContentFile(b"x", name=f"file-{number}.txt")
    )
    article = builders.an_article(f"Number {number}", minutes_ago=number)
    article.body = [
        ("photo", {"photo": quay, "caption": "", "width": "column"}),
        ("gallery", {"photos": [{"photo": pier, "caption": ""}], "caption": ""}),
        ("file", {"document": file, "title": ""}),
        ("paragraph", f'<p><a linktype="page" id="{article.pk}">here</a></p>'),
        ("aside", {"title": "", "text": f'<p><a linktype="document" id="{file.pk}">it</a></p>'}),
    ]
    article.save()


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ('<a href="/x/">', '<a href="http://127.0.0.1:8000/x/">'),
        ('<a href="//cdn.example/x">', '<a href="//cdn.example/x">'),
        ('<a href="#note-1">', '<a href="http://p.example/a/#note-1">'),
        ('<img srcset="/a 1w, /b 2w">', '<img srcset="http://127.0.0.1:8000/a 1w, http://127.0.0.1:8000/b 2w">'),
        ("<p>See, /x/ or href=/x/.</p>", "<p>See, /x/ or href=/x/.</p>"),
    ],
)  # fmt: skip
def test_addresses_become_absolute_and_words_stay(html: str, found: str) -> None:
    assert feeds.with_absolute_addresses(html, "http://p.example/a/") == found


# Every property that we write, of each type that we write: https://schema.org/NewsArticle, …/ImageObject, …
PROPERTIES = {
    "NewsArticle": {
        "headline", "description", "url", "mainEntityOfPage", "articleSection", "keywords", "inLanguage",
        "isAccessibleForFree", "image", "author", "translator", "contributor", "publisher", "datePublished", "dateModified", "correction",
    },
    "ImageObject": {"url", "caption", "creditText", "copyrightNotice", "license"},
    "Person": {"name", "url"},
    "NewsMediaOrganization": {"name", "url"},
    "CorrectionComment": {"text", "datePublished"},
}  # fmt: skip
REQUIRED = {
    "NewsArticle": {"headline", "image", "author", "publisher", "datePublished"},
    "ImageObject": {"url", "creditText"},
    "Person": {"name"},
    "CorrectionComment": {"text"},
}


def schema_problems(thing: object) -> list[str]:
    """Unknown and missing properties, and empty ones, at any depth."""
    if isinstance(thing, list):
        return [problem for each in thing for problem in schema_problems(each)]
    if not isinstance(thing, dict):
        return [] if thing not in ("", None) else ["an empty value"]
    kind = thing["@type"]
    names = {name for name in thing if not name.startswith("@")}
    return [
        *(f"{kind}.{name} is unknown" for name in names - PROPERTIES[kind]),
        *(f"{kind}.{name} is missing" for name in REQUIRED.get(kind, set()) - names),
        *(problem for name in names for problem in schema_problems(thing[name])),
    ]


def test_an_articles_data_describes_each_of_its_photos(
    client: Client, illustrated: ArticlePage
) -> None:
    page = client.get(illustrated.get_url()).text
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found
    data = json.loads(found[1])

    assert schema_problems(data) == []
    assert [image["creditText"] for image in data["image"]] == ["Jo Lind", "Jo Lind"]
    assert data["image"][1]["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert data["image"][1]["url"].removeprefix("http://127.0.0.1:8000") in page


def test_a_card_is_told_as_json_and_xml(client: Client, illustrated: ArticlePage) -> None:
    page = client.get(illustrated.get_url()).text
    link = re.search(r'type="application/json\+oembed" href="http://[^/]+(/[^"]+)"', page)
    assert link

    card = client.get(link[1]).json()

    assert (card["type"], card["title"]) == ("link", "A & B <sail>")
    assert card["author_name"] == "Amal Haddad, Ines Okafor"
    assert card["thumbnail_width"] == 480
    xml = etree.fromstring(client.get(f"{link[1]}&format=xml").content)
    assert {child.tag: child.text for child in xml} == {k: str(v) for k, v in card.items()}


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("http://127.0.0.1:8000/news/", 404),
        ("http://127.0.0.1:8000/news/a-draft/", 404),
        ("https://elsewhere.example/news/a-b-sail/", 404),
        ("http://127.0.0.1:8000.evil.example/news/a-b-sail/", 404),
        ("http://127.0.0.1:8000/%00", 404),
        ("", 404),
        ("http://127.0.0.1:8000/news/a-b-sail/?utm=x#top", 200),
        ("http://127.0.0.1:8000/news/a-b-sail/&format=pdf", 404),
    ],
)
def test_only_public_articles_have_a_card(
    client: Client, article: ArticlePage, url: str, status: int
) -> None:
    builders.an_article("A draft", live=False)

    assert client.get("/oembed/", {"url": url}).status_code == status
    assert client.get("/oembed/", {"url": url, "format": "pdf"}).status_code == 501
