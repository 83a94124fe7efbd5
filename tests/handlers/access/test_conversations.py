"""Conversations that the bot is not in: nothing is saved from them. Group messages with it are like channels."""

import json
from collections.abc import AsyncIterator

import pytest

from bot.local_slack.faults import Rule
from bot.local_slack.workspace.state import Channel
from bot.trial.run import Trial
from storage.decisions import decisions
from storage.engine.interface import WORKSPACE
from storage.feedback.feedback import ITEMS
from storage.glossary import changes, glossary, questions
from storage.glossary.glossary import NewSense
from storage.responsibilities import responsibilities
from storage.workspaces.workspaces import choose_settings
from tests.conftest import StartTrial
from tests.handlers.data_requests.playing import PAGE, every, fills_in
from tests.handlers.requirements.playing import FILLED, a_model
from tests.playing import play
from tests.sent import sent
from tests.writing import write

TEAM, BOT = "T0LOCAL", "U0BOT"
REFUSED = "I'm not in this conversation, so I can't save anything from it."
SECRET = "we sell the osprey to Harbour North"
#: What people see of these is no record: what is being sent, and what was handled.
_NO_RECORDS = ("outbox", "handled")
WRITING = (
    "/glossary add osprey",
    "/owner add osprey model",
    "/owner feedback berth model",
    "/decision We sell the osprey",
    "/decision decided: we sell the osprey because it is old",
    "/data-request data on the osprey",
    "/glossary here product",
    "/nudges",
)
SHORTCUTS = (
    "Add to glossary",
    "Turn into a data request",
    "Log as decision",
    "Send to the model team",
    "Who is responsible?",
)


@pytest.fixture
async def trial(start: StartTrial) -> AsyncIterator[Trial]:
    """Over signed HTTP: everybody can read what gangway means, and nobody has the duties of the berth model."""
    async with start(use_http=True) as running:
        gangway = NewSense(
            word="gangway", discipline="data science", gloss="how many berths we find", status="approved"
        )
        await write(running.bot.store, changes.add_senses, TEAM, [gangway], running.bot.clock.now(), "UCHLOE")
        await write(running.bot.store, choose_settings, TEAM, ("product", "data science"), "", [])
        await a_model(running)
        yield running


def where(trial: Trial, kind: str) -> Channel:
    """Return a conversation of Ana and Ben: alone, with Dev, or in a channel; the bot is in none."""
    workspace = trial.slack.workspace
    if kind == "channel":
        return workspace.add_channel(Channel("CELSE", "elsewhere", "private", {"UANA", "UBEN"}))
    return workspace.conversation({"UANA", "UBEN"} | ({"UDEV"} if kind == "group" else set()))


def held(trial: Trial) -> dict[str, list[str]]:
    """Return all that the store holds of records."""
    reader = trial.bot.store.reader
    named = [row["name"] for row in reader.all("SELECT name FROM sqlite_master WHERE type = 'table'")]
    kept = [name for name in named if name not in _NO_RECORDS and "_fts" not in name and "search" not in name]
    return {name: [str(dict(row)) for row in reader.all(f"SELECT * FROM {name}")] for name in kept}


async def refuses(trial: Trial, *lines: str) -> None:
    """Tell that what Ana does last is refused to her alone, opens nothing, and tells nobody anything."""
    before, said = held(trial), len(sent(trial))
    told = await play(trial, *lines)
    assert REFUSED in told, lines
    assert "Ben Okafor" not in told.partition("only visible to Ana Ruiz")[2]
    assert trial.slack.workspace.open_view("UANA") is None
    assert held(trial) == before, lines
    assert all(to.startswith("http") for to, _ in sent(trial)[said:])


@pytest.mark.parametrize("kind", ["two", "group", "channel"])
async def test_nothing_is_saved_from_a_conversation_that_the_bot_is_not_in(trial: Trial, kind: str) -> None:
    here = where(trial, kind).id
    await play(trial, f"ben in #{here}: {SECRET}")
    for command in WRITING:
        await refuses(trial, f"ana in #{here}: {command}")
    for name in SHORTCUTS:
        await refuses(trial, f'ana uses "{name}" on "{SECRET}"')


@pytest.mark.parametrize("kind", ["two", "group", "channel"])
async def test_a_word_asked_there_is_answered_and_becomes_nobodys_question(trial: Trial, kind: str) -> None:
    here, before = where(trial, kind).id, held(trial)
    assert "how many berths we find" in await play(trial, f"ana in #{here}: /define gangway")
    told = await play(trial, f"ana in #{here}: /define osprey")
    assert held(trial) == before
    assert ("Ask the team" in told, REFUSED in told) == (True, False)
    await refuses(trial, 'ana presses "Ask the team"')
    told = await play(trial, f"ana in #{here}: /owner who monitors the berth model")
    assert ("has no owner" in told or "Nobody" in told, held(trial) == before) == (True, True)
    assert await play(trial, f"ana in #{here}: /common-ground help") != ""


MEANING = ('enters "Discipline": product', 'enters "Definition in one line": a model')
COMPONENT = ('enters "What is it?": model', 'enters "Who leads it?": ana')
REPORT = (
    'enters "Where did you see it?": the berth plan',
    'enters "What was the input?": a ship',
    'enters "What did you expect?": a berth',
    'enters "What did you get?": none',
    'enters "How bad is it?": High: people act on a wrong result, or get hurt',
    'enters "How often?": Now and then',
)
FORMS: list[tuple[str, tuple[str, ...]]] = [
    ("/glossary add osprey", MEANING),
    ("/owner add osprey model", COMPONENT),
    ("/owner feedback berth model", REPORT),
    ("/decision We sell the osprey", ()),
]


