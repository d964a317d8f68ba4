"""What happens to the newspaper as a whole, and to addresses."""

from django.utils.text import slugify
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from broadsheet.newsroom import discussed, relatives
from broadsheet.newsroom.models import ArticlePage, Newspaper, SectionPage
from tests import builders
from tests.clock import NOON
from tests.press.machine import Machine, one_event, which, words


class WholeSite(Machine):
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
