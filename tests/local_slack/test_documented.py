"""Everything that the app is sent has the keys and types that Slack documents, and no others."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.clock import Clock
from bot.local_slack.web_api.functions import run_step
from bot.local_slack.wire.server import LocalSlack
from bot.local_slack.workspace.state import Channel, Json, User
from tests.local_slack.apps import Recorder, button, call, connected, field_of, modal

DOCUMENTED: dict[str, dict[str, str]] = yaml.safe_load(
    (Path(__file__).parent / "documented.yaml").read_text(encoding="utf-8")
)
TYPES = {"str": str, "int": int, "bool": bool, "dict": dict, "list": list, "none": type(None)}
INSIDE = ("view", "dnd_status", "bot_profile")
GO: Json = {"type": "actions", "elements": [button("Go", "go"), {"type": "external_select", "action_id": "word"}]}


def named(payload: Json) -> Iterator[tuple[str, Json]]:
    """Yield what was sent by its name in the file, and what stands in it."""
    if payload.get("type") == "event_callback":
        event = payload["event"]
        is_message = event["type"] == "message" and "subtype" in event
        yield "envelope", payload
        yield f"message.{event['subtype']}" if is_message else event["type"], event
    else:
        yield payload.get("type", "command"), payload
    yield from inside(payload)


def inside(value: Any) -> Iterator[tuple[str, Json]]:
    for name, each in value.items() if isinstance(value, dict) else ():
        if name in INSIDE and isinstance(each, dict):
            yield name, each
        yield from inside(each)


def wrong(name: str, told: Json) -> list[str]:
    """Return what is missing in a payload, what is of another type, and what nobody documents."""
    keys = DOCUMENTED[name]
    missing = [key for key, kind in keys.items() if key not in told and not kind.endswith("~")]
    unfit = [
        key
        for key, value in told.items()
        if key in keys
        and type(value) is not TYPES[keys[key].removesuffix("~")]
        and not (value is None and keys[key].endswith("~"))
    ]
    return [f"{name}: {key}" for key in (*missing, *unfit, *(told.keys() - keys.keys()))]


async def gestures_in_conversations(slack: LocalSlack, clock: Clock, ana: User, general: Channel) -> None:
    people, workspace = slack.people, slack.workspace
    random, gus, bot = workspace.channels["CRANDOM"], workspace.users["UGUS"], workspace.bot
    first = people.say(ana, general, "hello @Tester")
    people.edit(general, first, "good-bye @Tester")
    reply = people.say(ana, general, "reply", first.ts)
    people.say(ana, general, "also", first.ts, subtype="thread_broadcast")
    people.react(ana, general, first, "eyes")
    people.react(ana, general, first, "eyes")
    people.say(ana, general, "see", files=[people.upload(ana, "a.csv", b"1,2").id])
    people.say(ana, general, "is away", subtype="me_message")
    people.say(ana, random, "see https://example.org/a")
    people.delete(general, reply)
    people.join(general, gus)
    for each in (random, workspace.channels["CSECRETLAUNCH"]):
        people.join(each, bot, ana.id)
        people.leave(each, bot)
    people.create(ana, "pilot")
    people.rename(general, ana, "everybody")
    people.arrive("Zoe Adler")
    people.change(gus, status_emoji=":palm_tree:")
    people.do_not_disturb(gus, clock.now() + timedelta(hours=1))
    people.open_home(ana)
    metadata = {"event_type": "asked", "event_payload": {"number": 1}}
    await call(slack, "chat.postMessage", channel="CGENERAL", text="x", blocks=[GO], metadata=metadata)
    await call(slack, "views.publish", user_id=ana.id, view={"type": "home", "blocks": [GO]})
    people.open_home(ana)
    people.open_home(ana, "messages")


async def gestures_with_the_app(slack: LocalSlack, app: Recorder, ana: User, general: Channel) -> None:
    posted = list(general.messages.values())[-1]
    await call(slack, "chat.postEphemeral", channel="CGENERAL", user=ana.id, text="x", blocks=[GO])
    (whispered,) = general.ephemerals.values()
    home = slack.workspace.homes[ana.id]
    for surface in (posted, whispered, home):
        await slack.interactions.use(ana, surface, "go")
        await slack.interactions.suggest(ana, surface, "word", "one")
    await slack.interactions.run_command(ana, general, "/test hello")
    await slack.interactions.shortcut(ana, "note", posted)
    name = field_of({"type": "plain_text_input", "action_id": "name"}, optional=True)
    for gesture in (slack.interactions.submit(ana, {"name": "Ana"}), slack.interactions.close(ana)):
        await slack.interactions.shortcut(ana, "ask")
        trigger = app.sent[-1]["trigger_id"]
        await call(slack, "views.open", trigger_id=trigger, view=modal(name, notify_on_close=True))
        await gesture
    step = run_step(slack.workspace, ana, "ask_for_data", {"what": "ships"})
    said = await call(slack, "chat.postMessage", step.token, channel="CGENERAL", text="x", blocks=[GO])
    await slack.interactions.use(ana, general.messages[said["ts"]], "go")


async def test_all_that_is_sent_is_as_documented(slack: LocalSlack, clock: Clock, ana: User, general: Channel) -> None:
    async with connected(slack, app := Recorder(lambda _payload: None)):
        await gestures_in_conversations(slack, clock, ana, general)
        await gestures_with_the_app(slack, app, ana, general)
        slack.people.archive(general, ana)
        told = {"client_id": "1.local", "client_secret": "local-client-secret"}
        await call(slack, "apps.uninstall", **told)
        await slack.wire.idle()
    found = [each for payload in app.sent for each in named(payload)]
    assert sorted({problem for name, payload in found for problem in wrong(name, payload)}) == []
    assert {name for name, _ in found} == set(DOCUMENTED)


@pytest.mark.parametrize(
    ("told", "problems"),
    [
        ({"type": "app_uninstalled"}, ["app_uninstalled: event_ts"]),
        ({"type": "app_uninstalled", "event_ts": 7}, ["app_uninstalled: event_ts"]),
        ({"type": "app_uninstalled", "event_ts": "7", "colour": "red"}, ["app_uninstalled: colour"]),
        ({"type": "app_uninstalled", "event_ts": "7"}, []),
    ],
)
def test_what_is_missing_of_another_type_or_unknown_is_found(told: Json, problems: list[str]) -> None:
    assert wrong("app_uninstalled", told) == problems
