"""SpamAssassin's and rspamd's daemons, asked about the same texts as mail; None where one is not installed."""

import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from .load import Tally, ask_each, http_request
from .processes import free_port, use_core

RSPAMD = """
.include "$CONFDIR/common.conf"
options {{ .include "$CONFDIR/options.inc" dns {{ nameserver = "127.0.0.1:9"; timeout = 0.01s; }} }}
logging {{ type = "file"; filename = "{folder}/rspamd.log"; level = "error"; }}
worker "normal" {{ bind_socket = "127.0.0.1:{port}"; count = 1; }}
"""


def mail(text: str) -> bytes:
    """A submission as a mail, which is what the daemons judge."""
    return (
        f"From: =?utf-8?q?reader?= <reader@example.org>\r\nTo: <blog@example.net>\r\n"
        "Subject: A comment\r\nDate: Sat, 14 Mar 2026 12:00:00 +0000\r\nMessage-ID: <1@example.org>\r\n"
        "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        f"{text}\r\n"
    ).encode()


def spamd(folder: Path, mails: Sequence[bytes], seconds: float) -> Tally | None:
    """SpamAssassin's daemon, local tests only."""
    if not shutil.which("spamd"):
        return None
    port = free_port()
    options = ["-L", "-x", "-m", "4", "-i", "127.0.0.1", "-p", str(port)]
    command = ["spamd", *options, f"--pidfile={folder / 'spamd.pid'}", "-s", str(folder / "log")]
    requests = [b"CHECK SPAMC/1.5\r\nContent-length: %d\r\n\r\n" % len(m) + m for m in mails]
    with running(command, port):
        return ask_each(("127.0.0.1", port), requests, seconds)


def rspamd(folder: Path, mails: Sequence[bytes], seconds: float) -> Tally | None:
    """rspamd's worker, as Debian configures it, without a network."""
    if not shutil.which("rspamd"):
        return None
    port = free_port()
    configuration = folder / "rspamd.conf"
    configuration.write_text(RSPAMD.format(folder=folder, port=port))
    folders = [f"--var={name}={folder}" for name in ("DBDIR", "RUNDIR", "LOGDIR")]
    command = ["rspamd", "-f", "--insecure", "-c", str(configuration), *folders]
    requests = [http_request("/checkv2", body) for body in mails]
    with running(command, port):
        return ask_each(("127.0.0.1", port), requests, seconds)


@contextmanager
def running(command: Sequence[str], port: int) -> Iterator[None]:
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: use_core(0),
    )
    try:
        wait_until(lambda: socket.create_connection(("127.0.0.1", port), 1).close())
        yield
    finally:
        process.terminate()
        process.wait(15)


def wait_until(attempt: Callable[[], None]) -> None:
    for _ in range(900):
        try:
            attempt()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("A daemon did not start.")
