"""The Akismet REST API's format: requests to calls, results to answers. Plain Python.

Bodies are exact, without a newline; logical errors are answered with status 200 and `invalid`, because that is what its
clients understand.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from broadsheet.spam import Submission

from . import forms

LARGEST_BODY = 1_000_000  # bytes; a comment of 64 KB, sent twice and percent-encoded, fits
PATH = re.compile(r"/1\.[12]/([a-z-]{1,40})/?")
KEY = re.compile(r"[a-z0-9]{12}")
THANKS = "Thanks for making the web a better place."
GUARANTEED_SPAM_AUTHORS = frozenset({"akismet-guaranteed-spam", "viagra-test-123"})
GUARANTEED_SPAM_EMAIL = "akismet-guaranteed-spam@example.com"
TEXT = "text/plain; charset=utf-8"
JSON = "application/json; charset=utf-8"
CSV = "text/csv; charset=utf-8"


class Method(StrEnum):
    """What can be asked. The last two are what WordPress's own settings page asks besides."""

    VERIFY_KEY = "verify-key"
    COMMENT_CHECK = "comment-check"
    SUBMIT_SPAM = "submit-spam"
    SUBMIT_HAM = "submit-ham"
    USAGE_LIMIT = "usage-limit"
    KEY_SITES = "key-sites"
    DEACTIVATE = "deactivate"
    TEST = "test"
    GET_SUBSCRIPTION = "get-subscription"
    GET_STATS = "get-stats"


READABLE = frozenset({Method.USAGE_LIMIT, Method.KEY_SITES, Method.TEST})  # by GET, too
FROM_DATABASE = frozenset({Method.KEY_SITES, Method.GET_STATS})
_METHODS = {method.value: method for method in Method}


class MissingField(ValueError):
    """A field that must be there is absent or empty."""

    def __init__(self, field: str) -> None:
        super().__init__(f'Empty "{field}" value')
        self.field = field


@dataclass(frozen=True, slots=True)
class Request:
    """An HTTP request, as much as the format looks at."""

    verb: str  # GET, POST, …
    path: str
    query: str = ""
    host: str = ""  # with the port, as sent
    content_type: str = ""
    body: bytes = b""
    address: str = ""  # of the caller, for the rate limit


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer. Header names as the original service writes them."""

    body: str
    status: int = 200
    content_type: str = TEXT
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Call:
    """A request for one of the methods, decoded but not yet judged."""

    method: Method
    key: str  # "" when none was given
    fields: Mapping[str, str]
    context: tuple[str, ...] = ()  # comment_context, however it was sent

    @property
    def site(self) -> str:
        """`blog` as an address to compare: "example.org/blog"."""
        return site_of(self.fields.get("blog", ""))

    @property
    def is_test(self) -> bool:
        return is_true(self.fields.get("is_test", ""))

    @property
    def guid(self) -> str:
        """The X-akismet-guid that a client remembered, or ""."""
        fields = self.fields
        return (fields.get("akismet_guid") or fields.get("guid") or "")[:64]

    def require(self, *names: str) -> None:
        """Raises MissingField for the first of `names` that is absent or empty."""
        for name in names:
            if not self.fields.get(name, "").strip():
                raise MissingField(name)

    def submission(self) -> Submission:
        """What the filter judges."""
        fields = self.fields
        return Submission(
            text=fields.get("comment_content", ""),
            author=fields.get("comment_author", "")[:500],
            author_email=fields.get("comment_author_email", "")[:500],
            author_url=fields.get("comment_author_url", "")[:2000],
            user_agent=fields.get("user_agent", "")[:500],
            referrer=fields.get("referrer", "")[:2000],
            site_lang=language_tag(fields.get("blog_lang", "")),
            article=", ".join(self.context)[:2000],
            honeypot_filled=self._honeypot_filled(),
            sent_at=posix_seconds(fields.get("comment_date_gmt", "")),
        )

    def _honeypot_filled(self) -> bool:
        named = self.fields.get("honeypot_field_name", "")
        return any(self.fields.get(name, "").strip() for name in (named, "POST_ak_hp_textarea"))

    def guaranteed(self) -> bool | None:
        """The verdict that a test mode asks for: spam, not spam, or None when the filter is asked."""
        fields = self.fields
        if fields.get("comment_author", "").strip().lower() in GUARANTEED_SPAM_AUTHORS:
            return True
        if fields.get("comment_author_email", "").strip().lower() == GUARANTEED_SPAM_EMAIL:
            return True
        return False if "administrator" in fields.get("user_role", "").split(",") else None


def method_of(path: str) -> Method | None:
    """The method that `path` names; None for one that does not exist."""
    found = PATH.fullmatch(path)
    return _METHODS.get(found[1]) if found else None


def decode(request: Request, method: Method) -> Call:
    """The call in `request`, its form and its address both looked at. Raises forms.MalformedForm."""
    sent = forms.urlencoded(request.query.encode("latin-1", "replace")) if request.query else []
    charset = ""
    if request.verb == "POST":
        sent += forms.pairs(request.body, request.content_type)
        charset = forms.charset_of(request.content_type)
    names = dict(sent)
    codec = forms.codec(names.get(b"blog_charset", b"").decode("ascii", "replace") or charset)
    fields: dict[str, str] = {}
    context: list[str] = []
    for name, value in sent:
        key, content = forms.text(name, codec), forms.text(value, codec)
        if key.partition("[")[0] == "comment_context":
            context.append(content)
        else:
            fields[key] = content
    return Call(method, _key(method, fields, request.host), fields, tuple(context[:50]))


def _key(method: Method, fields: Mapping[str, str], host: str) -> str:
    if method is Method.VERIFY_KEY:  # the key to be verified comes before the one in use
        given = fields.get("key") or fields.get("api_key") or ""
        return given.strip().lower()
    given = fields.get("api_key") or fields.get("key") or ""
    label = host.partition(".")[0].lower()
    return given.strip().lower() or (label if KEY.fullmatch(label) else "")


def site_of(blog: str) -> str:
    """A site's address without scheme, user, query and final slash: "example.org/blog". "" when it is none."""
    address = blog.strip()[:2000].partition("#")[0].partition("?")[0]
    scheme, separator, rest = address.partition("://")
    if separator and scheme.lower() not in {"http", "https"}:
        return ""
    host, slash, path = (rest if separator else address).partition("/")
    host = host.rpartition("@")[2].lower().rstrip(".")
    if not host or " " in host or not host.isprintable():
        return ""
    return (host + slash + path).rstrip("/")[:255]


