"""What goes wrong on the way to an app: events that come otherwise than they happened, and sockets that end badly."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType

from bot.clock import Clock
from bot.local_slack.faults import Rule
from bot.local_slack.wire.server import LocalSlack
from bot.local_slack.workspace.state import Channel, Json, User
from tests.local_slack.apps import Recorder, connected


@pytest.fixture
async def app(slack: LocalSlack) -> AsyncIterator[Recorder]:
    async with connected(slack, recorder := Recorder()):
        yield recorder


def heard(app: Recorder) -> list[str]:
    return [str(event["text"]) for event in app.events("message")]


async def pass_time(slack: LocalSlack, clock: Clock, seconds: float) -> None:
    clock.move(timedelta(seconds=seconds))
    slack.wire.retry_due()
    await slack.wire.idle()


async def test_an_event_that_comes_twice_is_the_same_event(
    slack: LocalSlack, app: Recorder, ana: User, general: Channel
) -> None:
    slack.faults.follow([Rule("duplicate", "message", most=1)])
    slack.people.say(ana, general, "one")
    slack.people.say(ana, general, "two")
    await slack.wire.idle()
    assert sorted(heard(app)) == ["one", "one", "two"]
    assert len({each["event_id"] for each in app.sent}) == 2


async def test_an_event_that_is_late_comes_by_the_workspaces_clock(
    slack: LocalSlack, app: Recorder, clock: Clock
) -> None:
    ana, general = slack.workspace.users["UANA"], slack.workspace.channels["CGENERAL"]
    slack.faults.follow([Rule("late", "message", most=1, seconds=90)])
    slack.people.say(ana, general, "one")
    slack.people.say(ana, general, "two")
    await pass_time(slack, clock, 89)
    assert heard(app) == ["two"]
    await pass_time(slack, clock, 1)
    assert heard(app) == ["two", "one"]
    await pass_time(slack, clock, 600)
    assert heard(app) == ["two", "one"]


async def test_what_is_late_comes_by_itself_where_nobody_moves_the_clock(
    app: Recorder, slack: LocalSlack, ana: User, general: Channel
) -> None:
    slack.faults.follow([Rule("late", "message", seconds=0)])
    slack.people.say(ana, general, "one")
    await slack.until(lambda: bool(slack.wire.acknowledged))
    assert heard(app) == ["one"]


async def test_an_event_is_overtaken_by_the_next_one_and_comes_once(
    slack: LocalSlack, app: Recorder, clock: Clock
) -> None:
    ana, general = slack.workspace.users["UANA"], slack.workspace.channels["CGENERAL"]
    slack.faults.follow([Rule("reordered", "message", most=1)])
    for text in ("one", "two", "three"):
        slack.people.say(ana, general, text)
        await slack.wire.idle()
    assert heard(app) == ["two", "one", "three"]
    await pass_time(slack, clock, 600)
    assert heard(app) == ["two", "one", "three"]


async def test_an_event_that_none_overtakes_comes_after_a_while(slack: LocalSlack, app: Recorder, clock: Clock) -> None:
    slack.faults.follow([Rule("reordered")])
    slack.people.say(slack.workspace.users["UANA"], slack.workspace.channels["CGENERAL"], "one")
    await pass_time(slack, clock, 29)
    assert heard(app) == []
    await pass_time(slack, clock, 1)
    assert heard(app) == ["one"]


async def test_where_an_acknowledgement_gets_lost_the_event_is_sent_again(
    slack: LocalSlack, app: Recorder, clock: Clock
) -> None:
    slack.faults.follow([Rule("lost_acknowledgement", "message", most=3)])
    slack.people.say(slack.workspace.users["UANA"], slack.workspace.channels["CGENERAL"], "one")
    await slack.wire.idle()
    assert heard(app) == ["one", "one"]
    await pass_time(slack, clock, 60)
    await pass_time(slack, clock, 300)
    await pass_time(slack, clock, 300)
    assert heard(app) == ["one"] * 4
    assert [(each.attempt, "lost" in each.problem) for each in slack.wire.record] == [
        (0, True),
        (1, True),
        (2, True),
        (3, False),
    ]
    assert len(slack.wire.acknowledged) == 1


async def test_where_the_answer_to_a_command_gets_lost_it_has_timed_out_for_the_person(
    slack: LocalSlack, app: Recorder, ana: User, general: Channel
) -> None:
    slack.faults.follow([Rule("lost_acknowledgement", "/test")])
    await slack.interactions.run_command(ana, general, "/test word")
    assert [each["text"] for each in app.sent] == ["word"]
    (told,) = general.ephemerals.values()
    assert told.text == "/test failed with the error “operation_timeout”"


class App:
    """An app over Socket Mode."""

    def __init__(self, slack: LocalSlack, session: ClientSession) -> None:
        self._slack, self._session = slack, session

    async def connect(self) -> ClientWebSocketResponse:
        headers = {"Authorization": "Bearer xapp-local"}
        async with self._session.post(f"{self._slack.api_url}apps.connections.open", headers=headers) as response:
            url = (await response.json())["url"]
        return await self._session.ws_connect(url)


async def told(connection: ClientWebSocketResponse) -> Json:
    """Return what comes next over a connection, by its type; acknowledge it where Slack waits for that."""
    frame = await connection.receive()
    said: Json = json.loads(frame.data) if frame.type is WSMsgType.TEXT else {"type": frame.type.name}
    if "envelope_id" in said:
        await connection.send_json({"envelope_id": said["envelope_id"]})
    return said


@pytest.fixture
async def socket_app(slack: LocalSlack) -> AsyncIterator[App]:
    async with ClientSession() as session:
        yield App(slack, session)


async def test_a_socket_is_reset_as_something_comes_over_it_and_the_next_try_takes_another(
    slack: LocalSlack, socket_app: App, ana: User, general: Channel
) -> None:
    one, two = await socket_app.connect(), await socket_app.connect()
    assert [(await told(each))["num_connections"] for each in (one, two)] == [1, 2]
    slack.faults.follow([Rule("socket_reset", "message", most=1)])
    slack.people.say(ana, general, "one")
    assert (await told(one))["type"] in ("CLOSED", "ERROR")
    assert (await told(two))["payload"]["event"]["text"] == "one"
    await slack.wire.idle()
    assert [(each.attempt, each.problem) for each in slack.wire.record] == [
        (0, "the app did not answer in time"),
        (1, ""),
    ]


async def test_a_half_open_socket_carries_nothing_until_slack_notices(
    slack: LocalSlack, socket_app: App, ana: User, general: Channel
) -> None:
    noticed = asyncio.Event()

    async def wait(_seconds: float) -> None:
        await noticed.wait()

    slack.faults.wait = wait
    one, two = await socket_app.connect(), await socket_app.connect()
    await told(one)
    await told(two)
    slack.faults.follow([Rule("half_open", "message", most=1)])
    slack.people.say(ana, general, "one")
    assert (await told(two))["payload"]["event"]["text"] == "one"
    (silent, _) = slack.wire.sockets
    assert (silent.is_open, silent.transport is not None and silent.transport.is_reading()) == (True, False)
    slack.people.say(ana, general, "two")
    assert (await told(two))["payload"]["event"]["text"] == "two"
    await slack.wire.idle()
    assert not one.closed
    noticed.set()
    await slack.until(lambda: silent not in slack.wire.sockets)
    assert (await told(one))["type"] in ("CLOSED", "ERROR")


async def test_a_storm_of_renewals_asks_for_five_new_connections(
    slack: LocalSlack, socket_app: App, ana: User, general: Channel
) -> None:
    slack.faults.follow([Rule("refresh_storm", "message", most=1)])
    connection, asked = await socket_app.connect(), 0
    await told(connection)
    slack.people.say(ana, general, "one")
    assert (await told(connection))["payload"]["event"]["text"] == "one"
    while (said := await told(connection))["type"] != "hello" or asked < 5:
        asked += said.get("reason") == "refresh_requested"
        if said["type"] == "CLOSED":
            connection = await socket_app.connect()
    assert asked == 5
    slack.people.say(ana, general, "two")
    assert (await told(connection))["payload"]["event"]["text"] == "two"
    await connection.close()


async def test_another_process_on_the_same_token_takes_its_share_and_acknowledges_it(
    slack: LocalSlack, socket_app: App, ana: User, general: Channel
) -> None:
    slack.faults.follow([Rule("second_process", "message", 0.5)], seed=3)
    connection = await socket_app.connect()
    assert (await told(connection))["num_connections"] == 2
    for number in range(20):
        slack.people.say(ana, general, str(number))
    came: list[str] = []
    while len(came) + len(slack.faults.struck) < 20:
        came.append((await told(connection))["payload"]["event"]["text"])
    assert sorted(came, key=int) == [
        str(each) for each in range(20) if each + 1 not in {strike.number for strike in slack.faults.struck}
    ]
    assert 5 <= len(came) <= 15
    await slack.wire.idle()
    assert len(slack.wire.acknowledged) == 20
    await connection.close()
