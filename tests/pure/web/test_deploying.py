"""The units and containers in contrib/ keep what the operator guide promises."""

import re
from pathlib import Path

import pytest

CONTRIB = Path(__file__).parents[3] / "contrib"
DOCKERFILE = (CONTRIB / "docker/Dockerfile").read_text(encoding="utf-8")
COMPOSE = (CONTRIB / "docker/compose.yml").read_text(encoding="utf-8")


def service(name: str) -> str:
    """One service's lines of the compose file."""
    found = re.search(rf"^  {name}:\n((?:    .*\n)+)", COMPOSE, re.MULTILINE)
    assert found is not None
    return found[1]


def test_the_image_runs_as_nobody_in_particular() -> None:
    stages = DOCKERFILE.split("\nFROM ")
    user = re.search(r"^USER (\d+):(\d+)$", stages[-1], re.MULTILINE)

    assert user is not None
    assert int(user[1]) > 0
    assert stages[-1].index("\nUSER ") > stages[-1].rindex("\nRUN ")


def test_the_image_installs_only_what_is_pinned_by_hash() -> None:
    installs = re.findall(r"pip install (.*)", DOCKERFILE)

    assert installs
    assert all("--require-hashes" in words or "--no-deps" in words for words in installs)


def test_every_base_image_has_a_version() -> None:
    images = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    images += re.findall(r"^ +image: (\S+)", COMPOSE, re.MULTILINE)

    assert len(images) == 3
    assert all(re.search(r":\d", image) for image in images)


def test_what_the_image_copies_exists() -> None:
    sources = [
        word
        for line in re.findall(r"^COPY (?!--from)(.*)", DOCKERFILE, re.MULTILINE)
        for word in line.split()[:-1]
    ]

    assert sources
    assert all((CONTRIB.parent / source).exists() for source in sources)


def test_its_health_is_that_of_the_server() -> None:
    assert "/healthz" in DOCKERFILE.partition("HEALTHCHECK")[2]


@pytest.mark.parametrize(
    "line",
    [
        "    read_only: true",
        "      - /tmp",
        "      - ALL",
        "      - no-new-privileges:true",
        '      - "127.0.0.1:8000:8000"',
    ],
)
def test_the_container_may_do_little(line: str) -> None:
    assert line in service("paper").splitlines()


def test_no_password_stands_in_the_compose_file() -> None:
    said = re.findall(r"(?:PASSWORD|SECRET\w*): (.+)", COMPOSE)

    assert said
    assert all(value.startswith("${") and ":?" in value for value in said)


@pytest.mark.parametrize("unit", ["broadsheet.service", "broadsheet-backup.service"])
def test_the_units_lock_themselves_in(unit: str) -> None:
    lines = (CONTRIB / "systemd" / unit).read_text(encoding="utf-8").splitlines()

    assert "User=broadsheet" in lines
    for line in ("ProtectSystem=strict", "NoNewPrivileges=yes", "CapabilityBoundingSet="):
        assert line in lines


def test_the_unit_waits_for_the_drain() -> None:
    unit = (CONTRIB / "systemd/broadsheet.service").read_text(encoding="utf-8")
    drain = re.search(r"BROADSHEET_DRAIN=(\d+)", unit)
    patience = re.search(r"TimeoutStopSec=(\d+)", unit)

    assert drain is not None
    assert patience is not None
    assert int(patience[1]) > int(drain[1]) + 4


def test_the_balancer_keeps_figures_inside_and_readers_without_cookies() -> None:
    config = (CONTRIB / "haproxy/haproxy.cfg").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^backend (\w+)\n((?:    .*\n)+)", config, re.MULTILINE))

    assert re.search(r"deny .*path /metrics", config)
    assert set(sections) == {"readers", "writers", "editors"}
    assert "GET /healthz" in sections["readers"]
    assert all("GET /readyz" in sections[name] for name in ("writers", "editors"))
    assert [name for name, lines in sections.items() if "cookie" in lines] == ["editors"]
