"""CSV as spreadsheets read and write it: no cell becomes a formula, and what was written is read again."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.checks.csv_files import FormatError, read, written

FORMULAS = ("=1+1", "+31 20 123", "-5", "@SUM(A1)", "\t=1", "'=1", "''-x")


@pytest.mark.parametrize("cell", FORMULAS)
def test_what_a_spreadsheet_takes_for_a_formula_is_written_as_text_and_read_as_it_was(cell: str) -> None:
    text = written(["word", "note"], [["drift", cell]])
    (row,) = text.splitlines()[1:]
    assert row.split(",", 1)[1].lstrip('"').startswith("'")
    assert list(read(text, "word")) == [("line 2", {"word": "drift", "note": cell})]


@pytest.mark.parametrize("cell", ["drift", "", "it's", "'quoted'", "1 - 2", "a,b", 'say "so"', "two\nlines", "ü"])
def test_any_other_text_is_written_as_it_is_and_read_again(cell: str) -> None:
    text = written(["word"], [[cell], ["end"]])
    assert [row for _, row in read(text, "word")] == [{"word": cell}, {"word": "end"}]


def test_a_table_is_written_with_its_head_and_a_cell_of_any_kind() -> None:
    assert written(["word", "times"], [["drift", 3], ["bias", None]]) == "word,times\ndrift,3\nbias,None\n"
    assert written(["word"], []) == "word\n"


def test_lines_in_a_cell_end_as_spreadsheets_show_them() -> None:
    assert written(["word"], [["a\r\nb\rc"]]) == 'word\n"a\nb\nc"\n'


def test_each_row_is_named_by_the_line_on_which_it_ends() -> None:
    text = 'word,note\r\ndrift,"two\nlines"\nbias,x\n'
    assert list(read(text, "word")) == [
        ("line 3", {"word": "drift", "note": "two\nlines"}),
        ("line 4", {"word": "bias", "note": "x"}),
    ]


def test_a_row_with_other_columns_is_none_and_the_others_are_read() -> None:
    text = "word,note\na,1\nb\nc,3,4\nd,5\n"
    assert list(read(text, "word")) == [
        ("line 2", {"word": "a", "note": "1"}),
        ("line 3", None),
        ("line 4", None),
        ("line 5", {"word": "d", "note": "5"}),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "word;note\ndrift;a, b\n",
        "word\tnote\ndrift\ta, b\n",
        "sep=;\r\nword;note\r\ndrift;a, b\r\n;\r\n",
        '\ufeff# Our words, as of May\n\nword, note,,\n,,,\ndrift, "a, b",,\n',
        '"word", "note"\n"drift", "a, b"\n',
        'word,note\n\ndrift,"a, b"\n   \n',
        'word,note\rdrift,"a, b"\r',
    ],
)
def test_a_table_is_read_as_spreadsheets_write_it(text: str) -> None:
    assert [{name: cell.strip() for name, cell in (row or {}).items()} for _, row in read(text, "word")] == [
        {"word": "drift", "note": "a, b"}
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("word,note,word\na,b,c\n", "two columns are for word; keep one of them"),
        ('word,note\na,b\nc,"d\ne,f\n', "line 3 opens a quote that is never closed"),
        ('word,note\na,"b" c\n', "line 2 has a quote inside a quoted cell; write it twice"),
    ],
)
def test_what_cannot_be_read_is_named_by_its_line(text: str, told: str) -> None:
    with pytest.raises(FormatError, match=told):
        list(read(text, "word"))


def test_a_cell_without_a_column_is_of_a_row_with_other_columns() -> None:
    assert list(read("word,\na,1\nb,\n", "word")) == [("line 2", None), ("line 3", {"word": "b"})]


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8"), max_size=9), min_size=2, max_size=2), max_size=5))
def test_whatever_is_written_is_read_again(rows: list[list[str]]) -> None:
    plain = [[re.sub("\r\n?", "\n", cell) for cell in row] for row in rows]
    found = [row for _, row in read(written(["word", "note"], rows), "word")]
    assert found == [{"word": word, "note": note} for word, note in plain if (word + note).strip()]


@pytest.mark.parametrize("text", ["", "name,note\ndrift,x\n", "Word\ndrift\n"])
def test_a_file_without_the_column_that_is_needed_says_which(text: str) -> None:
    with pytest.raises(FormatError, match="the first line should name the columns, with word among them"):
        list(read(text, "word"))


def test_what_is_no_csv_says_so() -> None:
    with pytest.raises(FormatError, match="the file can't be read as CSV: "):
        list(read('word\n"never closed\n', "word"))


def test_a_column_may_go_by_other_names() -> None:
    names = {"word": "word", "meaning": "note"}
    assert list(read("WORD, Meaning \ndrift,x\n", "word", names)) == [("line 2", {"word": "drift", "note": "x"})]
    with pytest.raises(FormatError, match="two columns are for note; keep one of them"):
        list(read("word,meaning,note\n", "word", names))


def test_what_is_said_of_a_file_is_a_sentence_however_much_of_it_is_repeated() -> None:
    assert str(FormatError("a" * 600)) == "a" * 600
    assert str(FormatError("a" * 100_000)) == "a" * 600 + "…"
