"""Articles and pages of a WordPress export stand where readers and editors look for them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from wagtail.models import Page, PageLogEntry, Site
from wagtail.search.index import insert_or_update_object
from wagtail.search.models import IndexEntry

from broadsheet.newsroom.models import (
    ArticlePage,
    ContributorPage,
    FrontPage,
    Newspaper,
    SectionPage,
    SectionPin,
    StandardPage,
)
from tests.builders import a_contributor, a_paper
from tests.pure.importers.exports import (
    a_category,
    a_category_of_item,
    an_author,
    an_export,
    an_item,
    metadata,
)

from .builders import bring

pytestmark = pytest.mark.django_db

HARBOUR = a_category("harbour", "Harbour") + a_category("boats", "Boats", "harbour")


def test_an_article_is_read_as_it_was_written(tmp_path: Path, client: Client) -> None:
    bring(
        tmp_path,
        an_export(
            an_author(),
            HARBOUR,
            an_item(
                title="Ferry &amp; <em>crew</em> return",
                content="First words.\n\nMore\nwords.",
                inside=a_category_of_item("harbour", "Harbour"),
            ),
        ),
    )

    article = ArticlePage.objects.get()
    assert article.title == "Ferry & crew return"
    assert article.first_published_at == datetime(2021, 3, 4, 9, tzinfo=UTC)
    assert [byline.contributor.title for byline in article.bylines.all()] == ["Mara Lindqvist"]
    page = client.get("/harbour/post-1/")
    assert page.status_code == 200
    assert "First words." in page.content.decode()
    assert "private.example" not in page.content.decode()


def test_an_article_lives_under_its_first_category_and_the_others_are_tags(tmp_path: Path) -> None:
    inside = (
        a_category_of_item("boats", "Boats")
        + a_category_of_item("opinion-pieces", "Opinion pieces")
        + a_category_of_item("wind", "Wind", "post_tag")
    )

    bring(tmp_path, an_export(HARBOUR, an_item(inside=inside)))

    article = ArticlePage.objects.get()
    assert article.url_path.endswith("/harbour/boats/post-1/")
    assert sorted(article.tags.names()) == ["Opinion pieces", "Wind"]
    assert not SectionPage.objects.filter(slug="opinion-pieces").exists()


def test_yoasts_primary_category_is_the_first(tmp_path: Path) -> None:
    boats = a_category("boats", "Boats").replace(
        "<wp:category>", "<wp:category><wp:term_id>9</wp:term_id>"
    )
    inside = (
        a_category_of_item("harbour", "Harbour")
        + a_category_of_item("boats", "Boats")
        + metadata("_yoast_wpseo_primary_category", "9")
    )

    bring(tmp_path, an_export(boats, an_item(inside=inside)))

    assert ArticlePage.objects.get().get_parent().slug == "boats"


def test_an_article_without_category_goes_to_the_news(tmp_path: Path) -> None:
    bring(tmp_path, an_export(an_item()))

    assert ArticlePage.objects.get().get_parent().slug == "news"


def test_a_section_of_the_same_name_is_used(tmp_path: Path) -> None:
    bring(tmp_path, an_export(an_item(inside=a_category_of_item("culture", "Culture"))))

    assert SectionPage.objects.filter(slug="culture").count() == 1


def test_parents_of_categories_that_form_a_circle_are_cut(tmp_path: Path) -> None:
    circle = a_category("a", "A", "b") + a_category("b", "B", "a")

    bring(tmp_path, an_export(circle, an_item(inside=a_category_of_item("a", "A"))))

    assert ArticlePage.objects.get().url_path.endswith("/b/a/post-1/")


def test_several_contributors_sign_and_need_no_account(tmp_path: Path) -> None:
    guest = an_item(
        5,
        title="Ida Sund",
        post_type="guest-author",
        inside=metadata("cap-user_login", "ida") + metadata("cap-display_name", "Ida Sund"),
    )
    inside = 2 * a_category_of_item("cap-ida", "ida", "author") + a_category_of_item(
        "cap-mara", "mara", "author"
    )

    bring(tmp_path, an_export(an_author(), an_item(inside=inside), guest))

    signed = [byline.contributor.title for byline in ArticlePage.objects.get().bylines.all()]
    assert signed == ["Ida Sund", "Mara Lindqvist"]


def test_a_contributor_of_the_same_name_is_the_same(tmp_path: Path) -> None:
    a_contributor("Mara Lindqvist")

    bring(tmp_path, an_export(an_author(), an_item()))

    assert ContributorPage.objects.filter(title="Mara Lindqvist").count() == 1


@pytest.mark.parametrize(
    ("fields", "note"),
    [
        pytest.param({"status": "draft"}, "", id="a draft"),
        pytest.param({"status": "pending"}, "", id="what waited for review"),
        pytest.param({"status": "private"}, "It was private on the old site.", id="a private post"),
        pytest.param({"post_password": "x"}, "It was behind a password on the old site.", id="a protected post"),
    ],
)  # fmt: skip
def test_what_readers_could_not_see_is_a_draft(
    tmp_path: Path, client: Client, fields: dict[str, str], note: str
) -> None:
    report = bring(tmp_path, an_export(an_item(**fields)))

    article = ArticlePage.objects.get()
    assert not article.live
    assert client.get("/news/post-1/").status_code == 404
    assert [
        entry.data["note"] for entry in PageLogEntry.objects.filter(action="importers.note")
    ] == ([note] if note else [])
    assert report["site"]["articles"] == {"draft": 1}
    assert report["unexplained"] == []


def test_what_was_scheduled_is_scheduled(tmp_path: Path) -> None:
    bring(tmp_path, an_export(an_item(status="future", post_date_gmt="2099-01-01 08:00:00")))

    article = ArticlePage.objects.get()
    assert not article.live
    assert article.approved_schedule
    assert article.go_live_at == datetime(2099, 1, 1, 8, tzinfo=UTC)


def test_what_should_have_appeared_since_does(tmp_path: Path) -> None:
    bring(tmp_path, an_export(an_item(status="future", post_date_gmt="2020-01-01 08:00:00")))

    assert ArticlePage.objects.get().live


@pytest.mark.parametrize(("options", "number"), [((), 0), (("--with-trash",), 1)])
def test_the_bin_stays_behind_unless_asked_for(
    tmp_path: Path, options: tuple[str, ...], number: int
) -> None:
    report = bring(tmp_path, an_export(an_item(status="trash")), *options)

    assert ArticlePage.objects.filter(live=False).count() == number
    assert report["unexplained"] == []


def test_other_types_come_when_asked_for(tmp_path: Path) -> None:
    export = an_export(an_item(post_type="review"))

    assert bring(tmp_path, export)["differences"][0]["type"] == "review"
    assert bring(tmp_path, export, "--also", "review")["added"]["articles"] == 1


def test_pages_keep_their_tree_whatever_their_order(tmp_path: Path) -> None:
    pages = (
        an_item(3, post_type="page", post_parent=2, post_name="third"),
        an_item(2, post_type="page", post_parent=1, post_name="second"),
        an_item(1, post_type="page", post_name="first"),
        an_item(4, post_type="page", post_parent=99, post_name="orphan"),
        an_item(5, post_type="page", post_parent=6, post_name="five"),
        an_item(6, post_type="page", post_parent=5, post_name="six"),
    )

    report = bring(tmp_path, an_export(*pages))

    front = FrontPage.objects.get().url_path
    paths = {
        page.url_path.removeprefix(front) for page in StandardPage.objects.exclude(slug="about")
    }
    assert paths == {"first/", "first/second/", "first/second/third/", "orphan/", "five/", "six/"}
    assert report["unexplained"] == []


def test_an_empty_page_of_a_new_site_makes_room_and_a_written_one_stays(tmp_path: Path) -> None:
    export = an_export(an_item(1, post_type="page", post_name="about", content="Our own words."))
    bring(tmp_path, export)
    bring(tmp_path, export)

    assert "Our own words." in str(StandardPage.objects.get(slug="about").body)

    bring(tmp_path, export.replace(b"old.example", b"other.example"))

    assert StandardPage.objects.filter(slug__startswith="about").count() == 2


def test_the_tree_is_sound_afterwards(tmp_path: Path) -> None:
    bring(
        tmp_path,
        an_export(
            HARBOUR, *(an_item(n, inside=a_category_of_item("boats", "Boats")) for n in range(1, 8))
        ),
    )

    assert Page.find_problems() == ([], [], [], [], [])


def test_equal_slugs_are_numbered(tmp_path: Path) -> None:
    bring(tmp_path, an_export(*(an_item(n, post_name="ferry") for n in (1, 2, 3))))

    assert sorted(ArticlePage.objects.values_list("slug", flat=True)) == [
        "ferry",
        "ferry-2",
        "ferry-3",
    ]


def test_a_section_never_hides_behind_an_address_of_the_application(
    tmp_path: Path, client: Client
) -> None:
    inside = a_category_of_item("media", "Media")
    bring(tmp_path, an_export(a_category("media", "Media"), an_item(inside=inside)))

    article = ArticlePage.objects.get()
    assert article.url.startswith("/media-2/")
    assert client.get(article.url).status_code == 200


def test_what_yoast_knows_is_kept_unless_it_is_a_template(tmp_path: Path) -> None:
    inside = metadata("_yoast_wpseo_title", "%%title%% | %%sitename%%") + metadata(
        "_yoast_wpseo_metadesc", "Late again."
    )

    bring(tmp_path, an_export(an_item(inside=inside)))

    article = ArticlePage.objects.get()
    assert (article.seo_title, article.search_description) == ("", "Late again.")


def test_what_was_sticky_is_pinned_in_its_section_the_newest_first(tmp_path: Path) -> None:
    days = {n: f"2021-03-0{n} 09:00:00" for n in range(1, 7)}
    sticky = [an_item(n, is_sticky=1, post_date_gmt=day) for n, day in days.items()]
    bring(tmp_path, an_export(*sticky[:5]))
    bring(tmp_path, an_export(*sticky))

    assert [pin.article.slug for pin in SectionPin.objects.order_by("sort_order")] == ["post-5", "post-4", "post-3"]  # fmt: skip


def test_what_was_sticky_leads_the_front_page(tmp_path: Path) -> None:
    bring(tmp_path, an_export(an_item(1), an_item(2, is_sticky=1), an_item(3)))

    assert FrontPage.objects.get().lead.slug == "post-2"


def test_search_finds_what_was_imported(tmp_path: Path) -> None:
    bring(tmp_path, an_export(an_item(content="A kittiwake landed.")))

    assert [found.title for found in ArticlePage.objects.live().search("kittiwake")] == [
        "Ferry delayed"
    ]


def test_the_index_holds_what_wagtail_would_write_into_it(tmp_path: Path) -> None:
    bring(tmp_path, an_export(an_author(), an_item(content="A kittiwake.<!--more--> <b>Two.</b>")))
    columns = ("object_id", "content_type", "title", "body", "autocomplete")
    ours = list(IndexEntry.objects.order_by("pk").values_list(*columns))

    for article in ArticlePage.objects.all():
        insert_or_update_object(article)

    assert list(IndexEntry.objects.order_by("pk").values_list(*columns)) == ours


def test_a_new_paper_takes_the_name_of_the_old_one_and_gives_up_its_empty_sections(
    tmp_path: Path,
) -> None:
    in_section = an_item(1, inside=a_category_of_item("harbour", "Harbour"))

    bring(tmp_path, an_export(a_category("harbour", "Harbour"), in_section))

    assert Newspaper.objects.get().name == "The Harbour Post"
    assert [page.slug for page in SectionPage.objects.all()] == ["harbour"]


def test_a_paper_that_was_named_here_keeps_its_name_and_its_sections(tmp_path: Path) -> None:
    a_paper()
    Newspaper.objects.update_or_create(
        site=Site.objects.get(is_default_site=True), defaults={"name": "The New Harbour"}
    )
    opinion = SectionPage.objects.get(slug="opinion")
    opinion.save_revision().publish()

    bring(tmp_path, an_export(an_item(1, inside=a_category_of_item("harbour", "Harbour"))))

    assert Newspaper.objects.get().name == "The New Harbour"
    assert {page.slug for page in SectionPage.objects.all()} == {"harbour", "opinion"}
