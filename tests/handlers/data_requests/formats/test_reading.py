"""Contracts that others wrote are read as a data request; what is not kept is named, line by line."""

import json

import pytest
import yaml

from handlers.data_requests.formats.odcs import odcs
from handlers.data_requests.formats.reading import Read, read
from handlers.data_requests.rules.status import settled_terms
from storage.data_requests.data_requests import DataRequest, Term
from storage.records.offers import Offer
from tests.handlers.data_requests.requests import AT, PARTS, a_request
from tests.handlers.data_requests.test_contract import AGREED, a_sense, contract

OTHERS = """
apiVersion: v3.0.2
kind: DataContract
id: 53581432-6c55-4ba2-a65f-72344a91553a
version: 1.1.0
status: active
name: tide levels
tags: [harbour]
description: {purpose: To plan dredging, usage: Planning only, limitations: No night hours, customProperties: []}
team:
  - {username: mlee, role: owner, dateIn: 2024-01-01}
schema:
  - name: levels
    physicalName: lv_1
    description: Tide levels of the outer harbour
    properties:
      - {name: station, logicalType: string, primaryKey: true, classification: public}
      - name: level
        physicalType: decimal(8,2)
        description: metres | above datum
        logicalTypeOptions: {minimum: -2, maximum: 12, format: f32}
        quality:
          - {metric: nullValues, mustBeLessOrEqualTo: 2, unit: percent, severity: error}
          - {type: sql, name: no jumps, query: SELECT 1, mustBe: 0}
      - name: kind
        logicalType: string
        quality:
          - {metric: missingValues, mustBeLessOrEqualTo: 5, unit: percent, arguments: {missingValues: [null, '', n/a]}}
          - {metric: invalidValues, mustBe: 0, arguments: {validValues: [high, low, n/a]}}
      - name: code
        logicalType: string
        logicalTypeOptions: {pattern: '^[A-Z]{3}$'}
      - {name: at, logicalType: timestamp, required: true}
      - {name: shape, logicalType: object, properties: [{name: x, logicalType: integer}]}
    quality:
      - {metric: rowCount, mustBeGreaterOrEqualTo: 5000}
      - {type: text, description: Looks right}
  - name: stations
slaProperties:
  - {property: frequency, value: 1, unit: d}
  - {property: latency, value: 4, unit: h, element: levels.at}
  - {property: retention, value: 3, unit: y}
  - {property: availability, value: 99.9, unit: percent}
servers:
  - {server: prod, type: postgres, host: db.example, port: 5432, database: tides, schema: public}
  - {server: dev, type: local, path: x.csv, format: csv}
price: {priceAmount: 9.95, priceCurrency: USD}
customProperties:
  - {property: costCentre, value: 4711}
"""


def taken(text: str) -> Read:
    told = read(text)
    assert isinstance(told, Read), told
    return told


def test_what_a_data_request_has_a_place_for_is_read() -> None:
    told = taken(OTHERS)
    assert told.facts == {"entity": "tide levels", "purpose": "To plan dredging", "serves": "", "needed_by": ""}
    assert told.people == {"owner": "mlee"}
    assert {each: offer.parts for each, offer in told.offers.items()} == {
        "quantity": {"amount": "5,000 rows", "population": "Tide levels of the outer harbour"},
        "freshness": {"age": "4", "unit": "hours", "cadence": "daily"},
        "delivery": {"place": "db.example/tides/public"},
        "retention": {"span": "3", "unit": "years"},
        "schema": {
            "columns": "station | string key\nlevel | number | metres / above datum | -2 to 12\n"
            "kind | string |  | high, low\ncode | string |  | matching [A-Z]{3}\n"
            "at | timestamp required\nshape | string",
            "missing": "n/a",
        },
        "quality": {"completeness": "95"},
        "difference": {"gaps": "No night hours"},
        "access": {"uses": "Planning only"},
    }  # fmt: skip


def test_what_is_not_kept_is_named_line_by_line() -> None:
    assert set(taken(OTHERS).lost) == {
        "file: tags, price",
        "description: customProperties",
        "team member mlee: dateIn",
        "that it was agreed: both sides have to agree again",
        "schema levels: physicalName",
        "schema stations: a data request has one",
        "schema: quality rule Looks right",
        "column station: classification",
        "column level: physicalType, the | in its description, format, quality rule's severity, quality rule no jumps",
        "column level: completeness 98 % becomes 95 %, as of all columns",
        "column code: completeness none becomes 95 %, as of all columns",
        "column shape: completeness none becomes 95 %, as of all columns",
        "column shape: properties, type object",
        "slaProperties latency: element",
        "slaProperties availability: 99.9 percent",
        "server prod: port, type postgres",
        "server dev: a data request has one place of delivery",
        "customProperties: costCentre",
    }


