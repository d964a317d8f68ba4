"""What is told about a key's use."""

import csv
import json
from typing import Any

import pytest

from tests.akismet.builders import Answer, a_key, ask, check, load, report

PILLS = "Pills without prescription: https://pills.example"


def a_used_key() -> str:
    """Three checks on b.example, one of them missed spam; one on a.example."""
    secret = a_key().secret
    for text in ("I was there.", "Thank you.", PILLS):
        check(secret, text, blog="https://b.example")
    check(secret, blog="https://a.example")
    report(secret, "spam", PILLS, blog="https://b.example")
    load()
    return secret


def key_sites(secret: str, **asked: Any) -> Answer:
    return ask("key-sites", version="1.2", api_key=secret, **asked)


def months_rows(answer: Answer) -> list[dict[str, Any]]:
    content = json.loads(answer.body)
    rows: list[dict[str, Any]] = next(iter(content.values()))
    return rows


def test_key_sites_tells_figures_as_strings_most_used_site_first() -> None:
    answer = key_sites(a_used_key())

    assert answer.headers["Content-Type"].startswith("application/json")
    assert months_rows(answer) == [
        {
            "site": "b.example",
            "api_calls": "4",
            "spam": "0",
            "ham": "3",
            "missed_spam": "1",
            "false_positives": "0",
            "is_revoked": False,
        },
        {
            "site": "a.example",
            "api_calls": "1",
            "spam": "0",
            "ham": "1",
            "missed_spam": "0",
            "false_positives": "0",
            "is_revoked": False,
        },
    ]
    content = json.loads(answer.body)
    assert (content["limit"], content["offset"], content["total"]) == (500, 0, 2)


@pytest.mark.parametrize(
    ("asked", "sites"),
    [
        pytest.param({"filter": "a.exa"}, ["a.example"], id="filtered"),
        pytest.param({"limit": "1"}, ["b.example"], id="the first"),
        pytest.param({"limit": "1", "offset": "1"}, ["a.example"], id="the second"),
        pytest.param({"order": "missed_spam"}, ["b.example", "a.example"], id="ordered"),
        pytest.param({"limit": "many", "offset": "-1"}, ["b.example", "a.example"], id="nonsense"),
    ],
)
def test_key_sites_shows_what_is_asked_for(asked: dict[str, str], sites: list[str]) -> None:
    assert [row["site"] for row in months_rows(key_sites(a_used_key(), **asked))] == sites


def test_key_sites_of_another_month_is_empty() -> None:
    answer = key_sites(a_used_key(), month="2001-02")

    assert {row["api_calls"] for row in json.loads(answer.body)["2001-02"]} == {"0"}


def test_key_sites_as_csv_begins_with_a_title() -> None:
    answer = key_sites(a_used_key(), format="csv")

    rows = list(csv.reader(answer.body.splitlines()))
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert rows[0][0].startswith("Active sites for ")
    assert rows[1][0] == "Site"
    assert rows[2] == ["b.example", "4", "0", "3", "1", "0", "false"]


def test_a_spreadsheet_takes_no_site_for_a_formula() -> None:
    secret = a_key().secret
    check(secret, blog="=cmd.example")
    load()

    assert "'=cmd.example" in key_sites(secret, format="csv").body


def test_key_sites_tells_nothing_about_other_keys() -> None:
    a_used_key()

    assert months_rows(key_sites(a_key(name="Another").secret)) == []


def test_usage_is_told_with_more_when_asked() -> None:
    answer = ask("usage-limit", version="1.2", api_key=a_used_key(), extended="true")

    assert json.loads(answer.body) == {
        "limit": "none",
        "usage": 4,
        "percentage": "0.00",
        "throttled": False,
        "notice_level": "none",
        "upgrade": None,
    }


def test_wordpress_is_told_its_figures() -> None:
    answer = ask("get-stats", key=a_used_key(), blog="https://b.example", **{"from": "6-months"})

    found = json.loads(answer.body)
    assert (found["spam"], found["ham"], found["missed_spam"]) == (0, 4, 1)
    assert found["accuracy"] == "75.00"
