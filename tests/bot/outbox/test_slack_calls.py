"""How each call that says something in Slack can end: sent, refused, held, not reached, or nobody knows."""

from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.local_slack.faults import Fault
from bot.local_slack.start import serving
from bot.local_slack.wire.server import LocalSlack
from bot.local_slack.workspace.installed import ResponseUrl
from bot.local_slack.workspace.seed import sample, seeded
from bot.local_slack.workspace.state import Message
from bot.manifest import read_manifest
from bot.outbox import slack_calls
from bot.outbox.slack_calls import Ambiguous, CannotLook, Ending, Held, Looked, NotThere, Refused, Sent, Unreached
from storage.outbox.deliveries import Act, Delivery, due_at_once
from tests.conftest import START
from tests.local_slack.apps import sdk

SENT: web.AppKey[list[dict[str, object]]] = web.AppKey("sent")


@pytest.fixture
async def slack(clock: Clock) -> AsyncIterator[LocalSlack]:
    async with serving(seeded(sample(), read_manifest(), clock.now)) as served:
        yield served


@pytest.fixture
async def client(slack: LocalSlack) -> AsyncIterator[AsyncWebClient]:
    async with sdk(slack, slack.workspace.app.bot_token) as connected:
        connected.retry_handlers.clear()
        yield connected


def a_delivery(act: Act = "post", lane: str = "CGENERAL", **body: object) -> Delivery:
    times = due_at_once(START, timedelta(days=1))
    told = {"channel": lane, "text": "hello", **body}
    return Delivery(act=act, team_id="T0LOCAL", visibility=lane, lane=lane, body=told, **times)


def said(slack: LocalSlack) -> list[str]:
    return [each.text for each in slack.workspace.channels["CGENERAL"].messages.values()]


ENDINGS = [
    (Fault("rate_limited", retry_after=30), Held(30.0)),
    (Fault("refused", error="ratelimited"), Held(1.0)),
    (Fault("refused", error="channel_not_found"), Refused("channel_not_found")),
    (Fault("refused", error="missing_scope"), Unreached("missing_scope")),
    (Fault("refused", error="token_revoked"), Unreached("token_revoked")),
    (Fault("refused", error="fatal_error"), Ambiguous("fatal_error")),
    (Fault("refused", error="service_unavailable"), Ambiguous("service_unavailable")),
]


@pytest.mark.parametrize(
    ("fault", "ended"),
    [*ENDINGS, (Fault("server_error"), Ambiguous("HTTP 503")), (Fault("garbled"), Ambiguous("HTTP 200"))],
)
async def test_a_post_that_slack_does_not_take_says_why_and_is_taken_the_next_time(
    slack: LocalSlack, client: AsyncWebClient, fault: Fault, ended: Ending
) -> None:
    slack.faults.arm("chat.postMessage", fault)
    assert await slack_calls.post(client, a_delivery()) == ended
    assert said(slack) == []
    sent = await slack_calls.post(client, a_delivery())
    (message,) = slack.workspace.channels["CGENERAL"].messages.values()
    assert (sent, message.text) == (Sent(message.ts, "CGENERAL"), "hello")


@pytest.mark.parametrize(("kind", "kept"), [("lost_before", []), ("lost_after", ["hello"])])
async def test_after_a_lost_connection_nobody_knows_whether_slack_has_it(
    slack: LocalSlack, client: AsyncWebClient, kind: str, kept: list[str]
) -> None:
    slack.faults.arm("chat.postMessage", Fault(kind))
    assert isinstance(await slack_calls.post(client, a_delivery()), Ambiguous)
    assert said(slack) == kept


async def test_where_nothing_listens_slack_has_nothing(slack: LocalSlack, client: AsyncWebClient) -> None:
    client.base_url = "http://127.0.0.1:1/api/"
    assert isinstance(await slack_calls.post(client, a_delivery()), Unreached)
    assert isinstance(await slack_calls.respond(client, "http://127.0.0.1:1/respond/r1", {"text": "x"}), Unreached)
    client.base_url = slack.api_url
    assert isinstance(await slack_calls.post(client, a_delivery()), Sent)


