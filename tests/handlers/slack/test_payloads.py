"""Each kind of interaction finds its handler with what it carries, and its answer is put where the person sees it."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

import pytest

from bot.local_slack.workspace.state import Channel, Message
from bot.trial.run import Trial
from handlers.access.recipients import Destination, post
from handlers.framework.context import Context
from handlers.framework.routing import Command, Feature
from handlers.slack import blocks, payloads
from handlers.slack.blocks import Message as Told
from handlers.slack.blocks import Modal
from handlers.slack.interactions import BlockAction, Interaction, Place, Quote, Shortcut, SlackEvent, ViewSubmission
from handlers.slack.replies import Answer, Open, Redraw, Refuse, Reply, Say, Wrote
from storage.engine.interface import Transaction
from tests.conftest import StartTrial


def form(label: str, *below: blocks.Block) -> Modal:
    name = blocks.field("name", label, blocks.text_input())
    return Modal("form", "A form", (name, *below), submit="Save", private_metadata="the note")


BELOW = blocks.buttons([blocks.button(name, name, "R&D") for name in ("more", "redraw", "tell", "break")])


async def open_form(_context: Context[Interaction]) -> Reply:
    return Reply(Open(form("First", BELOW)))


async def more(context: Context[BlockAction]) -> Reply:
    press = context.interaction
    assert press.view is not None
    return Reply(Open(form(f"{press.value} in {press.place.channel_id} with {press.view.note}")))


async def redraw(context: Context[BlockAction]) -> Reply:
    press = context.interaction
    entered = press.view.fields if press.view else {}
    return Reply(Redraw(form(f"Entered {entered['name']}", BELOW)))


async def tell(_context: Context[Interaction]) -> Reply:
    return Reply(Say(Told("Told.")))


async def break_down(_context: Context[Interaction]) -> Reply:
    raise RuntimeError("a bug")


async def save(context: Context[ViewSubmission]) -> Reply:
    submission = context.interaction

    def change(_transaction: Transaction, now: datetime) -> Answer | Wrote:
        if submission.fields["name"] == "wrong":
            return Refuse({"name": "Not that name."})
        message = post(Destination(submission.team_id, "UBEN"), Told(f"{submission.fields['name']} by Ana"), now)
        return Wrote(Say(Told(f"Saved from {submission.place.channel_id}.")), [message])

    return Reply(write=change)


async def quote(context: Context[Shortcut]) -> Reply:
    shortcut = context.interaction
    if shortcut.quote is None:
        return Reply(Say(Told("From anywhere.")))
    return Reply(Say(Told(f"{shortcut.quote.author_id}: {blocks.escape(shortcut.quote.text)}")))


async def note_reaction(context: Context[SlackEvent]) -> Reply:
    event = context.interaction

    def change(_transaction: Transaction, now: datetime) -> Wrote:
        told = Told(f"{event.event['reaction']} in {event.place.channel_id}")
        return Wrote(messages=[post(Destination(event.team_id, event.user_id), told, now)])

    return Reply(write=change)


PROBE = Feature(
    "probe",
    commands=[Command("define", open_form, "Probe"), Command("common-ground", open_form, "Help")],
    actions={"more": more, "redraw": redraw, "tell": tell, "break": break_down},
    views={"form": save},
    shortcuts={"quote": quote, "broken": break_down},
    events={"reaction_added": note_reaction},
)


@pytest.fixture
async def probe(start: StartTrial) -> AsyncIterator[Trial]:
    async with start(features=[PROBE]) as trial:
        trial.slack.workspace.app.manifest["settings"]["event_subscriptions"]["bot_events"].append("reaction_added")
        trial.slack.workspace.app.manifest["oauth_config"]["scopes"]["bot"].append("reactions:read")
        yield trial


@pytest.fixture
def general(probe: Trial) -> Channel:
    return probe.slack.workspace.channels["CGENERAL"]


async def seen(trial: Trial, *lines: str) -> str:
    return "\n".join([line for each in lines for line in await trial.do(each)])


def to(trial: Trial, user: str) -> list[str]:
    return [message.text for message in trial.slack.workspace.direct_channel(user).messages.values()]


async def test_a_button_in_a_form_puts_another_on_top_and_knows_where_the_first_was_opened(probe: Trial) -> None:
    told = await seen(probe, "ana in #general: /define", 'ana presses "more"')
    assert "R&D in CGENERAL with the note: []" in told
    assert len(probe.slack.workspace.views["UANA"]) == 2


async def test_a_form_is_redrawn_and_keeps_what_was_entered(probe: Trial) -> None:
    await seen(probe, "ana in #general: /define")
    (view,) = probe.slack.workspace.views["UANA"]
    view.entered[("name", "name")] = {"type": "plain_text_input", "value": "typed"}
    assert "Entered typed" in await seen(probe, 'ana presses "redraw"')
    assert view.entered[("name", "name")]["value"] == "typed"


async def test_what_a_button_in_a_form_says_stands_in_a_form_on_top(probe: Trial) -> None:
    assert "Ana Ruiz sees the form “Common Ground”:\n    Told." in await seen(
        probe, "ana in #general: /define", 'ana presses "tell"'
    )


async def test_a_form_tells_others_and_may_be_sent_again_after_a_refusal(probe: Trial) -> None:
    told = await seen(probe, "ana in #general: /define", 'ana enters "First": wrong', "ana submits")
    assert "! Not that name." in told
    assert "Saved from CGENERAL." in await seen(probe, 'ana enters "First": right', "ana submits")
    assert to(probe, "UBEN") == ["right by Ana"]


async def test_a_shortcut_is_answered_where_it_was_used_or_in_a_form(probe: Trial, general: Channel) -> None:
    ana = probe.slack.workspace.users["UANA"]
    said = probe.slack.people.say(probe.slack.workspace.users["UBEN"], general, "less < more & so on")
    first = probe.slack.people.say(ana, general, "first")
    reply = probe.slack.workspace.keep(general, Message("9.9", "UBEN", "in a thread", thread_ts=first.ts))
    for message in (said, reply):
        await probe.slack.interactions.shortcut(ana, "quote", message)
        await probe.quiet()
    whispers = [(each.text, each.thread_ts) for each in general.ephemerals.values()]
    assert whispers == [("UBEN: less &lt; more &amp; so on", None), ("UBEN: in a thread", first.ts)]
    await probe.slack.interactions.shortcut(ana, "quote")
    assert "From anywhere." in "\n".join(probe.screen.news())
    await probe.slack.interactions.shortcut(ana, "of an older version")
    assert "older version of me" in "\n".join(probe.screen.news())


async def test_an_event_is_handled_once(probe: Trial, general: Channel) -> None:
    said = probe.slack.people.say(probe.slack.workspace.users["UBEN"], general, "hello")
    probe.slack.people.react(probe.slack.workspace.users["UANA"], general, said, "eyes")
    await probe.quiet()
    probe.slack.wire.event(probe.slack.wire.sent[-1])
    await probe.quiet()
    assert to(probe, "UANA") == ["eyes in CGENERAL"]


async def test_a_bug_is_told_privately_where_there_is_no_message_to_answer(probe: Trial) -> None:
    await seen(probe, "ana in #general: /define")
    ana = probe.slack.workspace.users["UANA"]
    await probe.slack.interactions.use(ana, probe.slack.workspace.views["UANA"][0], "break")
    await probe.slack.interactions.shortcut(ana, "broken")
    await probe.quiet()
    assert [text.partition(" (ref")[0] for text in to(probe, "UANA")] == ["Something went wrong on my side"] * 2


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({}, Place("C1")),
        ({"is_ext_shared_channel": True}, Place("C1", is_shared=True)),
        ({"context_team_id": "TELSE"}, Place("C1", is_shared=True)),
        ({"event": {"channel_type": "group"}}, Place("C1", "private")),
        ({"event": {"channel_type": "mpim"}}, Place("C1", "private")),
        ({"event": {"user_team": "TELSE", "source_team": "TELSE"}}, Place("C1", is_shared=True)),
        ({"event": {"user_team": "T1", "team": "T1"}}, Place("C1")),
    ],
)
def test_what_an_event_says_of_its_channel_is_read(told: dict[str, Any], expected: Place) -> None:
    event = {"type": "app_mention", "user": "U1", "channel": "C1", "ts": "1.1", "text": "hi", **told.get("event", {})}
    mention = payloads.ask_by_mention({"event_id": "Ev1", **told, "event": event}, "T1")
    assert mention is not None
    assert mention.place == expected
    assert payloads.slack_event({"event_id": "Ev1", **told, "event": event}, "T1").place == expected


def test_a_channel_that_an_event_describes_whole_is_named_by_its_id() -> None:
    event = {"type": "channel_rename", "channel": {"id": "C1", "name": "new", "created": 1}}
    assert payloads.slack_event({"event_id": "Ev1", "event": event}, "T1").place == Place("C1")


def test_where_somebody_of_another_organisation_presses_others_read_along() -> None:
    body = {"channel_id": "C1", "channel_name": "partners", "user_id": "U1", "trigger_id": "1", "team_id": "TELSE"}
    assert payloads.ask_by_command(body, "T1", "x").place == Place("C1", is_shared=True)
    assert payloads.ask_by_command({**body, "team_id": "T1"}, "T1", "x").place == Place("C1")


def test_of_a_long_text_the_beginning_is_read_without_half_a_mention() -> None:
    text = "a" * (payloads.TEXT_LIMIT - 2) + "<@UANA> " + "b" * 40_000
    message = {"user": "UBEN", "text": text, "ts": "1.2"}
    body = {"user": {"id": "UANA"}, "channel": {"id": "C1"}, "trigger_id": "t", "callback_id": "x", "message": message}
    assert payloads.shortcut(body, "T1").quote == Quote("a" * (payloads.TEXT_LIMIT - 2), "UBEN", "1.2", "")


SAID = {"type": "message", "channel_type": "channel", "user": "U1", "channel": "C1", "ts": "1.1", "text": "hi"}


def heard(**told: object) -> str | None:
    """Return the name under which a message in a channel is heard; None where it is not."""
    body = {"type": "event_callback", "event_id": "Ev1", "event": {**SAID, **told}}
    read = payloads.read(body, "T1", ("message.channels", "message.groups"))
    return None if read is None else read[1]


def test_what_people_say_in_a_channel_is_heard_where_a_feature_listens() -> None:
    assert heard() == heard(subtype="thread_broadcast", thread_ts="1.0") == "message.channels"
    assert heard(channel_type="group") == "message.groups"
    assert payloads.read({"type": "event_callback", "event_id": "Ev1", "event": SAID}, "T1", ()) is None


@pytest.mark.parametrize(
    "told",
    [
        {"bot_id": "B1"},
        {"subtype": "bot_message"},
        {"subtype": "message_changed"},
        {"subtype": "channel_join"},
        {"edited": {"user": "U1", "ts": "1.2"}},
        {"text": ""},
        {"user": ""},
        {"channel_type": "mpim"},
    ],
)
def test_apps_edits_and_notices_are_not_heard(told: dict[str, object]) -> None:
    assert heard(**told) is None
