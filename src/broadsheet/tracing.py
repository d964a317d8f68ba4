"""Spans for OpenTelemetry, where an operator asks for them by OTEL_EXPORTER_OTLP_ENDPOINT; else one object that does nothing.

What a span tells is for an operator: patterns, numbers and states, never an address, a path, a name or words of anybody.
Errors are told by their class alone. Where the spans go, and how many of them, is said in OpenTelemetry's own
environment (https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/). Plain Python.
"""

import importlib
import logging
import threading
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from types import TracebackType
from typing import Any, Self

logger = logging.getLogger(__name__)

WANTED_BY = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
ENDS_WITHIN = 1.0  # seconds for the last spans to be sent; then as many to give up

Value = str | int | float | bool


class Span:
    """What is being done, from `with` to its end. This one tells nobody."""

    def rename(self, name: str) -> None:
        """Now it is known better what it is."""

    def note(self, attributes: Mapping[str, Value]) -> None:
        """Say something about it."""

    def failed(self, why: str) -> None:
        """It did not do what it is for. `why`: a kind of failure, nobody's words."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Its end."""


class _Told(Span):
    """A span of OpenTelemetry."""

    def __init__(self, tracer: Any, name: str, attributes: Mapping[str, Value]) -> None:
        self._current = tracer.start_as_current_span(
            name, attributes=attributes, record_exception=False, set_status_on_exception=False
        )

    def rename(self, name: str) -> None:
        self._span.update_name(name)

    def note(self, attributes: Mapping[str, Value]) -> None:
        self._span.set_attributes(attributes)

    def failed(self, why: str) -> None:
        status = importlib.import_module("opentelemetry.trace")
        self._span.set_status(status.StatusCode.ERROR, why)

    def __enter__(self) -> Self:
        self._span = self._current.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is not None:
            self.note({"error.type": kind.__name__})
            self.failed(kind.__name__)
        self._current.__exit__(None, None, None)


_UNTOLD = Span()
_NO_ATTRIBUTES: Mapping[str, Value] = {}


class _Sender:
    """OpenTelemetry's exporter, which may be told more than once to end: by us when time is up, and by its provider."""

    def __init__(self, exporter: Any) -> None:
        self._exporter = exporter
        self._ended = False

    def export(self, spans: Sequence[Any]) -> Any:
        return self._exporter.export(spans)

    def shutdown(self) -> None:
        """From now on it does not wait for another try."""
        if not self._ended:
            self._ended = True
            self._exporter.shutdown()


class _Process:
    """This process's tracer, once it has one."""

    provider: Any = None
    sender: _Sender | None = None
    tracer: Any = None


def span(name: str, attributes: Mapping[str, Value] = _NO_ATTRIBUTES) -> Span:
    """A span within the one that is current here, or a new trace's first."""
    tracer = _Process.tracer
    return _UNTOLD if tracer is None else _Told(tracer, name, attributes)


def start(part: str, environment: Mapping[str, str]) -> None:
    """Tell of this process from now on, if the `environment` asks for it. `part`: what this process does.

    To be called after a fork: the sender is a thread. What is missing is logged, and nothing is told then.
    """
    if _Process.tracer is not None or not any(environment.get(name) for name in WANTED_BY):
        return
    try:
        sdk = importlib.import_module("opentelemetry.sdk.trace")
        export = importlib.import_module("opentelemetry.sdk.trace.export")
        resources = importlib.import_module("opentelemetry.sdk.resources")
        otlp = importlib.import_module("opentelemetry.exporter.otlp.proto.http.trace_exporter")
    except ModuleNotFoundError as error:
        logger.warning(
            "No spans are told: %s is missing (pip install 'broadsheet[otel]')", error.name
        )
        return
    about = {"service.version": version("broadsheet"), "broadsheet.process": part}
    if not environment.get("OTEL_SERVICE_NAME"):
        about["service.name"] = "broadsheet"
    provider = sdk.TracerProvider(resource=resources.Resource.create(about), shutdown_on_exit=False)
    sender = _Sender(otlp.OTLPSpanExporter())
    provider.add_span_processor(export.BatchSpanProcessor(sender))
    _Process.provider, _Process.sender = provider, sender
    _Process.tracer = provider.get_tracer("broadsheet", version("broadsheet"))


def stop() -> None:
    """Send what is not sent yet, for a moment at most, and tell nothing more.

    A collector that is away is given up: a thread that went on trying would write to a log that may be closed by then.
    """
    provider, sender = _Process.provider, _Process.sender
    _Process.provider = _Process.sender = _Process.tracer = None
    if provider is None or sender is None:
        return
    sending = threading.Thread(target=provider.shutdown, daemon=True)
    sending.start()
    sending.join(ENDS_WITHIN)
    if sending.is_alive():
        sender.shutdown()
        sending.join(ENDS_WITHIN)
