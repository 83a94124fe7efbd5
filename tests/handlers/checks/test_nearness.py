"""How near two texts are, why, and what is not near although it looks so."""

import pytest

from handlers.checks.nearness import Text, reason, said, shared

NAMES = {"undo": ("roll back", "rollback"), "roll back": ("rollback", "undo")}


def why(new: str, other: str, about: str = "", affects: str = "") -> str:
    """Return why two texts are near; empty where they are not."""
    told = (about, frozenset(affects.split()))
    found = shared(said(Text(new, "", *told), NAMES), Text(other, "", *told))
    return reason(found) if found is not None else ""


@pytest.mark.parametrize(
    ("new", "other", "told"),
    [
        ("Retrain monthly", "Retraining every month", "Both say “retrain” and “monthly”."),
        ("Drop the weather feed", "We dropped the weather feeds", "Both say “drop”, “weather” and “feed”."),
        ("Undo at night", "Rollbacks at night", "Both say “night”, “undo” means “rollback”."),
        ("Roll back at night", "Undone at night", "Both say “night”, “roll back” means “undo”."),
        ("Re-train at night", "Retrain at night", "Both say “re-train” and “night”."),
        ("Roll back at night", "Rolled back at night", "Both say “roll back” and “night”."),
    ],
)
def test_words_of_one_stem_and_names_of_one_thing_are_the_same(new: str, other: str, told: str) -> None:
    assert why(new, other, "M1") == told


@pytest.mark.parametrize(
    ("new", "other"),
    [
        ("Open the university", "Close the universe"),
        ("Hire an organ player", "Reorganise the organisation"),
        ("The model is general", "Measure generalisation"),
        ("Water the seedling", "Fix the seed"),
        ("What did we decide about this", "Why did you decide that"),
        ("Retrain monthly", "Retrain weekly on the data of all ships and tugs of the north"),
    ],
)
def test_words_that_only_look_alike_and_words_that_say_nothing_are_not_near(new: str, other: str) -> None:
    assert why(new, other) == ""


def test_what_is_about_one_thing_is_near_sooner_and_about_two_never() -> None:
    assert (why("Retrain monthly", "Retrain weekly"), why("Retrain monthly", "Retrain weekly", "M1") != "") == (
        "",
        True,
    )
    assert shared(said(Text("Retrain", about="M1"), {}), Text("Retrain", about="M2")) is None


def test_what_affects_the_same_of_one_thing_needs_no_common_word() -> None:
    assert why("Serve in batch only", "Answer at once", "M1", "cost latency") == "Both affect cost and latency."
    assert why("Serve in batch only", "Answer at once", "", "latency") == ""


def test_the_reasons_count_where_the_titles_are_short() -> None:
    new, other = (
        Text("Monthly", "Drift is seasonal on the berth model"),
        Text("Wait", "The berth model's drift is seasonal"),
    )
    found = shared(said(new, {}), other)
    assert found is not None
    assert reason(found) == "Both say “drift”, “seasonal” and “berth”."
