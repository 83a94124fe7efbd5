"""What a form or a button says of where it stands gives no right, and what Slack's payload says of a channel counts."""

import json
from datetime import timedelta

import pytest

from bot.trial.run import Trial
from storage.decisions import decisions, votes
from storage.responsibilities import responsibilities
from storage.workspaces.workspaces import note_place
from tests.handlers.access.secrets import SECRET, TEAM, remove
from tests.handlers.data_requests.playing import PAGE
from tests.handlers.decisions.playing import every
from tests.handlers.requirements.playing import a_model
from tests.playing import let_fields_be_empty, play
from tests.writing import write

NOT_SEEN = "I can't see you in the channel that this belongs to."
#: Forms that make a record where they were opened, and what is entered in them.
FORMS = {
    "/glossary add osprey": ('"Discipline": product', '"Definition in one line": A bird'),
    "/owner add osprey": ('"What is it?": dataset', '"Who leads it?": ben'),
    "/decision": ('"What was decided?": Osprey flies', '"Who decides?": ben'),
}


def rows(trial: Trial) -> list[object]:
    """Return all that was written down, in every feature."""
    names = ("senses", "components", "decisions", "data_requests", "feedback")
    return [trial.bot.store.reader.all(f"SELECT * FROM {each} ORDER BY id") for each in names]


async def filled_in(trial: Trial, who: str, where: str, command: str) -> None:
    entered = (each.replace("ben", who) for each in FORMS[command])
    await play(trial, f"{who} in {where}: {command}", *(f"{who} enters {each}" for each in entered))
    let_fields_be_empty(trial, trial.slack.workspace.user_named(who).id)


@pytest.mark.parametrize("command", FORMS)
async def test_a_form_that_says_it_was_opened_elsewhere_writes_nothing_there(running: Trial, command: str) -> None:
    for who, is_member in (("ben", False), ("ana", True)):
        before = rows(running)
        await filled_in(running, who, "#general", command)
        view = running.slack.workspace.open_view(running.slack.workspace.user_named(who).id)
        assert view is not None
        view.content["private_metadata"] = view.content["private_metadata"].replace("CGENERAL", SECRET)
        told = await play(running, f"{who} submits", f"{who} closes")
        assert (rows(running) != before) is is_member, told


#: Forms whose note says once more where they were opened, or who will see what they make.
NOTED = {
    "/glossary add falcon": FORMS["/glossary add osprey"],
    "/decision": FORMS["/decision"],
    "/data-request": tuple(f'"{label}": {value}' for label, value in PAGE.items() if "model" not in label),
    "/owner feedback osprey": (
        '"Where did you see it?": in the app', '"What was the input?": a bird', '"What did you expect?": an osprey',
        '"What did you get?": a gull', '"How bad is it?": low', '"How often?": once',
    ),
}  # fmt: skip


def kept_there(trial: Trial) -> int:
    tables = ("senses", "components", "decisions", "data_requests", "feedback")
    return sum(
        len(trial.bot.store.reader.all(f"SELECT id FROM {each} WHERE visibility = :at", at=SECRET)) for each in tables
    )


@pytest.mark.parametrize("command", NOTED)
async def test_a_note_that_names_another_place_makes_nothing_there(running: Trial, command: str) -> None:
    await a_model(running, "osprey")
    await write(running.bot.store, note_place, TEAM, SECRET)
    running.bot.boundary.forget_settings()
    for who, is_member in (("ben", False), ("ana", True)):
        await play(running, f"{who} in #general: {command}")
        view = running.slack.workspace.open_view(running.slack.workspace.user_named(who).id)
        assert view is not None
        kept = json.loads(view.content["private_metadata"])
        note = json.loads(kept["note"])
        named = {name: SECRET for name in ("place", "home") if name in note}
        assert named
        view.content["private_metadata"] = json.dumps({**kept, "note": json.dumps({**note, **named})})
        told = await play(running, *(f"{who} enters {each.replace('ben', who)}" for each in NOTED[command]))
        let_fields_be_empty(running, running.slack.workspace.user_named(who).id)
        told += await play(running, f"{who} submits", f"{who} closes")
        assert bool(kept_there(running)) is is_member, told


