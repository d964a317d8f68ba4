"""Readers' comments as text files.

    @ Name | mailbox
    What they write, with the Markdown of manuscripts.

    @@ Another name | mailbox
    An answer to the comment above; three @ answer that one, and so on.

On the desk's lists a third field names the article, and a fourth is the sender's web address. Mailboxes are at example.org.
"""

import re
from dataclasses import dataclass

HOST = "example.org"


class MailbagError(ValueError):
    """A list of comments that cannot be read; `.line` counts from 1."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(f"line {line}: {problem}")
        self.line = line


@dataclass(frozen=True, slots=True)
class Letter:
    author: str
    email: str
    text: str
    answers: int | None = None  # the place on the list of the comment that it answers
    article: str = ""
    web_address: str = ""


def read(text: str) -> tuple[Letter, ...]:
    """All comments of a list, answers after what they answer. Raises MailbagError."""
    letters: list[Letter] = []
    above: list[int] = []  # the latest comment on each level
    heads = list(re.finditer(r"^(@+) (.+)$", text, flags=re.MULTILINE))
    if text[: heads[0].start() if heads else None].strip():
        raise MailbagError(1, "a list begins with '@ Name | mailbox'")
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        number = text.count("\n", 0, head.start()) + 1
        level = len(head[1]) - 1
        if level > len(above):
            raise MailbagError(number, "an answer without the comment that it answers")
        body = text[head.end() : following.start() if following else None].strip()
        if not body:
            raise MailbagError(number, "a comment without a text")
        letters.append(_letter(head[2], body, above[level - 1] if level else None, number))
        above[level:] = [len(letters) - 1]
    return tuple(letters)


def _letter(head: str, text: str, answers: int | None, number: int) -> Letter:
    author, *rest = (field.strip() for field in head.split("|"))
    if not 1 <= len(rest) <= 3 or not author:
        raise MailbagError(number, "a comment begins with '@ Name | mailbox'")
    mailbox, article, web_address = (*rest, "", "")[:3]
    return Letter(author, f"{mailbox}@{HOST}", text, answers, article, web_address)
