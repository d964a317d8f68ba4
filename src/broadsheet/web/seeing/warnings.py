"""What an operator should look at now: the alerts of contrib/prometheus, for who has no Prometheus."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from broadsheet.web.backup import history
from broadsheet.web.backup.history import History

from .figures import Figures

PRINT_LAG = 30.0  # seconds
BACKGROUND_AGE = 300.0  # seconds
LETTERS_AGE = 3600.0  # seconds
MODERATORS_AGE = 86400.0  # seconds
JOURNAL_AGE = 30.0  # seconds
CONNECTIONS = 0.8  # of those that the database allows


def of_site(found: Figures | None, *, now: datetime) -> Iterator[str]:
    """What the database tells that should not be so."""
    if found is None:
        yield _("The database does not answer. Printed pages are served; comments and edits wait.")
        return
    if found.print_lag(now) > PRINT_LAG:
        yield _(
            "Pages wait to be printed: readers see old ones. Is the disk full? The log says more."
        )
    if found.background_age is None or found.background_age > BACKGROUND_AGE:
        yield _("The background process has not looked for work for five minutes.")
    if max(found.queue_age(n, now) for n in ("letters", "letters to contributors")) > LETTERS_AGE:
        yield _("Letters have waited for an hour. Does the mail server answer?")
    if found.queue_age("moderators", now) > MODERATORS_AGE:
        yield _("A comment has waited for a moderator for a day.")
    if found.journal_age(now) > JOURNAL_AGE:
        yield _("Checks of the spam service are on this node's disk alone.")
    if found.most_connections and (
        sum(found.connections.values()) > CONNECTIONS * found.most_connections
    ):
        yield _("Four fifths of the database's connections are taken.")


def of_backups(found: History, *, are_wanted: bool, now: datetime) -> Iterator[str]:
    """What should not be so with backups, where there is to be one a day or was one ever."""
    if found.failed_at:
        yield _("The last backup failed: %(why)s") % {"why": found.why}
    if found.taken_at is None:
        if are_wanted and not found.failed_at:
            yield _("There is no backup yet.")
    elif found.is_too_old(now):
        age = timesince(found.taken_at, now)
        yield _("The last backup is old: it was taken %(age)s ago.") % {"age": age}


def here_of_backups(now: datetime) -> list[str]:
    """The same for this node."""
    site = settings.CONFIGURATION
    known = history.read(site.folder)
    return list(of_backups(known, are_wanted=bool(site.backup_to), now=now))


class BackupWarnings(Component):
    """On the dashboard of administrators; nothing where all is well."""

    name = "backup-warnings"
    order = 30
    template_name = "seeing/backups.html"

    def __init__(self, now: datetime) -> None:
        self._now = now

    def get_context_data(self, parent_context: object) -> dict[str, object]:  # noqa: ARG002, the component's interface
        return {"warnings": here_of_backups(self._now)}