async def test_a_post_carries_its_blocks_and_the_id_of_its_delivery(slack: LocalSlack, client: AsyncWebClient) -> None:
    block = {"type": "section", "text": {"type": "mrkdwn", "text": "*hello*"}}
    post = a_delivery(blocks=[block], otherwise="hello in words")
    sent = await slack_calls.post(client, post)
    assert isinstance(sent, Sent)
    (message,) = slack.workspace.channels["CGENERAL"].messages.values()
    assert (message.text, [each["type"] for each in message.blocks]) == ("hello", ["section"])
    assert message.metadata == {"event_type": slack_calls.EVENT_TYPE, "event_payload": {"id": post.id}}


@pytest.mark.parametrize(("fault", "ended"), [*ENDINGS, (Fault("garbled"), Ambiguous("an answer that cannot be read"))])
async def test_an_edit_that_slack_does_not_take_says_why(
    slack: LocalSlack, client: AsyncWebClient, fault: Fault, ended: Ending
) -> None:
    sent = await slack_calls.post(client, a_delivery())
    assert isinstance(sent, Sent)
    slack.faults.arm("chat.update", fault)
    edited = a_delivery("update", ts=sent.ts, text="edited")
    assert (await slack_calls.say(client, edited), said(slack)) == (ended, ["hello"])
    assert (await slack_calls.say(client, edited), said(slack)) == (Sent(), ["edited"])


async def test_an_edit_takes_away_the_buttons_that_the_message_had(slack: LocalSlack, client: AsyncWebClient) -> None:
    block = {"type": "section", "text": {"type": "mrkdwn", "text": "*hello*"}}
    sent = await slack_calls.post(client, a_delivery(blocks=[block]))
    assert isinstance(sent, Sent)
    message = slack.workspace.channels["CGENERAL"].messages[sent.ts]
    assert len(message.blocks) == 1
    await slack_calls.say(client, a_delivery("update", ts=sent.ts, text="settled"))
    assert (message.text, message.blocks) == ("settled", [])


@pytest.fixture
def url(slack: LocalSlack) -> str:
    """Where answers to something that Ana did in #general go."""
    slack.workspace.response_urls["r1"] = ResponseUrl("CGENERAL", "UANA", START)
    return f"{slack.url}/respond/r1"


@pytest.mark.parametrize(
    ("fault", "ended"),
    [(Fault("rate_limited", retry_after=30), Held(30.0)), (Fault("server_error"), Ambiguous("upstream connect error"))],
)
async def test_a_response_that_slack_does_not_take_says_why(
    slack: LocalSlack, client: AsyncWebClient, url: str, fault: Fault, ended: Ending
) -> None:
    slack.faults.arm("respond", fault)
    body = {"response_type": "in_channel", "text": "hello", "otherwise": "hello in words"}
    assert await slack_calls.respond(client, url, body) == ended
    assert await slack_calls.respond(client, url, body) == Sent()
    assert said(slack) == ["hello"]


async def test_a_response_that_comes_too_late_is_refused(slack: LocalSlack, client: AsyncWebClient, url: str) -> None:
    assert await slack_calls.respond(client, url, {"text": "hello"}) == Sent()
    slack.workspace.response_urls.clear()
    assert await slack_calls.respond(client, url, {"text": "hello"}) == Refused("no_such_url")


async def test_a_message_is_looked_for_by_its_id_in_its_conversation_or_thread(client: AsyncWebClient) -> None:
    post = a_delivery()
    assert await slack_calls.look_for(client, post, timedelta()) == NotThere()
    sent = await slack_calls.post(client, post)
    assert isinstance(sent, Sent)
    assert await slack_calls.look_for(client, post, timedelta()) == sent
    assert await slack_calls.look_for(client, a_delivery(), timedelta()) == NotThere()
    reply = a_delivery(thread_ts=sent.ts)
    assert await slack_calls.look_for(client, reply, timedelta()) == NotThere()
    replied = await slack_calls.post(client, reply)
    assert isinstance(replied, Sent)
    assert await slack_calls.look_for(client, reply, timedelta()) == replied


