"""Columns of data are read one a line, and what is wrong is said of the first line that is."""

import pytest

from handlers.agreements.columns import Column, columns_in, fields_shown, line_of, special_values, wrong_values
from tests.handlers.data_requests.requests import COLUMNS


def test_columns_are_read_one_a_line() -> None:
    found = columns_in(COLUMNS)
    assert not isinstance(found, str)
    assert found[0] == Column("ship", "string", "its call sign", is_key=True, is_required=True)
    assert columns_in("a | text") == (
        "Line 1: the type is one of string, integer, number, boolean, date, timestamp; "
        "after it, key, required or unique."
    )
    assert columns_in("a | string\na | date") == "Line 2: column a is already listed."
    assert columns_in("") == "Name at least one column."
    assert special_values("-1 = not measured\n\nN/A") == ["-1", "N/A"]


def test_a_column_says_its_values_as_a_range_a_unit_or_a_list() -> None:
    text = "length | number | of the ship | 0 to 400 m\nspeed | number | | in kn\nberth | string | | North, South"
    found = columns_in(text)
    assert not isinstance(found, str)
    assert found == [
        Column("length", "number", "of the ship", unit="m", least=0.0, most=400.0),
        Column("speed", "number", unit="kn"),
        Column("berth", "string", allowed=("North", "South")),
    ]
    assert "\n".join(line_of(each) for each in found) == text.replace("| |", "|  |")


def test_a_column_says_what_its_values_match_and_that_none_repeats() -> None:
    text = "imo | string required unique | of the ship | matching (IMO)?[0-9]{7}|none\nberth | string unique"
    found = columns_in(text)
    assert not isinstance(found, str)
    assert found[0] == Column(
        "imo", "string", "of the ship", is_required=True, is_unique=True, pattern="(IMO)?[0-9]{7}|none"
    )
    assert ([each.is_limited for each in found], "\n".join(map(line_of, found))) == ([True, False], text)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("x | integer | | 1, two", "Line 1: “two” can't be a value of x, whose type is integer."),
        ("x | date | | 2025-02-29", "Line 1: “2025-02-29” can't be a value of x, whose type is date."),
        ("x | number | | 4 to 1 m", "Line 1: write the smaller number first: 1 to 4."),
        ("x | integer | | matching [0-9]+", "Line 1: only text can match a pattern, and x is integer."),
        ("x | string | | matching [A-", "Line 1: [A- isn't a pattern that I can check. Write it as in: matching"),
        (r"x | string | | matching (?=a)\1", r"Line 1: (?=a)\1 isn't a pattern that I can check."),
    ],
)
def test_values_that_cannot_be_checked_are_refused_with_their_line(line: str, told: str) -> None:
    found = columns_in(line)
    assert not isinstance(found, str)
    assert wrong_values(found).startswith(told)
    good = columns_in("x | boolean | | true\nn | number | | 1.5, 2\nt | timestamp | | 2025-01-01T10:00")
    assert not isinstance(good, str)
    assert wrong_values(good) == ""


def test_the_fields_of_an_interface_are_told_with_their_types_and_values() -> None:
    text = "length | number required | of the ship | 0 to 400 m\nkind | string | | cargo, tanker\nphoto | file"
    assert fields_shown(text) == "length (number required, 0 to 400 m), kind (string: cargo, tanker), photo (file)"
    assert fields_shown("removed") == "removed"
    assert isinstance(columns_in("photo | file"), str)
