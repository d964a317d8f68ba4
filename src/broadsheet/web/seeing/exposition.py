"""Prometheus' text exposition format 0.0.4. Plain Python.

https://prometheus.io/docs/instrumenting/exposition_formats/
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from .tally import BOUNDS, Histogram

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Kind(StrEnum):
    """What a metric's numbers mean."""

    COUNTER = "counter"  # only grows, from 0 at the start of the process
    GAUGE = "gauge"
    HISTOGRAM = "histogram"


@dataclass(frozen=True, slots=True)
class Sample:
    """One number."""

    value: float
    labels: Mapping[str, str] = field(default_factory=dict)
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Metric:
    """A name, what it means, and its numbers."""

    name: str
    kind: Kind
    help: str  # one line
    samples: tuple[Sample, ...]


def text(metrics: Iterable[Metric]) -> str:
    """All of them, as Prometheus reads it."""
    return "".join(_lines(metric) for metric in metrics)


def histogram(name: str, help_line: str, found: Mapping[str, Histogram], *, label: str) -> Metric:
    """Histograms by the value of one label."""
    samples = tuple(s for value, h in found.items() for s in _buckets(h, {label: value}))
    return Metric(name, Kind.HISTOGRAM, help_line, samples)


def _buckets(found: Histogram, labels: Mapping[str, str]) -> Iterable[Sample]:
    so_far = 0
    bounds = [*(f"{bound:g}" for bound in BOUNDS), "+Inf"]
    for bound, count in zip(bounds, found.counts, strict=True):
        so_far += count
        yield Sample(so_far, {**labels, "le": bound}, "_bucket")
    yield Sample(found.total, labels, "_sum")
    yield Sample(so_far, labels, "_count")


def _lines(metric: Metric) -> str:
    lines = [f"# HELP {metric.name} {_escaped(metric.help)}", f"# TYPE {metric.name} {metric.kind}"]
    lines += [
        f"{metric.name}{sample.suffix}{_labels(sample.labels)} {_number(sample.value)}"
        for sample in metric.samples
    ]
    return "\n".join(lines) + "\n"


def _labels(labels: Mapping[str, str]) -> str:
    if not labels:
        return ""
    pairs = (f'{name}="{_escaped(value, quote=True)}"' for name, value in labels.items())
    return "{" + ",".join(pairs) + "}"


def _escaped(words: str, *, quote: bool = False) -> str:
    words = words.replace("\\", "\\\\").replace("\n", "\\n")
    return words.replace('"', '\\"') if quote else words


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(float(value))
