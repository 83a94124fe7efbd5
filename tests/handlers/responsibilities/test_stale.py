"""Every message that asks who takes a duty says so once somebody has, wherever that was done."""

from bot.local_slack.workspace.state import Json
from bot.trial.run import Trial
from tests.handlers.responsibilities.test_commands import add, direct_messages, duty
from tests.playing import play

TESTING = "/owner churn model system testing"


async def suggest(trial: Trial, person: str) -> None:
    await add(trial)
    await play(trial, f"chloe in #general: {TESTING}", 'chloe presses "Suggest someone"')
    await play(trial, f'chloe enters "Who could own it?": {person}', "chloe submits", "chloe closes")


def labels(listed: list[Json]) -> list[str]:
    """Return what stands on the buttons of a message."""
    rows = [block["elements"] for block in listed if block["type"] == "actions"]
    return [each["text"]["text"] for row in rows for each in row if each["type"] == "button"]


async def test_a_proposal_that_was_accepted_by_command_asks_no_more(running: Trial) -> None:
    await suggest(running, "ben")
    assert labels(direct_messages(running, "ben")[-1].blocks)[0] == "Accept"
    seen = await play(running, f"ben in #general: {TESTING}", 'ben presses "Accept"')
    assert labels(direct_messages(running, "ben")[-1].blocks) == []
    assert "You took this on." in seen


async def test_an_answer_in_a_thread_says_from_then_on_who_owns_it(running: Trial) -> None:
    await add(running)
    await play(running, "ben in #general: @Common Ground who tests the churn model?")
    await play(running, f"dev in #general: {TESTING}")
    seen = await play(running, 'dev presses "I\'ll take it"')
    (thread,) = [each for each in running.slack.workspace.channels["CGENERAL"].messages.values() if each.thread_ts]
    assert "I'll take it" not in labels(thread.blocks)
    assert "*Dev Patel* owns *system testing of churn model*, since today." in seen


async def test_who_presses_second_reads_who_was_first_and_disputes_nothing(running: Trial) -> None:
    await add(running)
    await play(running, f"ana in #general: {TESTING}", f"dev in #general: {TESTING}", 'ana presses "I\'ll take it"')
    seen = await play(running, 'dev presses "I\'ll take it"')
    assert "@Ana Ruiz owns *system testing of churn model*, since today." in seen
    assert (duty(running, "system-testing").state, duty(running, "system-testing").owner) == ("accepted", "UANA")
