"""The shared shapes: what people wrote stays harmless, and nothing is longer than Slack takes."""

import pytest

from handlers.slack import blocks, payloads
from storage.records import former


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("short", 10, "short"),
        ("one two three", 9, "one two…"),
        ("one two, three", 10, "one two…"),
        ("averyverylongword", 8, "averyve…"),
        ("a averyverylongword", 10, "a averyve…"),
    ],
)
def test_a_text_is_cut_at_a_word(text: str, limit: int, expected: str) -> None:
    assert blocks.cut(text, limit) == expected
    assert len(blocks.cut(text, limit)) <= limit


def test_what_people_write_names_nobody_and_nothing() -> None:
    assert blocks.escape("<!channel> & <@U1>") == "&lt;!channel&gt; &amp; &lt;@U1&gt;"
    assert blocks.unescape(blocks.escape("<b> &amp; &")) == "<b> &amp; &"


def test_a_buttons_label_and_value_fit() -> None:
    button = blocks.button("x" * 100, "press", "y" * 3000, "danger")
    assert (len(str(button["value"])), button["style"]) == (2000, "danger")
    assert button["text"] == {"type": "plain_text", "text": "x" * 74 + "…", "emoji": False}


def test_who_was_forgotten_is_named_in_words_and_offered_in_no_menu() -> None:
    gone = former.placeholder(1)
    assert blocks.person("UANA") == {"type": "user", "user_id": "UANA"}
    assert blocks.person(gone) == {"type": "text", "text": "a former member"}
    assert blocks.person_select("UANA")["initial_user"] == "UANA"
    assert "initial_user" not in blocks.person_select(gone)
    assert blocks.people_select(["UANA", gone])["initial_users"] == ["UANA"]
    assert "initial_users" not in blocks.people_select([gone])


def test_three_buttons_stand_in_a_row_and_the_rest_in_a_menu_that_presses_them() -> None:
    pressed = [blocks.button(name, f"act_{name}:2", f"{name} value") for name in "abcde"]
    assert blocks.in_row(pressed[:3]) == blocks.buttons(pressed[:3])
    elements = blocks.in_row(pressed)["elements"]
    assert isinstance(elements, list)
    menu = elements.pop()
    assert elements == pressed[:3]
    chosen = [{"action_id": "more", "type": "overflow", "selected_option": each} for each in menu["options"]]
    assert [payloads.pressed(each) for each in chosen] == [("act_d:2", "d value"), ("act_e:2", "e value")]
    assert [each["text"]["text"] for each in menu["options"]] == ["d", "e"]
