"""What somebody says of a term is read from its form; what is wrong is said at the field that it is about."""

import pytest

from handlers.agreements.parsing import entered, is_switched, offer_in, parts_of, stance_in
from handlers.slack.interactions import Fields, Wrong
from storage.records.offers import Offer
from tests.conftest import START
from tests.handlers.agreements.kinds import LISTED, PARTS

SECRET = "use xoxb-1234567890-abcdef"
TODAY = START.date()


def value(**changed: str) -> Fields:
    return Fields({"stance": "value", "amount": "a lot", "owner": "UANA", **changed})


def unknown(**changed: str) -> Fields:
    return Fields({"stance": "unknown", "finder": "UANA", "until": "2026-02-01", **changed})


def errors(fields: Fields) -> dict[str, str]:
    told = offer_in(fields, LISTED, TODAY)
    assert isinstance(told, Wrong)
    return dict(told.errors)


def test_a_value_is_read_in_its_parts_and_what_was_left_empty_is_left_out() -> None:
    told = offer_in(value(amount=" a lot\r\nof it ", why=" "), LISTED, TODAY)
    assert told == Offer(parts={"amount": "a lot\nof it", "owner": "UANA"})


def test_a_form_without_a_stance_or_with_one_of_another_version_says_a_value() -> None:
    assert [stance_in(Fields(each)) for each in ({}, {"stance": "maybe"})] == ["value", "value"]
    assert stance_in(Fields({"stance": "not needed"})) == "not needed"
    assert stance_in(Fields({"stance": "unknown"})) == "unknown"


def test_a_reason_is_needed_why_none_is_and_it_is_no_place_for_a_secret() -> None:
    assert offer_in(Fields({"stance": "not needed", "why_not": "it is public"}), LISTED, TODAY) == Offer(
        stance="not needed", reason="it is public"
    )
    assert errors(Fields({"stance": "not needed", "why_not": " "})) == {"why_not": "Say why it isn't needed."}
    assert errors(Fields({"stance": "not needed"})) == {"why_not": "Say why it isn't needed."}
    assert "password or a key" in errors(Fields({"stance": "not needed", "why_not": SECRET}))["why_not"]


def test_what_is_unknown_has_somebody_who_finds_out_and_a_day_that_lies_ahead() -> None:
    assert offer_in(unknown(), LISTED, TODAY) == Offer(stance="unknown", finder="UANA", until="2026-02-01")
    assert offer_in(unknown(until="2026-01-05"), LISTED, TODAY) == Offer(
        stance="unknown", finder="UANA", until="2026-01-05"
    )
    assert errors(unknown(until="2026-01-04")) == {"until": "That day is in the past. Choose a day ahead."}
    assert errors(Fields({"stance": "unknown"})) == {"until": "Choose a day.", "finder": "Choose who will find out."}


@pytest.mark.parametrize(
    ("part", "text", "told"),
    [
        ("amount", "", "Please fill this in."),
        ("owner", "", "Please fill this in."),
        ("copies", "two", "Write a number, such as 2."),
        ("copies", "-2", "Write a number, such as 2."),
        ("complete", "most", "Write a number, such as 95."),
        ("complete", "101", "Write a percentage between 0 and 100."),
        ("delay", "soon", "Write a number with its unit. Such as 5 min"),
        ("how", "weekly", "Choose one of these."),
    ],
)
def test_what_is_wrong_with_a_part_is_said_at_its_field(part: str, text: str, told: str) -> None:
    assert errors(value(**{part: text})) == {part: told}


@pytest.mark.parametrize(
    ("part", "text"),
    [("why", ""), ("copies", "2000"), ("complete", "100 %"), ("complete", "0"), ("delay", "5 min"), ("how", "daily")],
)
def test_what_is_right_is_read_as_it_was_entered(part: str, text: str) -> None:
    told = {"amount": "a lot", "owner": "UANA"} | ({part: text} if text else {})
    assert offer_in(value(**{part: text}), LISTED, TODAY) == Offer(parts=told)


def test_data_and_keys_have_no_place_in_any_text_but_cells_with_bars_are_how_lines_are_written() -> None:
    rows = "\n".join(f"{number};Ann;1970" for number in range(6))
    assert "rows of data" in errors(value(amount=rows))["amount"]
    assert "rows of data" in errors(value(fields=rows))["fields"]
    assert "password or a key" in errors(value(fields=SECRET))["fields"]
    columns = "\n".join(f"column {number} | string | what it means" for number in range(6))
    assert parts_of(value(fields=columns), PARTS)[1] == {}


def test_parts_that_do_not_go_together_are_told_and_what_is_wrong_with_one_alone_goes_before() -> None:
    assert errors(value(how="once", copies="2")) == {"copies": "Once is one copy.", "amount": "Not twice."}
    assert errors(value(how="once", copies="2", amount="")) == {
        "copies": "Once is one copy.",
        "amount": "Please fill this in.",
    }
    assert offer_in(value(how="once", copies="1"), LISTED, TODAY) == Offer(
        parts={"amount": "a lot", "copies": "1", "how": "once", "owner": "UANA"}
    )


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (value(), False),
        (Fields({"stance": "value", "why_not": "it is public"}), True),
        (Fields({"stance": "not needed", "amount": "a lot"}), True),
        (Fields({"stance": "not needed", "why_not": ""}), False),
        (Fields({"stance": "unknown", "amount": "a lot"}), True),
        (unknown(), False),
    ],
)
def test_a_form_shows_the_fields_of_another_stance_than_was_chosen(fields: Fields, *, expected: bool) -> None:
    assert is_switched(fields, LISTED) is expected


def test_what_was_entered_under_another_stance_is_there_again_when_that_is_chosen() -> None:
    start = Offer(parts={"amount": "a lot", "how": "once"}, reason="it is public", finder="UBEN", until="2026-03-01")
    assert entered(Fields({"stance": "unknown"}), LISTED, start) == start.model_copy(update={"stance": "unknown"})
    now = entered(value(amount="little", why_not="", finder="UANA", until="2026-02-01"), LISTED, start)
    assert now == Offer(
        parts={"amount": "little", "how": "once", "owner": "UANA"},
        reason="it is public",
        finder="UANA",
        until="2026-02-01",
    )


def test_a_field_that_is_there_and_was_emptied_stays_empty() -> None:
    start = Offer(parts={"amount": "a lot"})
    assert entered(value(amount=""), LISTED, start).parts == {"amount": "", "owner": "UANA"}
