"""Spans: told by OpenTelemetry's own exporter to a collector that is asked for, and by nobody otherwise."""

import logging
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from broadsheet import tracing
from tests.collector import Collector


@pytest.fixture(autouse=True)
def _untold_afterwards() -> Iterator[None]:
    yield
    tracing.stop()


def test_nobody_is_told_unless_somebody_asks() -> None:
    tracing.start("test", {})

    assert tracing.span("judge") is tracing.span("print", {"pages": 3})


def test_what_is_not_asked_for_is_not_loaded() -> None:
    code = (
        "import sys; from broadsheet import tracing; tracing.start('test', {})\n"
        "with tracing.span('print'): pass\n"
        "print([name for name in sys.modules if name.startswith(('opentelemetry', 'requests'))])"
    )

    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert said.stdout == "[]\n"


def test_without_the_extra_a_line_says_so_and_all_goes_on(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)

    with caplog.at_level(logging.WARNING):
        tracing.start("test", {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9"})

    assert "pip install 'broadsheet[otel]'" in caplog.text
    assert type(tracing.span("judge")) is tracing.Span


def test_spans_within_each_other_reach_the_collector(monkeypatch: pytest.MonkeyPatch) -> None:
    with Collector() as collector:
        told(collector, monkeypatch)
        with tracing.span("print", {"broadsheet.pages": 3}), tracing.span("judge") as inner:
            inner.note({"broadsheet.judgement": "ham"})
            inner.rename("judge again")
        tracing.stop()

    outer, inside = collector.spans["print"][0], collector.spans["judge again"][0]
    assert outer.attributes == {"broadsheet.pages": 3}
    assert inside.attributes == {"broadsheet.judgement": "ham"}
    assert (inside.trace, inside.parent) == (outer.trace, outer.id)
    assert outer.process["service.name"] == "broadsheet"
    assert outer.process["broadsheet.process"] == "test"


def test_an_error_is_told_by_its_class_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    with Collector() as collector:
        told(collector, monkeypatch)
        with pytest.raises(ValueError, match="ann@"), tracing.span("print"):
            raise ValueError("ann@mail.example")
        tracing.stop()

    (span,) = collector.spans["print"]
    assert span.attributes == {"error.type": "ValueError"}
    assert span.has_failed
    assert b"ann@" not in collector.received


def test_a_collector_that_is_away_delays_nobody_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    with Collector() as collector:
        told(collector, monkeypatch)
    with tracing.span("print"):
        pass

    tracing.stop()

    assert type(tracing.span("print")) is tracing.Span
    assert not [one for one in threading.enumerate() if one.name.startswith("OtelBatch")]


def told(collector: Collector, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.address)
    tracing.start("test", {"OTEL_EXPORTER_OTLP_ENDPOINT": collector.address})
