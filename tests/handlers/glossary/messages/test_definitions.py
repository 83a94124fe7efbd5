"""What people read of the glossary: every view fits into Slack, and people's words stay words."""

import pytest

from bot.local_slack.block_kit.blocks import check_blocks
from handlers.glossary.messages import definitions
from handlers.glossary.rules.naming import DidYouMean, Found, LookUp, NoWord, TooLong, Unknown
from handlers.slack.blocks import Message
from storage.glossary.glossary import Sense

NASTY = "<!channel> <@U1> *bold* `code` <https://evil|here> & > quote"


def sense(number: int = 0, gloss: str = "short", definition: str = "long", example: str = "as here") -> Sense:
    return Sense(
        id=f"{number}",
        team_id="T1",
        visibility="workspace",
        word="drift",
        look_up_key="drift",
        discipline=f"discipline {number}",
        gloss=gloss,
        definition=definition,
        example=example,
        origin="people",
        version=1,
        updated_at="",
        status="approved",
    )


def labels(message: Message) -> list[str]:
    rows = [block["elements"] for block in message.blocks if block["type"] == "actions"]
    return [element["text"]["text"] for row in rows if isinstance(row, list) for element in row]


LONG = [sense(number, "g" * 140, "word " * 400, "word " * 400) for number in range(60)]
OUTCOMES: list[LookUp] = [
    Found("drift", (sense(),)),
    Found(NASTY, (sense(1, NASTY[:140], NASTY * 20, NASTY * 20),)),
    Found("x" * 80, tuple(LONG)),
    DidYouMean("x" * 200, tuple(f"{'y' * 79}{number}" for number in range(5))),
    Unknown("x" * 200),
    NoWord(),
    TooLong(),
]


@pytest.mark.parametrize("outcome", OUTCOMES)
@pytest.mark.parametrize("is_private", [True, False])
def test_every_answer_is_one_that_slack_takes(outcome: LookUp, is_private: bool) -> None:  # noqa: FBT001 - a parameter
    for is_limited in (False, True):
        said = definitions.answer(outcome, "cg-", is_private=is_private, is_limited=is_limited)
        assert 0 < len(said.text) <= 4000
        if said.blocks:
            check_blocks(list(said.blocks), "message")


def test_the_whole_of_sixty_long_meanings_still_fits_into_a_message() -> None:
    check_blocks(list(definitions.in_full(Found("drift", tuple(LONG))).blocks), "message")


def test_the_fallback_text_notifies_nobody() -> None:
    said = definitions.answer(OUTCOMES[1], "", is_private=True, is_limited=False)
    assert "<" not in said.text
    assert "&lt;!channel&gt; &lt;@U1&gt;" in said.text


def test_what_is_too_long_is_cut_and_can_be_shown_in_full() -> None:
    short = definitions.answer(Found("drift", (sense(),)), "", is_private=True, is_limited=False)
    long = definitions.answer(Found("drift", tuple(LONG[:2])), "", is_private=True, is_limited=False)
    many = definitions.answer(Found("drift", tuple(sense(n) for n in range(13))), "", is_private=True, is_limited=False)
    opinions = ["Helpful", "Not clear", "That is not what we mean", "Add a meaning", "History"]
    assert labels(short) == ["Share in channel", *opinions]
    assert labels(long) == labels(many) == ["Share in channel", *opinions, "Show all"]
    assert "And 1 more meanings" in str(many.blocks)


def test_a_public_answer_cannot_be_shared_but_shown_in_full() -> None:
    long = definitions.answer(Found("drift", tuple(LONG)), "", is_private=False, is_limited=False)
    short = definitions.answer(Found("drift", (sense(),)), "", is_private=False, is_limited=False)
    assert (labels(long), labels(short)) == (["Show all"], [])
