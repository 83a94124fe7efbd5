"""Files as people have them are read without being edited first; what cannot be read is refused by its line."""

import codecs
import gzip
import json
import re
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.data_requests.samples.limits import SampleError
from handlers.data_requests.samples.profiling import profile
from handlers.data_requests.samples.reading import opened
from handlers.data_requests.samples.views import with_commas

ROWS = [("A1", "Nörth", "4.5"), ("a1", "South", "6")]


def shown(path: Path) -> tuple[list[str], list[tuple[str | None, ...]]]:
    """Return the columns and the rows that are read from a file."""
    with opened(path) as sample:
        return list(sample.names), sample.rows("SELECT * FROM sample")


def noticed(path: Path) -> list[str]:
    with opened(path) as sample:
        return list(sample.noticed)


def a_file(folder: Path, content: str | bytes, name: str = "sample.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


PLAIN = "ship,berth,draught\nA1,Nörth,4.5\na1,South,6\n"
READ = (["ship", "berth", "draught"], ROWS)


@pytest.mark.parametrize(
    ("content", "how"),
    [
        (PLAIN, []),
        (PLAIN.replace("\n", "\r\n"), []),
        (PLAIN.replace("\n", "\r"), []),
        (PLAIN.replace("\n", "\r\n", 1).replace("4.5\n", "4.5\r"), []),
        (PLAIN.replace(",", ";"), []),
        (PLAIN.replace(",", "\t"), []),
        ("sep=;\r\n" + PLAIN.replace(",", ";"), []),
        ("\n# Arrivals, as of May\n#\n" + PLAIN, ["2 comment lines left out"]),
        ("# by Ana\n" + PLAIN.replace("a1", "# measured anew, by Ben\na1"), ["2 comment lines left out"]),
        (PLAIN.replace("ship,berth", '"ship", "berth"').replace("A1,N", "A1, N"), []),
        (PLAIN.replace("\n", ",,\n"), []),
        (PLAIN.replace("ship", ",ship").replace("A1", "0,A1").replace("a1", "1,a1"),
         ["column 1, which has no name, left out"]),
        (PLAIN.replace("ship", "Unnamed: 0,ship").replace("A1", "0,A1").replace("a1", "1,a1"),
         ["column 1, which has no name, left out"]),
        (PLAIN.replace("A1", "1,A1").replace("a1", "2,a1"), ["column 1, which has no name, left out"]),
        (codecs.BOM_UTF8 + PLAIN.encode(), []),
        (PLAIN.encode("latin-1"), ["letters as Latin-1 (Windows-1252)"]),
        (PLAIN.encode("utf-16"), []),
        (PLAIN.encode("utf-16-le"), ["letters as UTF-16"]),
        (PLAIN.encode("utf-16-be"), ["letters as UTF-16"]),
        (PLAIN.encode("utf-32"), []),
        (gzip.compress(PLAIN.encode(), mtime=0), []),
        (gzip.compress(PLAIN.encode("latin-1"), mtime=0), ["letters as Latin-1 (Windows-1252)"]),
    ],
)  # fmt: skip
def test_a_table_is_read_as_people_have_it(tmp_path: Path, content: str | bytes, how: list[str]) -> None:
    path = a_file(tmp_path, content)
    assert (shown(path), noticed(path)) == (READ, how)


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        ('note,n\n"two\nlines",1\n"a ""b"", c",2\n', [("two\nlines", "1"), ('a "b", c', "2")]),
        ('"a\nname",n\nx,1\n', [("x", "1")]),
        ("#1,a\n#2,b\n", [("#2", "b")]),
        ('n,note\n1,"say \\"hi\\", twice"\n', [("1", 'say "hi", twice')]),
        ("n,note\n1\n\n2,b,\n", [("1", None), ("2", "b")]),
        ("note\nhello, you\nbye\n", [("hello, you",), ("bye",)]),
        ("n\tnote\n1\ta,b\n", [("1", "a,b")]),
        ("n,note\n,\n1,a\0b\n", [(None, None), ("1", "a\0b")]),
        ("n,note", []),
        ("\nn\n1\n\n2\n", [("1",), (None,), ("2",)]),
    ],
)  # fmt: skip
def test_rows_are_what_they_say(tmp_path: Path, content: str, rows: list[tuple[str | None, ...]]) -> None:
    assert shown(a_file(tmp_path, content))[1] == rows


