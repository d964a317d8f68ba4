"""The same with two newspapers in one installation: each stored page of either is what Django would answer there."""

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule
from wagtail.models import Site

from broadsheet.newsroom import papers
from broadsheet.newsroom.models import ArticlePage, FrontPage, Newspaper, SectionPage
from broadsheet.press.store import PageStore
from tests import builders
from tests.press import machine
from tests.press.builders import NONE, difference, print_what_is_ordered, store_of
from tests.press.happenings import Everything
from tests.press.machine import one_event, which, words

HOSTS = ["island.example", "shore.example"]


class Papers(Everything):
    """Articles and sections of the first newspaper may move to the other, and back."""

    @initialize()
    def another_paper_begins(self) -> None:
        builders.a_paper()
        with one_event():
            builders.a_further_paper()
        for number in range(3):
            self.an_article_is_written_for_the_other_paper(f"Tide {number}", number)
        print_what_is_ordered()

    @property
    def other(self) -> Site:
        return Site.objects.get(is_default_site=False)

    @invariant()
    def every_stored_page_of_the_other_is_true(self) -> None:
        print_what_is_ordered()
        site = self.other
        with papers.in_hand(site):
            assert difference(store_of(site)) == NONE

    @rule(word=words, number=which)
    def an_article_is_written_for_the_other_paper(self, word: str, number: int) -> None:
        self.count += 1
        sections = SectionPage.objects.descendant_of(self.other.root_page).order_by("pk")
        article = ArticlePage(title=f"{word} {self.count}", slug=f"shore-{self.count}")
        article.tags.add("ships")
        if sections:
            with one_event():
                builders.publish(sections[number % len(sections)].add_child(instance=article))

    @rule(number=which)
    def an_article_moves_to_the_other_paper(self, number: int) -> None:
        article = self.pick(ArticlePage, number)
        section = SectionPage.objects.descendant_of(self.other.root_page).first()
        if article is not None and section is not None:
            with one_event():
                article.move(section, pos="last-child")

    @rule(number=which)
    def a_section_moves_to_another_paper(self, number: int) -> None:
        section, fronts = self.pick(SectionPage, number), FrontPage.objects.order_by("pk")
        front = fronts[number % len(fronts)]
        if section is not None and not front.get_children().filter(slug=section.slug).exists():
            with one_event():
                section.move(front, pos="last-child")

    @rule(word=words)
    def the_other_paper_gets_another_name(self, word: str) -> None:
        newspaper = Newspaper.for_site(self.other)
        newspaper.name = word
        with one_event():
            newspaper.save()

    @rule(host=st.sampled_from(HOSTS))
    def the_other_paper_gets_another_host(self, host: str) -> None:
        site = self.other
        site.hostname = host
        with one_event():
            site.save()


@pytest.mark.django_db
def test_every_stored_page_of_every_paper_is_what_django_would_answer(
    folder: PageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.run(Papers, folder, monkeypatch)
