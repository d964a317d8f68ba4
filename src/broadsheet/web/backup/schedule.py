"""Backups by the clock, in a thread of the background process: one a day, as long as the site is served.

Each node looks now and then what the place holds, so that each can tell its operator how old the last backup is.
"""

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

from broadsheet.web.configuration import Configuration

from . import history
from . import site as sites
from .shelves import ShelfError
from .vault import Vault, VaultError, moment_of, vault_at

logger = logging.getLogger(__name__)

EVERY = timedelta(days=1)
LOOK_EVERY = 60.0  # seconds
OTHERS_LOOK_EVERY = 600.0  # seconds, on a node that takes none
AFTER_AN_ERROR = 3600.0  # seconds


def start(
    configuration: Configuration, stopping: threading.Event, is_first: Callable[[], bool]
) -> threading.Thread:
    """Take one when it is due and this node `is_first`, until `stopping`. Does nothing without a place to back up to."""
    arguments = (configuration, stopping, is_first)
    thread = threading.Thread(target=_run, args=arguments, name="backups", daemon=True)
    if configuration.backup_to:
        thread.start()
    return thread


def take_if_due(configuration: Configuration, *, now: datetime) -> str:
    """Take a snapshot if the newest is older than EVERY, and forget the oldest; its name, or "" if none was due.

    Raises VaultError, ShelfError, OSError.
    """
    if not configuration.backup_to or not _is_due(configuration.folder, now):
        return ""
    vault = look(configuration)
    if not _is_due(configuration.folder, now):  # another node, or a command, has taken one
        return ""
    snapshot = sites.take(
        configuration.folder,
        configuration.database_url,
        vault,
        version=version("broadsheet"),
        now=now,
        progress=lambda _done, _of: None,
    )
    history.note_taken(configuration.folder, now)
    if configuration.backup_keep:
        vault.prune(configuration.backup_keep)
    return snapshot.name


def look(configuration: Configuration) -> Vault:
    """Note how old the newest backup in the place is. Raises VaultError, ShelfError, OSError."""
    vault = vault_at(configuration.backup_to, configuration.backup_key)
    newest = next(reversed(vault.names()), "")
    if newest:
        history.note_taken(configuration.folder, moment_of(newest))
    return vault


def _is_due(site: Path, now: datetime) -> bool:
    age = history.read(site).age(now)
    return age is None or age >= EVERY


def attempt(configuration: Configuration, *, is_first: bool, now: datetime) -> float:
    """Take one that is due if this node `is_first`, or look for another's. Returns the seconds until the next attempt.

    Whatever fails is logged and noted, so that there is a next one.
    """
    try:
        if is_first:
            if name := take_if_due(configuration, now=now):
                logger.info("The backup %s is in %s", name, configuration.backup_to)
        elif _is_due(configuration.folder, now):
            look(configuration)
            return OTHERS_LOOK_EVERY
    except (VaultError, ShelfError, OSError) as error:
        logger.error("The backup failed, and is tried again in an hour: %s", error)
        why = str(error)
    except Exception as error:
        logger.exception("The backup failed, and is tried again in an hour")
        why = f"{type(error).__name__}: {error}"
    else:
        return LOOK_EVERY
    try:
        history.note_failed(configuration.folder, now, why)
    except OSError as error:
        logger.error("That the backup failed could not be noted: %s", error)
    return AFTER_AN_ERROR


def _run(
    configuration: Configuration, stopping: threading.Event, is_first: Callable[[], bool]
) -> None:
    pause = LOOK_EVERY
    while not stopping.wait(pause):
        pause = attempt(configuration, is_first=is_first(), now=datetime.now(UTC))
