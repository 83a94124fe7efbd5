"""The contract is valid in the Open Data Contract Standard, and says what was agreed."""

import json
from importlib.resources import files
from typing import Any

import jsonschema
import yaml

from handlers.data_requests.contract import Contract, file_name, markdown, odcs
from handlers.data_requests.rules.status import settled_terms
from storage.data_requests.data_requests import DataRequest, Named, Term
from storage.glossary.glossary import Sense
from storage.records.offers import Agreement, Offer
from tests.handlers.data_requests.requests import AT, NAMES, a_request

AGREED: dict[str, object] = {
    "state": "agreed", "agreed_at": AT, "terms_version": 3, "agreed_in": "D-7",
    "agreements": {
        "requester": Agreement(user_id="UDEV", version=3, at=AT), "owner": Agreement(user_id="UANA", version=3, at=AT),
    },
}  # fmt: skip


def a_sense(**changes: str) -> Sense:
    told = {
        "id": "s1", "team_id": "T0LOCAL", "visibility": "workspace", "look_up_key": "berth", "origin": "people",
        "word": "berth", "discipline": "domain", "gloss": "where a ship lies", "status": "approved", "version": 4,
        "updated_at": AT,
    }  # fmt: skip
    return Sense.model_validate({**told, **changes})


def contract(request: DataRequest, *senses: tuple[Sense, int]) -> Contract:
    return Contract(request, settled_terms(request), NAMES, senses)


def validated(text: str) -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load(text)
    schema = json.loads((files("open_data_contract_standard") / "schema.json").read_text(encoding="utf-8"))
    jsonschema.validators.validator_for(schema)(schema).validate(told)
    return told


def test_the_contract_is_valid_and_says_everything_that_was_agreed() -> None:
    approver = Named(parts=("approver", "sponsor"), message="m1", at=AT, answer="yes")
    request = a_request(**AGREED, named={"UCHLOE": approver})
    linked = a_sense(id="s2", word="ship", source_link="https://imo.example/ship")
    told = validated(odcs(contract(request, (a_sense(), 4), (linked, 1))))
    assert {name: told[name] for name in ("apiVersion", "kind", "id", "name", "version", "status")} == {
        "apiVersion": "v3.1.0", "kind": "DataContract", "id": "DR-1", "name": "berth arrivals", "version": "3.0.0",
        "status": "active",
    }  # fmt: skip
    assert told["description"] == {
        "usage": "predictions, here",
        "purpose": "To tell pilots when a berth is free",
        "limitations": "March 2024 is missing",
    }
    (schema,) = told["schema"]
    assert schema["quality"] == [
        {"unit": "rows", "metric": "rowCount", "mustBeGreaterOrEqualTo": 1000},
        {
            "unit": "percent", "metric": "duplicateValues", "arguments": {"properties": ["ship"]},
            "mustBeLessOrEqualTo": 0,
        },
    ]  # fmt: skip
    ship, berth, arrived = schema["properties"]
    assert (ship["primaryKey"], ship["required"], ship["logicalType"]) == (True, True, "string")
    assert (berth["name"], arrived["logicalType"]) == ("berth", "timestamp")
    assert [(each["metric"], each["mustBeLessOrEqualTo"], each["unit"]) for each in berth["quality"]] == [
        ("nullValues", 10, "percent"), ("missingValues", 10, "percent"), ("invalidValues", 5, "percent"),
    ]  # fmt: skip
    assert berth["quality"][1]["arguments"] == {"missingValues": ["-1", "N/A"]}
    assert [(each["property"], each["value"], each.get("unit")) for each in told["slaProperties"]] == [
        ("generalAvailability", "2026-02-02", None), ("frequency", "weekly", None), ("latency", 2.0, "days"),
        ("retention", 12.0, "months"),
    ]  # fmt: skip
    assert told["roles"] == [
        {"role": "reader", "description": "predictions, here", "access": "read", "firstLevelApprovers": "Chloe Martin"}
    ]
    assert [(each["role"], each["name"]) for each in told["team"]["members"]] == [
        ("owner", "Ana Ruiz"), ("consumer", "Dev Patel"), ("expert", "Ana Ruiz"), ("announcer of changes", "Ana Ruiz"),
    ]  # fmt: skip
    assert told["support"] == [{"channel": "CDATA", "tool": "slack", "scope": "interactive"}]
    assert told["servers"] == [
        {"server": "delivery", "type": "s3", "format": "csv", "location": "s3://harbour/arrivals"}
    ]
    assert [each["url"] for each in told["authoritativeDefinitions"]] == [
        "urn:common-ground:sense:s1:4", "https://imo.example/ship",
    ]  # fmt: skip
    custom = {each["property"]: each["value"] for each in told["customProperties"]}
    assert (custom["labels"], custom["acceptance"], custom["agreedOn"]) == (
        "30 % labelled: by two pilots", "every berth is in it", "2026-01-05",
    )  # fmt: skip
    assert (custom["agreedBy"], custom["sponsor"]) == (["Dev Patel", "Ana Ruiz"], "Chloe Martin")
    assert custom["representativeness"] == "no fishing boats, March 2024 is missing"
    assert file_name(request) == "DR-1-v3.odcs.yaml"


