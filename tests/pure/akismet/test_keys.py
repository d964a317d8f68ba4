"""Keys."""

import pytest

from broadsheet.akismet import keys, wire


def test_a_key_has_the_form_that_clients_and_host_names_accept() -> None:
    made = {keys.make() for _ in range(100)}

    assert len(made) == 100
    assert all(wire.KEY.fullmatch(key) for key in made)


def test_a_digest_is_the_same_each_time() -> None:
    assert keys.digest("abc123def456", pepper=b"p") == keys.digest("abc123def456", pepper=b"p")


@pytest.mark.parametrize(
    ("key", "pepper"),
    [
        pytest.param("abc123def457", b"p", id="another key"),
        pytest.param("abc123def456", b"q", id="another site's secret"),
    ],
)
def test_a_digest_depends_on_the_key_and_the_sites_secret(key: str, pepper: bytes) -> None:
    assert keys.digest(key, pepper=pepper) != keys.digest("abc123def456", pepper=b"p")
