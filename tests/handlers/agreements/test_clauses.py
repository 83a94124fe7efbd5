"""What a side says of a term, as people read it, and whether all is said."""

import pytest

from handlers.agreements.clauses import TermKind, is_complete, offer_words, part_words, people_named, person_name
from handlers.checks.dates import day
from storage.records.offers import Offer
from tests.handlers.agreements.kinds import LISTED, PARTS, TOLD

NAMES = {"UANA": "Ana Ruiz"}
TYPED = {"amount": " 10,000   rows", "why": "So that pilots know", "fields": "a\nb", "delay": "5 min"}
ALL = {**TYPED, "copies": "2", "complete": "95 %", "how": "daily", "owner": "UANA"}
AT = "2026-01-05T09:00:00.000000+00:00"


def test_a_side_that_says_nothing_is_told_as_nothing() -> None:
    assert offer_words(LISTED, None, NAMES) == ""
    assert offer_words(LISTED, Offer(parts={"amount": "a lot"}), NAMES) == "a lot"


def test_why_none_is_needed_and_who_finds_out_are_told_in_the_place_of_a_value() -> None:
    assert offer_words(TOLD, Offer(stance="not needed", reason="it is public"), NAMES) == ("not needed (it is public)")
    unknown = Offer(stance="unknown", finder="UANA", until="2026-02-01")
    assert offer_words(TOLD, unknown, NAMES) == f"not known yet, Ana Ruiz will find out by {day('2026-02-01')}"


def test_the_parts_of_a_value_stand_one_after_another() -> None:
    assert offer_words(LISTED, Offer(parts=ALL), NAMES) == (
        "10,000 rows, so that pilots know, with 2 fields, in 2 copies, complete to 95 %, within 5 min, every day, "
        "by Ana Ruiz"
    )


def test_a_sentence_says_that_a_part_is_missing_and_passes_over_one_that_may() -> None:
    assert offer_words(TOLD, Offer(parts=ALL), NAMES) == "10,000 rows every day by Ana Ruiz"
    assert offer_words(TOLD, Offer(parts={"amount": "a lot"}), NAMES) == "a lot  ?"


@pytest.mark.parametrize(
    ("part", "text", "told"),
    [
        ("amount", " two\n lines ", "two lines"),
        ("fields", "a\nb\nc", "3"),
        ("complete", "95", "95 %"),
        ("complete", "95%", "95 %"),
        ("how", "daily", "every day"),
        ("how", "of an older version", "of an older version"),
        ("owner", "UANA", "Ana Ruiz"),
        ("owner", "UBEN", "somebody"),
    ],
)
def test_each_kind_of_part_has_its_words(part: str, text: str, told: str) -> None:
    (wanted,) = (each for each in PARTS if each.id == part)
    assert part_words(wanted, text, NAMES) == told


def test_who_is_not_named_is_nobody_and_who_is_not_known_is_somebody() -> None:
    assert [person_name(each, NAMES) for each in ("UANA", "UBEN", "")] == ["Ana Ruiz", "somebody", "nobody"]


def test_people_are_those_who_were_chosen_in_the_parts_for_people() -> None:
    assert people_named(PARTS, ALL) == ["UANA"]
    assert people_named(PARTS, {**ALL, "owner": "", "amount": "UBEN"}) == []


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (Offer(parts={"amount": "a lot", "owner": "UANA"}, at=AT), True),
        (Offer(parts={"amount": "a lot", "owner": "UANA"}), False),
        (Offer(parts={"amount": "a lot", "owner": ""}, at=AT), False),
        (Offer(parts={"amount": "a lot"}, at=AT), False),
        (Offer(at=AT), False),
        (Offer(stance="not needed", reason="it is public", at=AT), True),
        (Offer(stance="not needed", at=AT), False),
        (Offer(stance="unknown", finder="UANA", until="2026-02-01", at=AT), True),
        (Offer(stance="unknown", finder="UANA", at=AT), False),
        (Offer(stance="unknown", until="2026-02-01", at=AT), False),
    ],
)
def test_all_is_said_once_what_may_not_lack_was_submitted(said: Offer, *, expected: bool) -> None:
    assert is_complete(LISTED, said) is expected


def test_something_has_to_be_said_also_where_each_part_may_lack() -> None:
    optional = TermKind("optional", "Optional", [each for each in PARTS if each.may_lack])
    assert is_complete(optional, Offer(parts={"copies": "2"}, at=AT)) is True
    assert is_complete(optional, Offer(at=AT)) is False
