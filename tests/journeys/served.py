"""`broadsheet serve` as a person starts it, in a process of its own, on a port from the kernel."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, ClassVar

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
COMMAND = str(Path(sys.executable).parent / "broadsheet")


@dataclass(frozen=True, slots=True)
class Served:
    """A newspaper that answers at `address`."""

    ADMINISTRATOR: ClassVar[str] = "chief"
    PASSWORD: ClassVar[str] = "the-journeys-own-password"

    folder: Path
    address: str
    set_up_link: str  # "" once there is an administrator
    process: subprocess.Popen[str]

    @classmethod
    @contextmanager
    def start(
        cls,
        folder: Path,
        *,
        administrator: bool = False,
        command: str = "serve",
        log: IO[str] | None = None,
    ) -> "Iterator[Served]":
        """Serve the site in `folder` until the block ends; what it logs goes to `log`, or where the tests' does."""
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith("BROADSHEET_")
        }
        environment |= {"PORT": "0", "HOST": "127.0.0.1"}
        if administrator:
            environment["BROADSHEET_ADMIN"] = f"{cls.ADMINISTRATOR}:{cls.PASSWORD}"
        process = subprocess.Popen(
            [COMMAND, command, "--site", str(folder)],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        try:
            addresses = list(_addresses(process))
            set_up = next((line for line in addresses if "/set-up/" in line), "")
            yield cls(folder, addresses[0], set_up, process)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(10)
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
        result = subprocess.run(
            [COMMAND, "shell", "--site", str(self.folder), "--no-imports", "-c", code],
            env=environment(),
            input=given,
            capture_output=True,
            text=True,
            check=True,
        )
        return (result.stdout.strip().splitlines() or [""])[-1]


def environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("BROADSHEET_")}


def _addresses(process: subprocess.Popen[str]) -> Iterator[str]:
    """The lines that are addresses, until the last line of the greeting."""
    for line in process.stdout or ():
        if line.startswith("http"):
            yield line.strip()
        if line.startswith("Ctrl-C"):
            return
    raise AssertionError(f"broadsheet serve ended with {process.wait()}")
