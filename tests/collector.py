"""A small collector of OpenTelemetry's spans: OTLP over HTTP, as the specification's protobuf."""

import gzip
import threading
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)


@dataclass(frozen=True, slots=True)
class Told:
    """A span that arrived."""

    attributes: dict[str, Any]
    process: dict[str, Any]
    trace: bytes
    id: bytes
    parent: bytes
    has_failed: bool


class Collector:
    """Listens on a port of the kernel's while the block lasts."""

    def __init__(self) -> None:
        self.spans: defaultdict[str, list[Told]] = defaultdict(list)  # by name
        self.received = b""
        self.arrived = threading.Condition()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.address = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def wait_for(self, names: Iterable[str], *, seconds: float) -> None:
        """Until a span of each of these names has arrived."""
        wanted = set(names)
        with self.arrived:
            assert self.arrived.wait_for(lambda: wanted <= self.spans.keys(), seconds), (
                wanted - self.spans.keys()
            )

    def take(self, body: bytes) -> None:
        request = ExportTraceServiceRequest()
        request.ParseFromString(body)
        with self.arrived:
            self.received += body
            for group in request.resource_spans:
                process = _plain(group.resource.attributes)
                for span in (span for scope in group.scope_spans for span in scope.spans):
                    told = Told(
                        _plain(span.attributes),
                        process,
                        span.trace_id,
                        span.span_id,
                        span.parent_span_id,
                        has_failed=span.status.code == span.status.STATUS_CODE_ERROR,
                    )
                    self.spans[span.name].append(told)
            self.arrived.notify_all()


def _plain(attributes: Iterable[Any]) -> dict[str, Any]:
    return {
        each.key: getattr(each.value, each.value.WhichOneof("value") or "string_value")
        for each in attributes
    }


def _handler(collector: Collector) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            if self.path == "/v1/traces":
                collector.take(body)
            answer = ExportTraceServiceResponse().SerializeToString()
            self.send_response(200 if self.path == "/v1/traces" else 404)
            self.send_header("Content-Type", "application/x-protobuf")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            pass

    return Handler
