"""What search engines and messengers read of a page, and what stands in its head."""

import json
import re
from contextlib import nullcontext

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from wagtail.blocks import StructBlockValidationError
from wagtail.models import Site

from broadsheet.newsroom import structured
from broadsheet.newsroom.links import PersonalLink
from broadsheet.newsroom.models import Byline, Correction, Newspaper
from tests import builders
from tests.clock import NOON


def data_in(page: str) -> dict:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


def test_an_article_tells_who_wrote_it_and_when(client: Client, db: None) -> None:
    article = builders.an_article(
        "Ferry returns",
        by=("Amal Haddad",),
        standfirst="After two winters.",
        hero=builders.a_photo(caption="The Alba.", credit="Photo: Jo Lind"),
    )
    article.corrections.add(Correction(corrected_at=NOON, text="It was six."))
    article.save()

    data = data_in(client.get(article.get_url()).text)

    assert data["@type"] == "NewsArticle"
    assert data["headline"] == "Ferry returns"
    assert data["description"] == "After two winters."
    assert data["datePublished"] == NOON.isoformat()
    assert [author["name"] for author in data["author"]] == ["Amal Haddad"]
    assert data["url"].endswith("/news/ferry-returns/")
    assert data["url"].startswith("http")
    assert data["image"][0]["url"].startswith("http")
    assert data["image"][0]["creditText"] == "Photo: Jo Lind"
    assert data["correction"][0]["text"] == "It was six."
    assert data["inLanguage"] == "en"


def test_a_headline_cannot_end_the_script_that_holds_it(client: Client, db: None) -> None:
    headline = "</script><img src=x> & <!--"
    article = builders.an_article(headline, standfirst='"> <b>')

    page = client.get(article.get_url()).text

    assert data_in(page)["headline"] == headline
    assert "<img src=x>" not in page


def test_those_who_took_photos_or_translated_are_named_but_as_no_authors(
    client: Client, db: None
) -> None:
    article = builders.an_article(by=("Amal Haddad", "Jo Lind", "Ines Okafor"))
    _writer, photographer, translator = article.bylines.all()
    photographer.role, translator.role = Byline.Role.PHOTOS, Byline.Role.TRANSLATION
    article.bylines.add(photographer, translator)
    article.save()

    data = data_in(client.get(article.get_url()).text)

    assert [person["name"] for person in data["author"]] == ["Amal Haddad"]
    assert [person["name"] for person in data["translator"]] == ["Ines Okafor"]
    assert [person["name"] for person in data["contributor"]] == ["Jo Lind"]


def test_a_collective_is_told_as_no_person_and_profiles_are_the_same_as_it(
    client: Client, db: None
) -> None:
    staff = builders.a_contributor("Staff")
    staff.is_collective, staff.web_address = True, "https://tide.example/"
    staff.links = [
        ("link", {"title": "Letters", "address": "mailto:desk@tide.example"}),
        ("link", {"title": "Video", "address": "https://video.example/@tide"}),
    ]
    staff.save()
    article = builders.an_article(by=("Staff", "Amal Haddad"))
    same_as = ["https://tide.example/", "https://video.example/@tide"]

    organisation, person = data_in(client.get(article.get_url()).text)["author"]
    page = client.get(staff.get_url()).text
    profile = data_in(page)

    assert (organisation["@type"], organisation["sameAs"]) == ("Organization", same_as)
    assert (person["@type"], "sameAs" in person) == ("Person", False)
    assert (profile["@type"], profile["mainEntity"]["@type"]) == ("ProfilePage", "Organization")
    assert profile["mainEntity"]["sameAs"] == same_as
    assert '<a href="mailto:desk@tide.example" rel="me nofollow">Letters</a>' in page


@pytest.mark.parametrize(
    ("address", "is_fine"),
    [
        ("https://video.example/@tide", True),
        ("mailto:desk@tide.example", True),
        ("javascript:alert(1)", False),
        ("ftp://files.example/", False),
        ("/about/", False),
        ("mailto:", False),
        ("mailto:a@b.example?bcc=x", False),
    ],
)
def test_links_of_contributors_lead_to_the_web_or_to_a_mailbox(address: str, is_fine: bool) -> None:
    link = PersonalLink()
    value = link.to_python({"title": "There", "address": address})

    with nullcontext() if is_fine else pytest.raises(StructBlockValidationError):
        link.clean(value)


def test_readers_see_the_licence_of_a_photo_and_where_it_can_be_read(
    client: Client, db: None
) -> None:
    article = builders.an_article(
        hero=builders.a_photo(licence="CC BY-SA 4.0"),
        body=[
            (
                "photo",
                {
                    "photo": builders.a_photo("Own", licence="All rights reserved"),
                    "caption": "",
                    "width": "column",
                },
            )
        ],
    )

    page = client.get(article.get_url()).text

    address = "https://creativecommons.org/licenses/by-sa/4.0/"
    assert f'<a href="{address}" rel="license">CC BY-SA 4.0</a>' in page
    assert "All rights reserved</span>" in page
    assert [image.get("license") for image in data_in(page)["image"]] == [address, None]


@given(st.text())
def test_data_in_a_script_survives_whatever_it_says(words: str) -> None:
    written = structured.script_safe({"words": words})

    assert json.loads(written) == {"words": words}
    assert not set(written) & {"<", ">", "&"}


@pytest.mark.parametrize("path", ["/", "/news/", "/about/"])
def test_a_page_names_its_own_address(client: Client, db: None, path: str) -> None:
    builders.a_paper()

    assert re.search(rf'<link rel="canonical" href="http[^"]+{path}">', client.get(path).text)


def test_the_look_is_what_the_owner_chose(client: Client, db: None) -> None:
    builders.a_paper()
    newspaper = Newspaper.for_site(Site.objects.get(is_default_site=True))
    newspaper.look, newspaper.accent, newspaper.paper = "magazine", "pine", "white"
    newspaper.save()

    page = client.get("/").text

    assert 'data-look="magazine" data-accent="pine" data-paper="white"' in page


def test_a_logo_reads_as_the_papers_name(client: Client, db: None) -> None:
    builders.a_paper()
    newspaper = Newspaper.for_site(Site.objects.get(is_default_site=True))
    newspaper.name, newspaper.logo = "The Tide", builders.a_photo("Logo", description="A wave")
    newspaper.save()

    masthead = client.get("/").text.partition('class="masthead-name"')[2].partition("</p>")[0]

    assert 'alt="The Tide"' in masthead


@pytest.mark.parametrize(
    "path", ["/", "/news/", "/news/ferry-returns/", "/contributors/", "/archive/"]
)
def test_nothing_inline_that_the_policy_would_block(client: Client, db: None, path: str) -> None:
    builders.an_article("Ferry returns", hero=builders.a_photo(), by=("Amal Haddad",))

    page = client.get(path).text

    assert not re.search(
        r"<style|\sstyle=|\son\w+=|<script(?! (?:type=\"application/ld\+json\"|(?:type=\"module\" )?src=\"/static/))",
        page,
    )
