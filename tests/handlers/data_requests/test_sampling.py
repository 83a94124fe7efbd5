"""A sample is measured against what was agreed: counts and shares, and no value of the data."""

import builtins
import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from handlers.data_requests.expectations import Expectations, expectations
from handlers.data_requests.sampling import NO_DUCKDB, SampleError, findings, measure
from handlers.data_requests.standing import settled_terms
from handlers.data_requests.writing_rules import Column
from storage.data_checks import Finding
from storage.data_requests import Offer
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
        "Quantity: at least 1000 rows": ("4 rows in the sample", False),
        "Columns: 3 agreed": ("all there", True),
        "ship filled in: at least 90 %": ("100 % (0 of 4 not)", True),
        "berth filled in: at least 90 %": ("50 % (2 of 4 not)", False),
        "arrived filled in: at least 90 %": ("100 % (0 of 4 not)", True),
        "arrived is timestamp: at least 95 %": ("75 % (1 of 4 not)", False),
        "Unique rows by ship: at least 100 %": ("75 % (1 of 4 not)", False),
        "Labels that are right: at least 80 %": ("people have to look", None),
    }


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
    assert told["Columns: 3 agreed"] == ("lacks arrived", False)
    assert not [name for name in told if name.startswith("arrived")]


def test_numbers_fit_their_type_and_rows_without_a_key_are_compared_whole(tmp_path: Path) -> None:
    columns = (Column("n", "integer", is_required=True), Column('a "b"', "boolean"), Column("x", "number"))
    expected = Expectations(columns=columns, missing=["it's"], validity=100, uniqueness=100)
    path = tmp_path / "sample.csv"
    path.write_text('n,"a ""b""",x\n1,true,1e3\n1,true,1e3\n1.5,maybe,it\'s\n,false,two\n', encoding="utf-8")
    assert found(path, expected) == {
        "Columns: 3 agreed": ("all there", True),
        "n filled in: at least 100 %": ("75 % (1 of 4 not)", False),
        "n is integer: at least 100 %": ("66.67 % (1 of 3 not)", False),
        'a "b" is boolean: at least 100 %': ("75 % (1 of 4 not)", False),
        "x is number: at least 100 %": ("66.67 % (1 of 3 not)", False),
        "Unique rows: at least 100 %": ("75 % (1 of 4 not)", False),
    }


def test_an_amount_that_counts_no_rows_is_left_to_people(tmp_path: Path) -> None:
    told = found(a_csv(tmp_path), Expectations(amount=40, unit="hours of video"))
    assert told == {"Quantity: at least 40 hours of video": ("4 rows in the sample", None)}


def test_a_sample_without_rows_keeps_every_share_but_not_the_quantity(tmp_path: Path) -> None:
    path = tmp_path / "sample.csv"
    path.write_text("ship,berth,arrived\n", encoding="utf-8")
    told = found(path)
    assert told["Quantity: at least 1000 rows"] == ("0 rows in the sample", False)
    assert told["berth filled in: at least 90 %"] == ("nothing to look at", True)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("sample.parquet", b"no parquet, secret 4711", "It is not a file of its kind that can be read."),
        ("sample.jsonl", b'{"ship": "secret 4711"', "It is not a file of its kind that can be read."),
        ("sample.xlsx", b"secret 4711", "I read CSV, JSON Lines (.jsonl) and Parquet."),
    ],
)
def test_what_cannot_be_read_is_said_without_its_content(tmp_path: Path, name: str, content: bytes, told: str) -> None:
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
