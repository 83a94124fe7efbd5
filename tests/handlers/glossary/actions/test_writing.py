"""Whoever writes a word with letters that only look Latin is warned, by each door, and nothing is refused."""

import pytest

from bot.trial.run import Trial
from tests.playing import play

FALSE, CYRILLIC = "d\u0430ta", "“\u0430” is a Cyrillic letter that looks like “a”"
ENTERED = ('ana enters "Discipline": product', 'ana enters "Definition in one line": Something else')


async def test_a_word_in_two_scripts_is_warned_of_where_it_is_added(running: Trial) -> None:
    told = await play(running, f"ana in #general: /glossary add {FALSE}", *ENTERED, "ana submits", "ana closes")
    assert "Saved “" in told
    assert CYRILLIC in told
    assert "Something else" in await play(running, f"ben in #general: /define {FALSE}")


@pytest.mark.parametrize("word", ["\u0442\u043e\u0447\u043d\u043e\u0441\u0442\u044c", "naïve", "Übung", "\u03c3"])
async def test_a_word_of_one_script_is_not(running: Trial, word: str) -> None:
    told = await play(running, f"ana in #general: /glossary add {word}", *ENTERED, "ana submits", "ana closes")
    assert "Saved “" in told
    assert "Check the spelling" not in told


async def test_it_is_warned_of_by_a_shortcut_and_where_a_meaning_is_edited(running: Trial) -> None:
    await play(running, "ben in #general: the osprey flies", 'ana uses "Add to glossary" on "osprey flies"')
    told = await play(running, f'ana enters "Word": {FALSE}', *ENTERED, "ana submits", "ana closes")
    assert CYRILLIC in told
    await play(running, "ana in #general: /define osprey")
    plain = await play(
        running, "ana in #general: /glossary add osprey", *ENTERED[:1], 'ana enters "Definition in one line": A bird'
    )
    plain += await play(running, "ana submits", "ana closes", "chloe in #general: /define osprey")
    assert "Check the spelling" not in plain
    edited = ('chloe presses "Edit"', 'chloe enters "Other names": ospr\u0435y', "chloe submits", "chloe closes")
    assert "Check the spelling of “ospr\u0435y”: “\u0435” is a Cyrillic letter" in await play(running, *edited)


async def test_who_approves_a_word_and_who_names_a_component_is_warned_too(running: Trial) -> None:
    await play(running, "chloe in #general: /common-ground settings", 'chloe enters "Stewards of product": ben')
    await play(running, "chloe submits", "chloe closes")
    told = await play(running, f"ana in #general: /glossary add {FALSE}", *ENTERED, "ana submits", "ana closes")
    assert told.count("is a Cyrillic letter") == 2, told
    fields = ('ana enters "What is it?": dataset', 'ana enters "Who leads it?": ana')
    told = await play(running, f"ana in #general: /owner add {FALSE}", *fields, "ana submits")
    assert CYRILLIC in told


async def test_a_steward_mends_a_starter_definition_whose_other_name_is_the_word_written_otherwise(
    running: Trial,
) -> None:
    await play(running, "chloe in #general: /glossary edit A/B test", 'chloe presses "Edit"')
    await play(running, 'chloe enters "Definition in one line": Two versions, one metric', "chloe submits")
    told = await play(running, "chloe closes", "ben in #general: /define ab test")
    assert "Two versions, one metric" in told
