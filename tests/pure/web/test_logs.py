"""What stands in the log, and what does not."""

import json
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.web.seeing import logs
from broadsheet.web.seeing.logs import JsonFormatter, LineFormatter, Request


def a_record(message: str, **extra: object) -> logging.LogRecord:
    record = logging.LogRecord("broadsheet.x", logging.INFO, "x.py", 1, message, (), None)
    record.__dict__ |= extra
    return record


@pytest.mark.parametrize(
    ("line", "cleaned"),
    [
        pytest.param("to jo.ann@mail.example now", "to [e-mail] now", id="e-mail addresses"),
        pytest.param("to o'neill@mail.example now", "to [e-mail] now", id="with an apostrophe"),
        pytest.param("from 192.0.2.17:80", "from [address]:80", id="IPv4 addresses"),
        pytest.param("from 2001:db8::17 it", "from [address] it", id="IPv6 addresses"),
        pytest.param(
            "Not Found: /comments/receipt/12-abc/edit/",
            "Not Found: /comments/…",
            id="keys in private links",
        ),
        pytest.param(
            "Not Found: /newsletter/stop/7-abc/", "Not Found: /newsletter/…", id="subscribers' keys"
        ),
        pytest.param("GET /search/?q=me failed", "GET /search/?… failed", id="queries"),
        pytest.param("at 12:30:59 it stopped?", "at 12:30:59 it stopped?", id="but not the time"),
    ],
)
def test_lines_carry_no_personal_data(line: str, cleaned: str) -> None:
    assert logs.without_personal_data(line) == cleaned


@given(st.ip_addresses(), st.emails(), st.text(max_size=20))
def test_no_address_gets_through_wherever_it_stands(address: object, email: str, rest: str) -> None:
    line = LineFormatter(personal_data=False).format(
        a_record(f"{rest} {address} {rest} {email.replace('<', '')} {rest}".replace("%", ""))
    )

    assert f" {address} " not in line
    assert f" {email} " not in line


def test_the_owner_may_want_them() -> None:
    assert "192.0.2.1" in LineFormatter(personal_data=True).format(a_record("192.0.2.1"))


def test_json_tells_which_request_a_line_belongs_to() -> None:
    token = logs.in_hand.set(Request("f00d", "/comments/receipt/<str:key>/"))
    try:
        line = JsonFormatter(personal_data=False).format(
            a_record("GET answered", status=200, seconds=0.004)
        )
    finally:
        logs.in_hand.reset(token)

    found = json.loads(line)
    assert found.pop("time").endswith("+00:00")
    assert found == {
        "level": "INFO",
        "logger": "broadsheet.x",
        "message": "GET answered",
        "request": "f00d",
        "route": "/comments/receipt/<str:key>/",
        "status": 200,
        "seconds": 0.004,
    }
