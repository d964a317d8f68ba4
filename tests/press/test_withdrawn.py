"""What was published and withdrawn is gone, not unknown."""

from datetime import timedelta

import pytest
from django.test import Client, TestCase
from wagtail.models import PageViewRestriction

from broadsheet.newsroom.models import ArticlePage
from broadsheet.press import withdrawing
from broadsheet.press.models import Withdrawn
from broadsheet.press.names import gone_path
from broadsheet.press.store import PageStore
from tests import builders
from tests.press.builders import print_what_is_ordered

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(printed: PageStore) -> ArticlePage:
    article = builders.an_article("Ferry returns")
    builders.publish(article)
    print_what_is_ordered()
    return article


def gone(folder: PageStore, path: str) -> int | None:
    """The status of the page that says that the one at `path` is gone; None while there is none."""
    record = folder.find(gone_path(path))
    return record.status if record else None


def test_an_unpublished_article_is_gone_until_it_returns(
    printed: PageStore, article: ArticlePage, client: Client
) -> None:
    path = article.url
    article.unpublish()
    print_what_is_ordered()

    assert (printed.find(path), gone(printed, path)) == (None, 410)
    answer = client.get(path)
    assert (answer.status_code, "withdrawn" in answer.content.decode()) == (410, True)

    builders.publish(article)
    print_what_is_ordered()

    assert (printed.find(path) is not None, gone(printed, path)) == (True, None)
    assert client.get(path).status_code == 200


def test_a_deleted_article_is_gone_at_all_addresses_that_it_had(
    printed: PageStore, article: ArticlePage, client: Client
) -> None:
    before = article.url
    article.slug = "ferry-is-back"
    with TestCase.captureOnCommitCallbacks(execute=True):
        builders.publish(article)
    print_what_is_ordered()
    moved = client.get(before)
    after = article.url
    article.delete()
    print_what_is_ordered()

    assert moved.status_code == 301
    assert [client.get(path).status_code for path in (before, after)] == [410, 410]
    assert [gone(printed, path) for path in (before, after)] == [410, 410]


def test_what_was_never_public_is_unknown(
    printed: PageStore, article: ArticlePage, client: Client
) -> None:
    draft = builders.an_article("A plan", live=False)
    for_members = builders.an_article("For members")
    builders.publish(for_members)
    PageViewRestriction.objects.create(page=for_members, restriction_type=PageViewRestriction.LOGIN)
    paths = [draft.url_path, for_members.url_path]
    draft.delete()
    for_members.unpublish()

    assert not Withdrawn.objects.filter(url_path__in=paths).exists()
    assert client.get("/news/never-was/").status_code == 404


def test_after_two_years_it_is_forgotten(printed: PageStore, article: ArticlePage) -> None:
    path = article.url
    article.unpublish()
    print_what_is_ordered()
    row = Withdrawn.objects.get()

    withdrawing.forget(row.since + withdrawing.KEPT - timedelta(seconds=1))
    kept = Withdrawn.objects.count()
    withdrawing.forget(row.since + withdrawing.KEPT + timedelta(seconds=1))
    print_what_is_ordered()

    assert (kept, Withdrawn.objects.count(), gone(printed, path)) == (1, 0, None)
