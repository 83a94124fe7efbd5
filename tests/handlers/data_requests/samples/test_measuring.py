"""A sample is measured against what was agreed: counts and shares, and no value of the data."""

import builtins
import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from handlers.agreements.columns import Column, columns_in
from handlers.data_requests.rules.status import settled_terms
from handlers.data_requests.samples.expectations import Expectations, expectations
from handlers.data_requests.samples.limits import SampleError
from handlers.data_requests.samples.measuring import findings, measure
from handlers.data_requests.samples.reading import NO_DUCKDB
from storage.data_requests.checks import Finding
from storage.records.offers import Offer
from tests.handlers.data_requests.requests import a_request

ROWS = [
    ("A1", "North", "2025-01-01 10:00"),
    ("A2", "", "2025-01-02 11:00"),
    ("A2", "N/A", "yesterday"),
    ("A3", "South", "2025-01-03"),
]
AGREED = expectations(settled_terms(a_request()))


def a_csv(folder: Path) -> Path:
    path = folder / "sample.csv"
    path.write_text("\n".join(",".join(row) for row in [("ship", "berth", "arrived"), *ROWS]), encoding="utf-8")
    return path


def found(path: Path, expected: Expectations = AGREED) -> dict[str, tuple[str, bool | None]]:
    return {each.expected: (each.found, each.is_kept) for each in findings(measure(path, expected), expected)}


def test_a_csv_is_measured_by_every_expectation(tmp_path: Path) -> None:
    assert found(a_csv(tmp_path)) == {
        "Quantity: at least 1000 rows": ("4 rows", None),
        "Columns: 3 agreed": ("all present", True),
        "ship filled in: at least 100 %": ("100 %: 4 of 4", True),
        "berth filled in: at least 90 %": ("50 %: 2 of 4", False),
        "arrived filled in: at least 90 %": ("100 %: 4 of 4", True),
        "arrived is timestamp: at least 100 %": ("75 %: 3 of 4", False),
        "Unique rows by ship: at least 100 %": ("75 %: 3 of 4", False),
        "Correct labels: at least 80 %": ("needs a human check", None),
    }


def test_agreed_values_and_bounds_are_checked_where_a_cell_is_filled_in(tmp_path: Path) -> None:
    path = tmp_path / "sample.csv"
    path.write_text("berth,draught\nNorth,4\nEast,14.5\n,\nSouth,deep", encoding="utf-8")
    columns = columns_in("berth | string | | North, South\ndraught | number | of the ship | 0 to 14 m")
    assert not isinstance(columns, str)
    assert found(path, Expectations(columns)) == {
        "Columns: 2 agreed": ("all present", True),
        "berth one of North, South: at least 100 %": ("75 %: 3 of 4", False),
        "draught is number: at least 100 %": ("66.67 %: 2 of 3", False),
        "draught from 0 to 14 m: at least 100 %": ("75 %: 3 of 4", False),
    }
    told = found(path, Expectations(columns, validity=75))
    assert told["berth one of North, South: at least 75 %"] == ("75 %: 3 of 4", True)
    assert told["draught is number: at least 100 %"] == ("66.67 %: 2 of 3", False)


def test_patterns_unique_columns_and_values_of_a_type_are_compared_as_what_they_are(tmp_path: Path) -> None:
    path = tmp_path / "sample.csv"
    path.write_text("imo,pier,n\nIMO1,1.0,1\nIMO22,2,1.0\nxIMO1,3,2\nIMO1,,3\n,,4\n,,5\n", encoding="utf-8")
    columns = columns_in("imo | string unique | | matching IMO[0-9]\npier | integer | | 1, 2\nn | number key")
    assert not isinstance(columns, str)
    told = found(path, Expectations(columns, uniqueness=10))
    assert told["imo matching IMO[0-9]: at least 100 %"] == ("66.67 %: 4 of 6", False)
    assert told["pier one of 1, 2: at least 100 %"] == ("83.33 %: 5 of 6", False)
    assert told["imo unique: at least 100 %"] == ("83.33 %: 5 of 6", False)
    assert told["Unique rows by n: at least 100 %"] == ("83.33 %: 5 of 6", False)


def test_json_lines_and_parquet_are_measured_alike(tmp_path: Path) -> None:
    names = ("ship", "berth", "arrived")
    lines = [json.dumps({**dict(zip(names, row, strict=True)), "berth": row[1] or None}) for row in ROWS]
    as_json = tmp_path / "sample.jsonl"
    as_json.write_text("\n".join(lines), encoding="utf-8")
    parquet = tmp_path / "sample.parquet"
    duckdb.execute(f"COPY (FROM read_csv('{a_csv(tmp_path)}', all_varchar = true)) TO '{parquet}' (FORMAT parquet)")
    assert found(as_json) == found(parquet) == found(tmp_path / "sample.csv")


