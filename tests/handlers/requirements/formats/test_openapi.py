"""An interface is filled in from a description in OpenAPI, and what isn't taken from it has a line."""

from typing import Any

import pytest
import yaml

from handlers.checks.csv_files import FormatError
from handlers.requirements.formats import openapi
from handlers.requirements.formats.proposed import Prefill, Proposed
from storage.records.offers import Offer

SPEC = """
openapi: 3.1.0
info: {title: Berth predictor, version: 1.3.0, description: Predicts when a berth is free}
servers: [{url: https://models.example/v1/}, {url: https://staging.example/v1}]
security: [{key: []}]
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}
  schemas:
    Ship:
      type: object
      required: [length]
      properties:
        length: {type: number, minimum: 0, maximum: 400, x-unit: m, description: of the | ship}
        kind: {type: string, enum: [cargo, tanker]}
        eta: {anyOf: [{type: string, format: date-time}, {type: "null"}]}
        crew: {type: integer, minimum: 1}
        odd: {type: string, pattern: "(?=x)"}
        port: {allOf: [{$ref: "#/components/schemas/Port"}], description: where it lies}
        photo: {type: [string, "null"], format: binary}
    Port: {type: object, required: [name], properties: {name: {type: string}}}
    Ships: {type: array, items: {$ref: "#/components/schemas/Ship"}}
paths:
  /health: {get: {operationId: health, responses: {"200": {description: fine}}}}
  /predict:
    parameters: [{name: dry, in: query, required: true, schema: {type: boolean}}]
    post:
      summary: Predicts when each berth is free
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Ships"}}}}
      responses:
        "200": {content: {application/json: {schema: {type: object, properties: {berth: {type: string}}}}}}
        "422": {description: invalid}
        "503": {description: no answer within 1 s}
"""
USERS = {"purpose": Offer(parts={"users": "the planning page"})}


def described() -> Any:
    return yaml.safe_load(SPEC)


def read(told: Any, before: dict[Any, Offer] | None = None, wanted: str = "") -> Proposed:
    return openapi.read(told, Prefill(before or {}), wanted)


def test_an_operation_is_an_interface() -> None:
    found = read(described(), USERS)
    assert {aspect: offer.parts for aspect, offer in found.asked.items()} == {
        "purpose": {"users": "the planning page", "task": "Predicts when each berth is free"},
        "inputs": {
            "columns": "dry | boolean required\n"
            "[].length | number required | of the / ship | 0 to 400 m\n"
            "[].kind | string |  | cargo, tanker\n"
            "[].eta | timestamp\n"
            "[].crew | integer | at least 1\n"
            "[].odd | string\n"
            "[].port.name | string required\n"
            "[].photo | file"
        },
        "outputs": {"columns": "berth | string"},
        "errors": {"invalid": "status 422, invalid", "failure": "status 503, no answer within 1 s"},
        "endpoint": {"where": "POST https://models.example/v1/predict", "access": "an API key"},
        "versioning": {"version": "1.3.0", "promise": "compatibility isn't promised yet"},
    }
    assert found.left_out == ["inputs.[].odd: its values", "servers: https://staging.example/v1"]


def test_what_the_file_does_not_say_stays_as_it_stands_on_the_card() -> None:
    told = described()
    del told["paths"]["/predict"]["post"]["responses"]["503"]
    promise = {"promise": "every change is announced first", "notice": "4 weeks", "version": "1.0.0"}
    found = read(told, {"versioning": Offer(parts=promise)})
    assert found.asked["versioning"].parts == {**promise, "version": "1.3.0"}
    assert {"purpose", "errors"} & set(found.asked) == set()
    assert found.left_out[0] == "purpose: Who uses the answer? not set"
    assert "errors: What happens when it fails or is slow? not set" in found.left_out


@pytest.mark.parametrize("wanted", ["GET /health", "/health", "Health"])
def test_an_operation_is_named_by_its_way_its_place_or_its_id(wanted: str) -> None:
    found = read(described(), None, wanted)
    assert found.asked["endpoint"].parts["where"] == "GET https://models.example/v1/health"


def test_of_several_operations_it_must_be_said_which_one_is_meant() -> None:
    told = described()
    told["paths"]["/train"] = {"post": {"requestBody": {"content": {}}}}
    with pytest.raises(FormatError, match="--operation NAME, of GET /health, POST /predict, POST /train"):
        read(told)
    with pytest.raises(FormatError, match="say which operation"):
        read(told, None, "/nowhere")
    with pytest.raises(FormatError, match="the file has no operation"):
        read({"openapi": "3.0.0"})
    with pytest.raises(FormatError, match="only OpenAPI 3"):
        read({"swagger": "2.0"})


def test_an_object_that_holds_itself_ends_as_a_field() -> None:
    told = described()
    told["components"]["schemas"]["Port"] = {
        "type": "object",
        "properties": {"next": {"$ref": "#/components/schemas/Port"}},
    }
    columns = read(told).asked["inputs"].parts["columns"]
    assert "[].port.next.next | object" in columns


@pytest.mark.parametrize(
    ("scheme", "words"),
    [
        ({"type": "http", "scheme": "bearer"}, "HTTP bearer"),
        ({"type": "oauth2"}, "OAuth 2.0"),
        ({"type": "own"}, "own"),
    ],
)
def test_how_access_is_given_is_read_from_the_scheme(scheme: dict[str, str], words: str) -> None:
    told = described()
    told["components"]["securitySchemes"]["key"] = scheme
    assert read(told).asked["endpoint"].parts["access"] == words
