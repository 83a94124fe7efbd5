"""What a question asks for, by how it is put."""

import pytest

from handlers.glossary.rules import phrasing


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        ("the store for features, what is it called", True),
        ("how is it called again when the learner picks", True),
        ("what do you call it when a model makes things up", True),
        ("what's the word for info from the future", True),
        ("what is drift", False),
        ("who called it drift", False),
    ],
)
def test_a_text_asks_what_something_is_called(text: str, *, is_asked: bool) -> None:
    assert phrasing.asks_for_name(text) is is_asked
