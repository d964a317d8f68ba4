"""What happens to articles, their photos and corrections."""

from datetime import timedelta

from django.utils.text import slugify
from hypothesis import strategies as st
from hypothesis.stateful import rule

from broadsheet.newsroom.models import ArticlePage, Byline, Correction, Photo, SectionPage
from tests import builders
from tests.clock import NOON
from tests.press.machine import Machine, days, names, one_event, tags, which, words


class Articles(Machine):
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
