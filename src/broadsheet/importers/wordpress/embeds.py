"""Other sites' players and posts: which addresses WordPress turns into a frame. Plain Python.

Providers: those of WordPress's `WP_oEmbed`, by host. A reader here gets a card that loads nothing by itself.
"""

import re
from typing import Final
from urllib.parse import parse_qs, urlsplit

HOSTS: Final = frozenset(
    (
        *("youtube.com", "youtu.be", "youtube-nocookie.com", "vimeo.com", "dailymotion.com"),
        *("dai.ly", "flickr.com", "flic.kr", "smugmug.com", "scribd.com"),
        *("twitter.com", "x.com", "soundcloud.com", "spotify.com", "imgur.com"),
        *("issuu.com", "mixcloud.com", "ted.com", "animoto.com", "video214.com"),
        *("wordpress.tv", "videopress.com", "reddit.com", "tiktok.com", "bsky.app"),
        *("pinterest.com", "facebook.com", "fb.watch", "instagram.com", "kickstarter.com"),
        *("crowdsignal.com", "polldaddy.com", "poll.fm", "speakerdeck.com", "someecards.com"),
        *("tumblr.com", "reverbnation.com", "wolframcloud.com", "amazon.com", "archive.org"),
        *("podcasts.apple.com", "anchor.fm", "pca.st", "vine.co", "slideshare.net"),
        *("codepen.io", "gist.github.com"),
    )
)
SHORTCODES: Final = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "dailymotion": "https://www.dailymotion.com/video/{}",
    "soundcloud": "https://soundcloud.com/{}",
    "instagram": "https://www.instagram.com/p/{}/",
    "tweet": "https://twitter.com/i/status/{}",
    "twitter": "https://twitter.com/i/status/{}",
    "ted": "https://www.ted.com/talks/{}",
    "wpvideo": "https://videopress.com/v/{}",
    "videopress": "https://videopress.com/v/{}",
    "facebook": "https://www.facebook.com/{}",
    "tiktok": "https://www.tiktok.com/{}",
    "gist": "https://gist.github.com/{}",
}
_ADDRESS_ALONE: Final = re.compile(r"https?://[^\s<>\"]+")
_FRAMES: Final = (
    (
        re.compile(r"(?:www\.)?youtube(?:-nocookie)?\.com/embed/([\w-]{6,20})"),
        SHORTCODES["youtube"],
    ),
    (re.compile(r"player\.vimeo\.com/video/(\d{1,12})"), SHORTCODES["vimeo"]),
    (
        re.compile(r"(?:www\.|geo\.)?dailymotion\.com/embed/video/(\w{4,12})"),
        SHORTCODES["dailymotion"],
    ),
    (re.compile(r"open\.spotify\.com/embed/(.{3,80})"), "https://open.spotify.com/{}"),
    (re.compile(r"videopress\.com/embed/(\w{4,12})"), SHORTCODES["videopress"]),
)


def address_at(service: str, said: str) -> str:
    """`[youtube abc]` and `[youtube https://…]` mean the same."""
    return said if said.startswith(("http://", "https://")) else SHORTCODES[service].format(said)


def is_known(url: str) -> bool:
    """Does WordPress show a frame for this address when it stands alone?"""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return False
    labels = host.removeprefix("www.").split(".")
    return any(".".join(labels[start:]) in HOSTS for start in range(len(labels)))


def address_alone(text: str) -> str:
    """The address when a paragraph's text is nothing else, or ""."""
    text = text.strip()
    return text if _ADDRESS_ALONE.fullmatch(text) else ""


def address_of_frame(source: str) -> str:
    """What an `<iframe>` shows, as an address that a reader can open."""
    source = f"https:{source}" if source.startswith("//") else source
    if not source.startswith(("http://", "https://")):
        return ""
    rest = source.partition("://")[2]
    for pattern, template in _FRAMES:
        if found := pattern.match(rest):
            return template.format(found[1].partition("?")[0])
    if "facebook.com/plugins/" in rest or "w.soundcloud.com/player" in rest:
        inner = parse_qs(urlsplit(source).query)
        return (inner.get("href") or inner.get("url") or [source])[0]
    return source
