"""What is printed below an article."""

from typing import Any

import pytest
from django.test import Client

from broadsheet.comments import actions, counting, queries, sheets, threads
from broadsheet.comments.models import Discussion, ReaderComment, Status
from tests.clock import NOON

from .builders import a_comment, a_place, some_comments

pytestmark = pytest.mark.django_db


def printed(place: Any, sheet: int = 1) -> threads.Thread:
    thread = threads.thread(place, sheet=sheet, now=NOON)
    assert thread is not None
    return thread


def test_replies_hang_below_what_they_answer() -> None:
    place = a_place()
    first = a_comment(place, "First.")
    second = a_comment(place, "Second.")
    reply = a_comment(place, "A reply.", parent_id=first.pk)

    html = printed(place).entries

    order = [html.index(f'id="comment-{comment.pk}"') for comment in (first, reply, second)]
    assert order == sorted(order)
    assert '<ol class="replies">' in html
    assert html.count("<ol") == html.count("</ol>")
    assert html.count("<li") == html.count("</li>") == 3


def test_deeper_replies_flatten_and_say_whom_they_answer() -> None:
    place = a_place(depth=2)
    parent = a_comment(place, "Level 1.")
    for level in (2, 3, 4):
        parent = a_comment(place, f"Level {level}.", parent_id=parent.pk, author=f"Author {level}")

    html = printed(place).entries

    assert html.count('<ol class="replies">') == 1
    assert "In reply to Author 2" in html
    assert "In reply to Author 3" in html


def test_a_new_sheet_begins_when_one_is_full(client: Client) -> None:
    place = a_place()
    last = some_comments(place, sheets.FULL + 1)[-1]

    assert last.sheet == 2
    assert printed(place).later_url == f"{place.url}comments/2/"
    second = client.get(f"{place.url}comments/2/").content.decode()
    assert f'id="comment-{last.pk}"' in second
    assert f"/comments/{last.pk}/" in second
    assert client.get(f"/comments/{last.pk}/")["Location"].endswith(
        f"/comments/2/#comment-{last.pk}"
    )
    assert client.get(f"{place.url}comments/3/").status_code == 404
    assert client.get(f"{place.url}comments/1/").status_code == 404
    assert f"{sheets.FULL + 1} comments" in client.get(place.url).content.decode()


def test_a_reply_joins_its_conversation_on_a_full_sheet() -> None:
    place = a_place()
    first, *_ = some_comments(place, sheets.FULL)

    assert a_comment(place, "A late reply.", parent_id=first.pk).sheet == 1


def test_a_crowded_sheet_sends_replies_to_the_last_one_with_a_link_back() -> None:
    place = a_place()
    first, *_ = some_comments(place, sheets.FULL + 1)
    for number in range(sheets.CROWDED - sheets.FULL):
        a_comment(place, f"Reply {number}.", parent_id=first.pk, address=f"10.1.{number}.1")

    late = a_comment(place, "One too many.", parent_id=first.pk)

    assert late.sheet == 2
    assert f'<a href="{place.url}#comment-{first.pk}">In reply to' in printed(place, 2).entries


def test_what_was_removed_leaves_a_trace_only_where_replies_need_it() -> None:
    place = a_place()
    answered = a_comment(place, "Answered.")
    a_comment(place, "The answer.", parent_id=answered.pk)
    lonely = a_comment(place, "Lonely.")
    for comment in (answered, lonely):
        actions.withdraw(comment_id=comment.pk, now=NOON)

    html = printed(place).entries

    assert "This comment was removed." in html
    assert "The answer." in html
    assert "Answered." not in html
    assert f"comment-{lonely.pk}" not in html


def test_the_number_of_queries_does_not_grow(django_assert_max_num_queries: Any) -> None:
    place = a_place()
    some_comments(place, 20)

    with django_assert_max_num_queries(3):
        printed(place)


def test_a_comment_that_comes_back_keeps_its_sheet() -> None:
    place = a_place()
    comment = a_comment(place)
    some_comments(place, sheets.FULL)

    actions.decide(comment_id=comment.pk, status=Status.REJECTED, by=None, now=NOON)
    back = actions.decide(comment_id=comment.pk, status=Status.PUBLISHED, by=None, now=NOON)

    assert back.sheet == 1
    assert Discussion.objects.get().published == ReaderComment.objects.count()


def test_counts_come_for_many_pages_at_once(django_assert_num_queries: Any) -> None:
    place = a_place()
    some_comments(place, 2)
    counting.bring_up_to_date()

    with django_assert_num_queries(1):
        assert queries.counts([place.page_id, place.page_id + 1]) == {place.page_id: 2}