@pytest.mark.parametrize("command", FORMS)
async def test_a_form_that_was_open_for_ten_days_keeps_no_door_open(running: Trial, command: str) -> None:
    for who in ("ana", "chloe"):
        await filled_in(running, who, "#secret-launch", command)
    before = rows(running)
    await remove(running, "ana")
    await running.pass_time(timedelta(hours=240))
    told = await play(running, "ana submits")
    assert any(each in told for each in (NOT_SEEN, "They aren't in the channel", "You are not in the channel"))
    assert rows(running) == before
    await play(running, "chloe submits")
    assert rows(running) != before


async def test_an_old_button_takes_no_vote_of_who_was_removed(running: Trial) -> None:
    proposed = ('"Decided or proposed?": Proposed: people can agree or object', '"Answer by": 2026-03-01')
    asked = ('"Who decides?": chloe', '"Who should agree?": ana')
    opened = ("chloe in #secret-launch: /decision", 'chloe presses "More"')
    entered = (f"chloe enters {each}" for each in ('"What was decided?": Falcon', *proposed, *asked))
    told = await play(running, *opened, *entered, "chloe submits", "chloe closes")
    assert "Falcon" in told
    (decision,) = every(running)
    await remove(running, "ana")
    await running.pass_time(timedelta(hours=240))
    told = await play(running, 'ana presses "Agree"')
    assert "Falcon" not in told
    assert votes.opinions(running.bot.store.reader, decision) == []
    running.slack.people.join(running.slack.workspace.channels[SECRET], running.slack.workspace.users["UANA"])
    await running.quiet()
    await play(running, 'ana presses "Agree"')
    assert [each.user_id for each in votes.opinions(running.bot.store.reader, decision)] == ["UANA"]


def component(trial: Trial, name: str) -> str:
    listed = responsibilities.components(trial.bot.store.reader, TEAM, ["workspace", "CGENERAL"])
    return next(each.visibility for each in listed if each.name == name)


async def test_what_is_filed_in_a_channel_that_was_made_private_a_minute_ago_is_its_own(running: Trial) -> None:
    await filled_in(running, "ben", "#general", "/owner add osprey")
    await play(running, "ben submits", "ben closes")
    assert component(running, "osprey") == "workspace"
    await filled_in(running, "ben", "#general", "/decision")
    running.slack.workspace.channels["CGENERAL"].kind = "private"
    await running.pass_time(timedelta(minutes=1))
    await play(running, "ben submits", "ben closes")
    assert [each.visibility for each in decisions.all_decisions(running.bot.store.reader, TEAM)] == ["CGENERAL"]


async def test_what_is_filed_in_a_channel_that_was_shared_a_minute_ago_is_its_own(running: Trial) -> None:
    await play(running, "ben in #general: /define bias")
    running.slack.workspace.channels["CGENERAL"].is_shared = True
    await running.pass_time(timedelta(minutes=1))
    await filled_in(running, "ben", "#general", "/owner add osprey")
    await play(running, "ben submits", "ben closes")
    assert component(running, "osprey") == "CGENERAL"


async def test_nothing_is_shared_in_a_channel_that_other_organisations_read_since_a_minute(running: Trial) -> None:
    await play(running, "ana in #general: /define bias")
    told = await play(running, 'ana presses "Share"')
    assert "Systematic error" in told
    running.slack.workspace.channels["CGENERAL"].is_shared = True
    await running.pass_time(timedelta(minutes=1))
    await play(running, "ana in #general: /define bias")
    assert "I can't share “bias” here." in await play(running, 'ana presses "Share"')


async def test_a_form_shows_nobody_a_message_that_another_wrote_down(running: Trial) -> None:
    await play(running, "ana in #secret-launch: The falcon lands in Reno", 'ana uses "Log as decision" on "Reno"')
    (kept,) = running.bot.store.reader.all("SELECT id FROM decision_quotes")
    for who, sees in (("ben", False), ("ana", True)):
        await play(running, f"{who} in #general: /decision")
        view = running.slack.workspace.open_view(running.slack.workspace.user_named(who).id)
        assert view is not None
        opened = json.loads(view.content["private_metadata"])
        opened["note"] = json.dumps({**json.loads(opened["note"]), "quote": kept["id"]})
        view.content["private_metadata"] = json.dumps(opened)
        shown = await play(running, f'{who} presses "More"')
        assert ("Reno" in shown) is sees, shown
