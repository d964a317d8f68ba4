"""Whatever happens to the paper, in whatever order: each stored page is what Django would answer, none missing, none extra."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import TestCase
from django.utils.text import slugify
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction

from broadsheet.comments import actions, authors, counting, places
from broadsheet.comments.models import CommentSettings, ReaderComment, Status
from broadsheet.newsroom import discussed, relatives
from broadsheet.newsroom.models import (
    ArticlePage,
    Byline,
    ContributorPage,
    Correction,
    FrontSlot,
    Newspaper,
    Photo,
    SectionPage,
    SectionPin,
    SeriesPage,
    StandardPage,
    queries,
)
from broadsheet.press import lists, tree
from broadsheet.press.names import gone_path
from broadsheet.press.store import PageStore
from broadsheet.spam import Judgement
from tests import builders
from tests.clock import NOON
from tests.comments.builders import a_comment
from tests.press.builders import NONE, difference, print_what_is_ordered

THOROUGH = int(os.environ.get("BROADSHEET_THOROUGH", 0))  # examples; each run draws new ones
EXAMPLES = THOROUGH or (6 if connection.vendor == "sqlite" else 3)

WORDS = ["Ferry", "Harbour", "Lantern", "Night market", "Orchard", "Tide", "Winter fair"]
NAMES = ["Amal Haddad", "Ines Okafor", "Tomas Lind"]
TAGS = ["ships", "weather", "town hall"]

words, names, tags = map(st.sampled_from, (WORDS, NAMES, TAGS))
which = st.integers(min_value=0, max_value=50)
days = st.integers(min_value=0, max_value=90)


@contextmanager
def one_event() -> Iterator[None]:
    """As in a request of its own: what waits for the commit runs at the end."""
    with TestCase.captureOnCommitCallbacks(execute=True), transaction.atomic():
        yield


class Paper(RuleBasedStateMachine):
    """A newspaper with pages of two articles, and all that can happen to it."""

    store: ClassVar[PageStore]
    clean: ClassVar[Callable[[], None]]

    def __init__(self) -> None:
        super().__init__()
        self.outside = transaction.atomic()
        self.outside.__enter__()
        self.count = 0
        self.withdrawn: set[str] = set()  # addresses, while no page stands there again

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.outside.__exit__(None, None, None)
        type(self).clean()

    @initialize()
    def the_paper_begins(self) -> None:
        builders.a_paper()
        print_what_is_ordered()

    @invariant()
    def every_stored_page_is_true(self) -> None:
        print_what_is_ordered()
        assert difference(self.store) == NONE

    @invariant()
    def what_was_withdrawn_is_gone_until_something_stands_there(self) -> None:
        self.withdrawn -= {path for path in self.withdrawn if self.store.find(path) is not None}
        for path in self.withdrawn:
            record = self.store.find(gone_path(path))
            assert record is not None, path
            assert record.status == 410

    def note_withdrawal(self, page: Page) -> None:
        """It is about to be withdrawn; what the public never saw will not be gone."""
        paper = tree.paper()
        assert paper is not None
        self.withdrawn.update(position.path for position in tree.positions(paper, [page.pk]))

    def pick(self, model: Any, number: int, **having: Any) -> Any:
        found = list(model.objects.filter(**having).order_by("pk"))
        return found[number % len(found)] if found else None

    @rule(word=words, name=names, tag=tags, days_ago=days, is_live=st.booleans())
    def an_article_is_written(
        self, word: str, name: str, tag: str, days_ago: int, is_live: bool
    ) -> None:
        self.count += 1
        with one_event():
            article = builders.an_article(
                f"{word} {self.count}", by=(name,), minutes_ago=days_ago * 1440, live=is_live
            )
            article.tags.add(tag)
            if is_live:
                builders.publish(article)

    @rule(number=which, word=words, name=names)
    def an_article_is_edited_and_published(self, number: int, word: str, name: str) -> None:
        article = self.pick(ArticlePage, number)
        if article is not None:
            article.title = f"{word} again"
            article.bylines.set([Byline(contributor=builders.a_contributor(name))])
            article.tags.clear()
            with one_event():
                builders.publish(article)

    @rule(number=which, word=words, typographical=st.booleans())
    def the_words_of_an_article_change(self, number: int, word: str, typographical: bool) -> None:
        article = self.pick(ArticlePage, number)
        if article is not None:
            article.standfirst, article.is_typographical = word, typographical
            with one_event():
                builders.publish(article)

    @rule(number=which, word=words, days_ago=days)
    def an_article_is_corrected(self, number: int, word: str, days_ago: int) -> None:
        article = self.pick(ArticlePage, number)
        if article is not None:
            article.corrections.add(
                Correction(text=f"It is {word}.", corrected_at=NOON - timedelta(days=days_ago))
            )
            with one_event():
                builders.publish(article)

    @rule(number=which)
    def a_correction_is_taken_back(self, number: int) -> None:
        correction = self.pick(Correction, number)
        if correction is not None:
            correction.article.corrections.remove(correction)
            with one_event():
                builders.publish(correction.article)

    @rule(number=which)
    def an_article_is_unpublished(self, number: int) -> None:
        article = self.pick(ArticlePage, number, live=True)
        if article is not None:
            self.note_withdrawal(article)
            with one_event():
                article.unpublish()

    @rule(number=which)
    def an_article_is_deleted(self, number: int) -> None:
        article = self.pick(ArticlePage, number)
        if article is not None:
            self.note_withdrawal(article)
            with one_event():
                article.delete()

    @rule(number=which, word=words)
    def an_article_gets_another_address(self, number: int, word: str) -> None:
        article = self.pick(ArticlePage, number)
        if article is not None:
            self.count += 1
            article.slug = f"{slugify(word)}-{self.count}"
            with one_event():
                builders.publish(article)

    @rule(number=which, to=which)
    def an_article_moves(self, number: int, to: int) -> None:
        article, section = self.pick(ArticlePage, number), self.pick(SectionPage, to)
        if article is not None and article.get_parent().pk != section.pk:
            with one_event():
                article.move(section, pos="last-child")

    @rule(number=which, other=which)
    def an_article_links_to_another(self, number: int, other: int) -> None:
        article, target = self.pick(ArticlePage, number), self.pick(ArticlePage, other)
        if article is not None:
            link = f'<p><a linktype="page" id="{target.pk}">More on this</a></p>'
            article.body = [("paragraph", link)]
            with one_event():
                builders.publish(article)

    @rule(number=which, name=words, photo=which)
    def an_article_gets_a_photo(self, number: int, name: str, photo: int) -> None:
        article = self.pick(ArticlePage, number)
        if article is not None:
            article.hero = self.pick(Photo, photo) or builders.a_photo(
                name, credit="A. Haddad", description="A quay"
            )
            with one_event():
                builders.publish(article)

    @rule(number=which, credit=names)
    def a_photo_is_credited_to_another(self, number: int, credit: str) -> None:
        photo = self.pick(Photo, number)
        if photo is not None:
            photo.credit, photo.description = credit, f"Seen by {credit}"
            with one_event():
                photo.save()

    @rule(number=which, name=names)
    def a_contributor_is_renamed(self, number: int, name: str) -> None:
        contributor = self.pick(ContributorPage, number)
        if contributor is not None:
            contributor.title = f"{name} {contributor.pk}"
            with one_event():
                builders.publish(contributor)

    @rule(number=which)
    def a_contributor_leaves(self, number: int) -> None:
        contributor = self.pick(ContributorPage, number)
        if contributor is not None:
            self.note_withdrawal(contributor)
            with one_event():
                contributor.unpublish()

    @rule(number=which, word=words)
    def a_section_is_renamed_and_gets_another_address(self, number: int, word: str) -> None:
        self.count += 1
        section = self.pick(SectionPage, number)
        section.title, section.slug = word, f"{slugify(word)}-{self.count}"
        with one_event():
            builders.publish(section)

    @rule(number=which, word=words)
    def a_section_begins_below_another(self, number: int, word: str) -> None:
        self.count += 1
        above = self.pick(SectionPage, number)
        if above.depth < 5:
            with one_event():
                slug = f"{slugify(word)}-{self.count}"
                builders.publish(above.add_child(instance=SectionPage(title=word, slug=slug)))

    @rule(word=words, in_menu=st.booleans())
    def the_about_page_changes(self, word: str, in_menu: bool) -> None:
        page = StandardPage.objects.get()
        page.title, page.show_in_menus = word, in_menu
        with one_event():
            builders.publish(page)

    @rule(number=which)
    def the_front_page_gets_a_lead(self, number: int) -> None:
        front = builders.a_section().get_parent().specific
        front.lead = self.pick(ArticlePage, number)
        with one_event():
            builders.publish(front)

    @rule(number=which, pinned=which)
    def editors_put_articles_first(self, number: int, pinned: int) -> None:
        front, section = builders.a_section().get_parent().specific, builders.a_section()
        article = self.pick(ArticlePage, number)
        if article is not None:
            front.slots.set([FrontSlot(article=article)])
            section.pins.set([SectionPin(article=self.pick(ArticlePage, pinned))])
            for page in (front, section):
                with one_event():
                    builders.publish(page)

    @rule(name=words)
    def a_series_begins(self, name: str) -> None:
        self.count += 1
        series = SeriesPage(title=name, slug=f"series-{self.count}")
        with one_event():
            builders.publish(builders.a_section().add_child(instance=series))

    @rule(number=which, series=which)
    def an_article_becomes_part_of_a_series(self, number: int, series: int) -> None:
        article = self.pick(ArticlePage, number)
        if article is not None:
            article.series = self.pick(SeriesPage, series)
            with one_event():
                builders.publish(article)

    @rule(number=which, name=words)
    def a_series_is_renamed(self, number: int, name: str) -> None:
        series = self.pick(SeriesPage, number)
        if series is not None:
            series.title = f"{name} anew"
            with one_event():
                builders.publish(series)

    @rule(number=which)
    def a_series_is_deleted(self, number: int) -> None:
        series = self.pick(SeriesPage, number)
        if series is not None:
            with one_event():
                series.delete()

    @rule(number=which)
    def two_articles_are_about_the_same(self, number: int) -> None:
        for article in (self.pick(ArticlePage, number), self.pick(ArticlePage, number + 1)):
            if article is not None:
                article.body = [("paragraph", "<p>Winter storms keep ferries outside.</p>")]
                with one_event():
                    builders.publish(article)

    @rule(number=which, language=st.sampled_from(["", "de", "ar"]), alone=st.booleans())
    def an_article_is_a_translation(self, number: int, language: str, *, alone: bool) -> None:
        original, article = (self.pick(ArticlePage, at) for at in (number, number + 1))
        if article is None or original is None:
            return
        original = original.translation_of or original
        if original.pk == article.pk or article.translations.exists():
            return  # the form refuses it
        article.translation_of = None if alone else original
        article.language = language
        with one_event():
            builders.publish(article)

    @rule()
    def the_background_looks_around(self) -> None:
        with one_event():
            relatives.complete()
            discussed.bring_up_to_date(NOON)

    @rule(word=words, zone=st.sampled_from(["UTC", "Asia/Tokyo", "America/Lima"]))
    def the_paper_gets_another_name_and_clock(self, word: str, zone: str) -> None:
        newspaper = Newspaper.for_site(builders.the_site())
        newspaper.name, newspaper.time_zone = word, zone
        with one_event():
            newspaper.save()

    @rule(number=which, judgement=st.sampled_from(Judgement))
    def a_reader_comments(self, number: int, judgement: Judgement) -> None:
        article = self.pick(ArticlePage, number, live=True)
        place = places.find(article.pk) if article is not None else None
        if place is not None:
            self.count += 1
            with one_event():
                a_comment(place, f"My opinion number {self.count}.", judgement=judgement)

    @rule(number=which, status=st.sampled_from([Status.PUBLISHED, Status.SPAM]))
    def a_moderator_decides(self, number: int, status: Status) -> None:
        comment = self.pick(ReaderComment, number)
        if comment is not None:
            with one_event():
                actions.decide(comment_id=comment.pk, status=status, by=None, now=NOON)

    @rule(number=which)
    def an_author_has_a_comment_erased(self, number: int) -> None:
        comment = self.pick(ReaderComment, number)
        if comment is not None:
            with one_event():
                authors.erase(comment_ids=[comment.pk], unlearn=False, now=NOON)

    @rule()
    def lists_learn_how_many_comments_there_are(self) -> None:
        with one_event():
            counting.bring_up_to_date()

    @rule(depth=st.integers(min_value=1, max_value=3))
    def threads_get_another_depth(self, depth: int) -> None:
        changed = CommentSettings.for_site(builders.the_site())
        changed.depth = depth
        with one_event():
            changed.save()

    @rule(word=words, number=which)
    def an_old_address_leads_to_an_article(self, word: str, number: int) -> None:
        article = self.pick(ArticlePage, number)
        old_path = Redirect.normalise_path(f"/old/{slugify(word)}")
        if article is not None and not Redirect.objects.filter(old_path=old_path).exists():
            with one_event():
                Redirect.objects.create(old_path=old_path, redirect_page=article)

    @rule(number=which)
    def a_redirect_is_deleted(self, number: int) -> None:
        redirect = self.pick(Redirect, number)
        if redirect is not None:
            with one_event():
                redirect.delete()

    @rule(number=which)
    def a_section_is_for_members_only(self, number: int) -> None:
        section = self.pick(SectionPage, number)
        with one_event():
            PageViewRestriction.objects.create(
                page=section, restriction_type=PageViewRestriction.LOGIN
            )

    @precondition(lambda _: PageViewRestriction.objects.exists())
    @rule()
    def all_sections_are_open_again(self) -> None:
        with one_event():
            PageViewRestriction.objects.all().delete()


@pytest.mark.django_db
def test_every_stored_page_is_what_django_would_answer(
    folder: PageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (queries, lists):
        monkeypatch.setattr(module, "PER_PAGE", 2)  # so that few articles fill many pages

    def clean() -> None:
        cache.clear()  # Wagtail's own, of the sites
        for path in list(folder.paths()):
            folder.remove(path)

    Paper.store, Paper.clean = folder, clean
    run_state_machine_as_test(
        Paper,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=12,
            deadline=None,
            derandomize=not THOROUGH,
            suppress_health_check=list(HealthCheck),
        ),
    )
