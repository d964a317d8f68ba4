"""An author erases a comment; then nothing of it is in any file of the site's folder, compressed or not."""

import gzip
import http.client
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import brotli
import pytest
import zstandard

from tests.journeys.served import Served

TRACES = {
    "author": "Zerafina Quillfeather",
    "email": "zerafina@quillfeather.example",
    "web_address": "https://zerafina.example/xylophones",
    "text": "Nobody else writes of glockenspiels and marimbas in one sentence. " * 30,
}
ANSWER = {"author": "Jo", "email": "jo@mail.example", "text": "Well said."}
APPEALED, EDITED = "An appeal to the vibraphone.", "Celestas were meant, not glockenspiels."
STRINGS = (
    *("Zerafina", "Quillfeather", "quillfeather.example", "zerafina.example", "Zerafox"),
    *("glockenspiels", "marimbas", "vibraphone", "Celestas"),
)
TRUST = """
from broadsheet.comments.models import Rule
Rule.objects.get_or_create(kind="NETWORK", value="127.0.0.1/32", effect="TRUST")
"""
DECIDE = """
from datetime import UTC, datetime
from broadsheet.comments import actions
from broadsheet.comments.models import ReaderComment, Status
comment = ReaderComment.objects.filter(author__startswith="Zerafina").latest("pk")
actions.decide(comment_id=comment.pk, status=Status.{status}, by=None, now=datetime.now(UTC), reason="Too loud.")
"""
KEY = """
from broadsheet.comments import subjects
from broadsheet.comments.models import ReaderComment
print(subjects.key_of(ReaderComment.objects.filter(author__startswith="Zerafina").latest("pk")))
"""
OFFER_A_NEWSLETTER = """
from wagtail.models import Site
from broadsheet.newsletter.models import NewsletterSettings
settings = NewsletterSettings.for_site(Site.objects.get())
settings.is_offered = True
settings.save()
"""
LINKS = """
from datetime import UTC, datetime
from broadsheet.newsletter import keys
from broadsheet.newsletter.models import Subscriber
reader = Subscriber.objects.get()
print(keys.confirm_url(reader, now=datetime.now(UTC)), keys.stop_url(reader.pk))
"""
KEEP_WHAT_IS_LEARNT = """
from broadsheet.learning import trainer
trainer.keep_what_was_learnt()
"""
IN_KEPT_FILTERS = """
import zlib
from broadsheet.learning.models import KeptFilter
kept = [zlib.decompress(bytes(row.file).split(b"\\n", 2)[2]) for row in KeptFilter.objects.all()]
assert kept
print([text for text in {strings} if any(text.encode() in body for body in kept)])
"""
OPENED: dict[str, Callable[[bytes], bytes]] = {
    ".br": brotli.decompress,
    ".zst": lambda body: zstandard.ZstdDecompressor().decompressobj().decompress(body),
    ".gz": gzip.decompress,
}


def opened(path: Path) -> bytes:
    """A file as it is and, where it is compressed, what is in it. Another process may just have removed it."""
    try:
        body = path.read_bytes()
    except FileNotFoundError:
        return b""
    unpack = OPENED.get(path.suffix)
    return body + unpack(body) if unpack and body else body


def where(folder: Path) -> Iterator[tuple[str, str]]:
    """Which string is in which file: as text, as JSON and HTML write it (the strings are plain letters), in UTF-16."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.is_relative_to(folder / "static"):
            continue
        body = opened(path)
        for text in STRINGS:
            if text.encode() in body or text.encode("utf-16-le") in body:
                yield text, str(path.relative_to(folder))


class Author:
    """Someone who writes."""

    def __init__(self, paper: Served, *, browser: str) -> None:
        self._host, self._browser = urlsplit(paper.address).netloc, browser

    def get(self, path: str) -> str:
        return self._ask("GET", path)[1]

    def post(self, path: str, **fields: str) -> str:
        """Send a form; returns the path that the answer leads to."""
        return self._ask("POST", path, urlencode(fields))[0]

    def _ask(self, method: str, path: str, body: str = "") -> tuple[str, str]:
        """Where the answer leads to, and what it says."""
        form = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        with closing(http.client.HTTPConnection(self._host)) as connection:
            connection.request(method, path, body or None, {"User-Agent": self._browser} | form)
            answer = connection.getresponse()
            said = answer.read().decode()
            assert answer.status in {200, 303}
            return answer.headers.get("Location", "").partition("#")[0], said

    def write(self, article: str, **fields: str) -> str:
        """Comment below an article; returns the path of the receipt."""
        page = self.get(article)
        action = re.search(r'action="(/comments/on/\d+/)"', page)
        token = re.search(r'name="token" value="([^"]+)"', page)
        assert action is not None
        assert token is not None
        return self.post(action[1], token=token[1], **fields)


def lived_through_everything(paper: Served, author: Author, article: str) -> str:
    """A comment that was trusted, changed, rejected, appealed, published, learnt from and answered. Its receipt."""
    receipt = author.write(article, mail_receipt="on", mail_replies="on", **TRACES)
    author.post(receipt + "edit/", text=f"{EDITED} {TRACES['text']}")
    paper.shell(DECIDE.format(status="REJECTED"))
    author.post(receipt + "appeal/", text=APPEALED)
    paper.shell(DECIDE.format(status="PUBLISHED"))
    number = receipt.split("/")[3].partition("-")[0]
    Author(paper, browser="Test/1.0").write(article, parent=number, **ANSWER)
    paper.wait_until_printed()
    assert "Celestas" in author.get(article)
    assert {text for text, _ in where(paper.folder)} == set(STRINGS)
    return receipt


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A newspaper of its own: here, everything that comes from this machine is trusted."""
    with Served.start(tmp_path_factory.mktemp("erased") / "site", administrator=True) as served:
        served.shell(TRUST + OFFER_A_NEWSLETTER)
        yield served


@pytest.mark.parametrize("way", ["by the receipt", "all of the address"])
def test_nothing_of_an_erased_author_is_in_any_file(paper: Served, way: str) -> None:
    article = paper.published_article(f"The percussion section {way}")
    author = Author(paper, browser="Zerafox/9.9")
    receipt = lived_through_everything(paper, author, article)

    if way == "by the receipt":
        author.post(receipt + "erase/", sure="on")
    else:
        author.post(f"/comments/data/{paper.shell(KEY)}/erase/", sure="on")

    paper.wait_until_printed()
    assert "This comment was removed." in author.get(article)
    paper.shell(KEEP_WHAT_IS_LEARNT)
    assert list(where(paper.folder)) == []
    assert paper.shell(IN_KEPT_FILTERS.format(strings=list(STRINGS))) == "[]"


def test_nothing_of_who_unsubscribes_is_in_any_file(paper: Served) -> None:
    reader = Author(paper, browser="Test/1.0")
    page = reader.get(paper.published_article("The brass section"))
    stamp = re.search(r'name="stamp" value="([^"]+)"', page)
    assert stamp is not None
    reader.post("/newsletter/", email=TRACES["email"], stamp=stamp[1])
    confirm, stop = (urlsplit(link).path for link in paper.shell(LINKS).split())
    reader.post(confirm)
    assert "quillfeather.example" in {text for text, _ in where(paper.folder)}

    reader.post(stop)

    assert list(where(paper.folder)) == []
