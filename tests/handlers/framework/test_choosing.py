"""Which of several readings of a question is answered."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import pytest

from handlers import FEATURES
from handlers.framework.choosing import best
from handlers.framework.routing import Command, join
from handlers.slack import blocks
from handlers.slack.replies import Reply, Say

ROUTES = join(FEATURES)
DEFINE, OWNER, FIND = (ROUTES.commands[each] for each in ("define", "owner", "common-ground"))
SURE, OFFER, NOTHING = Reply(), Reply(is_unsure=True), Reply(is_unknown=True)
WORDS, NO_WORD = Reply(is_unsure=True, is_of_words=True), Reply(is_near=True, is_of_words=True, offers=("y",))


class Answers:
    """Answers each command as told, and keeps which were asked."""

    def __init__(self, **replies: Reply) -> None:
        self.asked: list[tuple[str, tuple[str, ...], bool]] = []
        self._replies = {
            name: Reply(
                **{**{each: getattr(reply, each) for each in Reply.__slots__}, "answer": Say(blocks.said(name))}
            )
            for name, reply in replies.items()
        }

    async def __call__(
        self, command: Command, _words: str, offered: tuple[str, ...] = (), *, is_below: bool = False
    ) -> Reply:
        name = "find" if command is FIND else command.name
        self.asked.append((name, offered, is_below))
        return self._replies[name]


def told(reply: Reply) -> str:
    assert isinstance(reply.answer, Say)
    return reply.answer.message.text


@pytest.mark.parametrize(
    ("replies", "answer", "asked"),
    [
        ([SURE, SURE, SURE], "owner", 1),
        ([OFFER, SURE, SURE], "define", 2),
        ([NOTHING, NO_WORD, SURE], "find", 3),
        ([NOTHING, NOTHING, SURE], "find", 3),
        ([OFFER, NOTHING, NOTHING], "owner", 3),
        ([NOTHING, WORDS, NOTHING], "define", 3),
        ([NOTHING, NOTHING, OFFER], "find", 3),
        ([OFFER, NOTHING, OFFER], "owner", 3),
        ([NOTHING, NOTHING, NOTHING], "find", 3),
        ([Reply(is_unknown=True, is_near=True), NOTHING, NOTHING], "owner", 3),
        ([NOTHING, WORDS, Reply(is_of_words=True)], "define", 3),
        ([OFFER, NOTHING, Reply(is_of_words=True)], "owner", 3),
        ([NOTHING, NOTHING, Reply(is_of_words=True)], "find", 3),
    ],
)
async def test_what_is_sure_comes_before_what_may_be_meant_and_that_before_nothing(
    replies: Sequence[Reply], answer: str, asked: int
) -> None:
    answers = Answers(**dict(zip(("owner", "define", "find"), replies, strict=True)))
    assert told(await best([[(OWNER, "x")], [(DEFINE, "x")], [(FIND, "find x")]], answers)) == answer
    assert [name for name, _, _ in answers.asked] == ["owner", "define", "find"][:asked]


async def test_words_and_records_that_may_be_meant_stand_together() -> None:
    answers = Answers(define=WORDS, find=OFFER)
    assert told(await best([[(DEFINE, "x")], [(FIND, "find x")]], answers)) == "define\nfind"


@pytest.mark.parametrize(("found", "answer"), [(OFFER, "define\nfind"), (NOTHING, "define")])
async def test_records_that_are_named_so_stand_below_a_word_that_nothing_has(found: Reply, answer: str) -> None:
    answers = Answers(define=NO_WORD, owner=SURE, find=found)
    asked = [[(DEFINE, "what is x")], [(OWNER, "x")], [(FIND, "find x")]]
    assert told(await best(asked, answers)) == answer
    assert answers.asked == [("define", (), False), ("find", ("y",), True)]


async def test_what_is_offered_already_is_known_to_whoever_is_asked_next() -> None:
    answers = Answers(define=replace(WORDS, offers=("y", "z")), find=OFFER)
    await best([[(DEFINE, "x")], [(FIND, "find x")]], answers)
    assert answers.asked == [("define", (), False), ("find", ("y", "z"), False)]


async def test_each_of_several_questions_is_answered_where_one_is_sure() -> None:
    answers = Answers(owner=NOTHING, define=SURE)
    assert told(await best([[(OWNER, "x"), (DEFINE, "x")], [(FIND, "find x")]], answers)) == "owner\ndefine"


async def test_what_was_asked_for_in_vain_is_counted_once_whatever_is_said_instead() -> None:
    counts = Counter[str]()
    answers = Answers(define=Reply(is_unknown=True, counted=partial(counts.update, ["x"])), find=NOTHING)
    reply = await best([[(DEFINE, "x")], [(FIND, "find x")]], answers)
    assert reply.counted is not None
    reply.counted()
    assert (told(reply), counts) == ("find", {"x": 1})
