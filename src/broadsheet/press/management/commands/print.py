"""`broadsheet print`: what was ordered, everything, or a static site."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from wagtail.models import Site

from broadsheet.newsroom import papers
from broadsheet.newsroom.papers import UnknownPaper
from broadsheet.press import edition, static_site, worker
from broadsheet.press.files import StorageFull
from broadsheet.press.static_site import NoIndex


class Command(BaseCommand):
    help = "Prints what was ordered; with --all every page anew; with --all --to DIR a static site."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="every page, ordered or not")
        parser.add_argument("--to", type=Path, metavar="DIR", help="a folder for a static host")
        parser.add_argument(
            "--paper",
            metavar="HOST",
            help="the newspaper at this host name alone (with --all; a static site is the first's otherwise)",
        )
        parser.add_argument(
            "--processes",
            type=int,
            default=max(2, os.cpu_count() or 2),
            help="how many print at once (default: one for each core, 2 at least)",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        now = timezone.now()  # noqa: TID251, the edge
        if options["to"] and not options["all"]:
            raise CommandError("A static site is always whole: broadsheet print --all --to DIR")
        if options["paper"] and not options["all"]:
            raise CommandError("One paper is printed whole: broadsheet print --all --paper HOST")
        try:
            if not options["all"]:
                printed = worker.run_pending(limit=1_000_000, now=now)
                self.stdout.write(f"{printed} pages printed.")
                return
            paper = papers.at_host(options["paper"]) if options["paper"] else None
            self._print_all(options["to"], paper, options["processes"], now)
        except (StorageFull, UnknownPaper, NoIndex) as error:
            raise CommandError(str(error)) from error

    def _print_all(self, folder: Path | None, paper: Site | None, processes: int, now: Any) -> None:
        columns = (TextColumn("Printing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, transient=True) as bar:
            task = bar.add_task("Printing", total=None)

            def progress(done: int, total: int) -> None:
                bar.update(task, completed=done, total=total)

            if folder is not None:
                with papers.in_hand(paper):
                    site = static_site.write(folder, processes=processes, progress=progress)
                printed, has_search = site.edition, site.has_search
            else:
                printed = edition.print_everything(
                    processes=processes, progress=progress, now=now, of=paper
                )
                has_search = True  # Django's
        self.stdout.write(f"{printed.pages} pages are printed.")
        if not has_search:
            self.stdout.write(
                "Its search leads to the site's address. For one of its own: pip install 'broadsheet[static]'"
            )
        if printed.failed:
            raise CommandError(
                f"{len(printed.failed)} pages failed, the first at {printed.failed[0]}; the log says why."
            )
