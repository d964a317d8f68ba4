"""`broadsheet import ghost FILE`, `… markdown DIR`, `… feed FILE`."""

from argparse import ArgumentTypeError
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override

from broadsheet.importers import from_stories, report_files, summary
from broadsheet.importers.from_stories import Wishes
from broadsheet.importers.media import Uploads
from broadsheet.importers.others import feed, ghost, markdown_folder
from broadsheet.importers.others.holdings import Paper, UnreadableSource
from broadsheet.newsroom import choosing, foundation, papers
from broadsheet.newsroom.models import Newspaper

SYSTEMS: Final[dict[str, Callable[[Path, str], Paper]]] = {
    "ghost": ghost.read,
    "markdown": markdown_folder.read,
    "feed": feed.read,
}


def address(text: str) -> str:
    if not text.startswith(("http://", "https://")):
        raise ArgumentTypeError("an address begins with https:// or http://")
    return text.rstrip("/")


class Command(BaseCommand):
    help = (
        "Take over the articles of another system. Again adds what is new and changes nothing else."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.prog = "broadsheet import"
        parser.add_argument("system", choices=SYSTEMS)
        parser.add_argument("file", type=Path, metavar="PATH", help="the export, feed or folder")
        parser.add_argument("--address", type=address, required=True, metavar="URL", help="the old site's address")  # fmt: skip
        choosing.add_option(parser, "bring it to")
        parser.add_argument("--media", type=Path, metavar="DIR", help="a copy of the old site's pictures")  # fmt: skip
        parser.add_argument("--report", type=Path, metavar="FILE.json", help="write the counts, and FILE.html for people")  # fmt: skip
        parser.add_argument("--dry-run", action="store_true", help="report, and write nothing")

    def handle(self, *_args: Any, **options: Any) -> None:
        now = datetime.now(UTC)
        foundation.lay(now=now)
        site = choosing.chosen(options)
        newspaper = Newspaper.objects.filter(site=site).first() or Newspaper()
        uploads = Uploads(options["media"]) if options["media"] else None
        file = options["file"]
        try:
            paper = SYSTEMS[options["system"]](file, options["address"])
            with override(newspaper.language), papers.in_hand(site):
                report = from_stories.bring(file, paper, Wishes(now, uploads, options["dry_run"]))
        except UnreadableSource as error:
            raise CommandError(f"{file}: {error} Nothing was imported.") from error
        except OSError as error:
            raise CommandError(f"Can't read {error.filename or file}: {error.strerror}.") from error
        report_files.write(report, options["report"])
        self.stdout.write(summary.text(report))
