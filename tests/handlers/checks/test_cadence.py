"""What is expected again and again is missed once it was waited for as long as usual, and a quarter more."""

from datetime import timedelta

import pytest

from handlers.checks.cadence import SPANS, due_at
from storage.engine.interface import to_text
from tests.conftest import START


@pytest.mark.parametrize(("every", "hours"), [("hourly", 1.25), ("daily", 30), ("weekly", 210), ("monthly", 930)])
def test_the_next_is_due_a_quarter_later_than_usual(every: str, hours: float) -> None:
    assert due_at(every, START) == to_text(START + timedelta(hours=hours))
    assert every in SPANS


def test_where_nothing_was_agreed_nothing_is_due() -> None:
    assert due_at("", START) == due_at("on demand", START) == ""
