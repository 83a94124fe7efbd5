"""The contract is valid in the Open Data Contract Standard, and says what was agreed."""

import json
from dataclasses import replace
from importlib.resources import files
from typing import Any

import jsonschema
import pytest
import yaml

from handlers.data_requests.formats.odcs import odcs
from storage.data_requests.data_requests import Named, Term
from storage.records.offers import Offer
from tests.handlers.data_requests.requests import AT, a_request
from tests.handlers.data_requests.test_contract import AGREED, a_sense, contract


def validated(text: str) -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load(text)
    schema = json.loads((files("open_data_contract_standard") / "schema.json").read_text(encoding="utf-8"))
    jsonschema.validators.validator_for(schema)(schema).validate(told)
    return told


def test_the_contract_is_valid_and_says_everything_that_was_agreed() -> None:
    approver = Named(parts=("approver", "sponsor"), message="m1", at=AT, answer="yes")
    request = a_request(**AGREED, named={"UCHLOE": approver})
    linked = a_sense(id="s2", word="ship", source_link="https://imo.example/ship")
    made = replace(contract(request, (a_sense(), 4), (linked, 1)), link="https://t.example/archives/CDATA/p1")
    told = validated(odcs(made))
    assert {name: told[name] for name in ("apiVersion", "kind", "id", "name", "version", "status")} == {
        "apiVersion": "v3.1.0", "kind": "DataContract", "id": "DR-1", "name": "berth arrivals", "version": "1.0.0",
        "status": "active",
    }  # fmt: skip
    assert told["description"] == {
        "usage": "predictions, here",
        "purpose": "To tell pilots when a berth is free",
        "limitations": "March 2024 is missing",
    }
    (schema,) = told["schema"]
    assert schema["quality"] == [
        {"metric": "rowCount", "mustBeGreaterOrEqualTo": 1000, "description": "1,000 rows"}
    ]  # fmt: skip
    ship, berth, arrived = schema["properties"]
    assert (ship["primaryKey"], ship["required"], ship["logicalType"]) == (True, True, "string")
    assert (berth["name"], arrived["logicalType"]) == ("berth", "timestamp")
    assert berth["quality"] == [
        {
            "metric": "missingValues", "mustBeLessOrEqualTo": 10, "unit": "percent",
            "arguments": {"missingValues": ["", "-1", "N/A"]},
        }
    ]  # fmt: skip
    assert arrived["quality"] == [{"metric": "nullValues", "mustBeLessOrEqualTo": 10, "unit": "percent"}]
    assert [(each["property"], each["value"], each.get("unit")) for each in told["slaProperties"]] == [
        ("generalAvailability", "2026-02-02", None), ("frequency", "weekly", None), ("latency", 2.0, "days"),
        ("retention", 12.0, "months"),
    ]  # fmt: skip
    assert told["roles"] == [
        {"role": "reader", "description": "predictions, here", "access": "read", "firstLevelApprovers": "Chloe Martin"}
    ]
    assert told["team"]["members"] == [
        {"username": "UANA", "name": "Ana Ruiz", "role": "owner, expert, announcer of changes"},
        {"username": "UDEV", "name": "Dev Patel", "role": "consumer"},
    ]
    assert told["support"] == [
        {"channel": "CDATA", "tool": "slack", "scope": "interactive", "url": "https://t.example/archives/CDATA/p1"}
    ]
    assert told["servers"] == [
        {"server": "delivery", "type": "s3", "format": "csv", "location": "s3://harbour/arrivals"}
    ]
    assert [each["url"] for each in told["authoritativeDefinitions"]] == [
        "urn:common-ground:sense:s1:4", "https://imo.example/ship",
    ]  # fmt: skip
    custom = {each["property"]: each["value"] for each in told["customProperties"]}
    assert (custom["labels"], custom["acceptance"], custom["agreedOn"]) == (
        {"share": "30", "method": "by two pilots"}, {"criteria": "every berth is in it"}, "2026-01-05",
    )  # fmt: skip
    assert custom["agreedBy"] == ["Dev Patel", "Ana Ruiz"]
    assert custom["setUp"] == {
        "kind": "in-house", "benefit": "fewer calls", "sponsor": "UCHLOE", "approver": "UCHLOE",
    }  # fmt: skip
    assert custom["difference"] == {"population": "no fishing boats"}
    assert custom["access"] == {"classification": "internal", "personal": "no", "approver": "UCHLOE"}


def test_nobody_who_has_not_said_so_is_an_approver() -> None:
    told = validated(odcs(contract(a_request(**AGREED))))
    custom = {each["property"]: each["value"] for each in told["customProperties"]}
    assert custom["access"] == {"classification": "internal", "personal": "no", "approverNamed": "UCHLOE"}
    assert "firstLevelApprovers" not in told["roles"][0]


