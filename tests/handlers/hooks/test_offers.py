"""What features offer to gather from: which subcommand a single word was most likely meant for."""

import pytest

from handlers.hooks.offers import CommandHelp, Hooks

DECISION = CommandHelp("decision", "Decisions", words=("list", "health", "export"))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("helth", "health"),
        (" Exprot ", "export"),
        ("lits", "list"),
        ("health", ""),
        ("HEALTH", ""),
        ("lift", "list"),
        ("zugzwang", ""),
        ("export a", ""),
        ("", ""),
        (" ", ""),
    ],
)
def test_a_single_word_may_be_a_slip_of_the_hand_and_a_sentence_is_none(text: str, meant: str) -> None:
    assert DECISION.nearest(text) == meant


@pytest.mark.parametrize(("words", "meant"), [((), ""), (("status",), ""), (("status", "settings"), "status")])
def test_where_a_command_has_no_choice_of_words_none_was_meant(words: tuple[str, ...], meant: str) -> None:
    assert CommandHelp("common-ground", "Help", words=words).nearest("statsu") == meant


def test_without_a_feature_there_is_nothing_to_gather() -> None:
    nothing = Hooks()
    gathered = (
        nothing.nudge_kinds,
        nothing.reminders,
        nothing.people,
        nothing.digests,
        nothing.own_items,
        nothing.redacts,
    )
    assert [len(each) for each in gathered] == [0] * 6
    with_one = Hooks(commands={"decision": DECISION})
    assert (len(nothing.commands), with_one.commands["decision"].nearest("helth")) == (0, "health")
