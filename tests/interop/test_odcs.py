"""The contract runs in datacontract-cli: nothing to warn of, and clause by clause the verdict of our own check."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from handlers.data_requests.formats.odcs import VERSIONS, odcs
from handlers.data_requests.rules.status import settled_terms
from handlers.data_requests.samples.expectations import expectations
from handlers.data_requests.samples.measuring import findings, measure
from storage.data_requests.checks import Finding
from storage.data_requests.data_requests import DataRequest, Term
from storage.records.offers import Offer
from tests.handlers.data_requests.requests import AT, a_request
from tests.handlers.data_requests.test_contract import AGREED, a_sense, contract
from tests.interop.judging import judged

pytestmark = pytest.mark.interop

#: By type: values, limits that some of the values keep, and what breaks the type.
_POOLS: Mapping[str, tuple[list[str], list[str], str]] = {
    "string": (["North", "South", "A1", "B22", "x y"], ["North, South", "matching [A-Z][0-9]+", ""], ""),
    "integer": (["1", "2", "30", "-1"], ["1, 2", "0 to 9", "-5 to 20 m", ""], "two"),
    "number": (["1.5", "2.25", "-1", "30"], ["1.5, 30", "0 to 9.5", ""], "deep"),
    "boolean": (["true", "false"], ["true", ""], "maybe"),
    "date": (["2025-01-01", "2025-02-28", "1900-01-01"], ["2025-01-01, 2025-02-28", ""], "yesterday"),
    "timestamp": (["2025-01-01 10:00:00", "2025-01-02T11:30:00", "1900-01-01"], [""], "yesterday"),
}
_MISSING = ("-1 = not measured", "N/A", "1900-01-01")
#: Few, since each takes the judge a quarter of a second; more where somebody asks for them.
CASES = int(os.environ.get("CASES", "16"))
_SHARES = st.sampled_from(["", "50", "66.666667", "75", "90", "100"])


#: Whether clauses are kept, by column and what of it.
Verdicts = dict[tuple[str, str], bool | None]


@dataclass(frozen=True)
class Case:
    """Terms that two sides agreed to, and rows of a file, each cell as text; a column may lack in it."""

    request: DataRequest
    names: list[str]
    rows: list[list[str]]
    suffix: str


def agreed(terms: Mapping[str, Mapping[str, str]]) -> DataRequest:
    said = {each: Term(asked=Offer(parts=dict(parts), by="UDEV", at=AT)) for each, parts in terms.items() if parts}
    return a_request(**AGREED, terms=said, set_up="", more={})


@st.composite
def cases(draw: st.DrawFn) -> Case:
    kinds = draw(st.lists(st.sampled_from(sorted(_POOLS)), min_size=1, max_size=4))
    marks = [draw(st.sampled_from(["", "", "", " required", " unique", " key"])) for _ in kinds]
    limits = [draw(st.sampled_from(_POOLS[kind][1])) for kind in kinds]
    named = [f"c{place}" for place in range(len(kinds))]
    lines = [
        f"{each} | {kind}{mark} | | {limit}"
        for each, kind, mark, limit in zip(named, kinds, marks, limits, strict=True)
    ]
    missing = draw(st.lists(st.sampled_from(_MISSING), unique=True))
    quality = {each: draw(_SHARES) for each in ("completeness", "validity", "uniqueness")}
    quantity = {"amount": draw(st.sampled_from(["", "1 row", "3 rows", "2 years"]))}
    terms = {"schema": {"columns": "\n".join(lines), "missing": "\n".join(missing)}, "quality": quality}
    request = agreed(
        {
            each: {name: text for name, text in parts.items() if text}
            for each, parts in {**terms, "quantity": quantity}.items()
        }
    )
    there = [place for place in range(len(kinds)) if place == 0 or draw(st.integers(0, 9))]
    is_broken = draw(st.integers(0, 4)) == 0
    cells = [_cells(kinds[place], missing, is_broken=is_broken) for place in there]
    rows = [list(row) for row in draw(st.lists(st.tuples(*cells), max_size=8))]
    return Case(request, [named[place] for place in there], rows, draw(st.sampled_from(["csv", "jsonl", "parquet"])))


def _cells(kind: str, missing: list[str], *, is_broken: bool) -> st.SearchStrategy[str]:
    values, _, broken = _POOLS[kind]
    absent = [*(["N/A"] if kind == "string" and "N/A" in missing else []), ""]
    return st.sampled_from([*values, *values, *absent, *([broken] if is_broken and broken else [])])


def collected(count: int) -> list[Case]:
    """Draw cases first, so that one process of the judge can look at all of them."""
    found: list[Case] = []

    @settings(max_examples=count, phases=[Phase.generate])
    @given(cases())
    def collect(case: Case) -> None:
        found.append(case)

    collect()
    return found


def put(case: Case, path: Path) -> Path:
    kinds = {each.name: each.type for each in expectations(settled_terms(case.request)).columns}
    made = odcs(contract(case.request), VERSIONS[len(case.rows) % 2])
    path.with_suffix(".odcs.yaml").write_text(made, encoding="utf-8")
    file = path.with_suffix(f".{case.suffix}")
    match case.suffix:
        case "jsonl":
            told = [
                {name: _json(cell, kinds[name]) for name, cell in zip(case.names, row, strict=True)}
                for row in case.rows
            ]
            file.write_text("\n".join(map(json.dumps, told)), encoding="utf-8")
        case "csv":
            file.write_text("\n".join(",".join(row) for row in [case.names, *case.rows]) + "\n", encoding="utf-8")
        case _:
            values = ", ".join(f"({', '.join(_sql(cell) for cell in row)})" for row in case.rows)
            names = ", ".join(case.names)
            nothing = ", ".join(f"NULL::VARCHAR AS {name}" for name in case.names)
            table = f"(VALUES {values}) AS t({names})" if values else f"(SELECT {nothing}) WHERE false"
            duckdb.execute(f"COPY (SELECT * FROM {table}) TO '{file}' (FORMAT parquet)")
    return file


def _sql(cell: str) -> str:
    return f"'{cell}'" if cell else "NULL::VARCHAR"


def _json(cell: str, kind: str) -> object:
    try:
        return json.loads(cell) if cell and kind in ("integer", "number", "boolean") else cell or None
    except ValueError:
        return cell


def ours(case: Case, file: Path) -> Verdicts:
    expected = expectations(settled_terms(case.request))
    return {_clause(each): each.is_kept for each in findings(measure(file, expected), expected, is_whole=True)}


def _clause(finding: Finding) -> tuple[str, str]:
    """Return which column a finding is about, if it is about one, and what of it."""
    name, _, rest = finding.expected.partition(" ")
    if not name.startswith("c"):
        return "", {"Quantity:": "rows", "Columns:": "columns", "Unique": "alike"}[name]
    word = rest.split()[0].rstrip(":")
    return name, {"filled": "filled", "is": "type", "unique": "unique"}.get(word, "valid")


_TYPES = {
    **dict.fromkeys(("field_required", "field_null_values", "field_missing_values"), "filled"),
    **dict.fromkeys(("field_invalid_values", "field_minimum", "field_maximum", "field_quality_sql"), "valid"),
    **dict.fromkeys(
        ("field_primary_key_unique", "primary_key_unique", "model_duplicate_values", "model_quality_sql"), "alike"
    ),
    "field_unique": "unique",
    "row_count": "rows",
    "field_is_present": "columns",
}
_OF_ALL = ("alike", "rows", "columns")


def theirs(tested: list[list[str]]) -> Verdicts:
    found: Verdicts = {}
    for field, kind, result, _reason in tested:
        what = _TYPES.get(kind, "type")
        key = ("" if what in _OF_ALL else field, what)
        found[key] = bool(found.get(key, True)) and result == "passed"
    return found


def test_terms_and_files_get_the_same_verdict_clause_by_clause(tmp_path: Path) -> None:
    drawn = {f"case{place:03}": case for place, case in enumerate(collected(CASES))}
    files = {name: put(case, tmp_path / name) for name, case in drawn.items()}
    told: dict[str, Any] = judged("odcs", "test", tmp_path)
    compared = 0
    for name, case in drawn.items():
        here, there = ours(case, files[name]), theirs(told[name])
        if not all(kept for (_, what), kept in here.items() if what == "type"):
            assert any(result != "passed" for _, _, result, _ in told[name]), (name, told[name])
            continue
        there_are = set() if case.suffix == "jsonl" and not case.rows else set(case.names)
        here = {key: kept for key, kept in here.items() if key[1] != "type" and kept is not None}
        there = {key: kept for key, kept in there.items() if key[1] != "type" and key[0] in {"", *there_are}}
        # Where a column of the key lacks, nothing is compared there, and here that is said. Of JSON it looks for
        # required columns alone, and a JSON Schema of its own repeats the other checks.
        apart = [("", "alike")] if not here["", "columns"] else []
        apart += [("", "columns")] if case.suffix == "jsonl" else []
        here, there = ({key: kept for key, kept in each.items() if key not in apart} for each in (here, there))
        assert here == there, (name, case, told[name])
        compared += len(here)
    assert compared > 60


def test_nothing_in_a_contract_is_to_be_warned_of(tmp_path: Path) -> None:
    linked = a_sense(id="s2", word="ship", source_link="https://imo.example/ship")
    whole = replace(contract(a_request(**AGREED), (a_sense(), 4), (linked, 1)), link="https://t.example/archives/C/p1")
    limited = ["a | string unique | | matching [A-Z]+", "b | integer | | 0 to 9 m", "c | date | | 2025-01-01"]
    terms = {
        "schema": {"columns": "\n".join(limited), "missing": "-1"},
        "quality": {"validity": "90", "uniqueness": "90"},
    }
    delivered = {"delivery": {"place": "/data/x.jsonl", "format": "jsonl"}}
    made = {
        "whole": whole,
        "empty": contract(a_request(terms={}, set_up="", more={}, owner="", needed_by="")),
        "limited": contract(agreed({**terms, **delivered})),
    }
    written = {f"{name} in {each[0]}-{each[2]}": odcs(made[name], each) for name in made for each in VERSIONS}
    for name, text in written.items():
        (tmp_path / f"{name}.odcs.yaml").write_text(text, encoding="utf-8")
    assert judged("odcs", "lint", tmp_path) == {name: [] for name in written}
