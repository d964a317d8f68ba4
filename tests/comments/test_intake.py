"""The short way of a new comment: many in one transaction, each as the form would have it."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core import signing
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from broadsheet.comments import reading, submitting
from broadsheet.comments.clients import Sender
from broadsheet.comments.forms import CommentForm, printed_token
from broadsheet.comments.intake import Intake, Posted, TheLongWay
from broadsheet.comments.models import (
    CommentSettings,
    Discussion,
    EmailField,
    Letter,
    ReaderComment,
    Status,
    Subscription,
)
from broadsheet.comments.places import Place
from broadsheet.comments.reading import NotCertain
from broadsheet.learning import log
from broadsheet.learning.models import LoggedJudgement
from broadsheet.press import orders
from broadsheet.spam import Clue, Judgement
from tests.clock import NOON

from .builders import FilterThatSays, a_comment, a_draft, a_place

ELSEWHERE = Sender("198.51.100.9")


def an_intake(judgement: Judgement = Judgement.HAM, *, now: datetime = NOON) -> Intake:
    spam_filter = FilterThatSays(judgement, (Clue("words: “late”", -1.0, ((0, 4),)),))
    return Intake(spam_filter=lambda _paper: spam_filter, clock=lambda: now)


def posted(place: Place, text: str, *, sender: Sender = ELSEWHERE, **fields: Any) -> Posted:
    said = {
        "author": "Mira Holm",
        "email": "mira@reader.example",
        "text": text,
        "token": printed_token(place.page_id),
    } | fields
    return Posted(place.page_id, urlencode(said).encode(), sender)


def take(intake: Intake, *posts: Posted) -> list[str | None]:
    return intake.keep([intake.read(post) for post in posts])


@pytest.mark.django_db
def test_many_are_kept_at_once_each_with_its_receipt() -> None:
    place = a_place()

    led_to = take(an_intake(), *(posted(place, f"Remark {n}.") for n in range(12)))

    comments = ReaderComment.objects.order_by("pk")
    assert [comment.text for comment in comments] == [f"Remark {n}." for n in range(12)]
    for comment, url in zip(comments, led_to, strict=True):
        assert url is not None
        assert url.startswith(f"/comments/receipt/{comment.pk}-")
        assert url.endswith(f"#comment-{comment.pk}")
    assert Discussion.objects.get().published == 12
    assert LoggedJudgement.objects.count() == 12


@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow(django_assert_num_queries: Any) -> None:
    place, intake = a_place(author_per_hour=0), an_intake()
    a_comment(place)
    for number in (2, 20):
        proposals = [intake.read(posted(place, f"{number} {n}")) for n in range(number)]
        with django_assert_num_queries(11):  # two of them are the savepoint's
            intake.keep(proposals)


@pytest.mark.django_db
def test_nor_with_replies_and_how_deep_they_stand(django_assert_num_queries: Any) -> None:
    place, intake = a_place(author_per_hour=0), an_intake()
    top = a_comment(place, email="ann@reader.example")
    Subscription.objects.create(
        page_id=place.page_id, comment=top, email="ann@reader.example", email_hash=top.email_hash,
        created_at=NOON, confirmed_at=NOON,
    )  # fmt: skip
    deepest = top
    for number in (2, 20):
        proposals = [
            intake.read(posted(place, f"{number} {n}", parent=str(deepest.pk)))
            for n in range(number)
        ]
        with django_assert_num_queries(17):
            intake.keep(proposals)
        deepest = ReaderComment.objects.latest("pk")
        for level in range(9):
            deepest = a_comment(place, f"{number} {level} below", parent_id=deepest.pk)

    assert Letter.objects.filter(kind=Letter.Kind.REPLY).count() == 2 + 20 + 2 * 9


@pytest.mark.django_db
def test_all_of_a_page_are_one_order_and_first_those_that_readers_wait_for() -> None:
    place = a_place(author_per_hour=0)
    with orders.noted() as ordered:
        take(an_intake(), *(posted(place, f"Remark {n}.") for n in range(52)))

    assert ordered.paths_of(None) == [place.url, f"{place.url}comments/2/"]
    sheets = ReaderComment.objects.order_by("pk").values_list("sheet", flat=True)
    assert list(sheets) == [1] * 50 + [2] * 2
    assert Discussion.objects.get().sheets == 2


@pytest.mark.django_db
def test_the_same_twice_in_one_batch_is_one_comment() -> None:
    place = a_place()

    first, again, other = take(
        an_intake(), posted(place, "Twice."), posted(place, "Twice."), posted(place, "Once.")
    )

    assert first == again != other
    assert ReaderComment.objects.count() == LoggedJudgement.objects.count() == 2


@pytest.mark.django_db
def test_what_was_kept_before_leads_to_the_same_receipt() -> None:
    place, intake = a_place(), an_intake()

    assert take(intake, posted(place, "Once.")) == take(intake, posted(place, "Once."))
    assert Discussion.objects.get().published == 1


@pytest.mark.django_db
def test_limits_count_within_a_batch_too() -> None:
    place = a_place(author_per_hour=3)
    a_comment(place, "Earlier.", now=NOON - timedelta(minutes=5), address="198.51.100.9")

    led_to = take(an_intake(), *(posted(place, f"Remark {n}.") for n in range(4)))

    assert [url is not None for url in led_to] == [True, True, False, False]
    assert ReaderComment.objects.count() == 3


@pytest.mark.django_db
def test_slow_mode_holds_within_a_batch_but_not_between_neighbours() -> None:
    place = a_place(slow_mode_seconds=60)

    led_to = take(
        an_intake(),
        posted(place, "One."),
        posted(place, "Two."),
        posted(place, "From next door.", sender=Sender("198.51.100.10")),
    )

    assert [url is not None for url in led_to] == [True, False, True]


@pytest.mark.django_db
def test_answers_stand_with_what_they_answer_and_nowhere_else() -> None:
    place = a_place()
    parent, held = a_comment(place, "First."), a_comment(place, "No.", judgement=Judgement.UNSURE)

    take(
        an_intake(),
        posted(place, "An answer.", parent=parent.pk),
        posted(place, "To what is not shown.", parent=held.pk),
        posted(place, "To nothing.", parent=10**17),
    )

    found = dict(ReaderComment.objects.values_list("text", "parent_id"))
    assert found["An answer."] == parent.pk
    assert found["To what is not shown."] is found["To nothing."] is None


@pytest.mark.django_db
def test_letters_and_subscriptions_are_noted_with_the_comment() -> None:
    place = a_place()

    take(
        an_intake(),
        posted(place, "By mail.", mail_receipt="on", mail_replies="on"),
        posted(place, "No mail."),
    )

    assert set(Letter.objects.values_list("kind", flat=True)) == {"RECEIPT", "CONFIRM"}
    assert Subscription.objects.get().comment.text == "By mail."


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("judgement", "number"),
    [
        pytest.param(Judgement.HAM, 0, id="none for what is published at once"),
        pytest.param(Judgement.UNSURE, 1, id="for what a moderator has to decide"),
        pytest.param(Judgement.SPAM, 1, id="for spam"),
    ],
)
def test_clues_are_kept_where_somebody_will_look(judgement: Judgement, number: int) -> None:
    take(an_intake(judgement), posted(a_place(), "The ferry was late."))

    assert len(LoggedJudgement.objects.get().clues) == number


@pytest.mark.django_db
def test_what_was_published_at_once_is_explained_when_somebody_looks() -> None:
    take(an_intake(), posted(a_place(), "Cheap pills, buy now at https://pills.example"))

    assert log.clues_of(LoggedJudgement.objects.get())


@pytest.mark.django_db
def test_a_page_that_takes_no_comments_is_explained_the_long_way() -> None:
    place = a_place()

    with pytest.raises(TheLongWay):
        an_intake().read(Posted(place.page_id + 999, posted(place, "Hello.").body, ELSEWHERE))


@pytest.mark.django_db
def test_a_closed_discussion_is_explained_the_long_way() -> None:
    with pytest.raises(submitting.CommentsAreClosed):
        an_intake(now=NOON + timedelta(days=2)).read(posted(a_place(close_after_days=1), "Late."))


@pytest.mark.django_db
def test_a_forged_form_is_explained_the_long_way() -> None:
    with pytest.raises(signing.BadSignature):
        an_intake().read(posted(a_place(), "Hello.", token="forged"))


@pytest.mark.django_db
def test_nothing_is_kept_of_a_batch_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    place, intake = a_place(), an_intake()

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr(submitting.letters, "after_submission", fail)
        with pytest.raises(RuntimeError):
            take(intake, posted(place, "One."), posted(place, "Two."))
    assert not ReaderComment.objects.exists()

    take(intake, posted(place, "One."), posted(place, "Two."))
    assert ReaderComment.objects.filter(status=Status.PUBLISHED).count() == 2


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("text=é".encode(), id="bytes that no browser sends"),
        pytest.param(b"text=a%00b", id="a null character"),
        pytest.param(b"&".join([b"a=1"] * 60), id="very many fields"),
    ],
)
def test_strange_bodies_are_left_to_django(body: bytes) -> None:
    with pytest.raises(NotCertain):
        reading.fields_of(body)


A_PLACE = Place(7, "Ferry", "/news/ferry/", "en", "OPEN", None, CommentSettings(longest=100))  # type: ignore[arg-type]
some_text = st.text(max_size=110) | st.sampled_from(["", " ", "x" * 101, "a\r\nb", "*fine*", "\0"])
fields = st.fixed_dictionaries(
    {
        "author": some_text | st.just("Mira Holm"),
        "text": some_text | st.just("The ferry was late."),
        "email": st.emails()
        | some_text
        | st.sampled_from(["mira@reader.example", "a@b", "a..b@c.de", "-@-.de", "ä@b.de"]),
        "token": st.just(printed_token(7)) | some_text,
    },
    optional={
        "web_address": some_text
        | st.sampled_from(["example.org", "https://a.example/x?y", "javascript:alert(1)"]),
        "topic": some_text,
        "parent": some_text | st.integers().map(str),
        "mail_receipt": st.sampled_from(["on", "", "false", "True", "0"]),
        "mail_replies": st.just("on") | some_text,
        "other": some_text,
    },
)


@given(
    fields,
    st.sampled_from(EmailField),
    st.booleans(),
)
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_read_at_a_glance_the_form_reads_alike(
    said: dict[str, str], email_field: EmailField, has_web_address: bool
) -> None:
    A_PLACE.settings.email_field = email_field
    A_PLACE.settings.web_address_field = has_web_address
    body = urlencode({name: value.encode("utf-8", "replace") for name, value in said.items()})
    try:
        glance = reading.fields_of(body.encode())
        cleaned = reading.cleaned(glance, A_PLACE)
    except NotCertain:
        return
    form = CommentForm(QueryDict(body), place=A_PLACE, opened=NOON)

    assert form.is_valid()
    used = {name: value for name, value in form.cleaned_data.items() if name != "parent"}
    assert cleaned == used


def test_an_ordinary_form_is_read_at_a_glance() -> None:
    A_PLACE.settings.email_field, A_PLACE.settings.web_address_field = EmailField.REQUIRED, True
    body = posted(A_PLACE, "Späte Fähre\r\n", author=" Mira  Holm ", mail_replies="on").body

    cleaned = reading.cleaned(reading.fields_of(body), A_PLACE)

    assert cleaned["text"] == "Späte Fähre"
    assert cleaned["author"] == "Mira Holm"
    assert cleaned["mail_replies"] is True


@pytest.mark.django_db
def test_the_short_way_and_the_long_way_know_the_same_comment_again() -> None:
    place = a_place()
    a_comment(place, "Once.", address=ELSEWHERE.address)

    take(an_intake(), posted(place, "Once."))

    assert ReaderComment.objects.get().text == a_draft("Once.").text
