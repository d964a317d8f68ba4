"""An article in several languages: each page names all the others, for readers and for search engines."""

from django.test import Client

from broadsheet.newsroom.models import ArticlePage
from tests import builders


def in_german(original: ArticlePage, title: str = "Die Fähre") -> ArticlePage:
    return builders.an_article(title, language="de", translation_of=original)


def alternates(client: Client, article: ArticlePage) -> list[str]:
    html = client.get(article.get_url()).content.decode()
    return [line.strip() for line in html.splitlines() if 'rel="alternate" hreflang' in line]


def test_each_names_every_language_itself_included_and_the_original(
    client: Client, db: None
) -> None:
    english = builders.an_article("The ferry")
    german = in_german(english)

    heads = alternates(client, english)

    assert [head.split('"')[3] for head in heads] == ["en", "x-default", "de"]
    assert alternates(client, german) == heads
    assert heads[-1].endswith(f'{german.get_url()}">')


def test_readers_are_told_in_the_other_languages_own_name(client: Client, db: None) -> None:
    english = builders.an_article("The ferry")
    german = in_german(english)

    told = client.get(english.get_url()).content.decode()

    assert (
        f'<a href="{german.get_url()}" rel="alternate" lang="de" hreflang="de">Deutsch</a>' in told
    )


def test_what_is_not_published_is_not_named(client: Client, db: None) -> None:
    english = builders.an_article("The ferry")
    in_german(english).unpublish()

    assert alternates(client, english) == []
