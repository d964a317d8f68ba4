"""Comments that readers wrote before the paper moved here."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from broadsheet.comments import counting, imports
from broadsheet.comments.imports import PastComment
from broadsheet.comments.models import Discussion, ReaderComment, Status
from broadsheet.learning.models import LoggedJudgement
from tests.clock import NOON

from .builders import a_place

pytestmark = pytest.mark.django_db


def past(number: int, **fields: Any) -> PastComment:
    return PastComment(
        **{
            "source": f"wordpress:https://old.example:{number}",
            "author": "Mira Holm",
            "email": "mira@reader.example",
            "html": f"<p>Remark {number}.</p>",
            "created_at": NOON + timedelta(minutes=number),
            "status": Status.PUBLISHED,
        }
        | fields
    )


def test_threads_come_along_and_are_harmless(client: Client) -> None:
    place = a_place()

    kept = imports.keep(
        page_id=place.page_id,
        comments=[
            past(2, html="<p onclick=x>Yes.</p><script>x</script>", answers=past(1).source),
            past(1),
            past(3, status=Status.SPAM),
        ],
    )

    page = client.get(place.url).content.decode()
    assert kept == 3
    assert ReaderComment.objects.get(text__contains="Yes").parent == ReaderComment.objects.get(
        text__contains="Remark 1"
    )
    assert "<p>Yes.</p>" in page
    assert "onclick" not in page
    assert "Remark 3" not in page
    assert Discussion.objects.get().published == 2


def test_lists_tell_at_once_how_many_came(client: Client) -> None:
    place = a_place()

    imports.keep(page_id=place.page_id, comments=[past(1), past(2)])

    assert "2 comments" in client.get("/").text
    assert counting.bring_up_to_date() == 0


def test_the_same_again_adds_nothing() -> None:
    place = a_place()
    comments = [past(1), past(2, answers=past(1).source)]
    imports.keep(page_id=place.page_id, comments=comments)

    assert imports.keep(page_id=place.page_id, comments=comments) == 0
    assert ReaderComment.objects.count() == LoggedJudgement.objects.count() == 2


def test_answers_to_what_came_earlier_find_it() -> None:
    place = a_place()
    imports.keep(page_id=place.page_id, comments=[past(1)])

    imports.keep(page_id=place.page_id, comments=[past(2, answers=past(1).source)])

    assert ReaderComment.objects.get(text__contains="Remark 2").parent is not None


def test_past_decisions_teach_the_filter() -> None:
    imports.keep(page_id=a_place().page_id, comments=[past(1), past(2, status=Status.SPAM)])

    decisions = LoggedJudgement.objects.order_by("lesson").values_list("decision", flat=True)
    assert list(decisions) == ["HAM", "SPAM"]


def test_many_take_few_queries(django_assert_max_num_queries: Any) -> None:
    place = a_place()

    with django_assert_max_num_queries(40):
        imports.keep(page_id=place.page_id, comments=[past(number) for number in range(120)])

    assert set(ReaderComment.objects.values_list("sheet", flat=True)) == {1, 2, 3}
