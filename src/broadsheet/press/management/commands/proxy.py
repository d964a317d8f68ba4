"""`broadsheet proxy nginx|caddy`: a configuration to put in front, printed to standard output."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand

from broadsheet.press import proxies
from broadsheet.press.proxies import Layout
from broadsheet.press.store import PageStore
from broadsheet.press.worker import store


class Command(BaseCommand):
    help = "Writes a configuration of nginx or Caddy that serves the printed pages itself."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("server", choices=["nginx", "caddy"])
        parser.add_argument("--listen", default="80", help="nginx's listen (default: 80)")

    def handle(self, *_args: Any, **options: Any) -> None:
        configuration = settings.CONFIGURATION
        layout = Layout(
            name=urlsplit(settings.PUBLIC_ADDRESS).hostname or "localhost",
            listen=options["listen"],
            pages=configuration.pages.resolve(),
            static=Path(settings.STATIC_ROOT).resolve(),
            media=Path(settings.MEDIA_ROOT).resolve(),
            application=f"{configuration.host}:{configuration.port}",
            redirects=redirects(store()),
        )
        write = proxies.nginx if options["server"] == "nginx" else proxies.caddy
        self.stdout.write(write(layout))


def redirects(pages: PageStore) -> dict[str, str]:
    """Every printed redirect: URL path → target."""
    found = {path: pages.find(path) for path in pages.paths()}
    return {path: page.location for path, page in found.items() if page and page.location}
