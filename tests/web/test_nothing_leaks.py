"""Whatever an editor or a reader of one newspaper asks for, no word of another newspaper is in the answer.

Every address that the installation knows is asked for once, with the numbers of the other newspaper's things in it.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from django.urls.resolvers import URLResolver
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import GroupSitePermission, Site

from broadsheet.comments import places
from broadsheet.comments.desk import cards
from broadsheet.comments.models import CommentSettings, PartPolicy, ReaderComment, Rule
from broadsheet.importers.models import Archive
from broadsheet.newsletter.models import Edition, NewsletterSettings, Subscriber
from broadsheet.newsroom import relatives
from broadsheet.newsroom.models import (
    ArticlePage,
    Contribution,
    ContributorIndexPage,
    ContributorPage,
    Correction,
    LinkElsewhere,
    Newspaper,
    SectionPage,
)
from broadsheet.spam import Judgement
from tests import builders
from tests.clock import NOON
from tests.comments.builders import a_comment

pytestmark = pytest.mark.django_db

ISLAND = "island.example"
SECRET, OWN = "Zephyrine", "Windmill"  # in all that the first newspaper has, and the second

MAY = (
    "comments.moderate",
    *(f"comments.{action}_rule" for action in ("add", "change", "delete")),
    *(f"comments.{action}_partpolicy" for action in ("add", "change", "delete")),
    *(f"newsletter.{action}_edition" for action in ("add", "change", "delete", "send")),
    *(f"newsletter.{action}_subscriber" for action in ("add", "change", "delete")),
    "newsroom.decide_contribution",
)
SETTINGS = ("newsroom.newspaper", "comments.commentsettings", "newsletter.newslettersettings")
IN_ADDRESSES: dict[str, object] = {
    "app_label": "newsletter",
    "model_name": "subscriber",
    "action": "delete",
    "part": "text",
    "year": 2026,
    "month": 3,
    "slug": "windmill",
    "filename": "x.png",
    "name": "x.png",
    "language": "en",
}
LEFT_OUT = (
    "logout",
    "failwhale",
    "sprite",
    "jsi18n",
    "set-up",
    "media/",
    "documents/",
    "away.html",
)


def fill(site: Site, word: str) -> None:
    """Give a newspaper one of everything, with that word in it, and its article's number."""
    Newspaper.objects.update_or_create(
        site=site,
        defaults={
            "name": f"The {word}",
            "description": word,
            "takes_contributions": True,
            "contributions_note": word,
        },
    )
    CommentSettings.objects.update_or_create(site=site)
    NewsletterSettings.objects.update_or_create(
        site=site, defaults={"is_offered": True, "promise": word, "imprint": word}
    )
    article = _pages(site, word)
    number = article.pk
    _comments(site, article, word, number)
    Edition.objects.create(pk=number, site=site, subject=word, introduction=word)
    Subscriber.objects.create(pk=number, site=site, email=f"{word}@a.example", asked_at=NOON)
    Contribution.objects.create(
        pk=number,
        site=site,
        kind="PIECE",
        name=word,
        email=f"{word}@b.example",
        headline=word,
        html=word,
        language="en",
        created_at=NOON,
        changed_at=NOON,
    )
    Redirect.objects.create(pk=number, old_path=f"/{word}", redirect_page=article, site=site)
    Archive.objects.create(pk=number, address=f"{word}.example", site=site)


def _pages(site: Site, word: str) -> ArticlePage:
    front = site.root_page
    section = front.add_child(instance=SectionPage(title=f"{word} news", slug=f"{word}-news"))
    index = ContributorIndexPage.objects.descendant_of(front).first()
    assert index is not None
    signer = ContributorPage(title=f"{word} Lind", slug=f"{word}-lind", biography=word)
    index.add_child(instance=signer)
    article = ArticlePage(
        title=f"The {word} returns to the quay",
        slug=word.lower(),
        standfirst=word,
        first_published_at=NOON,
        last_published_at=NOON,
    )
    article.tags.add("harbour")
    article.corrections.add(Correction(text=word, corrected_at=NOON))
    section.add_child(instance=article)
    article.save_revision().publish()
    draft = ArticlePage(title=f"Draft of {word}", slug=f"draft-{word}", live=False)
    section.add_child(instance=draft)
    draft.save_revision()
    LinkElsewhere.objects.create(
        article=article, address=f"https://{word}.example/", outcome="GONE", followed_at=NOON
    )
    PartPolicy.objects.create(pk=article.pk, page=section, policy="PREMODERATED")
    return article


def _comments(site: Site, article: ArticlePage, word: str, number: int) -> None:
    places.forget()
    place = places.find(article.pk)
    assert place is not None
    for status, judgement in (("HELD", Judgement.UNSURE), ("PUBLISHED", Judgement.HAM)):
        comment = a_comment(place, f"{word} {status} at the quay", judgement=judgement, author=word)
        ReaderComment.objects.filter(pk=comment.pk).update(status=status)
    Rule.objects.create(pk=number, site=site, kind="WORDS", value=word, effect="HOLD", note=word)


@pytest.fixture
def island() -> Site:
    site = builders.a_further_paper(ISLAND)
    fill(builders.the_site(), SECRET)
    fill(site, OWN)
    for article in ArticlePage.objects.live():
        relatives.find(article)
    return site


