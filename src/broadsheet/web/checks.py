"""`broadsheet check --deploy`: what an operator should put right before readers come."""

import ctypes
import os
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError, connection
from wagtail.models import Site

from .backup import history
from .configuration import FILE_NAME, SECRET_FILE_NAME, Configuration

_OTHERS = 0o007  # permissions of those who are neither owner nor group
_LOOKED_INTO = 0o006  # of a folder: its names read, or written
_DISTINCT = 12  # characters that a random secret of 40 has at the very least
_CLOCK = 5.0  # seconds that nodes and database may differ
_TIME_ERROR = 5  # adjtimex(2): nobody keeps this clock right


@register(Tags.security, deploy=True)
def check_installation(**_: Any) -> list[CheckMessage]:
    """Secret, addresses, permissions, disk, clock and backups of this site."""
    site: Configuration = settings.CONFIGURATION
    return [
        *secret(site.secret_key),
        *addresses(site),
        *first_newspaper(site),
        *permissions(site.folder),
        *disk(site),
        *database_clock(datetime.now(UTC)),
        *machine_clock(),
        *backups(site, datetime.now(UTC)),
    ]


def secret(key: str) -> Iterator[CheckMessage]:
    if len(key) < 40 or len(set(key)) < _DISTINCT:
        hint = f"Remove BROADSHEET_SECRET_KEY and {SECRET_FILE_NAME}; `serve` makes a new one. Private links end."
        yield Error("The secret key is weak.", hint=hint, id="broadsheet.E001")


def addresses(site: Configuration) -> Iterator[CheckMessage]:
    if not site.address:
        hint = f'Set [site] address in {FILE_NAME} to "https://…".'
        yield Warning("The site does not know its address.", hint=hint, id="broadsheet.W002")
    elif not site.address.startswith("https://"):
        hint = "Have a proxy speak TLS (`broadsheet proxy` writes its configuration) and name https:// in [site] address."
        yield Warning("Readers are served without TLS.", hint=hint, id="broadsheet.W003")
    elif not site.trusted_proxies:
        hint = f"Name the networks of the proxy that speaks TLS in [server] trusted_proxies of {FILE_NAME}."
        yield Warning(
            "Every reader has the proxy's address: limits for one hold for all.",
            hint=hint,
            id="broadsheet.W004",
        )


def first_newspaper(site: Configuration) -> Iterator[CheckMessage]:
    """With several newspapers Wagtail's links name hosts: the first one's must be where readers find it."""
    try:
        known = dict(Site.objects.values_list("hostname", "is_default_site"))
    except DatabaseError:
        return  # other checks tell of it
    first = next((host for host, is_first in known.items() if is_first), "")
    wanted = urlsplit(site.address).hostname
    if len(known) > 1 and wanted and first != wanted:
        words = f"Wagtail knows the first newspaper as {first}, readers as {wanted}."
        hint = f"In the editor, Settings, Sites: give it the host name {wanted}."
        yield Warning(words, hint=hint, id="broadsheet.W012")


def permissions(folder: Path) -> Iterator[CheckMessage]:
    """The folder may be passed through, by a web server to pages/ and media/; what is in it is nobody else's."""
    if _mode(folder) & _LOOKED_INTO:
        hint = f"chmod 711 {folder}"
        yield Error(f"Everybody can look into {folder}.", hint=hint, id="broadsheet.E005")
    for name in (SECRET_FILE_NAME, FILE_NAME, "broadsheet.db"):
        file = folder / name
        if file.exists() and _mode(file) & _OTHERS:
            yield Error(f"Others can read {file}.", hint=f"chmod 600 {file}", id="broadsheet.E006")


def _mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def disk(site: Configuration) -> Iterator[CheckMessage]:
    for folder in (site.folder, site.pages, site.media):
        try:
            with tempfile.TemporaryFile(dir=folder) as file:
                file.write(b"x" * 65536)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            hint = "Give the user who runs `serve` the folder, and space on its disk."
            words = f"{folder} can't be written: {error.strerror}."
            yield Error(words, hint=hint, id="broadsheet.E007")


def database_clock(now: datetime) -> Iterator[CheckMessage]:
    """PostgreSQL has a clock of its own, by which orders are dated; SQLite has ours."""
    if connection.vendor != "postgresql":
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            (its_now,) = cursor.fetchone()
    except DatabaseError as error:
        line = str(error).strip().splitlines()[0]
        yield Error(f"The database can't be asked: {line}", id="broadsheet.E008")
        return
    seconds = abs((its_now - now).total_seconds())
    if seconds > _CLOCK:
        hint = "Have chrony or systemd-timesyncd keep both machines' clocks."
        words = f"This machine's clock and the database's differ by {seconds:.0f} seconds."
        yield Warning(words, hint=hint, id="broadsheet.W009")


def machine_clock() -> Iterator[CheckMessage]:
    """Linux knows whether somebody keeps its clock right."""
    if not sys.platform.startswith("linux"):
        return
    if ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(512)) == _TIME_ERROR:
        hint = "Install chrony, or `timedatectl set-ntp true`."
        yield Warning("Nobody keeps this machine's clock right.", hint=hint, id="broadsheet.W010")


def backups(site: Configuration, now: datetime) -> Iterator[CheckMessage]:
    """As far as this node knows: by its own clock, or by the command's on this machine."""
    known = history.read(site.folder)
    if not known.is_too_old(now):
        return
    hint = f"Name a place in [backup] to of {FILE_NAME}, or run `broadsheet backup --to PLACE` each night."
    words = "The last backup is older than 36 hours." if known.last else "There is no backup."
    yield Warning(words, hint=hint, id="broadsheet.W011")