def test_a_column_that_lacks_is_named_and_nothing_else_is_said_of_it(tmp_path: Path) -> None:
    path = tmp_path / "sample.csv"
    path.write_text("ship,berth\nA1,North\n", encoding="utf-8")
    told = found(path)
    assert told["Columns: 3 agreed"] == ("missing: arrived", False)
    assert not [name for name in told if name.startswith("arrived")]
    assert [name for name in found(a_csv(tmp_path)) if name.startswith("arrived")]


def test_numbers_fit_their_type_and_rows_without_a_key_are_compared_whole(tmp_path: Path) -> None:
    columns = (Column("n", "integer", is_required=True), Column('a "b"', "boolean"), Column("x", "number"))
    expected = Expectations(columns=columns, missing=["it's"], validity=100, uniqueness=100)
    path = tmp_path / "sample.csv"
    path.write_text('n,"a ""b""",x\n1,true,1e3\n1,true,1e3\n1.5,maybe,it\'s\n,false,two\n', encoding="utf-8")
    assert found(path, expected) == {
        "Columns: 3 agreed": ("all present", True),
        "n filled in: at least 100 %": ("75 %: 3 of 4", False),
        "n is integer: at least 100 %": ("66.67 %: 2 of 3", False),
        'a "b" is boolean: at least 100 %': ("75 %: 3 of 4", False),
        "x is number: at least 100 %": ("66.67 %: 2 of 3", False),
        "Unique rows: at least 100 %": ("75 %: 3 of 4", False),
    }


def test_a_share_that_falls_short_is_never_rounded_up_to_what_was_asked(tmp_path: Path) -> None:
    path = tmp_path / "sample.csv"
    path.write_text("ship,berth\n" + "A,N\n" * 40_000 + ",N\n", encoding="utf-8")
    columns = [Column("ship", "string", is_required=True), Column("berth", "string", is_required=True)]
    assert found(path, Expectations(columns=columns)) == {
        "Columns: 2 agreed": ("all present", True),
        "ship filled in: at least 100 %": ("99.99 %: 40000 of 40001", False),
        "berth filled in: at least 100 %": ("100 %: 40001 of 40001", True),
    }


def typed(kind: str, *missing: str) -> Expectations:
    return Expectations(columns=[Column("x", kind)], missing=missing, completeness=100, validity=100)


@pytest.mark.parametrize(
    ("kind", "cells", "filled", "fit"),
    [
        ("integer", ["1", "2.0", "3e2", "12345678901234567890", " 7 "], "5 of 5", "5 of 5"),
        ("integer", ["1.5", "x", "nan", "inf", "1e999"], "4 of 5", "0 of 4"),
        ("number", ["1,5", "NaN", "inf", "-0.5", "1e3"], "4 of 5", "2 of 4"),
        ("date", ["2025-02-29", "2025-02-28", "soon", "", "N/A"], "3 of 5", "1 of 3"),
        ("number", ["-1", "-1.0", "#1", "2", "N/A"], "2 of 5", "1 of 2"),
    ],
)  # fmt: skip
def test_what_fits_a_type_fits_it_in_every_kind_of_file(
    tmp_path: Path, kind: str, cells: list[str], filled: str, fit: str
) -> None:
    expected = typed(kind, "N/A", "-1")
    as_csv, as_json, parquet = (tmp_path / f"sample.{suffix}" for suffix in ("csv", "jsonl", "parquet"))
    rows = [f'"{cell}";' for cell in cells]
    as_csv.write_text("x;y\n" + "\n".join(rows) + "\n", encoding="utf-8")
    as_json.write_text("\n".join(json.dumps({"x": cell}) for cell in cells), encoding="utf-8")
    duckdb.execute(
        f"COPY (SELECT json ->> 'x' AS x FROM read_ndjson_objects('{as_json}')) TO '{parquet}' (FORMAT parquet)"
    )
    for path in (as_csv, as_json, parquet):
        counts = {name.split(":")[0]: told.rpartition(": ")[2] for name, (told, _) in found(path, expected).items()}
        assert (counts["x filled in"], counts[f"x is {kind}"]) == (filled, fit), path.suffix


