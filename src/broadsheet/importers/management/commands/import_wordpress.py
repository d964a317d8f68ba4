"""`broadsheet import wordpress FILE`."""

import getpass
import os
import zoneinfo
from argparse import ArgumentTypeError
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from gzip import BadGzipFile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override

from broadsheet.importers import report_files, summary
from broadsheet.importers.from_old_site import Errand
from broadsheet.importers.from_wordpress import Order, Run
from broadsheet.importers.from_wordpress_comments import (
    NoSuchArchive,
    Wishes,
    archive_of,
    bring,
)
from broadsheet.importers.media import Uploads
from broadsheet.importers.old_host import rest
from broadsheet.importers.old_host.asking import OldHost, Unanswered
from broadsheet.importers.others.holdings import opened
from broadsheet.importers.progress import Display
from broadsheet.importers.records import CommentState
from broadsheet.importers.report import Report
from broadsheet.importers.wordpress import sqldump
from broadsheet.importers.wordpress.categories import UnusableTable
from broadsheet.importers.wordpress.export import Comment
from broadsheet.importers.wordpress.sqldump import DamagedDump
from broadsheet.importers.wordpress.translate import Choices
from broadsheet.importers.wordpress.wxr import InvalidExport
from broadsheet.newsroom import choosing, foundation, papers
from broadsheet.newsroom.models import Newspaper


def folder(text: str) -> Path:
    path = Path(text)
    if not path.is_dir():
        raise ArgumentTypeError(f"{text} is no folder.")
    return path


def _errand(options: dict[str, Any]) -> Errand:
    return Errand(
        OldHost(options["fetch"].rstrip("/"), allow_private=options["allow_private"]),
        settings.CONFIGURATION.folder / "moving-in",
        settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE,
    )


@contextmanager
def _old_comments(options: dict[str, Any]) -> Iterator[Iterable[tuple[int, Comment]]]:
    """From the old site itself, or from a dump of its database."""
    if options["sql"]:
        with opened(options["sql"]) as file:
            yield sqldump.read(file)
        return
    password = os.environ.get("BROADSHEET_WORDPRESS_PASSWORD") or getpass.getpass(
        f"Application password of {options['user']}: "
    )
    headers = rest.authorization(options["user"], password)
    address = options["url"].rstrip("/")
    if not (address.startswith("https://") or options["allow_private"]):
        raise Unanswered("a password goes over https:// only.")
    yield rest.comments(OldHost(address, headers, allow_private=options["allow_private"]))


class Command(BaseCommand):
    help = "Take over a WordPress export (WXR). Again adds what is new and changes nothing else."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.prog = "broadsheet import wordpress"
        parser.usage = (
            "%(prog)s FILE [--media DIR | --fetch ADDRESS | --no-media] [--report FILE.json] [options]\n"
            "       %(prog)s --url ADDRESS --user NAME [--report FILE.json] [options]\n"
            "       %(prog)s --sql DUMP [--report FILE.json] [options]"
        )
        parser.add_argument(
            "file", nargs="?", type=Path, metavar="FILE", help="the export, an .xml file"
        )
        choosing.add_option(parser, "bring it to")
        parser.add_argument("--url", metavar="ADDRESS", help="bring comments, and learn from spam, from the old site itself")  # fmt: skip
        parser.add_argument("--user", metavar="NAME", help="whose application password is asked for, or stands in BROADSHEET_WORDPRESS_PASSWORD")  # fmt: skip
        parser.add_argument("--sql", type=Path, metavar="DUMP", help="the same from a dump of its database, .sql or .sql.gz")  # fmt: skip
        parser.add_argument("--keep-spam", action="store_true", help="keep the texts of spam after the filter has learnt from them")  # fmt: skip
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
        media.add_argument("--fetch", metavar="ADDRESS", help="fetch photos and files from the old site at this address, three at a time")  # fmt: skip
        parser.add_argument("--allow-private", action="store_true", help="the old site may be in a private network")  # fmt: skip
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
        if sum(bool(options[name]) for name in ("file", "url", "sql")) != 1:
            raise CommandError("One of FILE, --url and --sql is required.")
        if options["url"] and not options["user"]:
            raise CommandError("--url needs --user: an administrator of the old site.")
        foundation.lay(now=now)
        site = choosing.chosen(options)
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
            errand=_errand(options) if options["fetch"] else None,
            ask=options["ask"],
        )
        with override(newspaper.language), papers.in_hand(site):
            report = (
                self._comments(options, now)
                if options["url"] or options["sql"]
                else self._run(order)
            )
        report_files.write(report, options["report"])
        self.stdout.write(summary.text(report))

    def _comments(self, options: dict[str, Any], now: datetime) -> Report:
        left_out = {
            *(() if options["with_spam"] else (CommentState.SPAM,)),
            *(() if options["with_trash"] else (CommentState.TRASHED,)),
        }
        wishes = Wishes(
            now, frozenset(left_out), keep_spam=options["keep_spam"], dry_run=options["dry_run"]
        )
        source = options["url"] or str(options["sql"])
        try:
            archive = archive_of(options["url"] or "")
            with _old_comments(options) as found:
                return bring(source, found, archive, wishes)
        except (NoSuchArchive, DamagedDump, Unanswered) as error:
            raise CommandError(f"{source}: {error}") from error
        except (EOFError, BadGzipFile) as error:
            raise CommandError(f"{source}: the file is damaged.") from error
        except OSError as error:
            raise CommandError(
                f"Can't read {error.filename or source}: {error.strerror}."
            ) from error

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
