"""What people read of the glossary: every view fits into Slack, and people's words stay words."""

import json
import re

import pytest

from bot.local_slack.block_kit.blocks import check_blocks
from handlers.glossary.messages.answers import Shown, answer
from handlers.glossary.messages.definitions import explained, in_brief, in_full
from handlers.glossary.rules.naming import DidYouMean, Found, LookUp, NoWord, TooLong, Unknown
from handlers.slack.blocks import Block, Message
from handlers.slack.days import shown
from storage.glossary.changes import Change
from storage.glossary.glossary import STARTER, Sense
from storage.records import former

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
    """Return what stands on the buttons, and in the menu behind the dots."""
    rows = [block["elements"] for block in message.blocks if block["type"] == "actions"]
    shown = [
        each for row in rows if isinstance(row, list) for element in row for each in element.get("options", [element])
    ]
    return [each["text"]["text"] for each in shown]


def text_of(block: Block) -> str:
    """Return small print with its days as they stand where Slack shows no dates."""
    (element,) = shown(block)["elements"]
    return re.sub(r"<!date[^|]*\|([^>]*)>", r"\1", element["text"])


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
        said = answer(outcome, "cg-", {}, Shown(is_private=is_private, is_limited=is_limited))
        assert 0 < len(said.text) <= 4000
        if said.blocks:
            check_blocks(list(said.blocks), "message")


def test_the_whole_of_sixty_long_meanings_still_fits_into_a_message() -> None:
    check_blocks(list(in_full(Found("drift", tuple(LONG)), {}).blocks), "message")


def test_the_fallback_text_notifies_nobody() -> None:
    said = answer(OUTCOMES[1], "", {}, Shown(is_private=True, is_limited=False))
    assert "<" not in said.text
    assert "&lt;!channel&gt; &lt;@U1&gt;" in said.text


def test_what_has_more_detail_offers_it() -> None:
    short = answer(Found("drift", (sense(definition=""),)), "", {}, Shown(is_private=True, is_limited=False))
    long = answer(Found("drift", tuple(LONG[:2])), "", {}, Shown(is_private=True, is_limited=False))
    many = answer(Found("drift", tuple(sense(n) for n in range(13))), "", {}, Shown(is_private=True, is_limited=False))
    first = ["Share", "Not what we mean", "Helpful", "Not clear", "Add a definition"]
    assert labels(short) == [*first, "History"]
    assert labels(long) == labels(many) == [*first, "More detail", "History"]
    assert "And 1 more" in str(many.blocks)


def test_a_public_answer_cannot_be_shared_but_shown_in_full() -> None:
    long = answer(Found("drift", tuple(LONG)), "", {}, Shown(is_private=False, is_limited=False))
    short = answer(Found("drift", (sense(definition=""),)), "", {}, Shown(is_private=False, is_limited=False))
    assert (labels(long), labels(short)) == (["More detail"], [])


BEN, CHLOE = (
    Change(version=2, at=f"2026-01-0{day}T09:00:00Z", by=by, what="approved") for day, by in ((5, "U1"), (6, "U2"))
)
NAMES = {"U1": "Ben Okafor", "U2": "Chloe Martin"}


@pytest.mark.parametrize(
    ("approvals", "told"),
    [
        ({}, "Starter definitions, not reviewed by your team yet."),
        ({"0": BEN, "1": BEN}, "Approved by Ben Okafor, Mon 5 Jan."),
        (
            {"0": BEN, "1": CHLOE},
            "Discipline 0: approved by Ben Okafor, Mon 5 Jan. Discipline 1: approved by Chloe Martin, Tue 6 Jan.",
        ),
        (
            {"1": CHLOE},
            (
                "Discipline 0: starter definitions, not reviewed by your team yet. "
                "Discipline 1: approved by Chloe Martin, Tue 6 Jan."
            ),
        ),
    ],
)
def test_who_approved_a_definition_and_when_stands_below_it(approvals: dict[str, Change], told: str) -> None:
    both = tuple(sense(number).model_copy(update={"origin": STARTER}) for number in (0, 1))
    said = in_brief(Found("drift", both, approvals), NAMES, is_private=True)
    assert text_of(said.blocks[-2]) == told


def test_a_draft_has_nobody_who_approved_it() -> None:
    draft = sense().model_copy(update={"status": "draft"})
    said = in_brief(Found("drift", (draft,), {"0": BEN}), NAMES, is_private=True)
    assert "pproved by" not in str(said.blocks)


def test_what_a_file_says_was_verified_names_who_did_it() -> None:
    verified = sense().model_copy(update={"verified_on": "2026-01-05", "verified_by": "Ana Ruiz"})
    said = in_brief(Found("drift", (verified,)), {}, is_private=True)
    assert text_of(said.blocks[-2]) == "Approved by Ana Ruiz, Mon 5 Jan."


def test_who_was_forgotten_is_not_named_and_whose_name_is_unknown_neither() -> None:
    gone = BEN.model_copy(update={"by": former.placeholder(1)})
    for step, told in ((gone, "Approved by a former member, Mon 5 Jan."), (BEN, "Approved Mon 5 Jan.")):
        said = in_brief(Found("drift", (sense(),), {"0": step}), {}, is_private=True)
        assert text_of(said.blocks[-2]) == told


@pytest.mark.parametrize(
    ("meaning", "told"),
    [
        (sense(), ["drift", "\\nDiscipline 0: short"]),
        (
            sense().model_copy(update={"say_instead": "data drift"}),
            ["drift", "\\nDiscipline 0: short", "\\n", "Say instead: ", "data drift"],
        ),
    ],
)
def test_the_shortest_form_says_what_to_say_instead_too(meaning: Sense, told: list[str]) -> None:
    said = json.dumps(explained([Found("drift", (meaning,))]).blocks)
    assert re.findall(r'"text": "([^"]*)"', said) == told