def test_whole_numbers_stay_whole_in_parquet_with_gaps_and_in_json_with_fractions(tmp_path: Path) -> None:
    parquet = tmp_path / "sample.parquet"
    duckdb.execute(f"COPY (SELECT unnest([1.0, 2.0, NULL, 'nan'::DOUBLE]) AS x) TO '{parquet}' (FORMAT parquet)")
    told = found(parquet, typed("integer"))
    assert told["x filled in: at least 100 %"] == ("50 %: 2 of 4", False)
    assert told["x is integer: at least 100 %"] == ("100 %: 2 of 2", True)
    lines = tmp_path / "sample.jsonl"
    lines.write_text("\n".join(['{"x": 1}'] * 30_000 + ['{"x": 1.5, "late": true}']), encoding="utf-8")
    assert found(lines, typed("integer"))["x is integer: at least 100 %"] == ("99.99 %: 30000 of 30001", False)


def test_a_value_of_another_type_fails_without_a_threshold(tmp_path: Path) -> None:
    path = tmp_path / "sample.csv"
    path.write_text("at,on,n\n2025-01-01 10:00,2025-01-01,1\nyesterday,infinity,NaN\n", encoding="utf-8")
    columns = [Column("at", "timestamp"), Column("on", "date"), Column("n", "integer")]
    assert found(path, Expectations(columns)) == {
        "Columns: 3 agreed": ("all present", True),
        "at is timestamp: at least 100 %": ("50 %: 1 of 2", False),
        "on is date: at least 100 %": ("50 %: 1 of 2", False),
        "n is integer: at least 100 %": ("100 %: 1 of 1", True),
    }


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("ship_id,berth", ("all present", True)),
        ("Ship ID,berth", ("all present, if Ship ID is ship_id", None)),
        ("SHIP-ID, Berth ", ("all present, if SHIP-ID is ship_id, Berth is berth", None)),
        ("Ship ID,Ship-ID", ("missing: ship_id, berth", False)),
        ("ship_id,Ship ID", ("missing: berth", False)),
        ("shipping_id,berth", ("missing: ship_id", False)),
    ],
)
def test_columns_called_alike_are_measured_and_it_is_asked_whether_they_are_the_same(
    tmp_path: Path, header: str, told: tuple[str, bool | None]
) -> None:
    path = tmp_path / "sample.csv"
    path.write_text(f"{header}\nA1,North\na1,South\n", encoding="utf-8")
    results = found(path, Expectations([Column("ship_id", "string", is_key=True), Column("berth", "string")]))
    assert results["Columns: 2 agreed"] == told
    is_there = "ship_id" not in told[0].partition("missing: ")[2]
    unique = ("100 %: 2 of 2", True) if is_there else ("a key column is missing", False)
    assert results["Unique rows by ship_id: at least 100 %"] == unique


def test_of_many_columns_that_are_spelled_otherwise_three_are_named(tmp_path: Path) -> None:
    path = tmp_path / "sample.csv"
    path.write_text("A B,C D,E F,G H,I J\n", encoding="utf-8")
    columns = [Column(name, "string") for name in ("a_b", "c_d", "e_f", "g_h", "i_j")]
    (finding,) = findings(measure(path, Expectations(columns)), Expectations(columns))
    assert finding.question == "Please confirm: A B is a_b, C D is c_d, E F is e_f, and 2 more."


def test_keys_and_columns_that_differ_only_in_case_are_two(tmp_path: Path) -> None:
    path = tmp_path / "sample.csv"
    path.write_text("id,ID\na1,x\nA1,x\na1,x\n", encoding="utf-8")
    for name, share in (("id", "66.67 %: 2 of 3"), ("ID", "33.33 %: 1 of 3")):
        told = found(path, Expectations([Column(name, "string", is_key=True)]))
        assert told[f"Unique rows by {name}: at least 100 %"][0] == share
        assert told["Columns: 1 agreed"] == ("all present", True)


def test_the_numbers_of_rows_make_no_rows_unique(tmp_path: Path) -> None:
    path = tmp_path / "sample.csv"
    path.write_text(",ship\n0,A1\n1,A1\n", encoding="utf-8")
    assert found(path, Expectations(uniqueness=100)) == {"Unique rows: at least 100 %": ("50 %: 1 of 2", False)}