@pytest.fixture
def islander(client: Client, island: Site) -> Client:
    """Who may do everything at the further newspaper, and nothing at the first."""
    editor = builders.an_editor_of(island, *MAY)
    for name in SETTINGS:
        app, model = name.split(".")
        permission = Permission.objects.get(content_type__app_label=app, codename=f"change_{model}")
        GroupSitePermission.objects.create(
            group=editor.groups.get(), site=island, permission=permission
        )
    client.force_login(editor)
    return client


def number_of_the_others() -> int:
    """Which everything of the first newspaper has."""
    return int(ArticlePage.objects.get(slug=SECRET.lower()).pk)


def addresses(number: int, resolver: URLResolver | None = None, before: str = "/") -> Iterator[str]:
    """Every address that has a name, filled in."""
    resolver = resolver or get_resolver()
    for name in set(resolver.reverse_dict):
        for possible, _pattern, _defaults, _converters in resolver.reverse_dict.getlist(name):
            for path, parameters in possible:
                filled = {each: IN_ADDRESSES.get(each, number) for each in parameters}
                yield before + path % filled
    for prefix, inner in resolver.namespace_dict.values():
        yield from addresses(number, inner, before + prefix)


def asked(client: Client, paths: Iterator[str], host: str) -> dict[str, str]:
    """Address → what is answered: the head's addresses, and the words, save for those that were asked for."""
    found = {}
    for path in sorted(set(paths)):
        if any(word in path for word in LEFT_OUT):
            continue
        response: Any = client.get(path, headers={"host": host})
        body = b"".join(response.streaming_content) if response.streaming else response.content
        if response.status_code != 404 or path.startswith("/editor/"):
            words = body.decode(errors="replace") + response.headers.get("Location", "")
            found[path] = words.replace(f"/{host}/", "")
    return found


def leaks(found: dict[str, str]) -> list[str]:
    return [path for path, words in found.items() if SECRET.lower() in words.lower()]


@pytest.mark.parametrize("host", [ISLAND, "paper.example"])
def test_no_page_of_the_office_has_a_word_of_another_newspaper(islander: Client, host: str) -> None:
    number = number_of_the_others()
    comment = ReaderComment.objects.filter(page_id=number).first()
    assert comment is not None
    own = (
        "/editor/reports/site-history/?is_commenting_action=False",
        "/editor/pages/search/?q=quay",
        f"/editor/pages/search/?q={SECRET.lower()[:5]}",
        "/editor/choose-page/search/?q=returns",
        "/editor/api/main/pages/?limit=50&fields=*",
        "/editor/bulk/newsletter/edition/delete/?id=all",
        "/editor/bulk/comments/rule/delete/?id=all",
        "/editor/bulk/comments/partpolicy/delete/?id=all",
        f"/editor/bulk/page/move/?id={number}",
        f"/editor/comments/erase/{comment.pk}/",
        *(f"/editor/comments/?pile={pile.value}" for pile in cards.Pile),
        "/editor/comments/?author=zephyrin",
        *(f"/editor/settings/{name.replace('.', '/')}/1/" for name in SETTINGS),
        f"/editor/settings/newsroom/newspaper/{builders.the_site().pk}/",
    )
    paths = [path for path in addresses(number) if path.startswith("/editor/")]

    found = asked(islander, iter([*paths, *own]), host)

    assert leaks(found) == []
    if host == ISLAND:
        shown = [path for path, words in found.items() if OWN.lower() in words.lower()]
        assert len(shown) > 20, shown


def test_no_answer_to_a_reader_has_a_word_of_another_newspaper(
    client: Client, island: Site
) -> None:
    number = number_of_the_others()
    comments = ReaderComment.objects.filter(page_id=number).values_list("pk", flat=True)
    own = (
        "/",
        "/windmill-news/windmill/",
        *(f"/{name}" for name in ("feed.xml", "atom.xml", "feed.json", "robots.txt", "llms.txt")),
        *(f"/tags/harbour/{name}" for name in ("", "feed.xml", "atom.xml", "feed.json")),
        "/archive/2026/3/",
        "/search/?q=quay",
        "/search/?q=quai",
        f"/search/?q={SECRET.lower()[:6]}",
        f"/oembed/?url=https://{ISLAND}/zephyrine-news/zephyrine/",
        *(
            f"/comments/{comment}/{way}"
            for comment in comments
            for way in ("", "reply/", "report/")
        ),
        "/.well-known/security.txt",
    )
    paths = [path for path in addresses(number) if not path.startswith("/editor/")]

    found = asked(client, iter([*paths, *own]), ISLAND)

    assert [path for path in leaks(found) if "q=" not in path] == []
    assert OWN in found["/"]
    assert OWN in found["/feed.xml"]


def test_what_is_asked_for_most_costs_the_same_however_many_newspapers_there_are(
    client: Client,
) -> None:
    builders.a_further_paper("island-0.example", name="Island 0")
    NewsletterSettings.objects.create(site=builders.the_site(), is_offered=True)
    article = builders.an_article()
    client.force_login(builders.an_editor_of(builders.the_site(), *MAY))
    paths = (article.relative_url(builders.the_site()), "/newsletter/", "/editor/comments/")
    two = [queries_of(client, path) for path in paths]

    for number in range(1, 5):
        builders.a_further_paper(f"island-{number}.example", name=f"Island {number}")

    assert [queries_of(client, path) for path in paths] == two


def queries_of(client: Client, path: str) -> int:
    client.get(path)
    places.forget()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)
