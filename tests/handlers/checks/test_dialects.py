"""How a table is written is told by its first lines, plainly where both would do."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.checks.dialects import LONGEST, Dialect, dialect_of, why_not


@pytest.mark.parametrize(
    ("text", "dialect"),
    [
        ("a,b\n1,2\n", Dialect(",")),
        ("a;b\n1,5;2,5\n", Dialect(";")),
        ("a;b\n'x';\"1, 2, 3\"\n", Dialect(";")),
        ("depth, m;speed, kn\n1,5;2\n3;4\n", Dialect(";")),
        ("a\tb\nx, y\tz\n", Dialect("\t")),
        ("a|b\n1|2\n", Dialect("|")),
        ("note\nhello, you\n", Dialect(";")),
        ("sep=|\na;b|c\n", Dialect("|", above=1)),
        ('"sep=;"\na;b\n', Dialect(";", above=1)),
        ("\n# x, y\n#\na,b\n1,2\n", Dialect(",", above=3, comments=2)),
        ("#made by x\na,b\n1,2\n", Dialect(",", above=1, comments=1)),
        ("#id,b\n1,2\n", Dialect(",")),
        ("#id,b\n#1,2\n", Dialect(",")),
        ('#id,b\n"1\n2",2\n', Dialect(",")),
        ('a, "b"\n1, "2, 3"\n', Dialect(",", is_spaced=True)),
        ('a,b\n1,"say ""x"", ""y"""\n', Dialect(",")),
        ('a,b\n1,"say \\"x\\", y"\n', Dialect(",", escape="\\")),
        ('a,b\n1,"C:\\dir\\"\n', Dialect(",")),
        ("", Dialect(",")),
    ],
)
def test_a_dialect_is_told_by_the_first_lines(text: str, dialect: Dialect) -> None:
    assert dialect_of(text.splitlines(keepends=True)) == dialect


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('"a\n', "line 7 opens a quote that is never closed"),
        ('"' + "a" * (LONGEST + 1), "line 7 opens a quote that is never closed"),
        ('"a"b\n', "line 7 has a quote inside a quoted cell; write it twice"),
    ],
    ids=["open", "long", "inside"],
)
def test_what_is_no_record_is_said_by_its_line(text: str, told: str) -> None:
    with pytest.raises(csv.Error) as error:
        list(Dialect(",").reader([text]))
    assert why_not(error.value, 7) == told
    assert Dialect(",").records(["a,b\n", text]) == [["a", "b"]]


@given(st.lists(st.text('a,;\t|"#\\ \n0=spe', max_size=12), max_size=6))
def test_any_lines_have_a_dialect(lines: list[str]) -> None:
    assert dialect_of(lines).above <= len(lines)
