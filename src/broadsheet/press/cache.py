"""Ready answers in memory, bounded in bytes, each checked against its file. Plain Python.

An entry is good while the store's token is unchanged, and for a second at most; then one `stat` tells whether the file
is still the same. Entries that nobody asked for since the last round go first when memory is needed.
"""

import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Protocol

from .encodings import Encoding
from .http import http_date, preferred_encoding
from .rsgi import Headers

Signature = tuple[int, int, int]
_CHECK_INTERVAL = 1.0  # seconds
_OVERHEAD = (
    3300  # bytes of memory that an entry takes beside its bodies, as tracemalloc counts them
)
_MAX_PREFERENCES = 500  # different Accept-Encoding headers remembered


class Document(Protocol):
    """Something with a URL, in one or several forms."""

    @property
    def status(self) -> int: ...
    @property
    def headers(self) -> Headers: ...
    @property
    def modified(self) -> float: ...  # seconds since 1970
    @property
    def encodings(self) -> Collection[Encoding]: ...
    def read(self, encoding: Encoding) -> tuple[bytes, str] | None:
        """The form and its digest; None if it is no longer there."""


class Source(Protocol):
    """Where documents come from."""

    def key(self, path: str) -> str:
        """What a document is remembered by: its URL path, behind the host name of a further newspaper."""

    def token(self) -> bytes:
        """Changes when any document may have."""

    def signature(self, path: str) -> Signature | None:
        """What changes when the document changes; None if there is none. Cheap, and raises nothing."""

    def load(self, path: str) -> Document | None: ...


@dataclass(frozen=True, slots=True)
class Answer:
    """All that is sent for one form of a document."""

    status: int
    headers: Headers
    body: bytes
    etag: str  # strong, with its quotes
    headers_of_304: Headers


@dataclass(slots=True)
class Entry:
    """A document in memory, with those answers that were asked for."""

    source: Source
    document: Document
    signature: Signature
    token: bytes
    good_until: float  # on the monotonic clock
    answers: dict[Encoding | None, Answer] = field(default_factory=dict)
    size: int = _OVERHEAD  # bytes
    used: bool = True


class Cache:
    """Entries by their sources' keys. `entries` may be read from any thread; everything else takes a lock."""

    def __init__(self, *, max_bytes: int, clock: Callable[[], float]) -> None:
        self.entries: dict[str, Entry] = {}
        self.preferences: dict[str | None, Encoding] = {}
        self._max_bytes = max_bytes
        self._bytes = 0
        self._clock = clock
        self._lock = threading.RLock()

    def preferred(self, accept: str | None) -> Encoding:
        """The form that a client likes best of all that there could be."""
        if len(self.preferences) >= _MAX_PREFERENCES:
            self.preferences.clear()
        encoding = preferred_encoding(accept, tuple(Encoding))
        self.preferences[accept] = encoding
        return encoding

    def answer(
        self, source: Source, path: str, accept: str | None
    ) -> tuple[Answer, Document] | None:
        """The answer that suits `Accept-Encoding`, from memory or from the file; None without a document.

        While a document is being replaced, it is what was there a moment ago.
        """
        former = self.entries.get(source.key(path))
        for _ in range(2):  # once more if the file changed while being read
            entry = self._current(source, path)
            if entry is None:
                return None
            answer = self._answer(source.key(path), entry, accept)
            if answer is not None:
                return answer, entry.document
        known = former and former.answers.get(self.preferred(accept))
        return (known, former.document) if former and known else None

    def _current(self, source: Source, path: str) -> Entry | None:
        key = source.key(path)
        token, now = source.token(), self._clock()  # before the file is looked at
        signature = source.signature(path)
        with self._lock:
            entry = self.entries.get(key)
            if entry is not None and entry.signature == signature:
                entry.token, entry.good_until = token, now + _CHECK_INTERVAL
                return entry
            self._forget(key)
        document = source.load(path) if signature is not None else None
        if document is None or signature is None:
            return None
        entry = Entry(source, document, signature, token, now + _CHECK_INTERVAL)
        with self._lock:
            self._forget(key)
            self.entries[key] = entry
            self._bytes += entry.size
        return entry

    def _answer(self, key: str, entry: Entry, accept: str | None) -> Answer | None:
        encoding = preferred_encoding(accept, entry.document.encodings)
        answer = entry.answers.get(encoding)
        if answer is None:
            form = entry.document.read(encoding)
            if form is None:
                self._forget(key)
                return None
            answer = _make_answer(entry.document, encoding, *form)
            self._keep(key, entry, encoding, answer)
        entry.answers[self.preferred(accept)] = answer
        return answer

    def _keep(self, key: str, entry: Entry, encoding: Encoding, answer: Answer) -> None:
        with self._lock:
            if self.entries.get(key) is entry and encoding not in entry.answers:
                entry.answers[encoding] = answer
                entry.size += len(answer.body)
                self._bytes += len(answer.body)
                self._make_room()

    def _make_room(self) -> None:
        while self._bytes > self._max_bytes and self.entries:
            key, entry = next(iter(self.entries.items()))
            if entry.used:  # a second chance, at the end of the queue
                entry.used = False
                self.entries[key] = self.entries.pop(key)
            else:
                self._forget(key)

    def _forget(self, key: str) -> None:
        with self._lock:
            entry = self.entries.pop(key, None)
            if entry is not None:
                self._bytes -= entry.size


def _make_answer(document: Document, encoding: Encoding, body: bytes, digest: str) -> Answer:
    etag = f'"{digest}"'
    lasting = [*document.headers, ("etag", etag), ("vary", "accept-encoding")]
    own = [("last-modified", http_date(document.modified))]  # a 304 tells the tag alone (15.4.5)
    if encoding is not Encoding.IDENTITY:
        own.append(("content-encoding", encoding.value))
    short = [header for header in lasting if header[0] not in {"content-type", "location"}]
    return Answer(document.status, lasting + own, body, etag, short)
