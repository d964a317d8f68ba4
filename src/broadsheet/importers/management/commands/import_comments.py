"""`broadsheet import disqus FILE`, and its like for Isso, Remark42 and Commento."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser

from broadsheet.importers import from_comment_systems, report_files, summary
from broadsheet.importers.from_comment_systems import Wishes
from broadsheet.importers.others import commento, disqus, isso, remark42
from broadsheet.importers.others.holdings import Threads, UnreadableSource
from broadsheet.importers.records import CommentState
from broadsheet.newsroom import choosing, foundation, papers

SYSTEMS: Final[dict[str, Callable[[Path], Threads]]] = {
    "disqus": disqus.read,
    "isso": isso.read,
    "remark42": remark42.read,
    "commento": commento.read,
}


class Command(BaseCommand):
    help = "Take over the comments of another system, below the pages that their addresses lead to."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.prog = "broadsheet import"
        parser.add_argument("system", choices=SYSTEMS)
        parser.add_argument(
            "file", type=Path, metavar="FILE", help="the export, backup or database"
        )
        choosing.add_option(parser, "bring them to")
        parser.add_argument("--report", type=Path, metavar="FILE.json", help="write the counts, and FILE.html for people")  # fmt: skip
        parser.add_argument("--dry-run", action="store_true", help="report, and write nothing")
        parser.add_argument("--with-trash", action="store_true", help="bring deleted comments, as rejected")  # fmt: skip
        parser.add_argument("--with-spam", action="store_true", help="bring spam, as spam")

    def handle(self, *_args: Any, **options: Any) -> None:
        now = datetime.now(UTC)
        foundation.lay(now=now)
        left_out = {
            *(() if options["with_spam"] else (CommentState.SPAM,)),
            *(() if options["with_trash"] else (CommentState.TRASHED,)),
        }
        wishes = Wishes(now, frozenset(left_out), dry_run=options["dry_run"])
        file, system, paper = options["file"], options["system"], choosing.chosen(options)
        try:
            # read to the end before anything is written: a damaged file brings nothing
            threads = list(SYSTEMS[system](file))
            with papers.in_hand(paper):
                report = from_comment_systems.bring(system, file, threads, wishes)
        except UnreadableSource as error:
            raise CommandError(f"{file}: {error} Nothing was imported.") from error
        except OSError as error:
            raise CommandError(f"Can't read {error.filename or file}: {error.strerror}.") from error
        report_files.write(report, options["report"])
        self.stdout.write(summary.text(report))
