"""A pasted header line or CREATE TABLE proposes columns; a sentence with commas proposes none."""

import logging

import pytest

from handlers.agreements.columns import Column, columns_in, line_of
from handlers.data_requests.samples.proposing import from_words
from handlers.data_requests.samples.schemas import columns_pasted

TABLE = """
We have this in the warehouse:
CREATE TABLE arrivals (
  ship VARCHAR(10) COMMENT 'its call sign',
  berth TEXT NOT NULL CHECK (berth IN ('North', 'South')),
  arrived TIMESTAMP,
  length_m NUMERIC(5,2) CHECK (length_m BETWEEN 0 AND 400),
  tugs INT, is_late BOOLEAN, due DATE,
  email TEXT CHECK (email IN ('a@example.com')),
  PRIMARY KEY (ship, arrived)
);
"""


def lines(text: str) -> list[str]:
    return [line_of(each) for each in columns_pasted(text)]


def test_a_header_line_proposes_types_and_units_from_its_names_and_a_key_only_where_it_says_so() -> None:
    names = "ship_id,berth,arrived_at,length_m,speed_kn,price_eur,is_late,tug_count"
    assert lines(f"hourly, no personal data\n{names}") == [
        "ship_id | string",
        "berth | string",
        "arrived_at | timestamp",
        "length_m | number |  | in m",
        "speed_kn | number |  | in kn",
        "price_eur | number |  | in EUR",
        "is_late | boolean",
        "tug_count | integer",
    ]
    assert lines("id,berth,ship_id") == ["id | string key", "berth | string", "ship_id | string"]


@pytest.mark.parametrize("text", ["header: ship, berth, arrived", "ship;berth;arrived", '"ship","berth","arrived"'])
def test_a_header_line_has_any_delimiter_and_quotes(text: str) -> None:
    assert [each.name for each in columns_pasted(text)] == ["ship", "berth", "arrived"]


@pytest.mark.parametrize(
    "text", ["", "hourly, daily, weekly", "berths, tugs and pilots", "a,a,b", "https://x.org/a,b,c"]
)
def test_a_sentence_is_no_header_line(text: str) -> None:
    assert columns_pasted(text) == []


def test_a_create_table_proposes_keys_required_columns_ranges_values_and_meanings() -> None:
    assert lines(TABLE) == [
        "ship | string key | its call sign",
        "berth | string required |  | North, South",
        "arrived | timestamp key",
        "length_m | number |  | 0 to 400 m",
        "tugs | integer",
        "is_late | boolean",
        "due | date",
        "email | string",
    ]


def test_what_cannot_be_read_proposes_nothing_and_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        assert columns_pasted("CREATE TABLE secret_plan (((((") == []
        assert columns_pasted("create table if only falcon knew") == []
        assert columns_pasted("CREATE TABLE t (a INT DEFAULT " + "(" * 1500) == []
    assert "falcon" not in caplog.text


def test_mysql_and_sql_server_are_read_too() -> None:
    assert lines("CREATE TABLE `a`.`b` (`x_id` int(11) NOT NULL AUTO_INCREMENT, KEY `k` (`x_id`)) ENGINE=InnoDB") == [
        "x_id | integer required"
    ]
    assert lines("CREATE TABLE [dbo].[b] ([n] NVARCHAR(20) NOT NULL)") == ["n | string required"]


def test_what_is_proposed_reads_back_as_it_was_proposed() -> None:
    proposed = columns_pasted(TABLE)
    assert columns_in("\n".join(lines(TABLE))) == proposed
    assert proposed[3] == Column("length_m", "number", unit="m", least=0.0, most=400.0)


def test_bounds_that_are_none_and_columns_inside_a_column_are_left_out() -> None:
    nested = "CREATE TABLE t (a INT CHECK (a BETWEEN 5 AND 1), b ARRAY<STRUCT<c INT, d STRING>>)"
    assert lines(nested) == ["a | integer", "b | string"]
    assert lines(f"CREATE TABLE t (a INT CHECK (a BETWEEN 0 AND {'9' * 400}))") == ["a | integer"]


@pytest.mark.parametrize("name", ["`a|b`", "`a\nb`", "` a`", "n"])
def test_a_column_that_would_read_back_as_another_is_not_proposed(name: str) -> None:
    assert from_words(f"CREATE TABLE t (n INT, {name} INT)")["schema"].parts == {"columns": "n | integer"}
