"""What a page asks the database does not grow with what it shows."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from broadsheet.newsroom.models import ContributorPage, SectionPage
from tests import builders


def an_illustrated_article(number: int) -> str:
    """Published, with a photo and two names of its own; its path."""
    names = (f"Amal {number}", f"Jo {number}")
    article = builders.an_article(
        f"Number {number}",
        minutes_ago=number,
        hero=builders.a_photo(f"Photo {number}"),
        by=names,
    )
    for contributor in ContributorPage.objects.filter(title__in=names):
        contributor.portrait = builders.a_photo(f"Portrait {contributor.title}")
        contributor.save()
    return article.get_url()


def queries_of(client: Client, path: str) -> int:
    client.get(path)  # the sizes of its photos are made now
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_a_list_asks_as_often_for_eighteen_articles_as_for_three(client: Client, db: None) -> None:
    builders.a_paper()
    for number in range(3):
        an_illustrated_article(number)
    few = queries_of(client, "/news/")

    for number in range(3, 18):
        an_illustrated_article(number)

    assert queries_of(client, "/news/") == few


def test_the_front_page_asks_as_often_however_much_there_is(client: Client, db: None) -> None:
    builders.a_paper()
    for number in range(15):
        an_illustrated_article(number)
    few = queries_of(client, "/")

    for number in range(15, 20):
        an_illustrated_article(number)

    assert queries_of(client, "/") <= few + 6  # the section has a part of its own now


def test_an_article_asks_once_for_all_photos_in_it(client: Client, db: None) -> None:
    photos = [builders.a_photo(f"Photo {number}") for number in range(6)]
    one = builders.an_article("One", hero=photos[0], body=_gallery(photos[:1]))
    many = builders.an_article("Many", hero=photos[0], body=_gallery(photos))

    assert queries_of(client, many.get_url()) == queries_of(client, one.get_url())


def _gallery(photos: list) -> list:
    items = [{"photo": photo, "caption": ""} for photo in photos]
    return [("gallery", {"photos": items, "caption": ""})]


def test_contributors_are_listed_with_their_portraits_at_once(client: Client, db: None) -> None:
    builders.a_paper()
    an_illustrated_article(0)
    few = queries_of(client, "/contributors/")

    for number in range(1, 6):
        an_illustrated_article(number)

    assert queries_of(client, "/contributors/") == few


def test_a_new_papers_opinions_are_shown_with_portraits(db: None) -> None:
    builders.a_paper()

    assert SectionPage.objects.get(slug="opinion").display == SectionPage.Display.VOICES


def test_a_section_in_brief_shows_more_articles_and_no_photos(client: Client, db: None) -> None:
    builders.a_paper()
    SectionPage.objects.filter(slug="news").update(display=SectionPage.Display.BRIEFS)
    for number in range(24):
        an_illustrated_article(number)

    page = client.get("/").content.decode()

    briefs = page.partition("front-briefs")[2].partition("</section>")[0]
    assert briefs.count('class="teaser"') == 9
    assert "<img" not in briefs
