"""A sample says what its columns are, in any of the formats; of people it says nothing."""

import json
from pathlib import Path

import duckdb
import pytest

from handlers.agreements.columns import line_of
from handlers.data_requests.samples.expectations import expectations
from handlers.data_requests.samples.limits import SampleError
from handlers.data_requests.samples.measuring import findings, measure
from handlers.data_requests.samples.profiling import profile
from handlers.data_requests.samples.proposing import from_sample

NAMES = ("berth", "ship_id", "length_m", "tugs", "arrived", "due", "is_late", "note", "contact", "captain")


def _row(place: int) -> tuple[str, ...]:
    moment = f"2025-01-{place + 1:02d}"
    tail = (f"{moment} 10:00", moment, "true" if place % 2 else "false", "" if place == 3 else f"note {place}")
    return (
        ("North", "South")[place % 2],
        f"S{place:03d}",
        f"{90 + place}.5",
        str(place % 4),
        *tail,
        f"ana{place}@example.com",
        f"Somebody {place % 2}",
    )


ROWS = [_row(place) for place in range(12)]
SAID = [
    "berth | string |  | North, South",
    "ship_id | string key",
    "length_m | number |  | 90.5 to 101.5 m",
    "tugs | integer |  | 0 to 3",
    "arrived | timestamp",
    "due | date",
    "is_late | boolean",
    "note | string",
    "contact | string",
    "captain | string",
]


def a_csv(folder: Path) -> Path:
    path = folder / "arrivals.csv"
    path.write_text("\n".join(",".join(row) for row in [NAMES, *ROWS]), encoding="utf-8")
    return path


def test_a_csv_says_types_key_units_values_ranges_and_how_much_is_filled_in(tmp_path: Path) -> None:
    found = profile(a_csv(tmp_path))
    assert [line_of(each) for each in found.columns] == SAID
    assert (found.rows, found.filled, found.has_people) == (12, 91, True)


def test_json_lines_and_parquet_say_the_same(tmp_path: Path) -> None:
    as_json, parquet = tmp_path / "arrivals.jsonl", tmp_path / "arrivals.parquet"
    as_json.write_text("\n".join(json.dumps(dict(zip(NAMES, row, strict=True))) for row in ROWS), encoding="utf-8")
    duckdb.execute(f"COPY (FROM read_csv('{a_csv(tmp_path)}')) TO '{parquet}' (FORMAT parquet)")
    assert [line_of(each) for each in profile(as_json).columns] == SAID
    assert [line_of(each) for each in profile(parquet).columns] == SAID


def test_of_people_no_value_is_kept(tmp_path: Path) -> None:
    assert not {"example.com", "Somebody"} & set(" ".join(map(str, profile(a_csv(tmp_path)).columns)).split())
    path = tmp_path / "hidden.csv"
    path.write_text("a,b\n" + "\n".join(f"{n},born 1990-01-0{n % 3 + 1}" for n in range(1, 20)), encoding="utf-8")
    found = profile(path)
    assert found.has_people
    assert "1990" not in str(found.columns)


def test_few_rows_say_types_and_no_values(tmp_path: Path) -> None:
    path = tmp_path / "small.csv"
    path.write_text("ship,berth\nA1,North\nA1,North\n007,North", encoding="utf-8")
    assert [line_of(each) for each in profile(path).columns] == ["ship | string", "berth | string"]
    path.write_text("ship,berth\n", encoding="utf-8")
    assert (profile(path).rows, profile(path).filled) == (0, 100)


def test_cells_as_long_as_documents_are_read_and_not_listed(tmp_path: Path) -> None:
    path = tmp_path / "documents.csv"
    path.write_text(
        "kind,text\n" + f"long,{'+49 1@2-3.4 ' * 30_000}\n" * 9 + f"short,{'x' * 300}\n" * 9, encoding="utf-8"
    )
    kind, text = profile(path).columns
    assert (kind.allowed, text.allowed) == (("long", "short"), ())


def test_what_is_no_table_is_refused_without_its_content(tmp_path: Path) -> None:
    path = tmp_path / "broken.parquet"
    path.write_text("the secret of falcon")
    with pytest.raises(SampleError, match="I can't read this file") as refused:
        profile(path)
    assert "falcon" not in str(refused.value)


@pytest.mark.parametrize("column", ["0.12345678901234566 + i", "i * 1e-9", "i * 1e18", "-i / 7.0", "i * 10 ** 17"])
def test_a_sample_keeps_the_bounds_that_it_proposes(tmp_path: Path, column: str) -> None:
    path = tmp_path / "scores.parquet"
    duckdb.execute(f"COPY (SELECT i AS id, {column} AS score FROM range(50) t(i)) TO '{path}' (FORMAT parquet)")
    proposed = from_sample(profile(path), path.name)
    expected = expectations(proposed)
    assert expected.columns[1].least is not None
    assert [each for each in findings(measure(path, expected), expected) if each.is_kept is False] == []


def test_a_thousand_columns_are_read_in_time(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    row = ",".join(["1"] * 1000)
    path.write_text("\n".join([",".join(f"c{place}" for place in range(1000)), *[row] * 20]), encoding="utf-8")
    assert len(profile(path).columns) == 100
