"""The forms that a page is kept and sent in: plain, gzip, zstd, br. Plain Python."""

import enum
import zlib

import brotli
import zstandard


class Encoding(enum.StrEnum):
    """A content coding by its registered name (RFC 9110, RFC 9659); the best for text comes first."""

    BROTLI = "br"
    ZSTD = "zstd"
    GZIP = "gzip"
    IDENTITY = "identity"

    @property
    def suffix(self) -> str:
        """What a file in this form is called by, beyond the plain file's name."""
        return _SUFFIXES[self]


class Effort(enum.StrEnum):
    """How hard to press a page together."""

    FAST = "fast"  # at once, while a reader waits: under a millisecond for an article
    BEST = "best"  # later, when nobody waits: some 50 times slower, some 15 % smaller


_SUFFIXES = {
    Encoding.BROTLI: ".br",
    Encoding.ZSTD: ".zst",
    Encoding.GZIP: ".gz",
    Encoding.IDENTITY: "",
}
COMPRESSED = (Encoding.BROTLI, Encoding.ZSTD, Encoding.GZIP)
_WORTHWHILE = 256  # bytes; a smaller body gains nothing that a reader would notice
_LEVELS = {  # brotli quality, zstd level, zlib level
    Effort.FAST: (2, 1, 2),
    Effort.BEST: (11, 19, 9),
}


def compress(body: bytes, encoding: Encoding, effort: Effort) -> bytes:
    """`body` in one form. The same input always gives the same bytes (no time stamps)."""
    quality, zstd_level, zlib_level = _LEVELS[effort]
    match encoding:
        case Encoding.BROTLI:
            pressed: bytes = brotli.compress(body, mode=brotli.MODE_TEXT, quality=quality)
            return pressed
        case Encoding.ZSTD:
            return zstandard.ZstdCompressor(level=zstd_level).compress(body)
        case Encoding.GZIP:
            gzip = zlib.compressobj(zlib_level, zlib.DEFLATED, zlib.MAX_WBITS | 16)
            return gzip.compress(body) + gzip.flush()
        case Encoding.IDENTITY:
            return body


def forms(body: bytes, effort: Effort) -> dict[Encoding, bytes]:
    """`body` in each form that is worth keeping: always plain; compressed ones only where smaller."""
    kept = {Encoding.IDENTITY: body}
    if len(body) >= _WORTHWHILE:
        for encoding in COMPRESSED:
            compressed = compress(body, encoding, effort)
            if len(compressed) < len(body):
                kept[encoding] = compressed
    return kept
