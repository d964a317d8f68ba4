"""Very many comments of an old site take their places as if readers had written them here, in few queries."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from broadsheet.comments import counting
from broadsheet.comments.models import Discussion, ReaderComment
from broadsheet.comments.sheets import CROWDED, FULL
from broadsheet.importers import discussions
from broadsheet.importers.discussions import Thread
from broadsheet.importers.records import Comment, CommentState
from broadsheet.importers.tally import Tally
from tests.builders import an_article
from tests.clock import NOON

pytestmark = pytest.mark.django_db


def a_comment(number: int, **fields: Any) -> Comment:
    return Comment(
        **{
            "id": str(number),
            "parent": "",
            "author": "Mira Holm",
            "email": "mira@reader.example",
            "web_address": "",
            "network_address": "",
            "text": f"Remark {number}.",
            "written_at": NOON + timedelta(minutes=number),
            "state": CommentState.PUBLISHED,
        }
        | fields
    )


def bring(*threads: tuple[int, list[Comment]]) -> Tally:
    """Below these pages."""
    tally = Tally()
    brought = [Thread(page_id, "", tuple(comments)) for page_id, comments in threads]
    discussions.bring(brought, origin="old", now=NOON, tally=tally)
    return tally


def sheets_of(page_id: int) -> list[int | None]:
    """In the order in which the comments were written."""
    return list(ReaderComment.objects.filter(page_id=page_id).values_list("sheet", flat=True))


def test_lists_tell_at_once_how_many_came(client: Client) -> None:
    bring((an_article().pk, [a_comment(1), a_comment(2)]))

    assert "2 comments" in client.get("/").text
    assert counting.bring_up_to_date() == 0


def test_a_later_answer_stands_beside_what_it_answers_while_there_is_room() -> None:
    page_id = an_article().pk
    bring((page_id, [a_comment(n) for n in range(FULL + 1)]))

    bring((page_id, [a_comment(900, parent="0"), a_comment(901)]))

    assert sheets_of(page_id) == [1] * FULL + [2, 1, 2]


def test_an_answer_on_a_crowded_sheet_stands_on_the_last() -> None:
    page_id = an_article().pk

    bring((page_id, [a_comment(0), *(a_comment(n, parent="0") for n in range(1, CROWDED + 1))]))

    assert sheets_of(page_id) == [1] * CROWDED + [2]


def test_an_id_that_comes_twice_is_one_comment() -> None:
    first, second = an_article("Ferry delayed").pk, an_article("Harbour closed").pk

    tally = bring((first, [a_comment(1), a_comment(2)]), (second, [a_comment(2, parent="3"), a_comment(3)]))  # fmt: skip

    assert tally.added["comments"] == 3
    assert dict(Discussion.objects.values_list("page_id", "published")) == {first: 2, second: 1}
    assert not ReaderComment.objects.exclude(parent=None).exists()


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        pytest.param({"author": "M" * 200}, {"author": "M" * 80}, id="a name without end is cut"),
        pytest.param({"author": "Mi\0ra"}, {"author": "Mira"}, id="characters that no column holds go"),
        pytest.param({"text": "Well\0 said."}, {"text": "Well said."}, id="from texts, too"),
        pytest.param({"web_address": "https://mira.example/\0"}, {"web_address": ""}, id="an address with one is none"),
    ],
)  # fmt: skip
def test_what_other_systems_allow(fields: dict[str, str], kept: dict[str, str]) -> None:
    bring((an_article().pk, [a_comment(1, **fields)]))

    assert ReaderComment.objects.filter(**kept).exists()


def test_queries_do_not_grow_with_pages_or_comments() -> None:
    pages = [an_article(f"Article {n}").pk for n in range(9)]
    with CaptureQueriesContext(connection) as one:
        bring((pages[0], [a_comment(0)]))

    with CaptureQueriesContext(connection) as many:
        bring(*((page, [a_comment(100 * page + n) for n in range(20)]) for page in pages))

    assert len(many) <= len(one)
