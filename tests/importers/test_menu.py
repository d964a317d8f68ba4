"""Links of the old menus come to the foot of each page; what an editor does with them there stays."""

from pathlib import Path

import pytest
from wagtail.models import Site

from broadsheet.newsroom.masthead import masthead
from broadsheet.newsroom.models import Newspaper
from tests.pure.importers.exports import an_export, an_item, metadata

from .builders import bring

pytestmark = pytest.mark.django_db


def a_link(number: int, title: str, url: str) -> str:
    inside = metadata("_menu_item_object", "custom") + metadata("_menu_item_url", url)
    return an_item(
        number, title=title, inside=inside, post_type="nav_menu_item", menu_order=100 - number
    )


MENU = an_export(
    an_item(1),
    a_link(10, "The ferry", "https://old.example/news/post-1/"),
    a_link(11, "Jobs", "https://jobs.example/harbour"),
    a_link(12, "Jobs again", "https://jobs.example/harbour"),
    a_link(13, "Home", "http://www.old.example"),
    a_link(14, "More", "#"),
    a_link(15, "Gone", "/never/was/"),
    a_link(16, "Odd", "javascript:alert(1)"),
    a_link(17, "Another host", "//evil.example/x"),
)


def the_foot() -> list[tuple[str, str]]:
    """What follows the pages that every new site has."""
    paper = masthead(Site.objects.get(is_default_site=True), None)
    ours = ("/about/", "/contributors/")
    return [(entry.title, entry.url) for entry in paper.pages if entry.url not in ours]


def test_links_come_in_the_menus_order_and_those_that_lead_nowhere_stay_behind(
    tmp_path: Path,
) -> None:
    report = bring(tmp_path, MENU)

    assert the_foot() == [
        ("Jobs again", "https://jobs.example/harbour"),
        ("The ferry", "/news/post-1/"),
    ]
    assert report["source"]["links"] == {"published": 3}
    assert report["site"]["links"] == {"published": 2}
    assert {
        "type": "links",
        "status": "published",
        "number": 1,
        "reason": "They lead nowhere on this site.",
    } in report["differences"]


def test_a_link_that_was_taken_away_here_does_not_come_back(tmp_path: Path) -> None:
    bring(tmp_path, MENU)
    newspaper = Newspaper.objects.get()
    del newspaper.links[0]
    newspaper.save()

    report = bring(tmp_path, MENU)

    assert the_foot() == [("The ferry", "/news/post-1/")]
    assert "links" not in report["added"]
    assert report["known"]["links"] == 2
