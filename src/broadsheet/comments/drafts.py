"""A comment as it was sent, before it is judged."""

from dataclasses import dataclass
from datetime import datetime

from broadsheet.spam import Submission


@dataclass(frozen=True, slots=True)
class Draft:
    """What a reader sent, cleaned by the form, and how it came."""

    author: str
    text: str
    email: str = ""
    web_address: str = ""
    parent_id: int | None = None
    address: str = ""  # the client's network address; only hashed and shortened forms are kept
    user_agent: str = ""
    referrer: str = ""
    seconds_to_fill: float | None = None
    honeypot_filled: bool = False
    wants_receipt: bool = False  # by e-mail
    wants_replies: bool = False  # to be told of them by e-mail


def submission(draft: Draft, *, article: str, language: str, now: datetime) -> Submission:
    """What the filter gets to see. Of the e-mail address only its host: the rest would tell it nothing."""
    _, at, host = draft.email.rpartition("@")
    return Submission(
        text=draft.text,
        author=draft.author,
        author_email=f"name@{host}" if at else "",
        author_url=draft.web_address,
        user_agent=draft.user_agent,
        referrer=draft.referrer,
        site_lang=language,
        article=article,
        seconds_to_fill=draft.seconds_to_fill,
        honeypot_filled=draft.honeypot_filled,
        sent_at=now.timestamp(),
    )
