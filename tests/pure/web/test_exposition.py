"""Figures as Prometheus reads them, and the dashboard and alerts that are made of them."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.web.seeing import exposition
from broadsheet.web.seeing.exposition import Kind, Metric, Sample
from broadsheet.web.seeing.tally import Tally

CONTRIB = Path(__file__).parents[3] / "contrib"
SOURCE = Path(exposition.__file__).with_name("figures.py").read_text(encoding="utf-8")


def test_a_metric_says_what_it_means_before_its_numbers() -> None:
    metric = Metric("x_total", Kind.COUNTER, "What it is.", (Sample(3, {"by": "file"}),))

    assert exposition.text([metric]).splitlines() == [
        "# HELP x_total What it is.",
        "# TYPE x_total counter",
        'x_total{by="file"} 3',
    ]


def test_buckets_add_up() -> None:
    tally = Tally()
    for seconds in (0.0004, 0.004, 0.004, 60.0):
        tally.answered("django", 200, seconds)

    lines = exposition.text(
        [exposition.histogram("t", "Time.", tally.durations(), label="by")]
    ).splitlines()

    assert 't_bucket{by="django",le="0.001"} 1' in lines
    assert 't_bucket{by="django",le="0.005"} 3' in lines
    assert 't_bucket{by="django",le="10"} 3' in lines
    assert 't_bucket{by="django",le="+Inf"} 4' in lines
    assert 't_count{by="django"} 4' in lines
    assert tally.answers() == {("django", 200): 4}


@given(st.text())
def test_no_label_breaks_out_of_its_line(value: str) -> None:
    text = exposition.text([Metric("x", Kind.GAUGE, "X.", (Sample(1, {"name": value}),))])

    last = text.removesuffix("\n").split("\n")
    assert len(last) == 3
    found = re.fullmatch(r'x\{name="((?:[^"\\]|\\.)*)"\} 1', last[-1], re.DOTALL)
    assert found is not None
    assert re.sub(r"\\(.)", lambda m: {"n": "\n"}.get(m[1], m[1]), found[1]) == value


@pytest.mark.parametrize("file", ["grafana/broadsheet.json", "prometheus/broadsheet.rules.yml"])
def test_dashboard_and_alerts_ask_only_for_what_there_is(file: str) -> None:
    told = {f"broadsheet_{name}" for name in re.findall(r'_(?:gauge|counter)\(\s*"(\w+)"', SOURCE)}
    told |= {f"broadsheet_request_seconds{suffix}" for suffix in ("_bucket", "_sum", "_count")}

    text = (CONTRIB / file).read_text(encoding="utf-8")

    asked = set(re.findall(r"\bbroadsheet_\w+", text))
    assert asked
    assert asked <= told
    if file.endswith(".json"):
        assert len(json.loads(text)["panels"]) > 5
