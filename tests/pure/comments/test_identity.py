"""Hashes that only this site can make, and whose request it is."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.comments import clients, identity, portraits

SECRET = "a secret of this test"


@pytest.mark.parametrize(
    ("address", "network"),
    [
        pytest.param("203.0.113.7", "203.0.113.0/24", id="IPv4"),
        pytest.param("2001:db8:1:2:3::4", "2001:db8:1::/48", id="IPv6"),
        pytest.param("::ffff:203.0.113.7", "203.0.113.0/24", id="IPv4 in IPv6 clothes"),
        pytest.param("nonsense", "", id="none"),
    ],
)
def test_a_network_is_what_is_kept_of_an_address(address: str, network: str) -> None:
    assert identity.origin(SECRET, address).network == network


def test_one_household_is_one_address_in_ipv6() -> None:
    first, second, other = (
        identity.origin(SECRET, address).address_hash
        for address in ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1")
    )

    assert first == second != other


def test_a_hash_is_of_use_for_one_purpose_on_one_site_only() -> None:
    hashes = {
        identity.keyed_hash(SECRET, "e-mail", "x"),
        identity.keyed_hash(SECRET, "address", "x"),
        identity.keyed_hash("another secret", "e-mail", "x"),
        identity.keyed_hash(SECRET, "e-mail", "x", ""),
    }

    assert len(hashes) == 4


@pytest.mark.parametrize(
    ("peer", "forwarded_for", "address"),
    [
        pytest.param("198.51.100.1", "203.0.113.7", "198.51.100.1", id="a stranger's header is not believed"),
        pytest.param("10.0.0.1", "203.0.113.7", "203.0.113.7", id="our proxy's is"),
        pytest.param("10.0.0.1", "1.1.1.1, 203.0.113.7", "203.0.113.7", id="what stands further left may be forged"),
        pytest.param("10.0.0.1", "203.0.113.7, 10.0.0.2", "203.0.113.7", id="through two of our proxies"),
        pytest.param("10.0.0.1", "nonsense", "10.0.0.1", id="nonsense is passed over"),
        pytest.param("10.0.0.1", "", "10.0.0.1", id="no header"),
        pytest.param("", "203.0.113.7", "", id="no peer"),
    ],
)  # fmt: skip
def test_the_address_is_the_one_nearest_to_our_proxies(
    peer: str, forwarded_for: str, address: str
) -> None:
    trusted = [ipaddress.ip_network("10.0.0.0/8")]

    found = clients.client_address(peer=peer, forwarded_for=forwarded_for, trusted=trusted)

    assert found == address


@given(st.text(max_size=80))
def test_no_header_breaks_it(header: str) -> None:
    trusted = [ipaddress.ip_network("10.0.0.0/8")]

    found = clients.client_address(peer="10.0.0.1", forwarded_for=header, trusted=trusted)

    assert ipaddress.ip_address(found)


@pytest.mark.parametrize(
    ("origin", "is_taken"),
    [
        pytest.param("https://www.paper.example", True, id="the copy"),
        pytest.param(
            "http://www.paper.example", False, id="the copy's host, but anybody in between"
        ),
        pytest.param(
            "https://www.paper.example.evil.example", False, id="a name that begins like it"
        ),
        pytest.param("null", False, id="nobody"),
    ],
)
def test_forms_of_a_static_copy_are_ours(origin: str, *, is_taken: bool) -> None:
    said = {"Origin": origin, "Sec-Fetch-Site": "cross-site"}

    found = clients.is_from_our_pages(
        said,
        host="paper.example",
        address="https://paper.example",
        copies=("https://www.paper.example",),
    )

    assert found is is_taken


def test_a_portrait_is_symmetric_and_says_little() -> None:
    same = portraits.portrait("0123abcd" + "0" * 24)

    assert same == portraits.portrait("0123abcd" + "f" * 24)
    assert "0123abcd" not in same
    assert "style" not in same
