"""Read our model and negotiation cards as the tools do whose they are, and write what MLTE and MLflow measure."""

import json
import logging
import sys
from importlib.resources import files
from pathlib import Path

import jsonschema
from fastapi import FastAPI
from huggingface_hub import ModelCard, ModelCardData
from huggingface_hub.repocard_data import EvalResult
from mlflow.entities import Metric, Param, Run, RunData, RunInfo
from mlflow.models import Model, ModelSignature
from mlflow.protos.service_pb2 import GetRun
from mlflow.types import ColSpec, ParamSchema, ParamSpec, Schema
from mlflow.utils.proto_json_utils import message_to_json
from mlte.artifact.model import ArtifactModel
from mlte.evidence.types.real import Real
from mlte.measurement.external_measurement import ExternalMeasurement
from mlte.measurement.units import Units
from mlte.negotiation.artifact import NegotiationCard
from mlte.suite.test_case import TestCase
from mlte.suite.test_suite import TestSuite
from mlte.validation.test_suite_validator import TestSuiteValidator
from pydantic import BaseModel, Field

logging.disable()
hugging_face, negotiation, folder = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])

card = ModelCard(hugging_face.read_text(encoding="utf-8"))
told = json.loads(negotiation.read_text(encoding="utf-8"))
schema = files("mlte.schema.artifact.negotiation").joinpath("v0.0.1/schema.json").read_text()
jsonschema.validate(told["body"], json.loads(schema))
negotiated = NegotiationCard.from_model(ArtifactModel.from_json(told))

result = EvalResult("other", "ships", "Ships", "recall", 0.91, source_name="x", source_url="https://hub.example/1")
written = ModelCard.from_template(
    ModelCardData(model_name="berth", eval_results=[result]), template_str="---\n{{card_data}}\n---\n"
)
(folder / "README.md").write_text(str(written), encoding="utf-8")

measurement = ExternalMeasurement("latency case", Real)
evidence = measurement.evaluate(280.0, Units.millisecond)
(folder / "evidence.json").write_text(json.dumps(evidence.to_model().to_json()), encoding="utf-8")
limit = Real.less_than(300, Units.millisecond)
case = TestCase("case 7", "be fast", [negotiated.quality_scenarios[-1].identifier], measurement=None, validator=limit)
validator = TestSuiteValidator(test_suite=TestSuite("suite", [case]))
validator.evidence["case 7"] = evidence
(folder / "results.json").write_text(json.dumps(validator.validate().to_model().to_json()), encoding="utf-8")

info = RunInfo("7", "0", "u", "FINISHED", 1767600000000, 1767600000000, "active", artifact_uri="https://ml.example/7")
metrics = [Metric("latency_p95_ms", value, 1767600000000, step) for step, value in enumerate((310.0, 280.0))]
run = Run(info, RunData(metrics, [Param("depth", "3")], []))
(folder / "run.json").write_text(json.dumps(run.to_dictionary()), encoding="utf-8")
(folder / "rest.json").write_text(message_to_json(GetRun.Response(run=run.to_proto())), encoding="utf-8")

signature = ModelSignature(
    Schema([ColSpec("double", "length"), ColSpec("string", "kind", required=False)]),
    Schema([ColSpec("datetime", "free_at")]),
    ParamSchema([ParamSpec("alpha", "double", 0.5)]),
)
(folder / "MLmodel").write_text(Model(signature=signature, flavors={"python_function": {}}).to_yaml(), encoding="utf-8")


class Ship(BaseModel):
    length: float = Field(ge=0, le=400, description="of the ship, in m")
    call_sign: str | None = Field(None, pattern="[A-Z]{3}[0-9]+")


class Free(BaseModel):
    berth: str


app = FastAPI(title="Berths", version="1.3.0", servers=[{"url": "https://models.example"}])


@app.post("/predict", summary="Predicts when each berth is free")
def predict(ships: list[Ship]) -> Free:
    return Free(berth=str(ships))


(folder / "openapi.json").write_text(json.dumps(app.openapi()), encoding="utf-8")

print(
    json.dumps(
        {
            "results": [
                [each.metric_type, each.metric_value, each.metric_name, each.source_url]
                for each in card.data.eval_results
            ],
            "text": card.text,
            "inputs": [[each.name, each.type, each.expected_values] for each in negotiated.model.input_specification],
            "scenarios": [[each.quality, each.stimulus, each.measure] for each in negotiated.quality_scenarios],
        }
    )
)