async def test_where_more_was_said_since_than_is_looked_through_nobody_knows(
    slack: LocalSlack, client: AsyncWebClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slack_calls, "_LOOK_AT", 2)
    monkeypatch.setattr(slack_calls, "_PAGES", 2)
    general, post = slack.workspace.channels["CGENERAL"], a_delivery()
    sent = await slack_calls.post(client, post)
    assert isinstance(sent, Sent)
    for number in range(3):
        slack.workspace.keep(general, Message(slack.workspace.new_ts(), "UANA", f"{number}"))
    assert await slack_calls.look_for(client, post, timedelta()) == sent
    for number in range(3):
        slack.workspace.keep(general, Message(slack.workspace.new_ts(), "UANA", f"{number}"))
    assert await slack_calls.look_for(client, post, timedelta()) == CannotLook("too much was said since")


async def test_what_is_older_than_a_message_is_not_looked_through_unless_nobody_knows_its_age(
    slack: LocalSlack, client: AsyncWebClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slack_calls, "_LOOK_AT", 1)
    general, began = slack.workspace.channels["CGENERAL"], slack.workspace.now()
    sent = await slack_calls.post(client, post := a_delivery())
    assert isinstance(sent, Sent)
    for minutes in (10, 20):
        slack.workspace.now = partial(began.__add__, timedelta(minutes=minutes))
        slack.workspace.keep(general, Message(slack.workspace.new_ts(), "UANA", "later"))
    assert await slack_calls.look_for(client, post, timedelta(minutes=5)) == NotThere()
    assert await slack_calls.look_for(client, post, timedelta(minutes=25)) == sent
    assert await slack_calls.look_for(client, post, -timedelta(minutes=1)) == sent


@pytest.mark.parametrize(
    ("fault", "looked"),
    [
        (Fault("rate_limited", retry_after=30), Held(30.0, is_of_look=True)),
        (Fault("refused", error="missing_scope"), CannotLook("missing_scope")),
        (Fault("refused", error="channel_not_found"), CannotLook("channel_not_found")),
        (Fault("refused", error="invalid_auth"), Ambiguous("invalid_auth")),
        (Fault("refused", error="fatal_error"), Ambiguous("fatal_error")),
    ],
)
async def test_a_look_that_fails_is_made_again_unless_the_bot_may_never_look(
    slack: LocalSlack, client: AsyncWebClient, fault: Fault, looked: Looked
) -> None:
    slack.faults.arm("conversations.history", fault)
    assert await slack_calls.look_for(client, a_delivery(), timedelta()) == looked
    assert await slack_calls.look_for(client, a_delivery(), timedelta()) == NotThere()


@pytest.fixture
async def proxy() -> AsyncIterator[TestServer]:
    """Something between us and Slack that has heard enough for now, and keeps what it is sent."""

    async def refuse(request: web.Request) -> web.Response:
        told = await request.json()
        request.app[SENT].append({name: value for name, value in told.items() if name != "metadata"})
        return web.Response(status=429, headers={"retry-after": "7"}, text="slow down")

    application = web.Application()
    application[SENT] = []
    application.router.add_post("/{path:.*}", refuse)
    server = TestServer(application)
    async with server:
        yield server


async def test_whoever_asks_to_wait_is_heard_and_only_what_is_slacks_is_sent(
    client: AsyncWebClient, proxy: TestServer
) -> None:
    client.base_url = str(proxy.make_url("/api/"))
    plain, instead = {"channel": "CGENERAL", "text": "hello"}, {"otherwise": "hello in words"}
    assert await slack_calls.post(client, a_delivery(otherwise="hello in words")) == Held(7.0)
    assert await slack_calls.say(client, a_delivery("update", otherwise="hello in words")) == Held(7.0)
    assert await slack_calls.respond(client, str(proxy.make_url("/respond")), {**plain, **instead}) == Held(7.0)
    quiet = {"unfurl_links": False, "unfurl_media": False}
    assert proxy.app[SENT] == [{**plain, **quiet}, {**plain, "blocks": []}, plain]


async def test_a_client_that_shares_no_session_is_a_bug() -> None:
    with pytest.raises(RuntimeError, match="no session to share"):
        await slack_calls.post(AsyncWebClient("xoxb-none"), a_delivery())