def test_decimal_commas_fit_an_agreed_number_and_its_bounds(tmp_path: Path) -> None:
    path = tmp_path / "sample.csv"
    path.write_text("draught;note\n4,5;1,5\n20,25;x\n-1,0;y\n", encoding="utf-8")
    columns = [Column("draught", "number", least=0, most=15), Column("note", "string", allowed=("1,5", "x"))]
    told = found(path, Expectations(columns, missing=["-1"]))
    assert told["draught is number: at least 100 %"] == ("100 %: 2 of 2", True)
    assert told["draught from 0 to 15: at least 100 %"] == ("66.67 %: 2 of 3", False)
    assert told["note one of 1,5, x: at least 100 %"] == ("66.67 %: 2 of 3", False)


def test_lines_of_a_csv_are_rows_whatever_they_begin_with(tmp_path: Path) -> None:
    path = tmp_path / "sample.csv"
    path.write_text("x,y\n#1,a\n2\n,b\n", encoding="utf-8")
    assert found(path, typed("string"))["x filled in: at least 100 %"] == ("66.67 %: 2 of 3", False)
    path.write_text("x,x\n1,2\n", encoding="utf-8")
    with pytest.raises(SampleError, match="Line 1 gives columns 1 and 2 the same name"):
        measure(path, AGREED)


def test_without_a_column_of_the_key_uniqueness_is_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "sample.csv"
    path.write_text("berth\nNorth\n", encoding="utf-8")
    assert found(path)["Unique rows by ship: at least 100 %"] == ("a key column is missing", False)


def test_a_name_is_a_name_and_no_pattern_for_others(tmp_path: Path) -> None:
    (tmp_path / "data1.csv").write_text("x\n1\n2\n3\n", encoding="utf-8")
    path = tmp_path / "data[1].csv"
    path.write_text("x\n1\n", encoding="utf-8")
    assert found(path, Expectations(amount=1, unit="rows")) == {"Quantity: at least 1 rows": ("1 row", True)}


def test_what_takes_too_long_or_too_much_is_given_up_in_words_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.data_requests.samples.limits._SECONDS", 0.05)
    path = tmp_path / "sample.parquet"
    duckdb.execute(f"COPY (SELECT range AS x FROM range(60_000_000)) TO '{path}' (FORMAT parquet)")
    with pytest.raises(SampleError, match="This file takes more time or memory than I have"):
        measure(path, typed("integer"))


def test_an_amount_that_counts_no_rows_is_left_to_people(tmp_path: Path) -> None:
    told = found(a_csv(tmp_path), Expectations(amount=40, unit="hours of video"))
    assert told == {"Quantity: at least 40 hours of video": ("4 rows", None)}


def test_a_sample_without_rows_keeps_every_share_but_not_the_quantity(tmp_path: Path) -> None:
    path = tmp_path / "sample.csv"
    path.write_text("ship,berth,arrived\n", encoding="utf-8")
    told = found(path)
    assert told["Quantity: at least 1000 rows"] == ("0 rows", None)
    whole = findings(measure(path, AGREED), AGREED, is_whole=True)
    assert whole[0] == Finding(expected="Quantity: at least 1000 rows", found="0 rows", is_kept=False)
    assert told["berth filled in: at least 90 %"] == ("no values to check", True)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("sample.parquet", b"no parquet, secret 4711", "I can't read this file."),
        ("sample.jsonl", b'{"ship": "secret 4711"', "Line 1, column 23, isn't JSON."),
        (
            "sample.xlsx",
            b"secret 4711",
            "I read CSV, TSV, JSON, JSON Lines (.jsonl) and Parquet, and each of them gzipped.",
        ),
    ],
)
def test_what_cannot_be_read_is_said_without_its_content(tmp_path: Path, name: str, content: bytes, told: str) -> None:
    assert b"4711" in content
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SampleError) as caught:
        measure(path, AGREED)
    assert str(caught.value).startswith(told)
    assert "4711" not in str(caught.value)


def test_without_duckdb_it_is_said_who_can_help(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def lacking(name: str, *more: Any, **named: Any) -> object:
        if name == "duckdb":
            raise ModuleNotFoundError(name)
        return real(name, *more, **named)

    monkeypatch.setattr(builtins, "__import__", lacking)
    with pytest.raises(SampleError) as caught:
        measure(a_csv(tmp_path), AGREED)
    assert str(caught.value) == NO_DUCKDB


def test_what_is_not_needed_or_unknown_expects_nothing() -> None:
    said = {
        "quantity": Offer(stance="not needed", reason="no"), "schema": Offer(stance="unknown", finder="U", until="x"),
    }  # fmt: skip
    assert expectations(said) == Expectations(missing=[])
    assert not Finding(expected="a", found="b", is_kept=None).is_kept
