"""When somebody is told in passing that a word means something else: of which word, to whom, and how rarely."""

from datetime import UTC, datetime, timedelta

import pytest

from handlers.glossary.rules import passing
from handlers.glossary.rules.naming import Found
from handlers.slack.interactions import Quote
from storage.glossary.glossary import Status
from tests.handlers.glossary.rules.test_ordering import sense, starter

NOW = datetime(2026, 1, 12, 9, tzinfo=UTC)


def test_the_first_word_that_both_use_differently_is_told() -> None:
    words = [starter("ablation"), starter("recall"), starter("drift")]
    found = passing.differing(words, "software engineering", "domain")
    assert found is not None
    assert (found.word, found.said.discipline, found.heard.discipline) == ("drift", "software engineering", "domain")


@pytest.mark.parametrize(("speaker", "hearer"), [("domain", "domain"), ("domain", ""), ("", "domain"), ("x", "y")])
def test_people_who_mean_the_same_or_are_not_known_are_told_nothing(speaker: str, hearer: str) -> None:
    assert passing.differing([starter("drift")], speaker, hearer) is None


@pytest.mark.parametrize("status", ["draft", "disputed", "deprecated"])
def test_what_is_not_agreed_is_no_reason_to_speak_up(status: Status) -> None:
    found = Found("drift", (sense("domain"), sense("product", status=status)))
    assert passing.differing([found], "domain", "product") is None
    assert not passing.is_used_differently(found, "domain")


def test_a_word_that_only_one_discipline_uses_is_used_differently_by_nobody() -> None:
    assert not passing.is_used_differently(starter("ablation"), "data science")
    assert not passing.is_used_differently(starter("drift"), "product")
    assert passing.is_used_differently(starter("drift"), "domain")


def said(*people: str, at: float = 1000) -> list[Quote]:
    return [Quote("…", each, f"{at + number:.6f}") for number, each in enumerate(people)]


@pytest.mark.parametrize(
    ("people", "hearer"), [(("UANA", "UELI"), "UELI"), (("UELI", "UBEN", "UBEN"), "UELI"), (("UBEN",), ""), ((), "")]
)
def test_who_is_spoken_to_is_the_last_other_person_who_spoke(people: tuple[str, ...], hearer: str) -> None:
    assert passing.spoken_to(said(*people), "UBEN", "1100.000000", in_thread=False) == hearer


def test_in_a_channel_who_spoke_long_ago_is_not_spoken_to_and_in_a_thread_is() -> None:
    late = "9000.000000"
    assert passing.spoken_to(said("UELI"), "UBEN", late, in_thread=False) == ""
    assert passing.spoken_to(said("UELI"), "UBEN", late, in_thread=True) == "UELI"


@pytest.mark.parametrize(("days", "is_due"), [(6.9, False), (7, True)])
def test_nobody_is_told_twice_a_week(days: float, *, is_due: bool) -> None:
    assert passing.may_be_told((NOW - timedelta(days=days)).isoformat(), NOW) is is_due


def test_who_was_never_told_may_be_and_who_wants_none_never_is() -> None:
    assert passing.may_be_told("", NOW)
    assert not passing.may_be_told(passing.NEVER, NOW)
