"""What is written into the configurations of web servers that serve the folder themselves (nginx.py, caddy.py). Plain Python."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from . import policy

FEED_TYPES = {
    "feed.xml": "application/rss+xml; charset=utf-8",
    "atom.xml": "application/atom+xml; charset=utf-8",
    "feed.json": "application/feed+json",
}


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything is."""

    name: str  # the newspaper's host name
    listen: str  # "80", or an address with a port
    pages: Path
    static: Path
    media: Path
    application: str  # host:port of `broadsheet serve`
    redirects: Mapping[str, str]  # URL path → where it leads, for good
    page_caching: str = policy.PAGE_CACHING  # Cache-Control of printed pages
    hsts: int = 0  # seconds for which browsers shall come by TLS only (RFC 6797), once they have; 0: not said

    @property
    def transport_security(self) -> str:
        """The header's value; "" for none."""
        return f"max-age={self.hsts}" if self.hsts else ""


def quoted(value: str) -> str:
    """A string in nginx's and Caddy's quotes; neither substitutes variables in what we put there."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("$", "%24") + '"'
