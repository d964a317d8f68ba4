"""`broadsheet proxy nginx|caddy|varnish`: a configuration to put in front, printed to standard output."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand
from wagtail.models import Site

from broadsheet.comments.addresses import base_of
from broadsheet.newsroom import papers
from broadsheet.press import folders, policy, worker
from broadsheet.press.caddy import caddy
from broadsheet.press.nginx import nginx
from broadsheet.press.proxies import Layout
from broadsheet.press.store import PageStore
from broadsheet.press.varnish import varnish

HALF_A_YEAR = 15_552_000  # seconds


class Command(BaseCommand):
    help = "Writes a configuration of nginx or Caddy that serves the printed pages itself, or of Varnish, in front of nodes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("server", choices=["nginx", "caddy", "varnish"])
        parser.add_argument("--listen", default="80", help="nginx's listen (default: 80)")
        parser.add_argument(
            "--hsts",
            type=int,
            help="seconds for which browsers come by TLS only (default: half a year if the site's address is https, else 0)",
        )
        parser.add_argument("--node", action="append", help="for Varnish: each node's host:port")
        parser.add_argument("--purger", action="append", help="for Varnish: who may purge")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["server"] == "varnish":
            application = f"{settings.CONFIGURATION.host}:{settings.CONFIGURATION.port}"
            nodes, purgers = options["node"] or [application], options["purger"] or ["localhost"]
            self.stdout.write(varnish(nodes, purgers))
            return
        first, further = papers.by_host()
        layouts = [_layout(worker.store(), first, options)] + [
            _layout(folders.store_of(worker.store(), host, site), site, options)
            for host, site in further.items()
        ]
        write = nginx if options["server"] == "nginx" else caddy
        self.stdout.write(write(*layouts))


def _layout(pages: PageStore, site: Site | None, options: dict[str, Any]) -> Layout:
    """Of one newspaper."""
    configuration = settings.CONFIGURATION
    address = urlsplit(base_of(site))
    hsts = HALF_A_YEAR if address.scheme == "https" else 0
    return Layout(
        name=address.hostname or "localhost",
        listen=options["listen"],
        pages=pages.root.resolve(),
        static=Path(settings.STATIC_ROOT).resolve(),
        media=Path(settings.MEDIA_ROOT).resolve(),
        application=f"{configuration.host}:{configuration.port}",
        hsts=hsts if options["hsts"] is None else options["hsts"],
        page_caching=policy.page_caching(configuration.cdn.keep),
        redirects=redirects(pages),
    )


def redirects(pages: PageStore) -> dict[str, str]:
    """Every printed redirect: URL path → target."""
    found = {path: pages.find(path) for path in pages.paths()}
    return {path: page.location for path, page in found.items() if page and page.location}
