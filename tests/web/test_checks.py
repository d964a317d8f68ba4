"""`broadsheet check --deploy` finds what an operator should put right."""

import dataclasses
import ipaddress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from broadsheet.comments import places
from broadsheet.newsroom import foundation
from broadsheet.web import checks, configuration
from broadsheet.web.backup import history
from broadsheet.web.configuration import Configuration
from tests import builders
from tests.clock import NOON

pytestmark = pytest.mark.database  # each works on the database that the address names


@pytest.fixture
def site(tmp_path: Path) -> Configuration:
    configuration.create_missing(tmp_path / "site")
    return configuration.read(tmp_path / "site", {})


def ids(found: Any) -> list[str]:
    return [message.id for message in found]


def test_a_site_as_it_is_made_has_a_good_secret_and_is_private(site: Configuration) -> None:
    assert ids(checks.secret(site.secret_key)) == []
    assert ids(checks.permissions(site.folder)) == []
    assert ids(checks.disk(site)) == []


@pytest.mark.parametrize(
    "secret", ["change-me", "x" * 60, "secretsecretsecretsecretsecretsecretsecretsecret"]
)
def test_a_weak_secret_is_found(secret: str) -> None:
    assert ids(checks.secret(secret)) == ["broadsheet.E001"]


@pytest.mark.parametrize(
    ("address", "proxies", "found"),
    [
        pytest.param("", (), ["broadsheet.W002"], id="no address"),
        pytest.param("http://paper.example", (), ["broadsheet.W003"], id="no TLS"),
        pytest.param("https://paper.example", (), ["broadsheet.W004"], id="an unknown proxy"),
        pytest.param(
            "https://paper.example", (ipaddress.ip_network("10.0.0.0/8"),), [], id="all is well"
        ),
    ],
)
def test_missing_tls_settings_are_found(
    site: Configuration, address: str, proxies: Any, found: list[str]
) -> None:
    changed = dataclasses.replace(site, address=address, trusted_proxies=proxies)

    assert ids(checks.addresses(changed)) == found


def test_a_folder_that_everybody_reads_is_found(site: Configuration) -> None:
    site.folder.chmod(0o755)
    (site.folder / "secret-key").chmod(0o644)

    assert ids(checks.permissions(site.folder)) == ["broadsheet.E005", "broadsheet.E006"]


def test_a_folder_that_cannot_be_written_is_found(site: Configuration) -> None:
    unwritable = dataclasses.replace(site, folder=Path("/proc"))

    assert ids(checks.disk(unwritable)).count("broadsheet.E007") == 3


@pytest.mark.django_db
@pytest.mark.skipif("postgres" not in connection.vendor, reason="SQLite has no clock of its own")
def test_a_clock_that_is_off_is_found() -> None:
    now = timezone.now()  # noqa: TID251, compared with a real clock

    assert ids(checks.database_clock(now)) == []
    assert ids(checks.database_clock(now - timedelta(minutes=2))) == ["broadsheet.W009"]


def test_debug_is_never_on() -> None:
    assert settings.DEBUG is False


def test_a_site_without_a_backup_is_found(site: Configuration) -> None:
    assert ids(checks.backups(site, NOON)) == ["broadsheet.W011"]

    history.note_taken(site.folder, NOON)

    assert ids(checks.backups(site, NOON + timedelta(hours=30))) == []
    assert ids(checks.backups(site, NOON + timedelta(days=2))) == ["broadsheet.W011"]


@pytest.mark.django_db
def test_a_first_newspaper_that_wagtail_knows_by_another_name_is_found(
    site: Configuration,
) -> None:
    changed = dataclasses.replace(site, address="https://paper.example")
    assert ids(checks.first_newspaper(changed)) == []  # there is but one: no link names a host

    builders.a_further_paper()
    assert ids(checks.first_newspaper(changed)) == ["broadsheet.W012"]

    assert foundation.know_the_address("https://paper.example")
    first = builders.the_site()
    assert (first.hostname, first.root_url) == ("paper.example", "https://paper.example")
    assert ids(checks.first_newspaper(changed)) == []
    assert not foundation.know_the_address("https://other.example")  # somebody has said


@pytest.mark.django_db
def test_until_then_no_page_names_where_it_was_laid(client: Client) -> None:
    builders.a_further_paper()
    article = builders.an_article("Ferry returns", by=("Amal Haddad",))
    place = places.find(article.pk)
    assert place is not None

    for path in ("/news/ferry-returns/", "/contributors/amal-haddad/", "/feed.xml", "/sitemap.xml"):
        assert "localhost" not in client.get(path).text, path
    assert place.url == "/news/ferry-returns/"
