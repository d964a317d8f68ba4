"""What a server does without: libraries that no request needs."""

import subprocess
import sys

from django.db import connection
from django.test import Client


def test_a_server_does_not_load_what_no_request_needs() -> None:
    unused = {"cryptography", "docutils", "ninja", "pygments", "requests", "urllib3", "yaml"}
    if connection.vendor == "sqlite":
        unused.add("psycopg")
    code = (
        "import sys; from broadsheet.web import command, family; family.load()\n"
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )

    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert unused.isdisjoint(said.stdout.split())
    assert "broadsheet" in said.stdout.split()


def test_what_was_left_out_can_be_loaded_by_who_needs_it() -> None:
    import requests  # noqa: PLC0415

    assert requests.get
    assert sys.modules["requests"] is requests


def test_the_editors_choosers_ask_an_interface_that_is_there(admin_client: Client) -> None:
    assert admin_client.get("/editor/api/main/pages/").json()["meta"]["total_count"] >= 1
