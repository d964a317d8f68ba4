"""Backups by the clock, in a thread of the background process: one a day, as long as the site is served."""

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib.metadata import version

from broadsheet.web.configuration import Configuration

from . import site as sites
from .shelves import ShelfError
from .vault import VaultError, name_of, vault_at

logger = logging.getLogger(__name__)

EVERY = timedelta(days=1)
LOOK_EVERY = 60.0  # seconds
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
    if not configuration.backup_to:
        return ""
    vault = vault_at(configuration.backup_to, configuration.backup_key)
    newest = next(reversed(vault.names()), "")
    if newest > name_of(now - EVERY):  # names are moments, and sort like them
        return ""
    snapshot = sites.take(
        configuration.folder,
        configuration.database_url,
        vault,
        version=version("broadsheet"),
        now=now,
        progress=lambda _done, _of: None,
    )
    if configuration.backup_keep:
        vault.prune(configuration.backup_keep)
    return snapshot.name


def _run(
    configuration: Configuration, stopping: threading.Event, is_first: Callable[[], bool]
) -> None:
    pause = LOOK_EVERY
    while not stopping.wait(pause):
        pause = LOOK_EVERY
        if not is_first():
            continue
        try:
            if name := take_if_due(configuration, now=datetime.now(UTC)):
                logger.info("The backup %s is in %s", name, configuration.backup_to)
        except (VaultError, ShelfError, OSError) as error:
            logger.error("The backup failed, and is tried again in an hour: %s", error)
            pause = AFTER_AN_ERROR