@pytest.mark.parametrize(
    ("name", "content", "names", "rows"),
    [
        ("a.jsonl", '{"b": 1, "B": 2}\n\n{"b": NaN, "B": null}\n', ["b", "B"], [("1", "2"), (None, None)]),
        ("a.json", '[{"b": 1.5},\n {"b": {"c": [true]}}]', ["b"], [("1.5",), ('{"c":[true]}',)]),
        ("a.json", '{"b": "x\\ny", "it\'s \\"it\\"": true}', ["b", 'it\'s "it"'], [("x\ny", "true")]),
        ("a.ndjson", '{"b": "ü"}\n'.encode("utf-16"), ["b"], [("ü",)]),
        ("a.json", "[]", [], []),
        ("A.TSV", "b\tB\n1\t2\n", ["b", "B"], [("1", "2")]),
    ],
)  # fmt: skip
def test_entries_and_tables_are_read_packed_or_not(
    tmp_path: Path, name: str, content: str | bytes, names: list[str], rows: list[tuple[str | None, ...]]
) -> None:
    plain = a_file(tmp_path, content, name)
    packed = a_file(tmp_path, gzip.compress(plain.read_bytes()), f"{name}.gz")
    assert shown(plain)[0] == shown(packed)[0] == names
    assert [each for each in shown(packed)[1] if names] == rows == [each for each in shown(plain)[1] if names]


def test_parquet_keeps_names_that_differ_only_in_case_and_leaves_the_numbers_of_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    # DuckDB writes no two such names; the second is made of another, as long.
    duckdb.execute(f"""COPY (SELECT 1 AS b, 'nan'::DOUBLE AS c, 0 AS __index_level_0__) TO '{path}' (FORMAT parquet)""")
    assert (shown(path), noticed(path)) == ((["b", "c"], [("1", None)]), ["column __index_level_0__ left out"])
    packed = a_file(tmp_path, gzip.compress(path.read_bytes()), "a.parquet.gz")
    assert shown(packed) == shown(path)


@pytest.mark.parametrize(
    ("content", "commas"),
    [
        ("n;note\n4,5;a\n1.234,5;b\n", {0}),
        ("n;note\n1,500;a\n2;b\n", {0}),
        ('n,note\n"4,5",a\n6,b\n', {0}),
        ('n,note\n"1,500",a\n6,b\n', set()),
        ("n;note\n4,5;a\n4.5;b\n", set()),
        ("n;note\n1,500,000;a\n1,500;b\n", set()),
        ("n;note\n4;a, b\n", set()),
        ("n;note\n", set()),
    ],
)
def test_a_comma_before_decimals_is_told_from_one_between_thousands(
    tmp_path: Path, content: str, commas: set[int]
) -> None:
    with opened(a_file(tmp_path, content)) as read:
        sample = with_commas(read, range(len(read.names)))
        assert sample.commas == commas
        assert ("decimal commas" in sample.noticed) == bool(commas)


def test_decimal_commas_are_read_as_numbers_with_their_bounds(tmp_path: Path) -> None:
    rows = [f"{n},25;{n}\n" for n in range(3, 15)]
    found = profile(a_file(tmp_path, "draught_m;note\n1.200,5;x\n" + "".join(rows)))
    (draught, _) = found.columns
    assert (draught.type, draught.least, draught.most, draught.unit) == ("number", 3.25, 1200.5, "m")


