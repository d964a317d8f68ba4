"""`broadsheet serve` as a person starts it, in a process of its own, on a port from the kernel."""

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, ClassVar

from tests.journeys import prepared
from tests.journeys.shell import COMMAND, Shell, environment

PUBLISH = """
from uuid import uuid4
from broadsheet.newsroom.models import ArticlePage, SectionPage
slug = f"article-{{uuid4().hex[:8]}}"
section = SectionPage.objects.first()
article = section.add_child(instance=ArticlePage(title={title!r}, slug=slug, live=False))
article.save_revision().publish()
print(article.get_url())
"""
WAIT = """
import time
from broadsheet.press.models import PrintOrder, Subject
waiting = PrintOrder.objects.exclude(subject=Subject.FORMS)
deadline = time.monotonic() + {seconds}
while waiting.exists() and time.monotonic() < deadline:
    time.sleep(0.1)
print(waiting.count())
"""
PRINTED_WITHIN = 240  # seconds, on the slowest machine


@dataclass(frozen=True, slots=True)
class Served:
    """A newspaper that answers at `address`."""

    ADMINISTRATOR: ClassVar[str] = "chief"
    PASSWORD: ClassVar[str] = "the-journeys-own-password"

    folder: Path
    address: str
    set_up_link: str  # "" once there is an administrator
    process: subprocess.Popen[str]
    inside: Shell

    @classmethod
    @contextmanager
    def start(
        cls,
        folder: Path,
        *,
        administrator: bool = False,
        empty: bool = False,
        command: str = "serve",
        log: IO[str] | None = None,
    ) -> "Iterator[Served]":
        """Serve the site in `folder` until the block ends; what it logs goes to `log`, or where the tests' does.

        A new folder gets a database that is migrated already, unless the first start in an `empty` one is the point.
        """
        if not (empty or folder.exists()):
            prepared.copy_to(folder)
        surroundings = environment() | {"PORT": "0", "HOST": "127.0.0.1"}
        if administrator:
            surroundings["BROADSHEET_ADMIN"] = f"{cls.ADMINISTRATOR}:{cls.PASSWORD}"
        process = subprocess.Popen(
            [COMMAND, command, "--site", str(folder)],
            env=surroundings,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        shell = Shell(folder)
        try:
            addresses = list(_addresses(process))
            set_up = next((line for line in addresses if "/set-up/" in line), "")
            yield cls(folder, addresses[0], set_up, process, shell)
        finally:
            shell.close()
            process.send_signal(signal.SIGTERM)
            process.wait(60)
            if process.stdout:
                process.stdout.close()

    def published_article(self, title: str) -> str:
        """Publish an article through the site's own shell, as an import does. Returns its path."""
        return self.shell(PUBLISH.format(title=title))

    def wait_until_printed(self) -> None:
        """Until the press has nothing to print; what it compresses well afterwards gives way to everything else."""
        assert self.shell(WAIT.format(seconds=PRINTED_WITHIN)) == "0"

    def shell(self, code: str, given: str = "") -> str:
        """Run `code` in the site's own shell with `given` as its input; returns the last line that it prints."""
        return (self.inside.run(code, given).strip().splitlines() or [""])[-1]


def _addresses(process: subprocess.Popen[str]) -> Iterator[str]:
    """The lines that are addresses, until the last line of the greeting."""
    for line in process.stdout or ():
        if line.startswith("http"):
            yield line.strip()
        if line.startswith("Ctrl-C"):
            return
    raise AssertionError(f"broadsheet serve ended with {process.wait()}")
