"""What the files that models come with say of their interface."""

from typing import Any

import pytest

from handlers.checks.csv_files import FormatError
from handlers.requirements.formats import model_files
from handlers.requirements.formats.proposed import Prefill

MLMODEL: dict[str, Any] = {
    "run_id": "7f",
    "signature": {
        "inputs": '[{"type": "double", "name": "length", "required": true}, '
        '{"type": "datetime", "name": "eta", "required": false}]',
        "outputs": '[{"type": "tensor", "tensor-spec": {"dtype": "float64", "shape": [-1, 3]}}]',
        "params": '[{"name": "alpha", "default": 0.5, "type": "float", "shape": null}]',
    },
}
README = """# Berth model

Some words.

## Intended uses & limitations

Pilots use it to plan their day.

### Limitations

It is wrong on *fishing boats*
without a transponder.

## Evaluation results

cargo 94 %
"""


def test_a_signature_is_inputs_and_outputs() -> None:
    found = model_files.mlflow(MLMODEL, Prefill({}))
    assert {aspect: offer.parts["columns"] for aspect, offer in found.asked.items()} == {
        "inputs": "length | number required\neta | timestamp\nalpha | number | 0.5 if not given",
        "outputs": "output 1 | array | float64 of shape (-1, 3)",
    }
    assert found.left_out == ["run_id: 7f"]


@pytest.mark.parametrize(
    ("signature", "line"),
    [(None, "the model has no signature"), ({"inputs": "["}, "the signature's inputs can't be read")],
)
def test_a_model_without_a_signature_says_so(signature: object, line: str) -> None:
    with pytest.raises(FormatError, match=line):
        model_files.mlflow({"signature": signature}, Prefill({}))


def test_a_readme_says_the_task_who_uses_it_and_what_is_weak() -> None:
    front = {"pipeline_tag": "tabular-regression", "license": "mit"}
    found = model_files.hugging_face(README, front, Prefill({}))
    assert {aspect: offer.parts for aspect, offer in found.asked.items()} == {
        "purpose": {"task": "tabular regression", "users": "Pilots use it to plan their day."},
        "weaknesses": {"weak": "It is wrong on *fishing boats* without a transponder.", "slices": "cargo 94 %"},
    }
    assert found.left_out == ["license: mit"]
    with pytest.raises(FormatError, match="the file says nothing that stands on a card; purpose: Who uses the answer"):
        model_files.hugging_face("# Nothing", front, Prefill({}))
