"""`broadsheet export wordpress FILE.xml`."""

import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from broadsheet.comments.addresses import base_of
from broadsheet.exporters import from_site
from broadsheet.newsroom import choosing, papers
from broadsheet.newsroom.models import Newspaper


class Command(BaseCommand):
    help = "Write a WordPress export (WXR 1.2) of all articles, pages, photos and comments."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.prog = "broadsheet export wordpress"
        parser.add_argument("file", type=Path, metavar="FILE.xml")
        choosing.add_option(parser, "export")

    def handle(self, *_args: Any, **options: Any) -> None:
        file: Path = options["file"]
        site = choosing.chosen(options)
        newspaper = Newspaper.objects.filter(site=site).first() or Newspaper()
        parts = from_site.export(newspaper, base_of(site) or site.root_url)
        draft = file.with_name(f".{file.name}.new")
        try:
            # comments carry e-mail addresses: only the owner may read the file
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with (
                os.fdopen(descriptor, "w", encoding="utf-8") as text,
                papers.in_hand(site),
                papers.at_home_of(site),
            ):
                text.writelines(parts)
            draft.replace(file)
        except OSError as error:
            raise CommandError(f"Can't write {file}: {error.strerror}.") from error
        finally:
            draft.unlink(missing_ok=True)
        self.stdout.write(f"{file}: {file.stat().st_size / 1024**2:.1f} MB")
