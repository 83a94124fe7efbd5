"""Which way a component came about decides what is settled early."""

from typing import get_args

from handlers.agreements.trajectory import EARLY, has_an_order, why_early
from storage.requirements.requirements import ASPECTS
from storage.responsibilities.responsibilities import SetUp
from tests.handlers.responsibilities.making import BY_ID, a_component


def test_each_way_has_duties_and_points_of_a_card_that_come_first() -> None:
    assert set(EARLY) == set(get_args(SetUp))
    for each in EARLY.values():
        assert set(each.duties) <= set(BY_ID)
        assert set(each.aspects) <= set(ASPECTS)
        assert each.duties
        assert each.aspects


def test_where_both_begin_at_once_none_waits_for_another_and_the_points_where_they_meet_are_named() -> None:
    both = a_component(set_up="parallel")
    assert "when both sides meet" in why_early(both)
    assert not has_an_order(both)
    assert has_an_order(a_component(set_up="model first"))
