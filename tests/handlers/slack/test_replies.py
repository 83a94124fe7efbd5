"""What a handler may answer, and which answers change something."""

import pytest

from handlers.slack import blocks
from handlers.slack.blocks import Message, Modal
from handlers.slack.replies import Done, Open, Redraw, Reply, Say, writes

_FIELD = blocks.field("name", "Name", blocks.text_input())
_FORM, _PAGE = Modal("form", "A form", (_FIELD,), submit="Save"), Modal("page", "A page", (blocks.divider(),))


@pytest.mark.parametrize(
    "reply", [Reply(Open(_FORM)), Reply(Redraw(_FORM)), Reply(write=lambda _transaction, _now: None)]
)
def test_a_change_and_a_form_to_be_submitted_write(reply: Reply) -> None:
    assert writes(reply)


@pytest.mark.parametrize("answer", [Open(_PAGE), Redraw(_PAGE), Say(Message("hello")), Done()])
def test_what_is_only_read_does_not_write(answer: Open | Redraw | Say | Done) -> None:
    assert not writes(Reply(answer))
