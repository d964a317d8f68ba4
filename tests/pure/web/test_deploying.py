"""The units and containers in contrib/ keep what the operator guide promises."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from broadsheet.web import command

CONTRIB = Path(__file__).parents[3] / "contrib"
DOCKERFILE = (CONTRIB / "docker/Dockerfile").read_text(encoding="utf-8")
COMPOSE = (CONTRIB / "docker/compose.yml").read_text(encoding="utf-8")
SERVICES = yaml.safe_load(COMPOSE)["services"]
UNITS = ("broadsheet.service", "broadsheet-backup.service", "broadsheet-backup.timer")


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
    images += [service["image"] for service in SERVICES.values() if "image" in service]

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


def test_the_image_fetches_nothing_but_packages() -> None:
    assert not re.search(r"^ADD ", DOCKERFILE, re.MULTILINE)
    assert not re.search(r"\b(?:curl|wget|git clone)\b|https?://(?!127\.0\.0\.1)", DOCKERFILE)
    assert re.search(r"apt-get install --yes --no-install-recommends", DOCKERFILE)
    assert "rm -rf /var/lib/apt/lists" in DOCKERFILE


def test_the_image_ends_on_the_signal_that_serve_drains_at_and_starts_it_without_a_shell() -> None:
    assert "STOPSIGNAL SIGTERM" in DOCKERFILE
    (command,) = re.findall(r"^CMD (.+)", DOCKERFILE, re.MULTILINE)
    assert json.loads(command) == ["broadsheet", "serve"]
    (health,) = re.findall(r"^    CMD (.+)", DOCKERFILE, re.MULTILINE)
    compile(json.loads(health)[2], "health check", "exec")


def test_the_container_may_do_little() -> None:
    paper = SERVICES["paper"]

    assert paper["read_only"] is True
    assert paper["tmpfs"] == ["/tmp"]  # noqa: S108, in the container
    assert paper["cap_drop"] == ["ALL"]
    assert paper["security_opt"] == ["no-new-privileges:true"]
    assert paper["ports"] == ["127.0.0.1:8000:8000"]
    assert "privileged" not in COMPOSE
    assert "ports" not in SERVICES["database"]  # for the paper alone


def test_the_container_writes_where_the_image_says_and_nowhere_else() -> None:
    (volume,) = re.findall(r"^VOLUME (\S+)", DOCKERFILE, re.MULTILINE)
    named = yaml.safe_load(COMPOSE)["volumes"]

    assert SERVICES["paper"]["volumes"] == [f"site:{volume}"]
    used = [v.partition(":")[0] for service in SERVICES.values() for v in service["volumes"]]
    assert set(used) == set(named)


def test_the_compose_file_builds_our_image_and_waits_for_its_database() -> None:
    paper, folder = SERVICES["paper"], CONTRIB / "docker"

    context = (folder / paper["build"]["context"]).resolve()
    assert (context / paper["build"]["dockerfile"]).samefile(folder / "Dockerfile")
    assert paper["depends_on"]["database"]["condition"] == "service_healthy"
    assert "healthcheck" in SERVICES["database"]
    drain = re.search(r"BROADSHEET_DRAIN=(\d+)", DOCKERFILE)
    assert drain
    assert int(paper["stop_grace_period"].removesuffix("s")) > int(drain[1]) + 4


def test_what_the_environment_of_the_containers_says_is_known() -> None:
    said = set(re.findall(r"\b([A-Z_]+)=", DOCKERFILE.partition("ENV ")[2].partition("USER")[0]))
    said |= set(SERVICES["paper"]["environment"])
    source = "".join(
        path.read_text(encoding="utf-8")
        for path in (CONTRIB.parent / "src/broadsheet/web").glob("*.py")
    )

    ours = {name for name in said if not name.startswith(("PYTHON", "PATH"))}
    assert ours
    assert [name for name in ours if f'"{name}"' not in source] == []


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


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    """With programs that are there in place of ours, which it looks for, too."""
    if shutil.which("systemd-analyze") is None and os.environ.get("CI") != "true":
        pytest.skip("systemd is not installed")
    for unit in UNITS:
        text = (CONTRIB / "systemd" / unit).read_text(encoding="utf-8")
        (tmp_path / unit).write_text(
            re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", text, flags=re.M)
        )

    verified = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(str(tmp_path / unit) for unit in UNITS)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (verified.returncode, verified.stderr) == (0, "")


@pytest.mark.parametrize("unit", UNITS[:2])
def test_the_units_run_commands_that_there_are(unit: str) -> None:
    text = (CONTRIB / "systemd" / unit).read_text(encoding="utf-8")
    commands = re.findall(r"^ExecStart=\S+/broadsheet (\S+)", text, re.MULTILINE)

    assert commands
    assert set(commands) <= set(command.main.commands)


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
