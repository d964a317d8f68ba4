"""Which type a file is sent with. Plain Python; the same on every machine, unlike the system's table."""

from pathlib import PurePosixPath

# What a browser may show. Everything else is handed over for saving.
SHOWN = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".ico": "image/x-icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".m4a": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".oga": "audio/ogg",
    ".ogg": "audio/ogg",
    ".ogv": "video/ogg",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wav": "audio/wav",
    ".webm": "video/webm",
    ".webp": "image/webp",
}
# What the application's own pages are made of, besides.
_STATIC = {
    ".css": "text/css; charset=utf-8",
    ".htm": "text/html; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".map": "application/json; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml; charset=utf-8",
}
UNKNOWN = "application/octet-stream"


def type_of(name: str) -> str:
    """The type of one of the application's own files."""
    suffix = _suffix(name)
    return SHOWN.get(suffix) or _STATIC.get(suffix, UNKNOWN)


def type_of_upload(name: str) -> str:
    """The type of a file that others uploaded: one that is safe to show, or "application/octet-stream"."""
    return SHOWN.get(_suffix(name), UNKNOWN)


def is_text(media_type: str) -> bool:
    """Whether compressing helps."""
    return media_type.startswith(("text/", "application/json", "application/xml", "image/svg"))


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()