def test_a_contract_with_nothing_settled_is_valid_too() -> None:
    told = validated(odcs(contract(a_request(terms={}, set_up="", more={}, owner="", needed_by=""))))
    assert (told["status"], "servers" in told, "slaProperties" in told) == ("proposed", False, False)
    gaps = next(each["value"] for each in told["customProperties"] if each["property"] == "gaps")
    assert gaps[0] == "owner of the data"


@pytest.mark.parametrize(
    ("place", "form", "server"),
    [
        ("the shelf", "other", {"type": "custom", "format": "other", "path": "the shelf"}),
        ("s3://harbour/arrivals", "jsonl", {
            "type": "s3", "location": "s3://harbour/arrivals", "format": "json", "delimiter": "new_line",
        }),
        ("/data/arrivals.csv", "", {"type": "local", "path": "/data/arrivals.csv", "format": "csv"}),
        ("file:///data/arrivals", "", {"type": "custom", "path": "/data/arrivals"}),
        ("abfss://x@y.dfs.core.windows.net/z", "parquet", {
            "type": "azure", "location": "abfss://x@y.dfs.core.windows.net/z", "format": "parquet",
        }),
        ("sftp://ftp.example/in", "", {"type": "sftp", "location": "sftp://ftp.example/in"}),
    ],
)  # fmt: skip
def test_a_server_is_of_the_type_that_its_place_says(place: str, form: str, server: dict[str, str]) -> None:
    terms = a_request().terms
    terms["delivery"] = Term(asked=Offer(parts={"place": place, "format": form} if form else {"place": place}))
    told = validated(odcs(contract(a_request(terms=terms))))
    assert told["servers"] == [{"server": "delivery", **server}]


def column_told(line: str, missing: str = "", **quality: str) -> dict[str, Any]:
    parts = {"schema": {"columns": line, "missing": missing}, "quality": quality}
    terms = {each: Term(asked=Offer(parts=said, by="UDEV", at=AT)) for each, said in parts.items()}
    told: dict[str, Any] = validated(odcs(contract(a_request(**AGREED, terms=terms))))["schema"][0]["properties"][0]
    return told


def test_columns_are_in_it_with_units_bounds_values_patterns_and_marks() -> None:
    length = column_told("length | number | of the ship | 0 to 400.5 m")
    assert length["logicalTypeOptions"] == {"minimum": 0, "maximum": 400.5}
    assert length["customProperties"] == [{"property": "unit", "value": "m"}]
    assert column_told("n | integer unique | | 1, 2")["quality"] == [
        {"metric": "invalidValues", "mustBe": 0, "arguments": {"validValues": [1, 2]}}
    ]
    assert column_told("n | integer unique")["unique"] is True
    assert column_told("imo | string | | matching IMO[0-9]", validity="98")["quality"] == [
        {
            "metric": "invalidValues", "mustBeLessOrEqualTo": 2, "unit": "percent",
            "arguments": {"pattern": "^(?:IMO[0-9]|)$"},
        }
    ]  # fmt: skip


def test_what_means_that_a_value_is_missing_is_said_where_the_type_can_hold_it_and_is_not_invalid_too() -> None:
    missing = "-1 = not measured\nN/A"
    key = column_told("n | integer key | | 0 to 9", missing, completeness="90")
    assert key["quality"][0] == {"metric": "missingValues", "mustBe": 0, "arguments": {"missingValues": [-1]}}
    assert (key["required"], "logicalTypeOptions" in key) == (True, False)
    assert "${property} NOT IN (-1) AND (${property} < 0 OR ${property} > 9)" in key["quality"][1]["query"]
    berth = column_told("berth | string | | North", missing, completeness="90")
    assert berth["quality"][1]["arguments"] == {"validValues": ["North", "", "-1", "N/A"]}
    assert column_told("ok | boolean", missing, completeness="90")["quality"] == [
        {"metric": "nullValues", "mustBeLessOrEqualTo": 10, "unit": "percent"}
    ]


def rules_of_data(columns: str, share: str) -> list[dict[str, Any]]:
    parts = {"schema": {"columns": columns}, "quality": {"uniqueness": share}}
    terms = {each: Term(asked=Offer(parts=said, by="UDEV", at=AT)) for each, said in parts.items()}
    told: list[dict[str, Any]] = validated(odcs(contract(a_request(**AGREED, terms=terms))))["schema"][0].get(
        "quality", []
    )
    return told


def test_rows_are_unique_by_all_of_them_and_where_there_is_a_key_by_that_alone() -> None:
    (whole,) = rules_of_data("a | string", "100")
    assert ('SELECT DISTINCT "a" FROM ${object}' in whole["query"], whole["mustBe"]) == (True, 0)
    (most,) = rules_of_data("a | string", "90")
    assert (most["query"], most["mustBeLessOrEqualTo"], most["unit"]) == (whole["query"], 10, "percent")
    assert rules_of_data("a | string key", "90") == []


def test_another_version_of_the_standard_is_written_where_that_is_asked_for() -> None:
    assert yaml.safe_load(odcs(contract(a_request()), "3.2"))["apiVersion"] == "v3.2.0"
