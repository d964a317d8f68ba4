"""`broadsheet newsletter-bounces`: marks subscribers whose letters came back."""

import mailbox
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from broadsheet.newsletter import bounces, dsn


class Command(BaseCommand):
    help = "Reads mail servers' reports (from a Maildir, an mbox, or one mail from standard input)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "mailbox",
            nargs="?",
            type=Path,
            help="a Maildir or an mbox; without it, one mail is read",
        )
        parser.add_argument(
            "--remove", action="store_true", help="delete the reports that were understood"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        where: Path | None = options["mailbox"]
        if where is None:
            bounce = dsn.bounce_in(sys.stdin.buffer.read(dsn.LARGEST))
            marked = int(bounce is not None and bounces.note(bounce))
        else:
            marked = sum(_marked_in(_opened(where), remove=options["remove"]))
        self.stdout.write(f"{marked} letters came back.")


def _opened(where: Path) -> "mailbox.Maildir | mailbox.mbox":
    if (where / "new").is_dir():
        return mailbox.Maildir(where, create=False)
    if where.is_file():
        return mailbox.mbox(where, create=False)
    raise CommandError(f"{where} is neither a Maildir nor an mbox.")


def _marked_in(box: "mailbox.Maildir | mailbox.mbox", *, remove: bool) -> Iterator[bool]:
    """Whether each report was news."""
    box.lock()
    try:
        for key in list(box.keys()):
            bounce = dsn.bounce_in(box.get_bytes(key))
            if bounce is not None:
                yield bounces.note(bounce)
                if remove:
                    box.remove(key)
    finally:
        box.close()  # writes what was removed, and unlocks