def test_json_is_read_like_yaml() -> None:
    assert taken(json.dumps(yaml.safe_load(OTHERS), default=str)) == taken(OTHERS)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("kind: [", "the file can't be read: "),
        ('{"kind": ', "the file can't be read: "),
        ("- a\n- b", "this is no contract in the Open Data Contract Standard: it has no kind: DataContract"),
        ("kind: DataContract\napiVersion: v2.2.2", "the file is in version v2.2.2 of the standard; I read 3.x"),
        ("kind: DataContract", "the file is in version unknown of the standard; I read 3.x"),
        ("a: &a [1]\nb: *a", "the file can't be read: it refers to another part of itself with *"),
    ],
)
def test_what_is_no_contract_is_refused_in_one_line(text: str, told: str) -> None:
    refused = read(text)
    assert isinstance(refused, str)
    assert refused.startswith(told)


@pytest.mark.parametrize("told", [None, [], "x", 7, {"a": 1}, [None, {"name": None}, 3]])
@pytest.mark.parametrize(
    "name",
    [
        "schema",
        "team",
        "servers",
        "slaProperties",
        "description",
        "customProperties",
        "authoritativeDefinitions",
        "roles",
    ],
)
def test_a_file_of_any_shape_is_read_as_far_as_it_goes(name: str, told: object) -> None:
    assert taken(json.dumps({**yaml.safe_load(OTHERS), name: told}, default=str)).facts["entity"] == "tide levels"


def drafted(request: DataRequest) -> str:
    return odcs(contract(request, (a_sense(), 4)))


def again(text: str) -> str:
    """Export what was read of a file, as a draft that nothing else is known of."""
    told = taken(text)
    terms = {each: Term(asked=offer.model_copy(update={"at": AT})) for each, offer in told.offers.items()}
    about = {**told.facts, "owner": told.people["owner"], "set_up": told.set_up, "more": dict(told.more)}
    return drafted(a_request(state="draft", population="", terms=terms, **about))


HOSTILE = (
    "a | string key | *it's* “x”; # - : {y} | 0 to 9, %d\n-1 | number | ''' \\n | -1e-7 to 2.5e+20 µ\n"
    "ü n | boolean | | true"
)
AGE = {"age": "1.5", "unit": "weeks", "cadence": "on demand"}
PARTLY = {"schema": {"columns": "a | string"}, "quality": {"uniqueness": "97"}}
DAYS = {"columns": "a | date | | 2025-01-01\nb | timestamp", "missing": "1900-01-01"}


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"schema": {"columns": HOSTILE, "missing": "-1 = 'none'\n# = ~\nnull"}},
        {"schema": {"columns": "a | string unique | | matching (a|b)\\|[^,]+$|#"}, "quality": {"validity": "99.5"}},
        {"schema": {"columns": "a | integer key | | 1 to 5", "missing": "9"}, "quality": {"validity": "100"}},
        {"schema": DAYS, "quality": {"completeness": "100"}},
        {"quantity": {"amount": "2 years"}, "delivery": {"place": "the *shelf*: #3\tleft", "format": "other"}},
        {"quantity": {"amount": "1.5 million images"}, **PARTLY},
        {"delivery": {"place": "file:///data/x", "format": "jsonl"}, "freshness": AGE},
    ],
)
def test_a_draft_that_is_exported_read_and_exported_again_is_the_same_file(parts: dict[str, dict[str, str]]) -> None:
    said = {each: Term(asked=Offer(parts=told, by="UDEV", at=AT)) for each, told in {**PARTS, **parts}.items()}
    text = drafted(a_request(state="draft", terms=said))
    assert taken(text).lost == []
    assert again(text) == text


def test_what_is_not_needed_or_unknown_stays_so() -> None:
    terms = {
        "quantity": Term(asked=Offer(stance="not needed", reason="all of it: “everything”", by="UDEV", at=AT)),
        "quality": Term(asked=Offer(stance="unknown", finder="UANA", until="2026-02-01", by="UDEV", at=AT)),
    }
    request = a_request(state="draft", population="", terms=terms)
    text = drafted(request)
    assert again(text) == text
    told, stood = taken(text), settled_terms(request)
    assert told.offers.keys() == stood.keys()
    assert all(told.offers[each].says_the_same(stood[each]) for each in stood)


def test_of_an_agreed_contract_only_its_agreement_is_lost() -> None:
    told = taken(odcs(contract(a_request(**AGREED))))
    assert told.lost == ["that it was agreed: both sides have to agree again"]


def test_what_has_no_place_in_a_form_is_left_out_with_the_sentence_of_the_form() -> None:
    told = taken(
        OTHERS.replace("Planning only", "pay DE89370400440532013000").replace("name: tide levels", f"name: {'x' * 90}")
    )
    assert "access" not in told.offers
    assert (len(told.facts["entity"]), "entity: after 80 characters" in told.lost) == (80, True)
    assert [each for each in told.lost if each.startswith("access, uses: ")]
