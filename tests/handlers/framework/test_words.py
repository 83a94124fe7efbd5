"""What is asked by a button or in the form "Find" is answered as the same person's command would be, to them alone."""

import pytest

from bot.trial.run import Trial
from tests.handlers.decisions.playing import log
from tests.playing import play
from tests.sent import sent

ON_THE_HOME = (
    "berthing; decided: lift at dawn; decision D-9; data-request; data-request list; owner add tides; owner map; "
    "glossary add ebb; glossary me product; glossary here product; summary; summary here; summary off; nudges; "
    "nudges report; common-ground status; common-ground guests; common-ground redact D-1; common-ground retention; "
    "common-ground my-data; ask for a definition of ebb; !!"
)


async def find(trial: Trial, what: str, who: str = "ben") -> str:
    opened = (f"{who} in #general: /common-ground help", f'{who} presses "Find an owner"')
    entered = f'{who} enters "What are you looking for?": {what}'
    return await play(trial, *opened, entered, f"{who} submits", f"{who} closes")


async def test_a_word_a_question_and_a_number_are_found_in_one_form(running: Trial) -> None:
    await log(running, "Batches only", "ana")
    before = sent(running)
    assert "A number measured over time about a running system" in await find(running, "metric")
    assert "Batches only" in await find(running, "what did we decide about batches?")
    assert "Batches only" in await find(running, "D-1")
    assert "Log a decision" in await find(running, "help")
    assert sent(running) == before


async def test_a_word_alone_is_looked_for_in_all_that_is_kept(running: Trial) -> None:
    await log(running, "Batches only", "ana")
    assert "Batches only" in await find(running, "batches")


async def test_what_belongs_to_a_private_channel_is_found_by_its_members_alone(running: Trial) -> None:
    await play(running, "ana in #secret-launch: /decision Falcon flies", "ana submits", "ana closes")
    assert "Falcon flies" not in await find(running, "what did we decide about falcon")
    assert "Falcon flies" in await find(running, "what did we decide about falcon", "ana")


async def test_a_slip_of_the_hand_is_asked_about_there_too(running: Trial) -> None:
    assert "/glossary unanswered" in await find(running, "glossary unansweredd")


@pytest.mark.parametrize("words", ON_THE_HOME.split("; "))
async def test_whatever_is_asked_on_the_home_has_an_answer(running: Trial, words: str) -> None:
    opened = ("ana opens the Home", 'ana presses "Find"', f'ana enters "What are you looking for?": {words}')
    told = await play(running, *opened, "ana submits")
    assert "sees the form" in told.partition("Find")[2]
    assert "went wrong" not in told


async def test_who_has_left_the_channel_of_an_open_form_is_not_answered_there(running: Trial) -> None:
    await log(running, "Batches only", "ana")
    await play(running, "ana in #secret-launch: /common-ground help", 'ana presses "Find an owner"')
    workspace = running.slack.workspace
    running.slack.people.leave(workspace.channel_named("secret-launch"), workspace.user_named("ana"))
    await running.quiet()
    told = await play(running, 'ana enters "What are you looking for?": D-1', "ana submits")
    assert "I can't see you in the channel that this belongs to." in told
    assert "Batches only" not in told


async def test_a_guest_asks_in_a_channel_and_not_by_a_button_on_their_home(running: Trial) -> None:
    await play(running, "gus opens the Home")
    button = {"type": "button", "text": {"type": "plain_text", "text": "Pry"}, "action_id": "ask_in_words:0"}
    home = running.slack.workspace.homes["UGUS"]
    home.content["blocks"] = [{"type": "actions", "block_id": "b", "elements": [{**button, "value": "decision list"}]}]
    assert "Ask me in a channel you're in." in await play(running, 'gus presses "Pry"')
