"""Whatever stands in a file that somebody gives, its reader takes it or says in a sentence what is wrong."""

import pytest
from hypothesis import given, settings

from tests.input.odd import CASES
from tests.input.readers import READERS, refusal
from tests.input.seeds import seeds
from tests.input.spoiling import files

_SEEDS = seeds()
#: So often that whoever looks at each for each would need hours.
_MUCH = 100_000
_FIXED = settings(max_examples=CASES * 100 or 400)


def test_every_reader_has_a_file_that_it_takes() -> None:
    assert _SEEDS.keys() == READERS.keys()
    assert {
        name: told for name, texts in _SEEDS.items() for text in texts if (told := refusal(READERS[name], text))
    } == {}


@_FIXED
@given(files(_SEEDS))
def test_a_file_with_anything_wrong_in_it_is_read_or_refused_in_a_sentence(file: tuple[str, str]) -> None:
    name, text = file
    told = refusal(READERS[name], text)
    assert "Traceback" not in told
    assert len(told) < 2000


@pytest.mark.parametrize("name", sorted(READERS))
@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"a":' * 50_000, "- " * 50_000, "(" * 100_000], ids=["[", "{", "-", "("]
)
def test_a_file_that_nests_without_end_is_refused(name: str, text: str) -> None:
    refusal(READERS[name], text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("decision", "# a\n\nstatus: " + "[](" * _MUCH),
        ("decision", "# a\n\n## Status\n\n" + "<!--" * _MUCH),
        ("decision", "# a\n\n## Status\n\nx" + "\n" * _MUCH + "x"),
        ("decision", "# a\n\nstatus: accepted by " + "A-" * _MUCH),
        ("decision", "# a\nstatus:" + " " * _MUCH),
        ("decision", "# a\n\n| status | date |\n|" + "-" * _MUCH + "x"),
        ("decision", "# a\n" + "![" * _MUCH),
        ("decision", "# " + "0" * _MUCH),
        ("decision", "# " + "ADR-" * _MUCH),
        ("decision", "# a" + " " * _MUCH + "#x"),
        ("decision", "# " + "<!--" * _MUCH),
        ("decision", "# a" + "-" * _MUCH + "x\n"),
        ("decision", "---\ndecision-makers: a" + "\u00a0" * _MUCH + "x\n---\n# a\n## Context\n"),
        ("glossary csv", "a|b\n" + " " * _MUCH + "x"),
        ("results", "---\n" + "\n" * _MUCH + "x"),
        ("owner codeowners", "/" * _MUCH + "x @ana\n"),
        ("owner csv", "component,duty," + ",".join(map(str, range(_MUCH))) + "\n" + "x," * _MUCH),
    ],
)
def test_a_long_file_of_the_same_over_and_over_is_read_in_one_go(name: str, text: str) -> None:
    refusal(READERS[name], text)
