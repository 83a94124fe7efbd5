"""A secret that was logged by mistake goes from everywhere; that it was redacted, by whom and when stays."""

import json

import pytest

from bot.trial import Trial
from storage import data_notes, data_requests, decisions, glossary_changes, redactions
from tests.handlers.data_requests.playing import TEAM, fills_in, one, put
from tests.playing import play

SECRET = "hunter2000"


def everything(trial: Trial) -> str:
    """Return all that the store holds, table by table."""
    reader = trial.bot.store.reader
    tables = [row["name"] for row in reader.all("SELECT name FROM sqlite_master WHERE type = 'table'")]
    kept = [name for name in tables if not name.endswith(("_docsize", "_idx", "_config", "_data"))]
    return json.dumps([reader.all(f"SELECT * FROM [{name}]") for name in kept], default=str)


def all_messages(trial: Trial) -> str:
    return json.dumps([
        [message.text, message.blocks]
        for channel in trial.slack.workspace.channels.values()
        for message in channel.messages.values()
    ])  # fmt: skip


async def redact(trial: Trial, who: str, what: str) -> str:
    shown = await play(trial, f"{who} in #general: /common-ground redact {what}")
    label = next(line.strip(" []") for line in shown.splitlines() if line.strip().startswith("[Redact"))
    return shown + await play(trial, f'{who} presses "{label}"', f"{who} submits", f"{who} closes")


async def test_a_decision_is_redacted_everywhere(running: Trial) -> None:
    said = f"ben in thread: @Common Ground decided: {SECRET} it is because {SECRET}"
    await play(running, f"ben in #general: We use {SECRET}", said)
    await play(running, "chloe in #general: /decision D-1", "ana in #general: /decision D-1")
    assert SECRET in everything(running)
    told = await redact(running, "ben", "D-1")
    assert "D-1 is redacted, and 1 of my messages with it." in told
    assert SECRET not in everything(running)
    messages = all_messages(running)
    # What people wrote themselves is theirs to delete.
    assert messages.count(SECRET) == 3
    assert "Redacted by Ben Okafor on 2026-01-05." in messages
    (decision,) = decisions.all_decisions(running.bot.store.reader, TEAM)
    assert (decision.title, decision.why) == ("(redacted)", "")
    events = decisions.history(running.bot.store.reader, TEAM, decision.id)
    assert [(each.what, each.by) for each in events] == [("redacted it", "UBEN"), ("logged", "UBEN")]
    found = await play(running, f"ana in #general: /decision find {SECRET}")
    assert "I found no decision with that" in found
    (kept,) = redactions.all_redactions(running.bot.store.reader, TEAM)
    assert (kept.kind, kept.by, kept.at[:10]) == ("decision", "UBEN", "2026-01-05")


async def test_a_data_request_and_a_note_are_redacted_with_their_thread(running: Trial) -> None:
    await put(running, purpose=f"Log in with {SECRET}", entity="logins")
    channel = running.slack.workspace.channels["CDATA"]
    (root,) = channel.messages
    running.slack.people.say(running.slack.workspace.users["UANA"], channel, f"It is {SECRET} today", root)
    await play(running, 'dev uses "Keep as a note on data" on "today"')
    await play(running, f"ana in #data: /data-request DR-1 ask is it {SECRET}")
    assert "the note of 2026-01-05" in await redact(running, "ana", "note today")
    assert data_notes.of_data(running.bot.store.reader, TEAM, "arrivals berth", ["workspace"]) == []
    told = await redact(running, "chloe", "DR-1")
    assert "DR-1 is redacted" in told
    assert SECRET not in everything(running)
    assert all_messages(running).count(SECRET) == 1
    assert (one(running).purpose, one(running).terms) == ("(redacted)", {})
    events = data_requests.in_states(running.bot.store.reader, TEAM, ["open", "needs info"])
    assert len(events) == 1
    assert "(redacted)" in await play(running, "dev in #data: /data-request DR-1")


async def test_a_meaning_and_a_question_are_redacted(running: Trial) -> None:
    page = {"In a few words": f"the password {SECRET}", "Whose meaning is it?": "Domain"}
    await play(running, "ana in #general: /glossary add vault", *fills_in("ana", page), "ana submits", "ana closes")
    await play(running, f"ben in #general: /define {SECRET}")
    assert SECRET in everything(running)
    await redact(running, "ana", "vault")
    await redact(running, "chloe", SECRET)
    assert SECRET not in everything(running)
    told = await play(running, "ben in #general: /define vault")
    assert "password" not in told
    assert glossary_changes.made_by(running.bot.store.reader, TEAM, ["workspace"], "UANA", 5) == []


async def test_a_component_keeps_its_owners_and_loses_its_words(running: Trial) -> None:
    entered = {"What is it?": "model", "Who leads it?": "chloe"}
    lines = (*fills_in("chloe", entered), "chloe submits", "chloe closes")
    await play(running, f"chloe in #general: /owner add {SECRET}", *lines)
    await redact(running, "chloe", SECRET)
    assert SECRET not in everything(running)
    assert "redacted " in await play(running, "ben in #general: /owner map")


async def test_only_its_author_and_admins_redact_and_only_what_they_see(running: Trial) -> None:
    await play(running, f"ben in #general: @Common Ground decided: {SECRET} it is")
    shown = await play(running, "dev in #general: /common-ground redact D-1", 'dev presses "Redact D-1"')
    assert "Only who wrote D-1 and the admins can redact it." in shown
    await play(running, "ana in #secret-launch: /decision Falcon", "ana submits", "ana closes")
    every = decisions.all_decisions(running.bot.store.reader, TEAM)
    secret = next(each for each in every if each.visibility != "workspace")
    told = await play(running, f"ben in #general: /common-ground redact {secret.number}")
    assert "I found nothing that you may see under that name." in told


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("ben in #general: /common-ground redact", "Say what to redact: a number such as D-34 or DR-12"),
        ("ben in #general: /common-ground redact !!", "I found nothing that you may see under that name."),
        ("ben in #general: /common-ground redact note nothing", "I found nothing that you may see under that name."),
        ("ben in #general: @Common Ground common-ground redact D-1", "Redact with the slash command"),
    ],
)
async def test_what_cannot_be_redacted_is_said_with_what_can(running: Trial, line: str, told: str) -> None:
    assert told in await play(running, line)


async def test_admins_read_what_was_redacted_by_whom_and_when(running: Trial) -> None:
    await play(running, f"ben in #general: @Common Ground decided: {SECRET} it is")
    await redact(running, "ben", "D-1")
    assert "2026-01-05 Ben Okafor: a decision" in await play(running, "chloe in #general: /common-ground redact")