def test_a_contract_with_nothing_settled_is_valid_too() -> None:
    told = validated(odcs(contract(a_request(terms={}, set_up="", more={}, owner="", needed_by=""))))
    assert (told["status"], "servers" in told, "slaProperties" in told) == ("proposed", False, False)
    gaps = next(each["value"] for each in told["customProperties"] if each["property"] == "gaps")
    assert gaps[0] == "owner of the data"


def test_another_place_than_a_bucket_is_a_path() -> None:
    terms = a_request().terms
    terms["delivery"] = Term(asked=Offer(parts={"place": "the shelf", "format": "other"}))
    told = validated(odcs(contract(a_request(terms=terms))))
    assert told["servers"] == [{"server": "delivery", "type": "custom", "format": "other", "path": "the shelf"}]


def test_people_read_it_as_markdown_in_which_their_words_stay_as_they_are() -> None:
    terms = a_request().terms
    terms["acceptance"] = Term(asked=Offer(parts={"criteria": "every *berth* | <script>"}))
    told = markdown(contract(a_request(**AGREED, terms=terms), (a_sense(), 4)))
    assert told.startswith("# DR-1: berth arrivals\n\n- State: agreed\n- Purpose: To tell pilots")
    assert "| Acceptance | every \\*berth\\* \\| &lt;script&gt; |" in told
    assert "| ship | string | its call sign |" in told
    assert "- Agreed by: Dev Patel on 2026-01-05, Ana Ruiz on 2026-01-05" in told
    assert told.endswith("Words:\n\n- berth (domain), version 4: where a ship lies\n")
    columns = Term(asked=Offer(parts={"columns": "<i>ship | string | its <b>call</b> sign"}))
    sense = a_sense().model_copy(update={"gloss": "<script>where</script>\na ship lies"})
    told = markdown(contract(a_request(entity="<img src=x>", terms={"schema": columns}), (sense, 4)))
    assert told.startswith("# DR-1: &lt;img src=x&gt;\n")
    assert "| &lt;i&gt;ship | string | its &lt;b&gt;call&lt;/b&gt; sign |" in told
    assert told.endswith("version 4: &lt;script&gt;where&lt;/script&gt; a ship lies\n")
    assert "<" not in told
    open_ = markdown(contract(a_request(terms={})))
    assert "Still open:\n\n- quantity\n" in open_


def test_units_bounds_and_values_of_columns_are_in_it_for_machines_and_people() -> None:
    columns = "berth | string key | | North, South\nlength | number | of the ship | 0 to 400 m"
    request = a_request(**AGREED, terms={"schema": Term(asked=Offer(parts={"columns": columns}, by="UDEV", at=AT))})
    berth, length = validated(odcs(contract(request)))["schema"][0]["properties"]
    assert berth["quality"] == [
        {
            "metric": "invalidValues",
            "mustBeLessOrEqualTo": 0.0,
            "unit": "percent",
            "arguments": {"validValues": ["North", "South"]},
        }
    ]
    assert length["logicalTypeOptions"] == {"minimum": 0.0, "maximum": 400.0}
    assert length["customProperties"] == [{"property": "unit", "value": "m"}]
    assert "| length | number | of the ship | 0 to 400 m |" in markdown(contract(request))
