"""Meanings are pinned as they are today, and are read as they were then, by who may read them."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from handlers.agreements.pinned_definitions import lines_of, pinned, senses_of
from storage.engine.interface import Database, to_text
from storage.glossary.changes import Change, add_senses, change_sense
from storage.glossary.glossary import NewSense, Sense
from tests.writing import write

TEAM, SECRET = "T1", "CSECRET"
NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
WORDS = [
    NewSense(word="drift", discipline="data science", gloss="The data changes over time"),
    NewSense(word="bias", discipline="data science", gloss="Systematic error"),
    NewSense(word="bias", discipline="product", gloss="Unfair treatment"),
    NewSense(word="bias", discipline="operations", gloss="Out of use", status="deprecated"),
    NewSense(word="falcon", discipline="product", gloss="The launch in May", visibility=SECRET),
]


@pytest.fixture
async def senses(store: Database) -> dict[str, Sense]:
    """The meanings above by their texts."""
    return {each.gloss: each for each in await write(store, add_senses, TEAM, WORDS, NOW)}


def pins(senses: dict[str, Sense], *glosses: str) -> tuple[str, ...]:
    return tuple(f"{senses[each].id}:1" for each in glosses)


@pytest.mark.parametrize(
    ("words", "glosses"),
    [
        ("drift", ["The data changes over time"]),
        ("Drift , \n\n bias (product)", ["The data changes over time", "Unfair treatment"]),
        ("bias(Data Science)", ["Systematic error"]),
        ("falcon", ["The launch in May"]),
        ("", []),
    ],
)
async def test_words_are_named_in_lines_or_with_commas_and_whose_they_are_in_brackets(
    store: Database, senses: dict[str, Sense], words: str, glosses: Sequence[str]
) -> None:
    assert pinned(store.reader, TEAM, words, ["workspace", SECRET]) == pins(senses, *glosses)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("drift, zugzwang", "“zugzwang” isn't in the glossary. Leave it out, or add it first."),
        ("bias", "“bias” has several definitions. Say which one, as in: bias (data science), bias (product)"),
        ("bias (operations)", "“bias” isn't in the glossary. Leave it out, or add it first."),
        ("falcon", "“falcon” isn't in the glossary. Leave it out, or add it first."),
    ],
)
@pytest.mark.usefixtures("senses")
async def test_what_is_wrong_with_a_word_is_said(store: Database, words: str, told: str) -> None:
    assert pinned(store.reader, TEAM, words, ["workspace"]) == told


@pytest.mark.usefixtures("senses")
async def test_another_workspace_has_words_of_its_own(store: Database) -> None:
    assert pinned(store.reader, "T2", "drift", ["workspace"]) == (
        "“drift” isn't in the glossary. Leave it out, or add it first."
    )


async def test_a_pin_keeps_what_the_word_meant_when_it_was_pinned(store: Database, senses: dict[str, Sense]) -> None:
    drift = senses["The data changes over time"]
    change = Change(what="changed", by="UANA", at=to_text(NOW))
    await write(store, change_sense, drift, {"gloss": "Something else by now"}, change)
    old, new = (f"{drift.id}:{version}" for version in (1, 2))
    assert lines_of(store.reader, TEAM, [old, new], "workspace") == [
        "“drift”, as data science means it, v1: The data changes over time",
        "“drift”, as data science means it, v2: Something else by now",
    ]
    assert pinned(store.reader, TEAM, "drift", ["workspace"]) == (new,)


async def test_a_channels_word_is_shown_in_records_of_that_channel_alone(
    store: Database, senses: dict[str, Sense]
) -> None:
    both = pins(senses, "The data changes over time", "The launch in May")

    def shown(visibility: str) -> list[str]:
        return [sense.word for sense, _ in senses_of(store.reader, TEAM, both, visibility)]

    assert shown(SECRET) == ["drift", "falcon"]
    assert shown("workspace") == shown("COTHER") == ["drift"]


async def test_a_pin_that_leads_nowhere_is_passed_over(store: Database, senses: dict[str, Sense]) -> None:
    (drift,) = pins(senses, "The data changes over time")
    broken = ["nobody:1", f"{drift.partition(':')[0]}:9", f"{drift.partition(':')[0]}:x", "", drift]
    assert [(sense.word, version) for sense, version in senses_of(store.reader, TEAM, broken, "workspace")] == [
        ("drift", 1)
    ]


async def test_eight_words_are_told_at_most(store: Database, senses: dict[str, Sense]) -> None:
    (drift,) = pins(senses, "The data changes over time")
    assert len(lines_of(store.reader, TEAM, [drift] * 9, "workspace")) == 8
    assert len(senses_of(store.reader, TEAM, [drift] * 9, "workspace")) == 9
