"""What a handler may answer, and which answers change something."""

from collections import Counter
from dataclasses import replace
from functools import partial

import pytest

from handlers.slack import blocks
from handlers.slack.blocks import Message, Modal
from handlers.slack.replies import Done, Open, Redraw, Reply, Say, Wrote, together, writes
from storage.engine.interface import Database
from tests.conftest import START
from tests.writing import write

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


def test_the_answers_to_two_questions_are_one_message() -> None:
    counts = Counter[str]()
    asked = [Reply(Say(blocks.said(each)), counted=partial(counts.update, [each])) for each in ("one", "two")]
    joined = together([*asked, Reply(Say(Message("three")))])
    assert isinstance(joined.answer, Say)
    assert (joined.answer.message.text, joined.write) == ("one\ntwo\nthree", None)
    assert joined.counted is not None
    joined.counted()
    assert counts == {"one": 1, "two": 1}
    kinds = [each["type"] for each in joined.answer.message.blocks]
    assert kinds == ["rich_text", "divider", "rich_text", "divider", "rich_text"]


async def test_what_two_answers_change_is_one_change(store: Database) -> None:
    joined = together([Reply(Say(Message("one"))), Reply(write=lambda _write, _now: Wrote(Say(Message("two"))))])
    assert joined.write is not None
    wrote = await write(store, joined.write, START)
    assert isinstance(wrote, Wrote)
    assert isinstance(wrote.answer, Say)
    assert wrote.answer.message.text == "one\ntwo"


@pytest.mark.parametrize(
    ("replies", "is_open", "is_unknown"),
    [
        ([Reply(is_unknown=True), Reply(is_unsure=True)], True, False),
        ([Reply(is_unknown=True), Reply(is_near=True, is_unknown=True)], True, True),
        ([Reply(is_near=True), Reply()], False, False),
    ],
)
def test_of_several_answers_one_that_is_sure_is_enough(
    replies: list[Reply], *, is_open: bool, is_unknown: bool
) -> None:
    joined = together([replace(each, answer=Say(Message("x"))) for each in replies])
    assert (joined.is_open, joined.is_unknown) == (is_open, is_unknown)
