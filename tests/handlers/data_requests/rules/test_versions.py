"""A contract's version says what a change means for who uses the data."""

import pytest

from handlers.data_requests.rules.versions import least_of, version_of
from storage.data_requests.data_requests import Term
from storage.records.offers import Offer
from tests.handlers.data_requests.requests import AT, a_request

COLUMNS = "n | integer required | | 0 to 9\nberth | string | | North, South"


def offers(**terms: dict[str, str]) -> dict[str, Offer]:
    return {each: Offer(parts=parts, at=AT) for each, parts in terms.items()}


def one(term: str, part: str, text: str) -> dict[str, Offer]:
    number, _, unit = text.partition(" ")
    is_span = (term, part) in (("freshness", "age"), ("retention", "span")) and text
    return offers(**{term: {part: number, "unit": unit} if is_span else {part: text} if text else {}})


@pytest.mark.parametrize(
    ("term", "part", "less", "more"),
    [
        ("quantity", "amount", "1,000 rows", "2 million rows"),
        ("freshness", "age", "2 days", "36 hours"),
        ("freshness", "cadence", "monthly", "daily"),
        ("retention", "span", "300 days", "12 months"),
        ("quality", "completeness", "90", "98 %"),
        ("quality", "validity", "", "95"),
        ("access", "classification", "restricted", "public"),
        ("access", "personal", "yes", "no"),
        ("access", "uses", "predictions only", ""),
        ("difference", "gaps", "March 2024 is missing", ""),
        ("evolution", "kind", "one-off", "recurring"),
        ("evolution", "notice", "7", "14"),
        ("schema", "columns", "n | integer", "n | integer\nlate | boolean"),
        ("schema", "columns", "n | integer", "n | integer required"),
        ("schema", "columns", "n | integer", "n | integer unique"),
        ("schema", "columns", "n | integer | | 0 to 9", "n | integer | | 1 to 9"),
        ("schema", "columns", "b | string | | North, South", "b | string | | North"),
        ("schema", "columns", "b | string", "b | string | | matching [A-Z]+"),
    ],
)
def test_what_takes_from_the_consumer_is_told_from_what_gives(term: str, part: str, less: str, more: str) -> None:
    one_way, other_way = one(term, part, less), one(term, part, more)
    assert (least_of(one_way, other_way), least_of(other_way, one_way), least_of(one_way, one_way)) == (1, -1, 0)


@pytest.mark.parametrize(
    ("term", "part", "old", "new", "meant"),
    [
        ("delivery", "place", "s3://a", "s3://b", -1),
        ("quantity", "amount", "2 years", "1,000 rows", -1),
        ("access", "uses", "predictions", "reports", -1),
        ("schema", "columns", "n | integer", "n | number", -1),
        ("schema", "columns", "b | string | | matching [A-Z]", "b | string | | matching [A-Z]+", -1),
        ("schema", "columns", "b | string | its berth", "b | string | where it lies", 0),
        ("schema", "missing", "-1", "-1 = not measured", 0),
        ("schema", "missing", "-1", "-1\nN/A", -1),
        ("expert", "person", "UANA", "UCHLOE", 0),
        ("labels", "method", "by pilots", "by two pilots", 1),
    ],
)
def test_other_changes_mean_what_they_mean(term: str, part: str, old: str, new: str, meant: int) -> None:
    assert least_of(one(term, part, old), one(term, part, new)) == meant


@pytest.mark.parametrize(
    ("terms", "version"),
    [
        ({"quality": {"completeness": "90"}}, "1.2.4"),
        ({"quality": {"completeness": "95"}}, "1.3.0"),
        ({"quality": {"completeness": "80"}}, "2.0.0"),
        ({}, "2.0.0"),
        ({"quality": {"completeness": "95"}, "schema": {"columns": COLUMNS}}, "1.3.0"),
    ],
)
def test_the_next_version_is_as_high_as_what_changed(terms: dict[str, dict[str, str]], version: str) -> None:
    said = {each: Term(asked=offer) for each, offer in offers(**terms).items()}
    stood = {"agreed_terms": offers(quality={"completeness": "90"}), "semantic_version": "1.2.3"}
    assert version_of(a_request(**stood, terms=said)) == version
    assert version_of(a_request(**stood, terms=said, agreed_at=AT)) == "1.2.3"


def test_the_first_contract_is_1_0_0_however_often_its_terms_changed_before() -> None:
    assert version_of(a_request(terms_version=8)) == "1.0.0"
    assert version_of(a_request(terms_version=8, agreed_at=AT, agreed_terms=offers(quality={}))) == "1.0.0"
    assert version_of(a_request(contract_version=2, agreed_at=AT)) == "2.0.0"
