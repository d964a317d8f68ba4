"""Asking a spam service as its simplest client does."""

import http.client
import subprocess
from contextlib import closing
from urllib.parse import urlencode, urlsplit

from tests.journeys.served import Served

LONGEST_WAIT = 300  # looks, a fifth of a second apart


def ask(served: Served, key: str, text: str) -> tuple[int, str]:
    """comment-check: status and GUID."""
    parts = urlsplit(served.address)
    form = {"api_key": key, "blog": "a.example", "user_ip": "192.0.2.7", "comment_content": text}
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    with closing(http.client.HTTPConnection(parts.netloc, timeout=30)) as connection:
        connection.request("POST", "/1.1/comment-check", urlencode(form), headers)
        answer = connection.getresponse()
        return answer.status, answer.headers.get("X-akismet-guid", "")


def answers_again(served: Served, key: str) -> bool:
    """Does it know the key, at last? A verdict has a GUID; what is invalid has none."""
    for _ in range(LONGEST_WAIT):
        try:
            if ask(served, key, "Are you there?")[1]:
                return True
        except OSError:
            pass
        pause()
    return False


def pause() -> None:
    subprocess.run(["sleep", "0.2"], check=True)
