"""What is kept in haste is what Django would have kept."""

from datetime import UTC, datetime

import pytest
from django.forms.models import model_to_dict

from broadsheet.learning.inserting import insert
from broadsheet.learning.models import Decision, LoggedJudgement, Source
from broadsheet.spam import Judgement

pytestmark = pytest.mark.django_db
MORE_THAN_A_STATEMENT = 130  # rows; SQLite's limit allows 90 of this model


def judgements(number: int) -> list[LoggedJudgement]:
    return [
        LoggedJudgement(
            source=Source.COMMENT,
            origin="",
            submission={"text": f"“Remark” {n} \N{PILE OF POO} 'quoted'"} if n % 2 else None,
            judgement=Judgement.HAM.value,
            spam_probability=n / number,
            clues=[{"text": "ferry", "spans": [[0, 5]]}],
            judged_at=datetime(2026, 3, 1, 12, 30, 15, n, tzinfo=UTC),
            decision=Decision.HAM,
            lesson=n,
        )
        for n in range(number)
    ]


def test_rows_come_back_as_they_were_given_with_their_keys() -> None:
    rows = judgements(MORE_THAN_A_STATEMENT)

    insert(rows)

    kept = LoggedJudgement.objects.in_bulk([row.pk for row in rows])
    assert len(kept) == MORE_THAN_A_STATEMENT
    assert [model_to_dict(kept[row.pk]) for row in rows] == [model_to_dict(row) for row in rows]
    assert [kept[row.pk].lesson for row in rows] == list(range(MORE_THAN_A_STATEMENT))


def test_a_row_that_was_inserted_can_be_changed() -> None:
    (row,) = judgements(1)
    insert([row])
    row.decision = Decision.SPAM

    row.save()

    assert LoggedJudgement.objects.get().decision == Decision.SPAM


def test_nothing_is_asked_for_no_rows(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        insert([])
