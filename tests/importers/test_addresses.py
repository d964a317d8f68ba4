"""Every old address leads to where its page stands now, in one step."""

from pathlib import Path

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect

from broadsheet.newsroom.models import Photo, StandardPage
from tests.pure.importers.exports import (
    a_category,
    a_category_of_item,
    an_attachment,
    an_author,
    an_export,
    an_item,
    metadata,
)

from .builders import bring, uploads

pytestmark = pytest.mark.django_db

SITE = an_export(
    an_author(),
    an_author("J. O'Hara-Böhm", "Jo"),
    a_category("harbour", "Harbour").replace("<wp:category>", "<wp:category><wp:term_id>7</wp:term_id>"),
    a_category("boats", "Boats", "harbour"),
    an_attachment(9, "https://old.example/wp-content/uploads/pier.jpg", post_parent=1).replace("/news/post-9/", "/news/post-1/pier/"),
    an_item(1, inside=a_category_of_item("harbour", "Harbour") + a_category_of_item("boats", "Boats") + a_category_of_item("wind", "Wind", "post_tag") + metadata("_wp_old_slug", "first-name")),
    an_item(2, post_type="page", post_name="imprint").replace("/news/post-2/", "/news/imprint/"),
).replace(b"<item>", b"<wp:tag><wp:tag_slug>wind</wp:tag_slug><wp:tag_name>Wind</wp:tag_name></wp:tag><item>", 1)  # fmt: skip


ADDRESSES = [
    pytest.param("/news/post-1/", "/harbour/post-1/", id="the permalink"),
    pytest.param("/news/post-1", "/harbour/post-1/", id="without its last stroke"),
    pytest.param("/news/post-1/?utm_source=x", "/harbour/post-1/", id="with something behind"),
    pytest.param("/?p=1", "/harbour/post-1/", id="the number"),
    pytest.param("/index.php?p=1", "/harbour/post-1/", id="the number at the program"),
    pytest.param("/?p=1&preview=true", "/harbour/post-1/", id="the number and more"),
    pytest.param("/news/first-name/", "/harbour/post-1/", id="a former slug"),
    pytest.param("/news/post-1/feed/", "/harbour/post-1/", id="the article's feed"),
    pytest.param("/news/post-1/amp/", "/harbour/post-1/", id="the page for telephones"),
    pytest.param("/news/post-1/comment-page-2/", "/harbour/post-1/", id="a page of comments"),
    pytest.param("/news/post-1/pier/", "/harbour/post-1/", id="an attachment's page"),
    pytest.param("/?attachment_id=9", "/harbour/post-1/", id="an attachment's number"),
    pytest.param("/?page_id=2", "/imprint/", id="a page's number"),
    pytest.param("/news/imprint/", "/imprint/", id="a page"),
    pytest.param("/news/category/harbour/", "/harbour/", id="a category"),
    pytest.param("/news/category/harbour/page/3/", "/harbour/", id="a page of a category"),
    pytest.param("/?cat=7", "/harbour/", id="a category's number"),
    pytest.param("/news/category/harbour/boats/", "/tags/boats/", id="a category that is a tag"),
    pytest.param("/news/tag/wind/", "/tags/wind/", id="a tag"),
    pytest.param("/?tag=wind", "/tags/wind/", id="a tag's query"),
    pytest.param("/news/author/mara/", "/contributors/mara/", id="an author"),
    pytest.param(
        "/news/author/j-ohara-böhm/",
        "/contributors/j-ohara-b%C3%B6hm/",
        id="an author with an odd name",
    ),
    pytest.param("/news/2021/03/", "/archive/2021/3/", id="a month"),
    pytest.param("/news/feed/", "/feed.xml", id="the feed"),
    pytest.param("/?feed=rss2", "/feed.xml", id="the feed's query"),
]


def test_old_addresses_lead_on(tmp_path: Path, client: Client, subtests: pytest.Subtests) -> None:
    bring(tmp_path, SITE)

    for case in ADDRESSES:
        old, new = case.values
        with subtests.test(case.id):
            answer = client.get(old)
            assert (answer.status_code, answer.headers.get("Location")) == (301, new)
            assert client.get(new).status_code == 200


def test_the_front_page_with_any_other_query_is_the_front_page(
    tmp_path: Path, client: Client
) -> None:
    bring(tmp_path, SITE)

    assert [client.get(f"/?{query}").status_code for query in ("p=999", "p=", "q=1", "p=1'--")] == [
        200
    ] * 4


def test_what_never_was_stays_missing(tmp_path: Path, client: Client) -> None:
    bring(tmp_path, SITE)

    assert [
        client.get(path).status_code for path in ("/nothing/", "/nothing/feed/", "/feed/feed/feed/")
    ] == [404] * 3


def test_a_redirect_that_an_editor_made_is_respected(tmp_path: Path, client: Client) -> None:
    Redirect.add_redirect("/news/post-1", "/elsewhere/")

    bring(tmp_path, SITE)
    bring(tmp_path, SITE)

    assert client.get("/news/post-1/").headers["Location"] == "/elsewhere/"


def test_the_report_tells_of_every_address_and_asks_the_site_for_some(tmp_path: Path) -> None:
    report = bring(tmp_path, SITE, "--ask", "4")

    assert report["addresses_checked"]["articles"] == 3  # the number, the permalink, the former one
    assert report["addresses_checked"].keys() >= {"pages", "categories", "tags", "attachments"}
    assert report["addresses_asked"] == 4
    assert report["addresses_broken"] == {"count": 0, "first": []}


def test_an_address_that_does_not_arrive_is_in_the_report(tmp_path: Path) -> None:
    Redirect.add_redirect("/news/post-1", "/elsewhere/")
    bring(tmp_path, SITE)
    StandardPage.objects.get(slug="imprint").unpublish()

    report = bring(tmp_path, SITE)

    problems = {entry["address"]: entry["problem"] for entry in report["addresses_broken"]["first"]}
    assert problems["/news/post-1/"] == "It leads elsewhere."
    assert problems["/?page_id=2"] == "Its page is not public here any more."


def test_an_attachment_of_no_article_leads_to_its_file(tmp_path: Path, client: Client) -> None:
    pier = an_attachment(9, "https://old.example/wp-content/uploads/pier.jpg")

    bring(tmp_path, an_export(pier), "--media", str(uploads(tmp_path, "pier.jpg")))

    for old in ("/?attachment_id=9", "/wp-content/uploads/pier.jpg"):
        assert client.get(old).headers["Location"] == Photo.objects.get().file.url
