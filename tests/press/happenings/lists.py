"""What happens to the pages that list articles: sections, series, contributors, the front page; and to standing pages."""

from django.utils.text import slugify
from hypothesis import strategies as st
from hypothesis.stateful import rule

from broadsheet.newsroom.models import (
    ArticlePage,
    ContributorPage,
    FrontSlot,
    SectionPage,
    SectionPin,
    SeriesPage,
    StandardPage,
)
from tests import builders
from tests.press.machine import Machine, names, one_event, which, words


class Lists(Machine):
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
