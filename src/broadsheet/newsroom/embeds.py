"""Which links can play in the page, in a frame that is made when the reader asks for it. Plain Python.

The addresses of frames are those that each service documents; of two, the one that sets no cookie before something plays.
"""

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit


@dataclass(frozen=True, slots=True)
class Player:
    """A service that plays things in frames."""

    source: str  # scheme and host of its frames, for the page's policy
    links: re.Pattern[str]  # what it plays; the group `id` goes into the address of the frame
    address: str  # of the frame, after `source`

    def frame_of(self, url: str) -> str:
        found = self.links.fullmatch(url)
        return self.source + self.address.format(quote(found["id"], safe="")) if found else ""


_YOUTUBE = r"https?://(?:(?:www\.|m\.)?youtube\.com/(?:watch\?(?:[^#]*&)?v=|shorts/|live/|embed/)|youtu\.be/)(?P<id>[\w-]{11})(?:[?&#/].*)?"
PLAYERS = (
    Player("https://www.youtube-nocookie.com", re.compile(_YOUTUBE), "/embed/{}"),
    Player(
        "https://player.vimeo.com",
        re.compile(r"https?://(?:www\.|player\.)?vimeo\.com/(?:video/)?(?P<id>\d+)(?:[?#/].*)?"),
        "/video/{}?dnt=1",
    ),
    Player(
        "https://archive.org",
        re.compile(
            r"https?://(?:www\.)?archive\.org/(?:details|embed)/(?P<id>[\w.-]+)(?:[?#/].*)?"
        ),
        "/embed/{}",
    ),
    Player(
        "https://w.soundcloud.com",
        re.compile(r"(?P<id>https?://(?:www\.|m\.)?soundcloud\.com/[\w-]+/[\w/-]+)(?:[?#].*)?"),
        "/player/?url={}",
    ),
)
FRAME_SOURCES = tuple(player.source for player in PLAYERS)


def frame_of(url: str) -> str:
    """The address of a frame that plays what is at `url`; "" where none does, and a link is all there is."""
    return next((found for player in PLAYERS if (found := player.frame_of(url))), "")


def host_of(url: str) -> str:
    """The host of an address, for a reader who wants to know where a link goes."""
    return (urlsplit(url).hostname or url).removeprefix("www.")
