"""`broadsheet spam-service`, served once for all clients."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.clients.asking import answers_again
from tests.journeys.served import Served

KEYS = 40
ISSUE = f"""
from datetime import UTC, datetime
from broadsheet.akismet import issuing
from broadsheet.akismet.models import Key
for number in range({KEYS}):
    print("key", issuing.issue(Key(name=f"Client {{number}}"), now=datetime.now(UTC)))
"""


@dataclass(frozen=True, slots=True)
class Service:
    """A spam service that answers at `base`."""

    folder: Path
    base: str
    keys: list[str]

    def new_key(self) -> str:
        """A key of its own for each test, so that none learns from another."""
        return self.keys.pop()


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("spam-service") / "site"
    with Served.start(folder, command="spam-service") as served:
        keys = issue_keys(served)
        assert answers_again(served, keys.pop())  # the server has heard of them
        yield Service(folder, served.address, keys)


def issue_keys(served: Served) -> list[str]:
    """KEYS keys."""
    printed = served.inside.run(ISSUE)
    return [line.split()[1] for line in printed.splitlines() if line.startswith("key ")]
