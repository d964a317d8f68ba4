"""`broadsheet export archive FILE.zip`."""

from importlib import metadata
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from broadsheet.exporters import archive


class Command(BaseCommand):
    help = "Write everything into one archive, of which `broadsheet restore` makes the same site."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.prog = "broadsheet export archive"
        parser.add_argument("file", type=Path, metavar="FILE.zip")

    def handle(self, *_args: Any, **options: Any) -> None:
        site = archive.Site(
            media=Path(settings.MEDIA_ROOT),
            secret_key=settings.SECRET_KEY,
            address=settings.PUBLIC_ADDRESS,
            version=metadata.version("broadsheet"),
        )
        file: Path = options["file"]
        try:
            counts = archive.write(file, site, lambda _step: None)
        except OSError as error:
            raise CommandError(f"Can't write {file}: {error.strerror}.") from error
        self.stdout.write(
            f"{file}: {sum(counts.values())} rows. It holds private data and the site's secret key: keep it safe."
        )
