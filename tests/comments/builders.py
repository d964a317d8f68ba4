"""Comments as tests need them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any, ClassVar

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from broadsheet.comments import actions, places
from broadsheet.comments.drafts import Draft
from broadsheet.comments.forms import printed_token
from broadsheet.comments.models import ReaderComment
from broadsheet.comments.places import Place
from broadsheet.spam import Clue, Judgement, SpamFilter, Submission, Verdict
from tests import builders
from tests.clock import NOON


class FilterThatSays(SpamFilter):
    """Always the same verdict; remembers what it was asked."""

    def __init__(self, judgement: Judgement, clues: tuple[Clue, ...] = ()) -> None:
        self.judgement, self.clues = judgement, clues
        self.asked: list[Submission] = []

    def judge(self, submission: Submission, *, explain: bool = True) -> Verdict:
        self.asked.append(submission)
        probability = {Judgement.HAM: 0.01, Judgement.UNSURE: 0.5, Judgement.SPAM: 0.99}
        clues = self.clues if explain else ()
        return Verdict(self.judgement, probability[self.judgement], clues)


def a_draft(text: str = "The ferry was late again.", **fields: Any) -> Draft:
    return Draft(
        **{"author": "Mira Holm", "email": "mira@reader.example", "address": "203.0.113.7"}
        | fields
        | {"text": text}
    )


def a_place(**settings: Any) -> Place:
    """The discussion of an article, with the site's comment settings changed as named."""
    article = builders.an_article()
    place = places.find(article.pk)
    assert place is not None
    for name, value in settings.items():
        setattr(place.settings, name, value)
    place.settings.save()
    return place


def a_comment(
    place: Place,
    text: str = "The ferry was late again.",
    *,
    judgement: Judgement = Judgement.HAM,
    now: datetime = NOON,
    **fields: Any,
) -> ReaderComment:
    """A comment that the filter takes for what `judgement` says."""
    return actions.submit(
        place=place, draft=a_draft(text, **fields), spam_filter=FilterThatSays(judgement), now=now
    )


def some_comments(place: Place, number: int) -> list[ReaderComment]:
    """Published one minute after the other, by readers of different networks."""
    return [
        a_comment(
            place, f"Remark number {n}.", now=NOON + timedelta(minutes=n), address=f"10.0.{n}.1"
        )
        for n in range(number)
    ]


class BrokenPost(BaseEmailBackend):
    """A mail server that is down."""

    def send_messages(self, email_messages: object) -> int:
        raise ConnectionRefusedError("No mail server here.")


class CountingPost(BaseEmailBackend):
    """A mail server that counts, refuses one address, or is away."""

    opened = closed = 0
    sent: ClassVar[list[str]] = []
    refuses = ""
    is_away = False

    @classmethod
    def begin(cls, *, refuses: str = "", is_away: bool = False) -> None:
        cls.opened = cls.closed = 0
        cls.sent.clear()
        cls.refuses, cls.is_away = refuses, is_away

    def open(self) -> bool:
        if self.is_away:
            raise ConnectionRefusedError("nobody listens")
        type(self).opened += 1
        return True

    def close(self) -> None:
        type(self).closed += 1

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            if self.refuses in message.to and self.refuses:
                raise SMTPRecipientsRefused({self.refuses: (550, b"no such user")})
            self.sent.extend(message.to)
        return len(email_messages)


def fields(page_id: int, **changed: Any) -> dict[str, Any]:
    """What a browser sends of the form below an article."""
    return {
        "author": "Mira Holm",
        "email": "mira@reader.example",
        "text": "The ferry was late again.",
        "token": printed_token(page_id),
    } | changed
