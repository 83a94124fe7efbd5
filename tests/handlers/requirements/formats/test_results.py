"""What MLflow, Hugging Face and MLTE write is read as results, and the rest has a line."""

from typing import Any

import pytest

from handlers.checks.csv_files import FormatError
from handlers.requirements.formats.results import Results, parsed, read

RUN = {
    "info": {"end_time": 1767600000000, "artifact_uri": "https://ml.example/7"},
    "data": {"metrics": {"recall": 0.91, "loss": "NaN"}, "params": {"depth": "3"}, "tags": {}},
}
CARD = """---
model-index:
- name: berth
  results:
  - task: {type: other}
    dataset: {type: ships, name: Ships, split: test}
    metrics:
    - {type: recall, value: 91.0, name: Adequacy bar in %}
    source: {name: x, url: "https://hub.example/1"}
---

# Berth
"""


def found(told: Any) -> Results:
    results = read(told)
    assert results is not None
    return results


def numbers(told: Any) -> list[tuple[str, float, str]]:
    return [(each.name, each.number, each.unit) for each in found(told).metrics]


def test_a_run_of_mlflow_is_read_as_its_command_line_writes_it() -> None:
    assert numbers(RUN) == [("recall", 0.91, "")]
    assert found(RUN).fields == {"date": "2026-01-05", "link": "https://ml.example/7"}
    assert found(RUN).left_out == ["loss: NaN isn't a number", "params: depth"]


def test_a_run_of_mlflow_is_read_as_its_interface_writes_it_each_metric_as_it_was_last() -> None:
    metrics = [
        {"key": "recall", "value": 0.92, "step": 2, "timestamp": 1},
        {"key": "recall", "value": 0.91, "step": 0, "timestamp": 9},
    ]
    data = {"metrics": metrics, "tags": [{"key": "git", "value": "x"}]}
    inputs = {"dataset_inputs": [{"dataset": {"name": "ships"}}]}
    run = {"run": {"info": {"start_time": 1767600000000, "artifact_uri": "file:///7"}, "data": data, "inputs": inputs}}
    assert numbers(run) == [("recall", 0.92, "")]
    assert (found(run).fields, found(run).left_out) == ({"date": "2026-01-05"}, ["tags: git", "dataset: ships"])


def test_a_model_card_of_hugging_face_is_read_by_its_front_matter() -> None:
    results = found(parsed(CARD))
    assert [(each.name, each.number, list(each.also)) for each in results.metrics] == [
        ("recall", 91.0, ["Adequacy bar in %"])
    ]
    assert (results.fields, results.left_out) == ({"link": "https://hub.example/1"}, ["dataset: Ships test"])


def test_results_of_hugging_face_are_read() -> None:
    text = """
- dataset: {id: acme/ships, task_id: recall}
  value: 0.91
  date: "2026-01-05T10:00:00Z"
  source: {url: "https://hub.example/1"}
  notes: no tools
- {dataset: {id: acme/ships, task_id: speed}, value: fast, source: {url: "https://hub.example/2"}}
"""
    results = found(parsed(text))
    assert [(each.name, each.number) for each in results.metrics] == [("recall", 0.91)]
    assert results.fields == {"link": "https://hub.example/1", "date": "2026-01-05"}
    assert results.left_out == [
        "dataset: acme/ships",
        "notes: no tools",
        "speed: fast isn't a number",
        "link: https://hub.example/2",
        "dataset: acme/ships",
    ]


def test_evidence_and_results_of_mlte_are_read_with_their_units() -> None:
    value = {"evidence_type": "real", "real": 280.0, "unit": "millisecond"}
    evidence = {
        "header": {"identifier": "evidence.speed", "timestamp": 1767600000},
        "body": {"artifact_type": "evidence", "metadata": {"test_case_id": "speed"}, "value": value},
    }
    assert numbers(evidence) == [("speed", 280.0, "millisecond")]
    assert found(evidence).fields == {"date": "2026-01-05"}
    case = {"identifier": "speed", "qas_list": ["berth-latency-qas_002"]}
    told = {
        "speed": {"type": "Success", "additional_data": 'less than 300 - values: ["280.0 millisecond"]'},
        "look": {"type": "Info", "additional_data": ""},
    }
    body = {"artifact_type": "results", "test_suite": {"test_cases": [case]}, "results": told}
    results = found(
        [
            {"header": {"identifier": "r"}, "body": body},
            {"header": {"identifier": "c"}, "body": {"artifact_type": "card"}},
        ]
    )
    (metric,) = results.metrics
    assert (metric.number, metric.unit, list(metric.also)) == (280.0, "millisecond", ["berth-latency-qas_002"])
    assert results.left_out == ["look: Info isn't a number", "c: card has no results"]


@pytest.mark.parametrize("told", [None, [], {}, 7, {"values": {}}, [1]])
def test_what_none_of_them_writes_is_none(told: object) -> None:
    assert read(told) is None


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"model-index": [{"results": [{"metrics": [{"type": "x"}]}]}]}, "'value' is missing"),
        ({"model-index": 7}, "a part isn't as that tool writes it"),
        ({"info": {"end_time": 10**25}, "data": {"metrics": {}}}, "a part isn't as that tool writes it"),
    ],
)
def test_a_part_that_lacks_is_named(told: object, why: str) -> None:
    with pytest.raises(FormatError, match=why):
        read(told)


@pytest.mark.parametrize(("text", "why"), [("{", "the file isn't JSON: line 1"), ("a: [", "can't be read as YAML")])
def test_a_file_that_is_neither_json_nor_yaml_is_refused(text: str, why: str) -> None:
    with pytest.raises(FormatError, match=why):
        parsed(text)
