"""A data request's JSON comes back unchanged, whatever people typed."""

import json
from pathlib import Path
from typing import Any

import pytest

from handlers.data_requests.rules.clauses import TERMS
from storage.data_requests import data_requests
from storage.data_requests.data_requests import DataRequest
from storage.engine.interface import Transaction
from storage.records.versioned import HistoryEntry
from storage.workspaces.people import note_names
from tests.handlers.data_requests.requests import AT, NAMES, a_request
from tests.interop.round_trip import HOSTILE, PATH, TEAM, round_trip

WORDS = ("purpose", "known", "serves", "entity", "data_key", "population", "question", "reason", "source_link")


def offer(place: int) -> dict[str, object]:
    text = HOSTILE[place % len(HOSTILE)]
    return {"parts": {"amount": text, "window": text}, "reason": text, "source": text, "by": "UDEV", "at": AT}


def hostile(**more: object) -> DataRequest:
    """Return a request that holds each text wherever somebody may have typed one."""
    terms = {each: {"asked": offer(2 * place), "offered": offer(2 * place + 1)} for place, each in enumerate(TERMS)}
    unknown = {"stance": "unknown", "finder": "UANA", "until": "2026-02-01", "by": "UANA", "at": AT}
    told: dict[str, Any] = dict(zip(WORDS, HOSTILE, strict=False)) | {
        "more": {"benefit": HOSTILE[-1], "sponsor": "UCHLOE"},
        "terms": {**terms, "labels": {"offered": unknown}, "access": {"asked": {**offer(7), "senses": ["s:3"]}}},
        "agreements": {"owner": {"user_id": "UANA", "version": 3, "at": AT}},
        "deliveries": [{"link": each, "place": each, "data_version": each, "by": "UANA", "at": AT} for each in HOSTILE],
        "agreed_terms": {"quantity": offer(3)},
        "named": {"UCHLOE": {"parts": ["approver", "sponsor"], "message": "m1", "at": AT, "answer": "no"}},
        "followers": ["UBEN"],
        "sitting": {"by": "UDEV", "act": "edit", "at": AT, "version": 1, "reply": "m2"},
        "version": 7,
        "terms_version": 4,
        "semantic_version": "1.2.0",
    }
    return a_request(**{**told, "team_id": TEAM, **more})


def put(transaction: Transaction, request: DataRequest) -> None:
    note_names(transaction, TEAM, NAMES | {"UBEN": HOSTILE[0]})
    data_requests.add(transaction, request, HistoryEntry(at=AT, by="UDEV", what="sent it"))


@pytest.mark.parametrize(("number", "visibility"), [("DR-12", "workspace"), ("DR-BCDFG", "C1")])
def test_a_request_is_exported_put_back_and_exported_as_it_was(tmp_path: Path, number: str, visibility: str) -> None:
    request = hostile(number=number, visibility=visibility, state="negotiating")
    out = ("requests", "export", number, "--format", "json", "--output", PATH)
    told = round_trip(tmp_path, lambda transaction: put(transaction, request), out, ("requests", "restore", PATH))
    read = json.loads(told.partition(b"\n")[2])
    assert (read["purpose"], read["people"]["UBEN"], read["version"]) == (HOSTILE[0], HOSTILE[0], 7)
    assert [each["link"] for each in read["deliveries"]] == list(HOSTILE)
    assert "sitting" not in read