@pytest.mark.parametrize(
    ("name", "content", "told", "value"),
    [
        ("a.csv", "", "This file has no first line that names the columns.", ""),
        ("a.csv", "\n\n", "This file has no first line that names the columns.", ""),
        ("a.csv", ",,\n1,2,3\n", "This file has no first line that names the columns.", ""),
        ("a.csv", "# note\n\na,b,a\n", "Line 3 gives columns 1 and 3 the same name.", "a"),
        ("a.csv", 'a,b\n"x\ny",1\n2,3,4711\n', "Line 4 has 3 cells, and the header 2.", "4711"),
        ("a.csv", 'a,b\n1,2\n3,"4711\n5,6\n', "Line 3 opens a quote that is never closed.", ""),
        ("a.csv", 'a,b\n1,"4711" m\n', "Line 2 has a quote inside a quoted cell; write it twice.", ""),
        ("a.csv", ",".join(map(str, range(2001))), "Line 1 names 2,001 columns. I read 2,000 at most.", ""),
        ("a.csv", b"a,b\n1,\x81\n", "Line 2 holds bytes that are no letters. Save the file as UTF-8.", ""),
        ("a.csv", codecs.BOM_UTF16_LE + b"a\0\n\0\x00\xd8a\0", "Line 2 holds bytes that are no letters.", ""),
        ("a.csv.gz", gzip.compress(b"a,b\n1,2\n" * 99, mtime=0)[:-9], "This file's gzip is damaged or cut off.", ""),
        ("a.jsonl", '{"a": 1}\n{"a": 4711 2}\n', "Line 2, column 12, isn't JSON.", "2}"),
        ("a.json", '[{"a": 1},\n{"a": 4711\n', "Line 3, column 1, isn't JSON.", ""),
        ("a.json", '[{"a": 1}, [4711]]', "Entry 2 has no names for its values.", ""),
        ("a.json", '{"a": ' + "[" * 99_999 + "}", "Its entries are nested too deeply.", ""),
        ("a.json", json.dumps({f"c{n}": n for n in range(2001)}), "It has more than 2,000 columns.", ""),
        ("a.parquet", "PAR1 4711 PAR1", "I can't read this file. Check its first and last lines.", ""),
    ],
)  # fmt: skip
def test_a_refusal_names_the_line_and_keeps_the_value_apart(
    tmp_path: Path, name: str, content: str | bytes, told: str, value: str
) -> None:
    with pytest.raises(SampleError) as refused:
        shown(a_file(tmp_path, content, name))
    assert str(refused.value).startswith(told)
    assert refused.value.value == value
    assert "4711" not in str(refused.value)


def test_what_unpacks_to_more_than_there_is_room_for_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.data_requests.samples.unpacking.MOST_UNPACKED", 3 << 20)
    bomb = gzip.compress(b"a\n" + bytes(4 << 20), 1)
    with pytest.raises(SampleError, match=r"Unpacked, this file has more than 3 MB\."):
        shown(a_file(tmp_path, bomb, "a.csv.gz"))


def test_a_line_of_ten_megabytes_is_refused_by_its_number(tmp_path: Path) -> None:
    with pytest.raises(SampleError, match=r"Line 2 is longer than 10,000,000 characters\."):
        shown(a_file(tmp_path, b"a\n" + b"x" * 10_000_001))
    assert len(str(shown(a_file(tmp_path, b"a\n" + b"x" * 9_000_000))[1][0][0])) == 9_000_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any")


def outcome(path: Path) -> str:
    try:
        return f"{profile(path).rows} rows."
    except SampleError as refused:
        return str(refused)


_WORDS = ("a", ",", ";", '"', "\n", "\r", "\t", "# ", "\0", '{"a":', "}", "[", "]", "1,5", "é", "\\", "sep=", " ")
_TEXTS = st.lists(st.sampled_from(_WORDS), max_size=20).map(lambda words: "".join(words).encode())


@settings(max_examples=80)
@given(
    content=st.binary(max_size=60) | _TEXTS | _TEXTS.map(gzip.compress),
    name=st.sampled_from(["a.csv", "a.tsv", "a.json", "a.jsonl", "a.parquet"]),
)
def test_whatever_a_file_holds_it_is_a_profile_or_a_sentence(folder: Path, content: bytes, name: str) -> None:
    assert re.fullmatch(r"\d+ rows\.|[A-Z].+[.\]]\.?", outcome(a_file(folder, content, name)))
