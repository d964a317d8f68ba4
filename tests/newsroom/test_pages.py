"""The newspaper's pages, as a reader gets them."""

import pytest
from django.test import Client

from broadsheet.newsroom.models import Byline, Correction, SectionPage
from tests import builders
from tests.clock import NOON


def test_a_new_paper_has_its_first_pages(client: Client, db: None) -> None:
    builders.a_paper()

    for path in ("/", "/news/", "/culture/", "/opinion/", "/contributors/", "/about/"):
        assert client.get(path).status_code == 200, path


def test_laying_the_foundation_again_changes_nothing(db: None) -> None:
    first = builders.a_paper()

    assert builders.a_paper() == first


def test_an_article_shows_who_wrote_it_when_and_what_its_photo_is(client: Client, db: None) -> None:
    photo = builders.a_photo(
        description="A ferry at the quay", caption="The Alba.", credit="Photo: Jo Lind"
    )
    article = builders.an_article(
        "Ferry returns",
        by=("Amal Haddad", "Ines Okafor"),
        hero=photo,
        standfirst="After two winters.",
        body=[("paragraph", "<p>It came at <b>six</b>.</p>")],
    )

    page = client.get(article.get_url()).text

    for expected in (
        "After two winters.",
        'href="/contributors/amal-haddad/"',
        "Ines Okafor",
        'alt="A ferry at the quay"',
        "The Alba.",
        "Photo: Jo Lind",
        "It came at <b>six</b>.",
        'datetime="2026-03-14T12:00:00+0000"',
    ):
        assert expected in page


def test_names_are_grouped_by_what_they_did(client: Client, db: None) -> None:
    article = builders.an_article(by=("Amal Haddad", "Ines Okafor", "Jo Lind"))
    last = article.bylines.all()[2]
    last.role = Byline.Role.PHOTOS
    article.bylines.add(last)
    article.save()

    credits = client.get(article.get_url()).context["story"].credits

    assert [
        (credit.label, [signature.name for signature in credit.signatures]) for credit in credits
    ] == [
        ("Contributed by", ["Amal Haddad", "Ines Okafor"]),
        ("Photos by", ["Jo Lind"]),
    ]


def test_a_correction_is_said_openly(client: Client, db: None) -> None:
    article = builders.an_article()
    article.corrections.add(
        Correction(kind=Correction.Kind.CORRECTION, corrected_at=NOON, text="It was <six>.")
    )
    article.save()

    assert "It was &lt;six&gt;." in client.get(article.get_url()).text


def test_a_retraction_is_said_before_the_text(client: Client, db: None) -> None:
    article = builders.an_article(body=[("paragraph", "<p>It sank.</p>")])
    for kind, text in (
        (Correction.Kind.CORRECTION, "At six."),
        (Correction.Kind.RETRACTION, "It did not."),
    ):
        article.corrections.add(Correction(kind=kind, text=text, corrected_at=NOON))
    article.save()

    page = client.get(article.get_url()).text.partition("<body>")[2]

    assert page.index("It did not.") < page.index("It sank.") < page.index("At six.")


def test_a_contributor_who_is_not_public_is_named_without_a_link(client: Client, db: None) -> None:
    article = builders.an_article(by=("Amal Haddad",))
    contributor = builders.a_contributor("Amal Haddad")
    contributor.unpublish()

    page = client.get(article.get_url()).text.partition("<body>")[2]

    assert "Amal Haddad" in page
    assert "/contributors/amal-haddad/" not in page


def test_the_front_page_shows_each_article_once_and_leads_with_a_photo(
    client: Client, db: None
) -> None:
    for count in range(30):
        builders.an_article(
            f"Plain {count}", minutes_ago=count, section=("News", "Culture", "Opinion")[count % 3]
        )
    pictured = builders.an_article("Pictured", minutes_ago=5, hero=builders.a_photo())

    front = client.get("/").context["front"]

    shown = [
        front.lead,
        *front.seconds,
        *front.latest,
        *(t for section in front.sections for t in section.teasers),
    ]
    assert front.lead.headline == pictured.title
    assert len({teaser.url for teaser in shown}) == len(shown)


def test_the_editor_may_choose_the_lead(client: Client, db: None) -> None:
    front = builders.a_paper()
    builders.an_article("Newest", hero=builders.a_photo())
    front.lead = builders.an_article("Chosen", minutes_ago=600)
    front.save()

    assert client.get("/").context["front"].lead.headline == "Chosen"


def test_a_chosen_lead_that_was_unpublished_makes_way(client: Client, db: None) -> None:
    front = builders.a_paper()
    builders.an_article("Newest")
    front.lead = builders.an_article("Chosen", minutes_ago=600)
    front.save()
    front.lead.unpublish()

    assert client.get("/").context["front"].lead.headline == "Newest"


def test_pages_follow_the_papers_language_whatever_the_browser_asks_for(
    client: Client, db: None
) -> None:
    builders.a_paper()
    from broadsheet.newsroom.models import Newspaper  # noqa: PLC0415, beside its use

    newspaper = Newspaper.for_site(builders.the_site())
    newspaper.language = "ar"
    newspaper.save()

    assert '<html lang="ar" dir="rtl"' in client.get("/", headers={"accept-language": "de"}).text


@pytest.mark.parametrize(
    "path",
    [
        "/robots.txt",
        "/sitemap.xml",
        "/sitemap-pages.xml",
        "/sitemap-2026-3.xml",
        "/sitemap-news.xml",
    ],
    ids=lambda path: path.strip("/"),
)
def test_machines_find_what_they_ask_for(client: Client, db: None, path: str) -> None:
    builders.an_article()

    response = client.get(path)

    assert response.status_code == 200
    assert "http://127.0.0.1:8000/" in response.text


def test_the_sitemap_names_every_public_page(client: Client, db: None) -> None:
    builders.an_article("Ferry returns")
    builders.an_article("Secret", live=False)

    text = client.get("/sitemap-2026-3.xml").text + client.get("/sitemap-pages.xml").text

    assert "<loc>http://127.0.0.1:8000/news/ferry-returns/</loc>" in text
    assert "<loc>http://127.0.0.1:8000/news/</loc>" in text
    assert "secret" not in text


@pytest.mark.parametrize("month", ["2026-2", "2026-13", "0-1", "99999-1"])
def test_a_sitemap_that_would_be_empty_is_not_found(client: Client, db: None, month: str) -> None:
    builders.an_article()

    assert client.get(f"/sitemap-{month}.xml").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("slug", "says"),
    [("media", "has this address for itself"), ("static", "for itself"), ("media-and-us", "")],
)
def test_no_section_hides_behind_an_address_of_the_application(slug: str, says: str) -> None:
    form_class = SectionPage.get_edit_handler().get_form_class()
    form = form_class(
        {"title": "Media", "slug": slug}, instance=SectionPage(), parent_page=builders.a_paper()
    )

    assert says in " ".join(form.errors.get("slug", []))
    assert bool(form.errors.get("slug")) == bool(says)


def test_nothing_stands_at_an_address_that_no_database_can_be_asked_for(
    client: Client, db: None
) -> None:
    article = builders.an_article()

    for path in ("/", "/tags/", "/contribute/", "/drafts/", "/media/", article.get_url()):
        assert client.get(f"{path}%00/").status_code == 404
        assert client.get(f"{path}?preview=%00").status_code < 500
