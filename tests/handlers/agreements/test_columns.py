"""Columns of data are read one a line, and what is wrong is said of the first line that is."""

from handlers.agreements.columns import Column, columns_in, line_of, special_values
from tests.handlers.data_requests.requests import COLUMNS


def test_columns_are_read_one_a_line() -> None:
    found = columns_in(COLUMNS)
    assert not isinstance(found, str)
    assert found[0] == Column("ship", "string", "its call sign", is_key=True, is_required=True)
    assert columns_in("a | text") == (
        "Line 1: the type is one of string, integer, number, boolean, date, timestamp; after it, key or required."
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
