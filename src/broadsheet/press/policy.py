"""The headers that go with every answer: what a page may do in a browser, and how long it may be kept. Plain Python."""

import re
from collections.abc import Iterable

from broadsheet.newsroom.embeds import FRAME_SOURCES

from .rsgi import Headers

_COMMON = (
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "strict-origin-when-cross-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)
_FRAMES = " ".join(FRAME_SOURCES)
# Readers' pages: this host's own files and nothing inline, so that injected markup has nothing to run. Frames only of the
# services whose players a reader may ask for.
READERS_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; "
    f"frame-src {_FRAMES}; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
# The editor is Wagtail's: it has inline scripts and styles, previews in frames, and blob: images while cropping.
EDITORS_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; object-src 'none'; base-uri 'self'; "
    f"frame-src 'self' {_FRAMES}; "
    "form-action 'self'; frame-ancestors 'self'"
)
# What others uploaded never runs, whatever it is.
MEDIA_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"
PDF_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'"  # viewers fail in a sandbox
)


def policy_of_copy(application: str, *, searches: bool) -> str:
    """What a page of a static copy asks browsers for by itself: readers' policy, and forms that lead to the `application`.

    `searches`: the page runs Pagefind. A page can't say who may frame it; that is for its host to say.
    """
    policy = READERS_POLICY.replace("form-action 'self'", f"form-action 'self' {application}")
    if searches:
        policy = policy.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
    return policy.replace("; frame-ancestors 'none'", "")


EDITORS_PATH = "/editor/"


def page_caching(keep: int) -> str:
    """Cache-Control of a printed page, which caches between keep for `keep` seconds without asking.

    A browser asks each time (a 304 costs it little), so that a comment is seen at once; caches between may answer with what
    they have while they ask, and for a day while nobody answers them (RFC 5861).
    """
    return f"public, max-age=0, s-maxage={keep}, stale-while-revalidate=60, stale-if-error=86400"


PAGE_CACHING = page_caching(5)
IMMUTABLE_CACHING = "public, max-age=31536000, immutable"
MEDIA_CACHING = "public, max-age=86400"
STATIC_CACHING = "public, max-age=300"


# `/?p=12`: the front page's path, but an address of an article on the site that this one followed
_OLD_ADDRESS = re.compile(r"(?:^|&)(?:p|page_id|attachment_id|cat|category_name|tag|m|feed)=")


def asks_for_an_old_address(query: str) -> bool:
    """Is this query of the front page one that a redirect may know?"""
    return bool(query) and _OLD_ADDRESS.search(query) is not None


def security_headers(path: str) -> Headers:
    """What every answer to `path` carries."""
    policy = EDITORS_POLICY if path.startswith(EDITORS_PATH) else READERS_POLICY
    return [("content-security-policy", policy), *_COMMON]


def media_headers(*, content_security_policy: str) -> Headers:
    return [("content-security-policy", content_security_policy), *_COMMON]


def with_security(headers: Iterable[tuple[str, str]], path: str) -> Headers:
    """`headers` and those security headers that they don't set themselves."""
    headers = list(headers)
    named = {name.lower() for name, _ in headers}
    return headers + [header for header in security_headers(path) if header[0] not in named]
