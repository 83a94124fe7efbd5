"""Shortcuts on a message that has replies: whoever uses one sees something where they stand, not in a closed thread."""

import pytest

from bot.trial.run import Trial
from tests.playing import play


def on_messages(trial: Trial) -> list[str]:
    listed = trial.slack.workspace.app.manifest["features"]["shortcuts"]
    return [each["name"] for each in listed if each["type"] == "message"]


@pytest.mark.parametrize("place", range(7))
async def test_each_shortcut_shows_a_form_or_an_answer_in_the_channel(running: Trial, place: int) -> None:
    name = on_messages(running)[place]
    await play(running, "ben in #general: the precision drifts", "dev in #general: x")
    first = next(iter(running.slack.workspace.channels["CGENERAL"].messages.values()))
    running.slack.people.say(
        running.slack.workspace.users["UBEN"], running.slack.workspace.channels["CGENERAL"], "since Monday", first.ts
    )
    await play(running, f'ana uses "{name}" on "the precision drifts"')
    told = [each for each in running.slack.workspace.channels["CGENERAL"].ephemerals.values() if each.to == "UANA"]
    form = running.slack.workspace.open_view("UANA")
    assert (form is not None) != bool(told)
    assert [each.thread_ts for each in told if each.thread_ts] == []


async def test_the_words_of_a_reply_are_explained_in_its_thread(running: Trial) -> None:
    await play(running, "ben in #general: hello", "ben in thread: the precision drifts")
    told = await play(running, 'ana uses "Explain the words" on "the precision drifts"')
    assert "Of the cases the model flagged" in told
    (said,) = running.slack.workspace.channels["CGENERAL"].ephemerals.values()
    assert said.thread_ts == next(iter(running.slack.workspace.channels["CGENERAL"].messages))
