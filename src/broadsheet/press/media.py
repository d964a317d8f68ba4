"""Photos and other uploads, sent from their folder, in ranges when asked; nothing in it can run. Plain Python."""

from dataclasses import dataclass
from pathlib import Path

from . import policy
from .documents import file_below
from .http import (
    UnsatisfiableRange,
    byte_range,
    http_date,
    is_not_modified,
    range_still_applies,
)
from .mediatypes import UNKNOWN, type_of_upload
from .rsgi import Exchange, Headers, Scope

PRIVATE = ("documents", "original_images")  # folders that only Django hands out


@dataclass(frozen=True, slots=True)
class Media:
    """The folder of uploads. Documents may be for some readers only; original photos tell where they were taken."""

    root: Path
    prefix: str
    private: tuple[str, ...] = PRIVATE

    def file(self, path: str) -> Path | None:
        """The file of a URL path; None if there is none for the public."""
        relative = path.removeprefix(self.prefix)
        if relative.partition("/")[0] in self.private:
            return None
        return file_below(self.root, relative)

    def send(self, file: Path, scope: Scope, proto: Exchange) -> None:
        """Answer a GET or HEAD with `file`, or with that part of it that was asked for."""
        status = file.stat()
        length, modified = status.st_size, status.st_mtime
        etag = f'"{status.st_mtime_ns:x}-{length:x}"'
        headers = _headers(file, etag=etag, modified=modified)
        asked = scope.headers
        if is_not_modified(
            if_none_match=asked.get("if-none-match"),
            if_modified_since=asked.get("if-modified-since"),
            etag=etag,
            modified=modified,
        ):
            proto.response_empty(304, headers)
            return
        applies = range_still_applies(asked.get("if-range"), etag=etag, modified=modified)
        try:
            part = byte_range(asked.get("range"), length) if applies else None
        except UnsatisfiableRange:
            proto.response_empty(416, [*headers, ("content-range", f"bytes */{length}")])
            return
        sent = part.end - part.start if part else length
        headers.append(("content-length", str(sent)))
        if part:
            headers.append(("content-range", part.content_range(length)))
        code = 206 if part else 200
        if scope.method == "HEAD" or not sent:
            proto.response_empty(code, headers)
        elif part:
            proto.response_file_range(code, headers, str(file), part.start, part.end)
        else:
            proto.response_file(code, headers, str(file))


def _headers(file: Path, *, etag: str, modified: float) -> Headers:
    media_type = type_of_upload(file.name)
    pdf = media_type == "application/pdf"
    headers = policy.media_headers(
        content_security_policy=policy.PDF_POLICY if pdf else policy.MEDIA_POLICY
    )
    if media_type == UNKNOWN:
        headers.append(("content-disposition", "attachment"))
    return [
        ("content-type", media_type),
        ("cache-control", policy.MEDIA_CACHING),
        ("etag", etag),
        ("last-modified", http_date(modified)),
        ("accept-ranges", "bytes"),
        *headers,
    ]
