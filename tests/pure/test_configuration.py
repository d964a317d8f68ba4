"""broadsheet.toml and the environment."""

import ipaddress
from pathlib import Path

import pytest

from broadsheet.web import configuration
from broadsheet.web.configuration import ConfigurationError
from broadsheet.web.starting_file import STARTING_FILE


@pytest.fixture
def site(tmp_path: Path) -> Path:
    configuration.create_missing(tmp_path / "site")
    return tmp_path / "site"


def test_a_new_site_has_its_folders_its_settings_and_a_secret_of_its_own(
    site: Path, tmp_path: Path
) -> None:
    configuration.create_missing(tmp_path / "other")

    assert {path.name for path in site.iterdir()} == {
        "broadsheet.toml",
        "secret-key",
        "media",
        "pages",
    }
    assert (site / "secret-key").stat().st_mode & 0o777 == 0o600
    assert (site / "secret-key").read_text() != (tmp_path / "other" / "secret-key").read_text()


def test_creating_what_is_missing_keeps_what_is_there(site: Path) -> None:
    (site / "broadsheet.toml").write_text("[server]\nport = 9000\n")
    secret = (site / "secret-key").read_text()

    configuration.create_missing(site)

    assert configuration.read(site, {}).port == 9000
    assert (site / "secret-key").read_text() == secret


def test_the_file_as_it_is_made_holds_the_defaults(site: Path) -> None:
    found = configuration.read(site, {})

    assert (found.host, found.port) == ("127.0.0.1", 8000)
    assert found.database_url == f"sqlite:///{site.resolve()}/broadsheet.db"
    assert found.trusted_proxies == ()


def test_every_example_in_the_file_is_valid(site: Path) -> None:
    examples = STARTING_FILE.replace("\n# host", "\nhost").replace("\n# port", "\nport")
    for key in ("address", "url", "from", "trusted_proxies"):
        examples = examples.replace(f"\n# {key}", f"\n{key}")
    (site / "broadsheet.toml").write_text(examples)

    found = configuration.read(site, {})

    assert found.address == "https://paper.example"
    assert found.trusted_proxies == (ipaddress.ip_network("127.0.0.1/32"),)
    assert found.email_url.startswith("smtp://")
    assert found.database_url.startswith("postgresql://")


def test_the_environment_wins(site: Path) -> None:
    (site / "broadsheet.toml").write_text(
        '[server]\nport = 9000\n[database]\nurl = "postgresql://a@b/c"\n'
    )

    found = configuration.read(
        site,
        {"PORT": "0", "DATABASE_URL": "postgresql://d@e/f", "TRUSTED_PROXIES": "10.0.0.0/8, ::1"},
    )

    assert found.port == 0
    assert found.database_url == "postgresql://d@e/f"
    assert [str(network) for network in found.trusted_proxies] == ["10.0.0.0/8", "::1/128"]


def test_origins_of_copies_are_as_browsers_write_them(site: Path) -> None:
    (site / "broadsheet.toml").write_text(
        '[site]\nstatic_origins = ["https://WWW.Paper.example:443/", "http://127.0.0.1:8080"]'
    )

    assert configuration.read(site, {}).static_origins == (
        "https://www.paper.example",
        "http://127.0.0.1:8080",
    )
    said = {"STATIC_ORIGINS": "https://a.example, https://b.example"}
    assert configuration.read(site, said).static_origins == (
        "https://a.example",
        "https://b.example",
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("[server", "not valid TOML", id="broken TOML"),
        pytest.param("[sever]\nport = 1", "unknown section", id="a section that is misspelt"),
        pytest.param("[server]\nprot = 1", "unknown key 'prot'", id="a key that is misspelt"),
        pytest.param('[server]\nport = "80"', "must be a int", id="a port in quotation marks"),
        pytest.param("[server]\nport = true", "must be a int", id="a port that is true"),
        pytest.param("[server]\nport = 70000", "from 0 to 65535", id="a port too high"),
        pytest.param(
            '[site]\naddress = "paper.example"',
            "must look like https://",
            id="an address without scheme",
        ),
        pytest.param(
            '[site]\naddress = "https://paper.example/blog"',
            "must look like",
            id="an address with a path",
        ),
        pytest.param(
            '[database]\nurl = "mysql://a/b"', "postgresql:// or sqlite://", id="another database"
        ),
        pytest.param('[mail]\nurl = "pop3://a"', "smtp:// or smtps://", id="another mail protocol"),
        pytest.param(
            '[server]\ntrusted_proxies = ["nginx"]',
            "must be networks",
            id="a proxy that is no network",
        ),
        pytest.param(
            "[server]\ntrusted_proxies = [1, {}]", "must be networks", id="proxies of other types"
        ),
        pytest.param(
            '[site]\nstatic_origins = ["www.paper.example"]',
            "must be addresses such as",
            id="a copy without scheme",
        ),
        pytest.param(
            '[site]\nstatic_origins = ["https://www.paper.example/blog"]',
            "must be addresses such as",
            id="a copy with a path",
        ),
        pytest.param(
            "[site]\nstatic_origins = [1]", "must be addresses such as", id="a copy of another type"
        ),
    ],
)
def test_a_mistake_is_told_in_one_line(site: Path, text: str, told: str) -> None:
    (site / "broadsheet.toml").write_text(text)

    with pytest.raises(ConfigurationError, match=told.replace("(", r"\(")) as caught:
        configuration.read(site, {})

    assert "\n" not in str(caught.value)


def test_a_folder_that_is_no_site_says_how_it_becomes_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="broadsheet serve --site"):
        configuration.read(tmp_path, {})


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("")

    with pytest.raises(ConfigurationError, match="is a file; a site needs a folder"):
        configuration.create_missing(tmp_path / "site")
