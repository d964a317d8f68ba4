"""Real client libraries, unmodified but for the address. `make test-clients` installs them and runs this."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.clients.conftest import Service
from tests.clients.install import FOLDER

DRIVERS = Path(__file__).parent / "drivers"
BLOG = "http://old-blog.example/"
HAM = "I was at the council meeting; the figures in the third paragraph are right."
WRONG = "zzzzzzzzzzzz"
NODE = shutil.which("node") or "node"

COMMANDS = {
    "akismet": [sys.executable, str(DRIVERS / "akismet_driver.py")],
    "python-akismet": [sys.executable, str(DRIVERS / "python_akismet_driver.py")],
    "akismet-api": [NODE, str(DRIVERS / "akismet_api.cjs")],
    "@cedx/akismet": [NODE, str(DRIVERS / "cedx.mjs")],
}
INSTALLED = {
    "akismet": FOLDER / "akismet",
    "python-akismet": FOLDER / "python-akismet",
    "akismet-api": FOLDER / "node" / "node_modules" / "akismet-api",
    "@cedx/akismet": FOLDER / "node" / "node_modules" / "@cedx",
}
ALL = pytest.mark.parametrize("client", COMMANDS)
WITH_VERIFY_KEY = pytest.mark.parametrize("client", ["akismet", "akismet-api", "@cedx/akismet"])


def ask(client: str, service: Service, key: str, *calls: list[str]) -> list[Any]:
    """Have `client` do the calls; what it made of the answers."""
    if not INSTALLED[client].exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{client} is not installed")
        pytest.skip(f"{client} is not installed: make test-clients")
    environment = os.environ | {
        "PYTHONPATH": str(INSTALLED[client]),
        "CLIENTS": str(FOLDER / "node"),
        "PYTHONWARNINGS": "ignore",
    }
    result = subprocess.run(
        [*COMMANDS[client], service.base, key, BLOG],
        input=json.dumps(calls),
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert result.returncode == 0, result.stderr
    answers: list[Any] = json.loads(result.stdout)
    return answers


def comes_true(condition: Callable[[], bool]) -> bool:
    """Asked again and again; each time starts a client, which takes a while by itself."""
    return any(condition() for _ in range(40))


@WITH_VERIFY_KEY
def test_a_good_key_is_verified_and_a_wrong_one_is_not(client: str, service: Service) -> None:
    assert ask(client, service, service.new_key(), ["verify"]) == [True]
    assert ask(client, service, WRONG, ["verify"]) == [False]


@ALL
def test_ham_is_ham_and_guaranteed_spam_is_spam(client: str, service: Service) -> None:
    calls = (["check", HAM], ["check", HAM, "viagra-test-123"])

    assert ask(client, service, service.new_key(), *calls) == ["ham", "spam"]


@ALL
def test_what_is_reported_is_learnt(client: str, service: Service) -> None:
    key = service.new_key()
    before = ask(client, service, key, ["check", HAM], ["spam", HAM])

    assert before[0] == "ham"
    assert before[1] in (True, None, "Thanks for making the web a better place.")
    assert comes_true(lambda: ask(client, service, key, ["check", HAM])[0] != "ham")
    ask(client, service, key, ["ham", HAM])
    assert comes_true(lambda: ask(client, service, key, ["check", HAM]) == ["ham"])


@ALL
def test_text_of_every_script_arrives(client: str, service: Service) -> None:
    key = service.new_key()
    text = "Мост – 橋 – جسر – 🌉 and nothing else"
    ask(client, service, key, ["ham", text])
    assert comes_true(lambda: ask(client, service, key, ["check", text]) == ["ham"])
    ask(client, service, key, ["spam", text])

    assert comes_true(lambda: ask(client, service, key, ["check", text])[0] != "ham")


@pytest.mark.parametrize(
    ("client", "error"),
    [
        ("akismet", "APIKeyError"),
        ("python-akismet", "AkismetServerError"),
        ("akismet-api", "Invalid API key"),
    ],
)
def test_a_wrong_key_is_told_in_the_clients_own_way(
    client: str, error: str, service: Service
) -> None:
    assert ask(client, service, WRONG, ["check", HAM]) == [error]


def test_usage_is_read(service: Service) -> None:
    key = service.new_key()

    *_, usage = ask("akismet", service, key, ["check", HAM], ["usage"])

    assert usage == {"limit": "none", "usage": 1, "percentage": "0.00", "throttled": False}


def test_key_sites_without_a_key_is_refused_in_the_clients_own_way(service: Service) -> None:
    assert ask("akismet", service, service.new_key(), ["sites"]) == ["APIKeyError"]
