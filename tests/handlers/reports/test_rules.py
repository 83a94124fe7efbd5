"""A report is missed once it was waited for as long as it usually takes, and a quarter more."""

from datetime import timedelta

import pytest

from handlers.reports.rules import SPANS, agreed_cadence, due_at
from storage.engine.interface import to_text
from storage.records.offers import Offer
from tests.conftest import START
from tests.handlers.data_requests.requests import a_request


@pytest.mark.parametrize(("every", "hours"), [("hourly", 1.25), ("daily", 30), ("weekly", 210), ("monthly", 930)])
def test_the_next_is_due_a_quarter_later_than_usual(every: str, hours: float) -> None:
    assert due_at(every, START) == to_text(START + timedelta(hours=hours))


def test_where_nothing_was_agreed_nothing_is_due() -> None:
    assert due_at("", START) == due_at("on demand", START) == ""


@pytest.mark.parametrize(("cadence", "expected"), [("weekly", "weekly"), ("once", ""), ("on demand", "")])
def test_a_contract_says_how_often(cadence: str, expected: str) -> None:
    agreed = {"freshness": Offer(parts={"cadence": cadence})}
    assert agreed_cadence(a_request(agreed_terms=agreed)) == expected
    assert agreed_cadence(a_request()) == ""
    assert {"hourly", "daily", "weekly", "monthly"} == SPANS.keys()
