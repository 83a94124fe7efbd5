"""Every message that asks who takes a duty says so once somebody has, wherever that was done."""

from bot.local_slack.workspace.state import Json
from bot.trial.run import Trial
from tests.handlers.responsibilities.test_commands import add, direct_messages, duty
from tests.playing import play

TESTING = "/owner churn model system testing"


async def suggest(trial: Trial, person: str) -> None:
    await add(trial)
    await play(trial, f"chloe in #general: {TESTING}", 'chloe presses "Suggest someone"')
    await play(trial, f'chloe enters "Who should have it?": {person}', "chloe submits", "chloe closes")


def labels(listed: list[Json]) -> list[str]:
    """Return what stands on the buttons of a message."""
    rows = [block["elements"] for block in listed if block["type"] == "actions"]
    return [each["text"]["text"] for row in rows for each in row if each["type"] == "button"]


async def test_a_proposal_that_was_accepted_by_command_asks_no_more(running: Trial) -> None:
    await suggest(running, "ben")
    assert labels(direct_messages(running, "ben")[-1].blocks)[0] == "I own this"
    seen = await play(running, f"ben in #general: {TESTING}", 'ben presses "I own this"')
    assert labels(direct_messages(running, "ben")[-1].blocks) == []
    assert "You took this on." in seen


async def test_an_answer_in_a_thread_says_from_then_on_who_owns_it(running: Trial) -> None:
    await add(running)
    await play(running, "ben in #general: @Common Ground who tests the churn model?")
    await play(running, f"dev in #general: {TESTING}")
    seen = await play(running, 'dev presses "I own this"')
    (thread,) = [each for each in running.slack.workspace.channels["CGENERAL"].messages.values() if each.thread_ts]
    assert "I own this" not in labels(thread.blocks)
    assert "*Dev Patel* has it since" in seen


async def test_who_presses_second_reads_who_was_first_and_disputes_nothing(running: Trial) -> None:
    await add(running)
    await play(running, f"ana in #general: {TESTING}", f"dev in #general: {TESTING}", 'ana presses "I own this"')
    seen = await play(running, 'dev presses "I own this"')
    assert "@Ana Ruiz has it since" in seen
    assert (duty(running, "system-testing").state, duty(running, "system-testing").owner) == ("accepted", "UANA")
