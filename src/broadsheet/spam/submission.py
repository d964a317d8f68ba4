"""What is judged: one text that a stranger sent, and how it came."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Submission:
    """A comment, a message or a contribution, as it was sent. Only `text` is needed."""

    text: str
    author: str = ""
    author_email: str = ""
    author_url: str = ""
    user_agent: str = ""
    referrer: str = ""
    site_lang: str = ""  # language of the site, a BCP 47 tag such as "en"
    article: str = ""  # title and opening text of what it answers
    seconds_to_fill: float | None = None  # from opening the page to sending the form
    honeypot_filled: bool = False  # the field that people do not see
    sent_at: float | None = None  # POSIX seconds
