"""`[cdn]` in `broadsheet.toml`."""

import pytest

from broadsheet.press.documents import Keeping
from broadsheet.press.varnish import varnish
from broadsheet.web import cdn
from broadsheet.web.cdn import Cdn, CdnError


def test_without_a_word_there_is_no_cache() -> None:
    assert cdn.read({}, {}) == Cdn()
    assert Cdn().back_ends() == {}


def test_wagtails_back_ends_are_named() -> None:
    said = {"varnish": ["http://10.0.0.5:6081"], "cloudflare_zone": "z", "cloudfront": "E1"}

    found = cdn.read(said, {"CLOUDFLARE_TOKEN": "t"}).back_ends()

    assert found["http://10.0.0.5:6081"]["LOCATION"] == "http://10.0.0.5:6081"
    assert (found["cloudflare"]["ZONEID"], found["cloudflare"]["BEARER_TOKEN"]) == ("z", "t")
    assert found["cloudfront"]["DISTRIBUTION_ID"] == "E1"


@pytest.mark.parametrize(
    ("section", "name"),
    [
        pytest.param({"varnish": ["10.0.0.5"]}, "varnish", id="a cache without an address"),
        pytest.param({"cloudflare_zone": "z"}, "token", id="a zone without a token"),
        pytest.param({"keep": -1}, "keep", id="less than no time"),
        pytest.param({"keys": "A: b"}, "keys", id="what is no header's name"),
    ],
)
def test_what_can_not_be_used_is_named(section: dict[str, object], name: str) -> None:
    with pytest.raises(CdnError, match=name):
        cdn.read(section, {})


@pytest.mark.parametrize(
    ("header", "sent"), [("surrogate-key", "page-1 page-2"), ("cache-tag", "page-1,page-2")]
)
def test_keys_are_separated_as_the_cache_wants_it(header: str, sent: str) -> None:
    assert Keeping(keys=header).joined("page-1 page-2") == sent


def test_every_node_and_every_purger_stands_in_varnishs_configuration() -> None:
    written = varnish(["10.0.0.1:8000", "[fd00::2]:8000"], ["10.0.0.0/8"])

    assert '.host = "fd00::2";' in written
    assert "nodes.add_backend(node1);" in written
    assert '"10.0.0.0"/8;' in written
