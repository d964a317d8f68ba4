"""`broadsheet demonstration`: make the demonstration newspaper, or take it out again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from broadsheet.web.demonstration import load


class Command(BaseCommand):
    help = "Make the demonstration newspaper: articles, pictures and readers' comments."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--remove", action="store_true", help="Take it out again.")

    def handle(self, *_args: Any, remove: bool, **_options: Any) -> None:
        if remove:
            done = load.remove()
            self.stderr.write("Removed." if done else "There is no demonstration here.")
        else:
            done = load.create(timezone.now())  # noqa: TID251, the edge
            self.stderr.write("Created." if done else "It is there already.")
