"""From the old site itself, or its database: comments that came since the export, and spam as lessons."""

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import CommandError, call_command

from broadsheet.comments.models import ReaderComment
from broadsheet.importers.models import Archive
from broadsheet.importers.old_host.rest import authorization
from broadsheet.learning.models import Decision, LoggedJudgement
from tests.pure.importers.exports import a_comment, an_export, an_item
from tests.pure.importers.old_host import Reply, an_old_site, ok
from tests.pure.importers.test_sqldump import INSERT, a_row

from .builders import Reported, bring

pytestmark = pytest.mark.django_db

PASSWORD = "abcd efgh ijkl"
SPAM = "Cheap watches, buy now"


def a_dump(folder: Path) -> Path:
    """One comment that is here already, an answer to it, one below a post that never came, and spam."""
    rows = [a_row(1, "Thank you."), a_row(2, "And again.", parent=1), a_row(4, SPAM, approved="spam")]  # fmt: skip
    path = folder / "dump.sql"
    elsewhere = a_row(3, "Nowhere").replace("(3,7,", "(3,99,")
    path.write_text(f"{INSERT}{','.join([*rows, elsewhere])};\n")
    return path


def learn(folder: Path, *options: str) -> Reported:
    report = folder / "comments.json"
    call_command("import_wordpress", *options, "--report", str(report), stdout=io.StringIO())
    told: Reported = json.loads(report.read_text(encoding="utf-8"))
    return told


@pytest.fixture
def _moved_in(tmp_path: Path) -> None:
    bring(tmp_path, an_export(an_item(7, inside=a_comment(1))))


@pytest.mark.usefixtures("_moved_in")
def test_a_dump_brings_what_is_new_and_teaches_the_filter(tmp_path: Path) -> None:
    report = learn(tmp_path, "--sql", str(a_dump(tmp_path)))

    first, answer = ReaderComment.objects.order_by("created_at", "pk")
    assert (answer.parent, first.text) == (first, "Thank you.")
    assert report["added"] == {"comments": 1}
    assert report["lessons"] == {"spam": 1, "ham": 1}
    assert {entry["reason"] for entry in report["differences"]} == {
        "What they stood below is not here.",
        "Spam teaches the filter; --with-spam brings it, too.",
    }
    assert report["unexplained"] == []


@pytest.mark.usefixtures("_moved_in")
def test_again_it_teaches_nothing_twice(tmp_path: Path) -> None:
    dump = a_dump(tmp_path)
    learn(tmp_path, "--sql", str(dump))

    report = learn(tmp_path, "--sql", str(dump))

    assert (report["added"], report["lessons"]["spam"]) == ({}, 0)
    assert LoggedJudgement.objects.filter(decision=Decision.SPAM).count() == 1


@pytest.mark.usefixtures("_moved_in")
@pytest.mark.parametrize(
    ("options", "stays"),
    [
        pytest.param([], False, id="the words of spam go"),
        pytest.param(["--keep-spam"], True, id="unless the operator wants them"),
    ],
)
def test_after_learning(tmp_path: Path, options: list[str], stays: bool) -> None:
    learn(tmp_path, "--sql", str(a_dump(tmp_path)), *options)

    submission = LoggedJudgement.objects.get(decision=Decision.SPAM).submission
    assert (submission is not None and submission["text"] == SPAM) is stays


def entry(number: int, text: str, status: str) -> dict[str, Any]:
    """A comment as WordPress's REST interface writes it for an administrator."""
    return {
        "id": number, "post": 7, "parent": 0, "author": 0, "author_name": "Ana", "author_email": "ana@mail.example",
        "author_url": "", "author_ip": "203.0.113.9", "author_user_agent": "Mozilla/5.0", "date": "2021-03-05T09:00:00",
        "date_gmt": "2021-03-05T08:00:00", "content": {"rendered": f"<p>{text}</p>\n", "raw": text},
        "link": "", "status": status, "type": "comment", "meta": [],
    }  # fmt: skip


def wordpress(path: str, headers: Mapping[str, str]) -> Reply:
    """A WordPress's answers, checked against a real one in tests/clients."""
    if headers.get("authorization") != authorization("chief", PASSWORD)["Authorization"]:
        return 401, {}, b'{"code":"rest_forbidden_param"}'
    asked = {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}
    assert asked["rest_route"] == "/wp/v2/comments"
    there = {
        "approve": [entry(1, "Thank you.", "approved"), *(entry(n, "More.", "approved") for n in range(100, 205))],
        "hold": [entry(2, "Waiting", "hold")],
        "spam": [entry(3, SPAM, "spam")],
    }  # fmt: skip
    start = (int(asked["page"]) - 1) * 100
    return ok(json.dumps(there.get(asked["status"], [])[start : start + 100]).encode())


@pytest.mark.usefixtures("_moved_in")
def test_the_old_site_tells_of_spam_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROADSHEET_WORDPRESS_PASSWORD", PASSWORD)
    with an_old_site(wordpress) as site:
        Archive.objects.update(address=site.address.removeprefix("http://"))
        report = learn(tmp_path, "--url", site.address, "--user", "chief", "--allow-private")

    assert report["source"]["comments"] == {"published": 106, "held": 1, "spam": 1}
    assert report["site"]["comments"] == {"published": 106, "held": 1}
    assert report["lessons"] == {"spam": 1, "ham": 1}


@pytest.mark.usefixtures("_moved_in")
@pytest.mark.parametrize(
    ("options", "words"),
    [
        pytest.param(["--url", "http://old.example/news", "--user", "x"], "https", id="a password in the clear"),
        pytest.param(["--url", "https://old.example/news"], "--user", id="no user"),
        pytest.param(["--sql", "x.sql", "--url", "https://old.example"], "One of", id="two sources"),
        pytest.param(["--url", "https://new.example", "--user", "x"], "Import the export", id="a site that nothing came from"),
        pytest.param(["--sql", "missing.sql"], "No such file", id="a file that is not there"),
    ],
)  # fmt: skip
def test_a_mistake_is_one_clear_line(
    options: list[str], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROADSHEET_WORDPRESS_PASSWORD", PASSWORD)
    with pytest.raises(CommandError, match=words):
        call_command("import_wordpress", *options, stdout=io.StringIO())


@pytest.mark.usefixtures("_moved_in")
def test_a_wrong_password_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROADSHEET_WORDPRESS_PASSWORD", "wrong")
    with an_old_site(wordpress) as site:
        Archive.objects.update(address=site.address.removeprefix("http://"))
        with pytest.raises(CommandError, match="user and password"):
            call_command("import_wordpress", "--url", site.address, "--user", "chief", "--allow-private")  # fmt: skip