def is_true(value: str) -> bool:
    """A flag as PHP, Python and JavaScript write it."""
    return value.strip().lower() not in {"", "0", "false", "no", "off"}


def language_tag(blog_lang: str) -> str:
    """The first language of `en_GB, fr_ca` as a BCP 47 tag: "en-GB"."""
    first = blog_lang.partition(",")[0].strip().replace("_", "-")[:35]
    language, hyphen, region = first.partition("-")
    return f"{language.lower()}{hyphen}{region.upper() if len(region) == 2 else region}"


def posix_seconds(iso_8601: str) -> float | None:
    """A time such as `2026-03-14T12:00:00Z`, taken for UTC where it does not say; None when it is none."""
    try:
        moment = datetime.fromisoformat(iso_8601.strip()[:40])
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None


def verdict(*, is_spam: bool, guid: str, discard: bool = False) -> Answer:
    """The answer to comment-check. `discard`: spam that nobody needs to look at."""
    headers = [("X-akismet-guid", guid)]
    if is_spam and discard:
        headers.append(("X-akismet-pro-tip", "discard"))
    return Answer("true" if is_spam else "false", headers=tuple(headers))


def invalid(debug_help: str = "") -> Answer:
    """A wrong key, or a call that lacks something: status 200, because clients take anything else for an outage."""
    printable = "".join(c if " " <= c <= "~" else "?" for c in debug_help[:200])
    return Answer("invalid", headers=(("X-akismet-debug-help", printable),) if debug_help else ())


def malformed(debug_help: str) -> Answer:
    """No form at all."""
    return replace(invalid(debug_help), status=400)


def come_back(*, seconds: int, reason: str, status: int = 429) -> Answer:
    """Not now: clients hold the comment and ask again."""
    return Answer(
        "", status, headers=(("Retry-After", str(max(1, seconds))), ("X-akismet-error", reason))
    )


def as_json(content: object) -> Answer:
    return Answer(json.dumps(content, ensure_ascii=False), content_type=JSON)


def usage_limit(*, limit: int | None, usage: int, extended: bool) -> Answer:
    """The answer to usage-limit; a key without a limit has used 0 % of it."""
    percentage = 100 * usage / limit if limit else 0.0 if limit is None else 100.0
    content: dict[str, object] = {
        "limit": "none" if limit is None else limit,
        "usage": usage,
        "percentage": f"{percentage:.2f}",
        "throttled": limit is not None and usage >= limit,
    }
    if extended:
        level = "over" if percentage >= 100 else "near" if percentage >= 80 else "none"
        content |= {"notice_level": level, "upgrade": None}
    return as_json(content)


def subscription(*, account: int) -> Answer:
    """The answer to get-subscription: without one, WordPress's settings page takes the key for invalid."""
    return as_json(
        {
            "account_id": account,
            "account_name": "broadsheet",
            "account_type": "broadsheet",
            "status": "active",
            "next_billing_date": False,
            "limit_reached": False,
        }
    )
