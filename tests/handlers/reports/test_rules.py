"""How often reports of data are expected follows from how fresh it should be."""

import pytest

from handlers.reports.rules import agreed_cadence
from storage.records.offers import Offer
from tests.handlers.data_requests.requests import a_request


@pytest.mark.parametrize(("cadence", "expected"), [("weekly", "weekly"), ("once", ""), ("on demand", "")])
def test_a_contract_says_how_often(cadence: str, expected: str) -> None:
    agreed = {"freshness": Offer(parts={"cadence": cadence})}
    assert agreed_cadence(a_request(agreed_terms=agreed)) == expected
    assert agreed_cadence(a_request()) == ""
