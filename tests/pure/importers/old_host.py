"""An old site on this machine, for what is asked of it over HTTP."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

Reply = tuple[int, Mapping[str, str], bytes]  # status, headers, body
Answering = Callable[[str, Mapping[str, str]], Reply]  # path with query, lower-case headers


def ok(body: bytes, **headers: str) -> Reply:
    return 200, headers, body


@dataclass(slots=True)
class OldSite:
    """Answers at `address`, and remembers what it was asked for."""

    address: str = ""
    asked: list[str] = field(default_factory=list)


class _Quiet(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """Who asked may hang up: a body that is too large is not read to its end."""


@contextmanager
def an_old_site(answer: Answering) -> Iterator[OldSite]:
    site = OldSite()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, own, body = answer(self.path, headers)
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **own}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with _Quiet(("127.0.0.1", 0), Handler) as server:
        site.address = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()
