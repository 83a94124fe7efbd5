"""What a person did, in the program's words: where it is private, and what was entered in a form."""

import pytest

from handlers.slack.interactions import Ask, Fields, Place

FORM = Fields({"word": " drift\r\nof data ", "people": ["UANA", "UBEN"], "none": [], "empty": ""})


@pytest.mark.parametrize(
    ("name", "text"),
    [("word", "drift\nof data"), ("people", "UANA,UBEN"), ("none", ""), ("empty", ""), ("not there", "")],
)
def test_every_field_has_a_text_also_one_that_is_not_there(name: str, text: str) -> None:
    assert FORM.text(name) == text


@pytest.mark.parametrize(
    ("name", "ids"), [("people", ["UANA", "UBEN"]), ("none", []), ("word", []), ("empty", []), ("not there", [])]
)
def test_every_field_has_ids_which_are_none_where_a_text_stands(name: str, ids: list[str]) -> None:
    assert FORM.ids(name) == ids


def test_a_command_is_answered_to_who_used_it_and_a_mention_in_its_thread() -> None:
    command = Ask("T1", "UANA", Place("C1"), "drift", (), trigger_id="1")
    mention = Ask("T1", "UANA", Place("C1"), "drift", (), thread_ts="1.1")
    assert (command.is_private, mention.is_private) == (True, False)
