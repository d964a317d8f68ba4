"""The second half of `broadsheet restore FILE.zip --site DIR`: the folder is there, and migrated."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from broadsheet.exporters import restoring
from broadsheet.newsroom.signals import archive_changed


class Command(BaseCommand):
    help = "Make the same site of an archive."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.zip")

    def handle(self, *_args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            restoring.restore(file, Path(settings.MEDIA_ROOT), lambda _step: None)
        except restoring.UnusableArchive as error:
            raise CommandError(f"{file}: {error} Nothing was restored.") from error
        except OSError as error:
            raise CommandError(f"Can't restore {file}: {error.strerror or error}.") from error
        call_command("rebuild_references_index", verbosity=0)
        call_command("update_index", verbosity=0)
        with transaction.atomic():
            archive_changed.send(Command)
        self.stdout.write("Restored. `broadsheet serve` prints the paper.")
