"""How many comments an article has, on lists of articles."""

import pytest
from django.test import Client

from broadsheet.comments import actions, counting
from broadsheet.comments.models import Discussion
from broadsheet.press.store import PageStore
from tests.clock import NOON
from tests.press.builders import NONE, difference, print_what_is_ordered
from tests.press.conftest import folder as folder

from .builders import a_place, some_comments

pytestmark = pytest.mark.django_db


def test_lists_tell_how_many_comments_there_are(client: Client) -> None:
    place = a_place()
    some_comments(place, 2)

    assert counting.bring_up_to_date() == 1

    for path in ("/", "/news/"):
        assert f'<a class="teaser-comments" href="{place.url}#comments">2 comments</a>' in (
            client.get(path).text
        )
    assert counting.bring_up_to_date() == 0


def test_a_comment_prints_its_own_page_and_lists_follow(folder: PageStore) -> None:
    place = a_place()
    print_what_is_ordered()
    comments = some_comments(place, 2)
    assert print_what_is_ordered() == 1

    counting.bring_up_to_date()
    assert print_what_is_ordered() > 1
    assert difference(folder) == NONE
    body = folder.find("/news/")
    assert body is not None

    actions.withdraw(comment_id=comments[0].pk, now=NOON)
    counting.bring_up_to_date()
    print_what_is_ordered()
    assert Discussion.objects.get().listed == 1
    assert difference(folder) == NONE
