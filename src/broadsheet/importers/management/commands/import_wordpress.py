"""`broadsheet import wordpress FILE`."""

import zoneinfo
from argparse import ArgumentTypeError
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override
from wagtail.models import Site

from broadsheet.importers import report_files, summary
from broadsheet.importers.from_wordpress import Order, Run
from broadsheet.importers.media import Uploads
from broadsheet.importers.progress import Display
from broadsheet.importers.report import Report
from broadsheet.importers.wordpress.categories import UnusableTable
from broadsheet.importers.wordpress.translate import Choices
from broadsheet.importers.wordpress.wxr import InvalidExport
from broadsheet.newsroom import foundation
from broadsheet.newsroom.models import Newspaper


def folder(text: str) -> Path:
    path = Path(text)
    if not path.is_dir():
        raise ArgumentTypeError(f"{text} is no folder.")
    return path


class Command(BaseCommand):
    help = "Take over a WordPress export (WXR). Again adds what is new and changes nothing else."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.prog = "broadsheet import wordpress"
        parser.usage = "%(prog)s FILE [--media DIR | --no-media] [--report FILE.json] [options]"
        parser.add_argument("file", type=Path, metavar="FILE", help="the export, an .xml file")
        media = parser.add_mutually_exclusive_group()
        media.add_argument(
            "--media",
            type=folder,
            metavar="DIR",
            help="a copy of wp-content/uploads, for the photos",
        )
        media.add_argument(
            "--no-media", action="store_true", help="leave photos out: their places stay marked"
        )
        parser.add_argument("--report", type=Path, metavar="FILE.json", help="write the counts, and FILE.html for people")  # fmt: skip
        parser.add_argument("--dry-run", action="store_true", help="report, and write nothing")
        parser.add_argument("--partial", action="store_true", help="of a damaged file, take what stands before the damage")  # fmt: skip
        parser.add_argument("--also", action="append", default=[], metavar="TYPE", help="bring items of this type as articles too")  # fmt: skip
        parser.add_argument("--map", type=Path, metavar="FILE.csv", help="what becomes of each category; --dry-run writes the table if there is none")  # fmt: skip
        parser.add_argument("--with-trash", action="store_true", help="bring what was in the bin, as drafts and rejected comments")  # fmt: skip
        parser.add_argument("--with-spam", action="store_true", help="bring comments that were marked as spam, as spam")  # fmt: skip

        parser.add_argument("--ask", type=int, default=100, metavar="NUMBER", help="how many old addresses to ask the site for at the end, besides looking all up (default: 100)")  # fmt: skip

    def handle(self, *_args: Any, **options: Any) -> None:
        now = datetime.now(UTC)
        foundation.lay(now=now)
        site = Site.objects.get(is_default_site=True)
        newspaper = Newspaper.objects.filter(site=site).first() or Newspaper()
        order = Order(
            file=options["file"],
            uploads=Uploads(options["media"]) if options["media"] else None,
            choices=Choices(
                now=now,
                article_types=frozenset(("post", *options["also"])),
                with_trash=options["with_trash"],
                with_spam=options["with_spam"],
            ),
            zone=zoneinfo.ZoneInfo(newspaper.time_zone),
            dry_run=options["dry_run"],
            partial=options["partial"],
            categories=options["map"],
            ask=options["ask"],
        )
        with override(newspaper.language):
            report = self._run(order)
        report_files.write(report, options["report"])
        self.stdout.write(summary.text(report))

    def _run(self, order: Order) -> Report:
        try:
            return Run(order, Display()).run()
        except InvalidExport as error:
            raise CommandError(f"{order.file}, {error} Nothing was imported.") from error
        except (UnusableTable, UnicodeDecodeError) as error:
            raise CommandError(f"{order.categories}, {error} Nothing was imported.") from error
        except OSError as error:
            raise CommandError(
                f"Can't read {error.filename or order.file}: {error.strerror}."
            ) from error
        except KeyboardInterrupt as error:
            raise CommandError(
                "Stopped. What is here stays; the same command goes on from here."
            ) from error
