"""When a component retires, read from its form, and what may take its place."""

from datetime import date

from handlers.responsibilities.rules.retirement import (
    LAST_DAY,
    OF_VERSION,
    STAYS,
    SUCCESSOR,
    WHETHER,
    Retirement,
    entered,
    successors,
)
from handlers.slack.interactions import Fields, Wrong
from tests.handlers.responsibilities.making import a_component

TODAY = date(2026, 1, 5)
MODEL, NEXT = a_component("model"), a_component("next model")
HIDDEN = a_component("hidden model", visibility="C1")
OLD = a_component("old model", retired_at="2026-01-01T00:00:00.000000+00:00")
KNOWN = [MODEL, NEXT, HIDDEN, OLD]


def test_what_takes_its_place_is_known_to_all_who_see_it_and_has_not_retired() -> None:
    assert successors(MODEL, KNOWN) == [NEXT]
    assert successors(HIDDEN, KNOWN) == [MODEL, NEXT]


def test_a_day_ahead_is_read_with_its_version_and_successor() -> None:
    said = Fields({LAST_DAY: "2026-01-20", OF_VERSION: "1.x", SUCCESSOR: NEXT.id})
    assert entered(said, MODEL, KNOWN, TODAY) == Retirement("2026-01-20", "1.x", NEXT.id)
    assert entered(Fields({LAST_DAY: "2026-01-05", SUCCESSOR: HIDDEN.id}), MODEL, KNOWN, TODAY) == Retirement(
        "2026-01-05"
    )


def test_a_day_that_is_over_or_missing_is_refused_unless_it_stays_as_it_is() -> None:
    for on in ("2026-01-04", "", "soon"):
        assert isinstance(entered(Fields({LAST_DAY: on}), MODEL, KNOWN, TODAY), Wrong)
    gone = MODEL.model_copy(update={"retires_on": "2026-01-01"})
    assert entered(Fields({LAST_DAY: "2026-01-01"}), gone, KNOWN, TODAY) == Retirement("2026-01-01")
    assert entered(Fields({WHETHER: STAYS, LAST_DAY: "2026-01-01"}), gone, KNOWN, TODAY) == Retirement()


def test_words_that_no_version_has_are_refused() -> None:
    said = Fields({LAST_DAY: "2026-01-20", OF_VERSION: "pay DE89 3704 0044 0532 0130 00"})
    wrong = entered(said, MODEL, KNOWN, TODAY)
    assert isinstance(wrong, Wrong)
    assert list(wrong.errors) == [OF_VERSION]
