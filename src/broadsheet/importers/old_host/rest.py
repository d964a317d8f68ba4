"""Comments by WordPress's REST interface, with an application password: also those that an export leaves out. Plain Python.

Reference: https://developer.wordpress.org/rest-api/reference/comments/. `?rest_route=` works whatever the permalinks are.
"""

import json
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC
from typing import Any, Final
from urllib.parse import urlencode

from broadsheet.importers.wordpress.dates import moment
from broadsheet.importers.wordpress.export import Comment

from .asking import OldHost, Unanswered

STATUSES: Final = ("approve", "hold", "spam", "trash")  # as the interface is asked
_APPROVED: Final = {"approved": "1", "approve": "1", "hold": "0"}  # as the database keeps it
_AT_ONCE: Final = 100  # the interface's own limit
_LARGEST: Final = 64 * 1024**2  # bytes of one answer

PostComment = tuple[int, Comment]  # the number of the post that it stands below


def authorization(user: str, password: str) -> dict[str, str]:
    """The header that an application password goes in; WordPress shows it in groups of four."""
    pair = f"{user}:{''.join(password.split())}".encode()
    return {"Authorization": f"Basic {b64encode(pair).decode()}"}


def comments(host: OldHost) -> Iterator[PostComment]:
    """All comments of every status, each status oldest first. Raises Unanswered."""
    for status in STATUSES:
        page, seen = 1, set[int]()
        while found := _page(host, status, page):
            for written in found:
                comment = _comment(written)
                if comment.id not in seen:  # what is deleted there meanwhile moves the pages
                    yield _number(written.get("post")), comment
            seen = {_number(written.get("id")) for written in found}
            if len(found) < _AT_ONCE:
                break
            page += 1


def _page(host: OldHost, status: str, page: int) -> list[dict[str, Any]]:
    asked = {
        "rest_route": "/wp/v2/comments",
        "context": "edit",
        "status": status,
        "orderby": "id",
        "order": "asc",
        "per_page": _AT_ONCE,
        "page": page,
    }
    try:
        answer = host.get(f"{host.address}/?{urlencode(asked)}", max_bytes=_LARGEST)
        found = json.loads(answer.body)
    except Unanswered as error:
        if error.status == 400 and page > 1:  # behind the last page
            return []
        if error.status in {401, 403}:
            raise Unanswered("it does not take this user and password", error.status) from error
        raise
    except (ValueError, RecursionError) as error:
        raise Unanswered("its answer is no JSON") from error
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise Unanswered("its answer is no list of comments")
    return found


def _comment(written: dict[str, Any]) -> Comment:
    content = written.get("content")
    content = content if isinstance(content, dict) else {}
    status = str(written.get("status", ""))
    return Comment(
        id=_number(written.get("id")),
        parent=_number(written.get("parent")),
        author=_text(written, "author_name"),
        email=_text(written, "author_email"),
        url=_text(written, "author_url"),
        address=_text(written, "author_ip"),
        written_at=moment(gmt=_text(written, "date_gmt"), local="", zone=UTC),
        text=str(content.get("raw") or content.get("rendered") or ""),
        approved=_APPROVED.get(status, status),
        type=_text(written, "type") or "comment",
        user_agent=_text(written, "author_user_agent"),
    )


def _text(written: dict[str, Any], name: str) -> str:
    value = written.get(name)
    return value.strip() if isinstance(value, str) else ""


def _number(value: object) -> int:
    return value if isinstance(value, int) and 0 <= value < 10**18 else 0
