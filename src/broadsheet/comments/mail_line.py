"""One connection to the mail server for all letters that are sent together, and when one that failed is tried again."""

import logging
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

log = logging.getLogger(__name__)


MOST_TRIES = 20  # of one letter, the last a day after the first
LONGEST_WAIT = timedelta(hours=2)  # between two of them


def next_try(now: datetime, *, tries: int) -> datetime:
    """When a letter is due again that has been tried so often before: twice as long after each, LONGEST_WAIT at most."""
    return now + min(LONGEST_WAIT, timedelta(minutes=2 ** min(tries, MOST_TRIES)))


class MailServerAway(OSError):
    """The mail server can't be reached: there is no use in trying the next letter now."""


class MailLine:
    """Opened with the first letter, and anew after one that failed; closed at the end of the block."""

    def __init__(self) -> None:
        self._connection: BaseEmailBackend | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    def send(self, message: EmailMessage) -> None:
        """Hand it to the mail server. Raises OSError (of which smtplib's errors are), and MailServerAway."""
        if self._connection is None:
            self._connection = _opened()
        message.connection = self._connection
        try:
            message.send()
        except OSError:
            self._close()
            raise

    def _close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.close()
            except OSError as error:
                log.info("The mail server did not say goodbye: %s", error)


def _opened() -> BaseEmailBackend:
    connection = get_connection()
    try:
        connection.open()
    except OSError as error:
        raise MailServerAway(str(error)) from error
    return connection
