"""The terms of a data request, in the words in which people read them."""

import pytest

from handlers.agreements.clauses import UNIT, offer_words
from handlers.data_requests.rules.clauses import AGES, SPANS, TERMS
from handlers.data_requests.rules.named import asked_words
from storage.data_requests.data_requests import Term
from storage.records.offers import Offer
from tests.handlers.data_requests.requests import a_request


def words(term: str, **parts: str) -> str:
    return offer_words(TERMS[term], Offer(parts=parts), {"UANA": "Ana Ruiz"})


@pytest.mark.parametrize("unit", [value for _, value in AGES])
def test_how_old_data_may_be_is_said_in_the_number_of_its_unit(unit: str) -> None:
    told = [words("freshness", age=number, cadence="daily", **{UNIT: unit}) for number in ("1", "2")]
    assert told == [f"at most 1 {unit[:-1]} old, delivered daily", f"at most 2 {unit} old, delivered daily"]


@pytest.mark.parametrize("unit", [value for _, value in SPANS])
def test_how_long_data_may_be_kept_is_said_in_the_number_of_its_unit(unit: str) -> None:
    assert [words("retention", span=number, **{UNIT: unit}) for number in ("1", "12")] == [
        f"1 {unit[:-1]}",
        f"12 {unit}",
    ]


def test_an_hour_a_week_and_a_day_of_notice_are_singular() -> None:
    assert [words("expert", person="UANA", hours=hours) for hours in ("1", "2")] == [
        "Ana Ruiz, 1 hour a week",
        "Ana Ruiz, 2 hours a week",
    ]
    assert "1 day of notice before a change" in words("evolution", kind="recurring", notice="1")
    assert "14 days of notice before a change" in words("evolution", kind="recurring", notice="14")
    an_hour = Term(asked=Offer(parts={"person": "UANA", "hours": "1"}))
    assert asked_words(a_request(terms={"expert": an_hour}), ["expert"]) == "explain the data (1 hour a week)"
