"""Which newspaper a command is about: `--paper HOST`, as `broadsheet print` has it."""

from argparse import ArgumentParser
from collections.abc import Mapping
from typing import Any

from django.core.management.base import CommandError
from wagtail.models import Site

from .papers import UnknownPaper, at_host


def add_option(parser: ArgumentParser, what: str) -> None:
    """`what` the command does with it, for its help."""
    words = f"{what} the newspaper at this host name (the first otherwise)"
    parser.add_argument("--paper", metavar="HOST", default="", help=words)


def chosen(options: Mapping[str, Any]) -> Site:
    """The newspaper's site. Raises CommandError, one line that says which there are."""
    try:
        found = at_host(options["paper"])
    except UnknownPaper as error:
        raise CommandError(str(error)) from error
    if found is None:
        raise CommandError("There is no newspaper yet.")
    return found
