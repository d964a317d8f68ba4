"""Reports of mail servers: RFC 3464, as Postfix, Exim and others write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.newsletter import dsn
from broadsheet.newsletter.dsn import Bounce
from tests.newsletter.reports import a_report

ID = "<newsletter.7.0123456789abcdef0123456789abcdef@paper.example>"


@pytest.mark.parametrize("quoted", ["text/rfc822-headers", "message/rfc822"])
def test_a_report_says_which_letter_came_back_and_why(quoted: str) -> None:
    report = a_report(ID, status="5.1.1", words="550 5.1.1 no such user", quoted=quoted)

    assert dsn.bounce_in(report) == Bounce(ID, "5.1.1", "smtp; 550 5.1.1 no such user")


@pytest.mark.parametrize(
    "mail",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"Subject: I am on holiday\r\n\r\nBack on Monday.\r\n", id="an ordinary mail"),
        pytest.param(a_report(ID, action="delayed", status="4.4.1"), id="a letter that is late"),
        pytest.param(a_report(ID, action="delivered", status="2.0.0"), id="a letter that arrived"),
        pytest.param(a_report("", status="5.1.1"), id="a letter without a number"),
    ],
)
def test_other_mail_is_no_bounce(mail: bytes) -> None:
    assert dsn.bounce_in(mail) is None


@pytest.mark.parametrize(
    ("status", "is_final"),
    [
        pytest.param("5.1.1", True, id="no such mailbox"),
        pytest.param("5.7.1", True, id="not allowed to write there"),
        pytest.param("5.2.2", False, id="a full mailbox"),
        pytest.param("4.4.7", False, id="tried for too long"),
    ],
)
def test_only_dead_addresses_are_final(status: str, is_final: bool) -> None:
    assert Bounce(ID, status, "").is_final is is_final


@given(st.binary(max_size=400), st.integers(min_value=0, max_value=900))
def test_a_damaged_report_breaks_nothing(noise: bytes, at: int) -> None:
    report = a_report(ID, status="5.1.1")

    found = dsn.bounce_in(report[:at] + noise + report[at:])

    assert found is None or found.status[0] in "245"
