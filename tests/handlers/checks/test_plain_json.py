"""JSON that people give is read as it is, and what no store could keep is refused with its place."""

from json import JSONDecodeError

import pytest

from handlers.checks import plain_json


def test_letters_of_two_halves_are_read() -> None:
    assert plain_json.read(r'{"a\u00e9": ["\ud83d\ude00", "\\ud800", 7]}') == {"aé": ["😀", r"\ud800", 7]}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('["ok",\n "\\ud800"]', "half of a letter: line 2 column 3 (char 9)"),
        ('{"\\uDFFF": 1}', "half of a letter: line 1 column 3 (char 2)"),
        (f"[{'9' * 6000}]", "a number has thousands of digits: line 1 column 1 (char 0)"),
        ("[" * 100_000, "its lists are too deep: line 1 column 1 (char 0)"),
        ("[1,", "Expecting value: line 1 column 4 (char 3)"),
    ],
)
def test_what_is_no_text_or_number_is_refused_with_its_place(text: str, told: str) -> None:
    with pytest.raises(JSONDecodeError) as refused:
        plain_json.read(text)
    assert str(refused.value) == told