def filled(where: str, command: str, entered: tuple[str, ...]) -> list[str]:
    return [f"ana {where}: {command}", *(f"ana {line}" for line in entered)]


def records(trial: Trial, visibility: str) -> list[str]:
    """Return what the forms have put into the store for those of a place."""
    reader, seen = trial.bot.store.reader, [visibility]
    return [
        *(each.gloss for each in glossary.senses_named(reader, TEAM, "osprey", seen)),
        *(each.name for each in responsibilities.components(reader, TEAM, seen) if each.name != "berth model"),
        *(each.got for each in ITEMS.some(reader, TEAM, seen)),
        *(each.title for each in decisions.all_decisions(reader, TEAM, seen)),
    ]


SAVED = ["a model", "osprey model", "none", "We sell the osprey"]


@pytest.mark.parametrize(("command", "entered"), FORMS)
async def test_a_form_that_was_opened_there_is_refused_and_keeps_what_was_typed(
    trial: Trial, command: str, entered: tuple[str, ...]
) -> None:
    here, workspace, before = where(trial, "two").id, trial.slack.workspace, held(trial)
    await play(trial, *filled("to the bot", command, entered))
    view = workspace.open_view("UANA")
    assert view is not None
    own = view.content["private_metadata"]
    view.content["private_metadata"] = json.dumps({**json.loads(own), "in": here})
    assert f"! {REFUSED}" in await play(trial, "ana submits")
    assert (held(trial), workspace.open_view("UANA")) == (before, view)
    view.content["private_metadata"] = own
    await play(trial, "ana submits")
    assert held(trial) != before


@pytest.mark.parametrize("place", ["to the bot", "in #random"])
async def test_alone_with_the_bot_and_in_an_open_channel_without_it_all_is_saved_for_everybody(
    trial: Trial, place: str
) -> None:
    where(trial, "two")
    for command, entered in FORMS:
        await play(trial, *filled(place, command, entered), "ana submits", "ana closes")
    assert records(trial, WORKSPACE) == SAVED


async def test_a_group_message_with_the_bot_is_a_private_conversation_for_every_kind_of_record(trial: Trial) -> None:
    group = trial.slack.workspace.conversation({"UANA", "UBEN", "UCHLOE", BOT})
    for command, entered in FORMS:
        await play(trial, *filled(f"in #{group.id}", command, entered), "ana submits", "ana closes")
    assert (records(trial, group.id), records(trial, WORKSPACE)) == (SAVED, [])
    seen = ("/owner card osprey model", "/define osprey", "/decision list", "/owner feedback list")
    for member in ("chloe", "ben"):
        told = await play(trial, *(f"{member} in #{group.id}: {each}" for each in seen))
        assert [each for each in ("osprey model", "a model", "We sell the osprey", "FB-") if each not in told] == []
    told = await play(trial, *(f"dev in #general: {each}" for each in seen))
    assert [each for each in ("300 ms", "a model", "We sell", "FB-") if each in told] == []


async def test_a_word_a_card_a_request_and_a_summary_belong_to_a_group_message_with_the_bot(trial: Trial) -> None:
    group, reader = trial.slack.workspace.conversation({"UANA", "UBEN", "UCHLOE", BOT}), trial.bot.store.reader
    await play(trial, f"ana in #{group.id}: /define osprey", 'ana presses "Ask the team"')
    assert [each.word for each in questions.unanswered(reader, TEAM, [group.id])] == ["osprey"]
    assert questions.unanswered(reader, TEAM, [WORKSPACE]) == []
    await play(trial, *filled(f"in #{group.id}", *FORMS[1]), "ana submits", "ana closes")
    opened = (
        f"ana in #{group.id}: /owner card osprey model",
        'ana presses "Open the card"',
        'ana presses "Set latency"',
    )
    await play(trial, *opened, *(f"ana {each}" for each in FILLED), "ana submits", "ana closes")
    assert "300 ms" in await play(trial, f"chloe in #{group.id}: /owner card osprey model")
    await play(trial, f"ana in #{group.id}: /data-request", *fills_in("ana", PAGE), "ana submits", "ana closes")
    (request,) = every(trial)
    assert (request.visibility, request.channel, request.state) == (group.id, group.id, "open")
    await play(trial, f"ana in #{group.id}: /summary here weekly")
    told = await play(trial, "wait 7 days")
    assert (f"#{group.name}" in told, request.number in told.partition(f"#{group.name}")[2]) == (True, True)


async def test_where_slack_does_not_describe_a_conversation_that_is_said_and_not_that_the_bot_is_outside(
    trial: Trial,
) -> None:
    trial.slack.faults.follow([Rule("server_error", "conversations.info")])
    told = await play(trial, "ana in #data: @Common Ground decided: we sell the osprey because it is old")
    assert "Slack didn't tell me what this conversation is, so nothing was saved. Try again in a minute." in told
    assert REFUSED not in told
    trial.slack.faults.follow([])
    assert "D-1" in await play(trial, "ana in #data: @Common Ground decided: we sell the osprey because it is old")
