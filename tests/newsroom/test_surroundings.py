"""What stands around articles: places on the front page, series, related articles, what is most discussed."""

from datetime import timedelta

import pytest
from django.test import Client

from broadsheet.comments import actions, places
from broadsheet.comments.models import Status
from broadsheet.newsroom import discussed, relatives
from broadsheet.newsroom.models import (
    ArticlePage,
    ArticleWords,
    Discussed,
    FrontSlot,
    Relative,
    SectionPage,
    SectionPin,
    SeriesPage,
    parts,
)
from broadsheet.spam import Judgement
from tests import builders
from tests.clock import NOON
from tests.comments.builders import a_comment

STORMS = "<p>Winter storms keep the ferries outside the harbour while quays remain closed.</p>"


def headlines(teasers: tuple) -> list[str]:
    return [teaser.headline for teaser in teasers]


def a_series(title: str = "Rivers") -> SeriesPage:
    section = builders.a_section()
    return section.add_child(instance=SeriesPage(title=title, slug=title.lower()))


def about_storms(title: str, **fields: object) -> ArticlePage:
    article = builders.an_article(title, live=False, body=[("paragraph", STORMS)], **fields)
    builders.publish(article)
    return ArticlePage.objects.get(pk=article.pk)


def test_places_that_editors_leave_free_are_filled_with_the_newest(
    client: Client, db: None
) -> None:
    for number in range(1, 4):
        builders.an_article(f"New {number}", minutes_ago=number)
    old = builders.an_article("Old but good", minutes_ago=9_000)
    builders.an_article("Older", minutes_ago=9_900)
    front = builders.a_paper()
    front.slots.add(FrontSlot(article=old), FrontSlot(article=builders.an_article(live=False)))
    front.save()

    shown = client.get("/").context["front"]

    assert shown.lead.headline == "New 1"
    assert headlines(shown.seconds) == ["Old but good", "New 2", "New 3", "Older"]


def test_what_is_pinned_stands_on_top_of_its_section_once(client: Client, db: None) -> None:
    pinned = builders.an_article("Pinned", minutes_ago=500)
    builders.an_article("Newest")
    elsewhere = builders.an_article("Elsewhere", section="Culture")
    section = SectionPage.objects.get(slug="news")
    section.pins.add(SectionPin(article=elsewhere), SectionPin(article=pinned))
    section.save()

    assert headlines(client.get("/news/").context["listing"].teasers) == ["Pinned", "Newest"]


def test_a_part_names_its_place_and_its_neighbours(client: Client, db: None) -> None:
    series = a_series()
    first, second, third = (
        builders.an_article(title, minutes_ago=-minutes, series=series)
        for minutes, title in enumerate(("The spring", "The mill", "The mouth"))
    )
    builders.an_article("Unfinished", live=False, series=series)

    page = client.get(second.get_url()).text

    assert "part 2 of 3" in page
    assert f'rel="prev" href="{first.get_url()}"' in page
    assert f'rel="next" href="{third.get_url()}"' in page
    listed = client.get(series.get_url()).context["listing"].teasers
    assert headlines(listed) == ["The mouth", "The mill", "The spring"]


def test_a_column_is_not_numbered(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "MOST_NUMBERED", 1)
    series = a_series()
    one = builders.an_article("One", series=series)
    builders.an_article("Two", series=series)

    page = client.get(one.get_url()).text

    assert f'<a href="{series.get_url()}">Rivers</a></p>' in page


def test_what_is_about_the_same_is_found_at_publication(client: Client, db: None) -> None:
    old = about_storms("Ferries wait")
    builders.publish(builders.an_article("Chess for all", live=False))
    new = about_storms("Quays stay closed")

    assert f'<li><a href="{old.get_url()}">Ferries wait</a></li>' in client.get(new.get_url()).text
    assert 'id="related"' not in client.get(old.get_url()).text, "an old page stays as it was"


def test_nothing_that_is_not_public_is_named_as_related(client: Client, db: None) -> None:
    old, new = about_storms("Ferries wait"), about_storms("Quays stay closed")
    old.unpublish()

    assert "Ferries wait" not in client.get(new.get_url()).text


def test_no_article_is_named_by_more_than_can_be_printed_again(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relatives, "MOST_TIMES", 1)
    old = about_storms("Ferries wait")
    for number in range(3):
        about_storms(f"Quays stay closed {number}")

    assert Relative.objects.filter(other_id=old.pk).count() == 1


def test_the_background_completes_what_was_imported(db: None) -> None:
    for title in ("Ferries wait", "Quays stay closed"):
        builders.an_article(title, body=[("paragraph", STORMS)])

    assert [relatives.complete(), relatives.complete()] == [2, 0]
    assert Relative.objects.count() == 1


def test_the_most_discussed_are_counted_now_and_then(client: Client, db: None) -> None:
    busy, quiet, once = (builders.an_article(title) for title in ("Busy", "Quiet", "Once"))
    for article, number in ((busy, 4), (quiet, 3), (once, 1)):
        place = places.find(article.pk)
        assert place is not None
        for count in range(number):
            a_comment(place, f"Opinion {count} on {article.title}.", address=f"203.0.113.{count}")

    changed = discussed.bring_up_to_date(NOON + timedelta(minutes=1))

    assert changed
    assert headlines(client.get("/").context["front"].discussed) == ["Busy", "Quiet"]
    assert not discussed.bring_up_to_date(NOON + timedelta(minutes=2)), "nothing new, no printing"
    assert discussed.bring_up_to_date(NOON + timedelta(days=8)), "a week later they are forgotten"


def test_each_newspaper_has_its_own_most_discussed(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discussed, "COUNTED", 1)
    quiet = ArticlePage(title="Tide", slug="tide", first_published_at=NOON)
    loud = builders.an_article()
    shore = SectionPage.objects.descendant_of(builders.a_further_paper().root_page).get()
    shore.add_child(instance=quiet)
    for article, number in ((loud, discussed.LEAST + 1), (quiet, discussed.LEAST)):
        place = places.find(article.pk)
        assert place is not None
        for n in range(number):
            a_comment(place, f"Remark {n}.", address=f"10.0.{n}.1")

    discussed.bring_up_to_date(NOON + timedelta(minutes=1))

    assert set(Discussed.objects.values_list("article_id", flat=True)) == {loud.pk, quiet.pk}


def test_what_was_imported_into_a_quiet_newspaper_is_completed_too(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relatives, "AMONG", 4)
    shore = SectionPage.objects.descendant_of(builders.a_further_paper().root_page).get()
    old = ArticlePage(title="Tide", slug="tide", first_published_at=NOON - timedelta(days=999))
    shore.add_child(instance=old)
    for number in range(4):
        builders.an_article(f"New {number}")

    while relatives.complete():
        pass

    assert ArticleWords.objects.filter(article=old).exists()


def test_only_published_comments_count(db: None) -> None:
    place = places.find(builders.an_article().pk)
    assert place is not None
    for count in range(3):
        comment = a_comment(place, f"Opinion {count}.", address=f"203.0.113.{count}")
    a_comment(place, "Maybe.", judgement=Judgement.UNSURE)
    actions.decide(comment_id=comment.pk, status=Status.SPAM, by=None, now=NOON)

    assert not discussed.bring_up_to_date(NOON + timedelta(minutes=1))
