"""Which metric is about which aspect, in which unit; in doubt none is taken, and the line says what to do."""

from collections.abc import Mapping

import pytest

from handlers.requirements.rules.assigning import Assigned, Metric, assigned
from storage.records.offers import Offer
from storage.requirements.requirements import Aspect
from tests.handlers.requirements.playing import BAR, LATENCY

ASKED: Mapping[Aspect, Offer] = {
    "adequacy": Offer(parts={**BAR, "metric": "recall of arrivals"}),
    "latency": Offer(parts=LATENCY),
    "availability": Offer(parts={**LATENCY, "bound": "at least", "amount": "99.5 % of requests"}),
}


def made(*metrics: Metric, **chosen: str) -> Assigned:
    return assigned(metrics, ASKED, {aspect: chosen[aspect] for aspect in ASKED if aspect in chosen})


@pytest.mark.parametrize(
    ("metric", "values"),
    [
        (Metric("latency", 280, "ms"), {"latency": "280 ms"}),
        (Metric("latency_p95_ms", 280), {"latency": "280 ms"}),
        (Metric("latency_s", 0.28), {"latency": "0.28 s"}),
        (Metric("speed", 280, also=["Latency in ms"]), {"latency": "280 ms"}),
        (Metric("case 1", 280, "millisecond", ["berth-latency-qas_002"]), {"latency": "280 millisecond"}),
        (Metric("recall", 0.91), {"adequacy": "91 %"}),
        (Metric("recall", 91), {"adequacy": "91 %"}),
        (Metric("recall_pct", 0.5), {"adequacy": "0.5 %"}),
        (Metric("Recall of arrivals", 0.07), {"adequacy": "7 %"}),
        (Metric("availability", 0.999, "dimensionless"), {"availability": "99.9 % of requests"}),
        (Metric("availability_percent", 99.9), {"availability": "99.9 % of requests"}),
    ],
)
def test_a_metric_is_taken_by_its_name_and_in_its_unit(metric: Metric, values: dict[str, str]) -> None:
    found = made(metric)
    assert (found.values, found.left_out) == (values, [])
    assert list(found.read_as.values()) == [f"{metric.name} {metric.number:g}"]


@pytest.mark.parametrize(
    ("metrics", "line"),
    [
        ([Metric("val_loss", 0.3)], "val_loss 0.3: no requirement by that name"),
        ([Metric("test_recall", 0.3)], "test_recall 0.3: no requirement by that name"),
        ([Metric("latency", 280)], "latency 280: in which unit? Say so: --with latency='280 ms'"),
        ([Metric("latency_min", 280)], "latency_min 280: in which unit? Say so: --with latency='280 ms'"),
        ([Metric("recall", 1)], "recall 1: in which unit? Say so: --with adequacy='1 %'"),
        (
            [Metric("latency_p50_ms", 90), Metric("latency_p95_ms", 280)],
            "latency: latency_p50_ms or latency_p95_ms? Say which: --with latency=latency_p50_ms",
        ),
    ],
)
def test_in_doubt_nothing_is_taken(metrics: list[Metric], line: str) -> None:
    found = made(*metrics)
    assert (found.values, found.left_out) == ({}, [line])


def test_what_is_chosen_goes() -> None:
    two = (Metric("latency_p50_ms", 90), Metric("latency_p95_ms", 280), Metric("test_recall", 0.9))
    found = made(*two, latency="latency_p95_ms", adequacy="test_recall")
    assert found.values == {"adequacy": "90 %", "latency": "280 ms"}
    assert found.left_out == ["latency_p50_ms 90: no requirement by that name"]
    assert made(latency="0.2 s").values == {"latency": "0.2 s"}
    assert made(latency="speed").left_out == ["latency: the file has no metric 'speed'"]
