"""Requests for the tests: one with every term settled, and the words with which a form is filled in."""

from storage.data_requests.data_requests import DataRequest, Term
from storage.records.offers import Offer

AT = "2026-01-05T09:00:00.000000+00:00"
COLUMNS = "ship | string key | its call sign\nberth | string | where it lies\narrived | timestamp | when"

PARTS: dict[str, dict[str, str]] = {
    "quantity": {"amount": "1,000 rows", "window": "a month", "reason": "each berth has ten"},
    "quality": {"completeness": "90", "validity": "95", "uniqueness": "100", "label_accuracy": "80"},
    "schema": {"columns": COLUMNS, "missing": "-1 = not measured\nN/A"},
    "freshness": {"age": "2", "unit": "days", "cadence": "weekly"},
    "retention": {"span": "12", "unit": "months"},
    "labels": {"share": "30", "method": "by two pilots"},
    "difference": {"population": "no fishing boats", "gaps": "March 2024 is missing"},
    "access": {"classification": "internal", "personal": "no", "uses": "predictions, here", "approver": "UCHLOE"},
    "expert": {"person": "UANA", "hours": "2"},
    "evolution": {"kind": "recurring", "announcer": "UANA", "notice": "14"},
    "acceptance": {"criteria": "every berth is in it"},
    "delivery": {"place": "s3://harbour/arrivals", "format": "csv"},
}
NAMES = {"UDEV": "Dev Patel", "UANA": "Ana Ruiz", "UCHLOE": "Chloe Martin"}


def a_request(**changes: object) -> DataRequest:
    """Return a request in which everything is settled, but for what is changed."""
    terms = {term_id: Term(asked=Offer(parts=parts, by="UDEV", at=AT)) for term_id, parts in PARTS.items()}
    told: dict[str, object] = {
        "id": "r1", "team_id": "T0LOCAL", "number": "DR-1", "state": "open", "turn": "owner", "requester": "UDEV",
        "owner": "UANA", "purpose": "To tell pilots when a berth is free", "serves": "berth model",
        "entity": "berth arrivals", "data_key": "arrivals berth", "population": "all ships", "set_up": "in-house",
        "more": {"benefit": "fewer calls", "sponsor": "UCHLOE", "approver": "UCHLOE"}, "needed_by": "2026-02-02",
        "channel": "CDATA", "thread": "t1", "terms": terms, "created_at": AT, "changed_at": AT,
    }  # fmt: skip
    return DataRequest.model_validate({**told, **changes})
