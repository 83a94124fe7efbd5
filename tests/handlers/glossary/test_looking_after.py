"""Whoever is made the steward of a meaning by somebody else hears of it, and of the end, as far as they may."""

import pytest

from bot.trial.run import Trial
from storage.workspaces import audit
from tests.playing import play
from tests.sent import sent, told

TEAM = "T0LOCAL"
STEWARD = "Steward of this definition"


async def write_down(trial: Trial, who: str, where: str) -> None:
    entered = [f'{who} enters "Discipline": product', f'{who} enters "Definition in one line": A small boat']
    await play(trial, f"{who} in {where}: /glossary add tug", *entered, f"{who} submits", f"{who} closes")


async def give(trial: Trial, who: str, where: str, to: str) -> None:
    """Make somebody the steward of the meaning, by its form."""
    await play(trial, f"{who} in {where}: /glossary edit tug", f'{who} presses "Edit (product)"')
    await play(trial, f'{who} enters "{STEWARD}": {to}', f"{who} submits", f"{who} closes")


async def test_who_is_made_a_steward_hears_it_and_who_was_one_hears_the_end(running: Trial) -> None:
    await write_down(running, "chloe", "#general")
    await give(running, "chloe", "#general", "ben")
    assert len(told(running, "UBEN", "made you the steward of “tug” for product.")) == 1
    await give(running, "chloe", "#general", "eli")
    assert len(told(running, "UBEN", "removed you as the steward of “tug” for product.")) == 1
    assert [to for to, text in sent(running) if "the steward" in text] == ["UBEN", "UBEN", "UELI"]
    noted = [(each.actor, each.action, each.target_id) for each in audit.entries(running.bot.store.reader, TEAM, None)]
    assert noted == [
        ("UCHLOE", "steward-added", "UBEN"),
        ("UCHLOE", "steward-removed", "UBEN"),
        ("UCHLOE", "steward-added", "UELI"),
    ]


@pytest.mark.parametrize(("person", "user_id", "heard"), [("ana", "UANA", 1), ("ben", "UBEN", 0)])
async def test_in_a_private_channel_members_alone_hear(running: Trial, person: str, user_id: str, heard: int) -> None:
    await write_down(running, "chloe", "#secret-launch")
    await give(running, "chloe", "#secret-launch", person)
    assert len([text for to, text in sent(running) if to == user_id and "tug" in text]) == heard
