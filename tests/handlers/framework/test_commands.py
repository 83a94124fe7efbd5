"""Every command knows help, and answers a slip of the hand with the nearest thing that it can do."""

import pytest

from bot.trial.run import Trial
from handlers import FEATURES
from handlers.framework.routing import join
from storage.workspaces import preferences
from tests.handlers.data_requests.playing import put
from tests.playing import play

COMMANDS = join(FEATURES).commands


@pytest.mark.parametrize("name", list(COMMANDS))
async def test_every_command_knows_help(running: Trial, name: str) -> None:
    told = await play(running, f"ben in #general: /{name} help")
    assert "Common Ground (only visible to Ben Okafor):" in told
    assert "“help”" not in told


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("/decision helth", "/decision health"), ("/data-request lits", "/data-request list"),
        ("/owner mapp", "/owner map"), ("/nudges reprot", "/nudges report"), ("/summary previw", "/summary preview"),
        ("/common-ground setings", "/common-ground settings"), ("/glossary unanswerd", "/glossary unanswered"),
        ("@Common Ground decision helth", "/decision health"),
    ],
)  # fmt: skip
async def test_a_slip_of_the_hand_is_answered_with_the_nearest_thing(running: Trial, line: str, meant: str) -> None:
    assert f"I don't know that. Did you mean {meant}?" in await play(running, f"ben in #general: {line}")


@pytest.mark.parametrize("line", ["/owner maps", "@Common Ground who owns maps?", "@Common Ground owner maps"])
async def test_the_name_of_a_component_is_no_slip_of_the_hand(running: Trial, line: str) -> None:
    lines = ('chloe enters "What is it?": dataset', 'chloe enters "Who leads it?": chloe', "chloe submits")
    await play(running, "chloe in #general: /owner add maps", *lines, "chloe closes")
    told = await play(running, f"ben in #general: {line}")
    assert "Did you mean" not in told
    assert "data ownership" in told


async def test_what_was_decided_in_one_word_is_logged(running: Trial) -> None:
    assert "*D-1 · Lift*" in await play(running, "ben in #general: @Common Ground decided: Lift")
    assert "Did you mean /decision list? If not, add a few words." in await play(
        running, "ben in #general: /decision lift"
    )
    for number in ("d1", "D 1", "1", "d-1"):
        assert "*D-1 · Lift*" in await play(running, f"ben in #general: /decision {number}")
    await put(running)
    for number in ("dr1", "DR 1", "dr-1"):
        assert "*DR-1 · berth arrivals*" in await play(running, f"ben in #data: /data-request {number}")


async def test_a_workspace_chooses_when_duties_are_confirmed_again(running: Trial) -> None:
    label = "Days between confirmations of a duty"
    await play(running, "chloe in #general: /common-ground settings", f'chloe enters "{label}": 5')
    assert "! Enter a number of days from 7 to 1000, or leave it empty." in await play(running, "chloe submits")
    await play(running, f'chloe enters "{label}": 30', "chloe submits", "chloe closes")
    assert preferences.chosen(running.bot.store.reader, "T0LOCAL", 99, preferences.CONFIRM_AFTER) == {"T0LOCAL": "30"}
    lines = (
        'chloe enters "What is it?": dataset',
        'chloe enters "Who leads it?": chloe',
        "chloe submits",
        "chloe closes",
    )
    await play(running, "chloe in #general: /owner add berth data", *lines)
    await play(running, "dev in #general: /owner berth data data ownership", 'dev presses "I\'ll take it"')
    told = await play(running, "wait 22 days")
    assert "needs your confirmation" not in told
    told = await play(running, "wait 9 days")
    assert "*berth data*  data ownership needs your confirmation" in told
