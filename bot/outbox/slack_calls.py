"""The calls that say something in Slack, and how each can end, as values.

Errors: https://docs.slack.dev/reference/methods/chat.postMessage. The SDK's own retries are off: after a lost
connection it would post a second time.
"""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import aiohttp
from pydantic_core import from_json, to_json
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from slack_sdk.webhook.async_client import AsyncWebhookClient

from storage.outbox.deliveries import OTHERWISE, Delivery

EVENT_TYPE = "common_ground_delivery"

PATIENCE_SECONDS = 10
_RATE_LIMITED = 429
_SERVER_ERRORS = 500
OK = 200
_SAYING = {"update": "chat.update", "whisper": "chat.postEphemeral"}
_LOOK_BACK = timedelta(minutes=1)
_LOOK_AT = 200
_PAGES = 20

#: How the ids of people begin.
_PEOPLE = ("U", "W")

#: Errors after which the message may or may not have been kept.
_AMBIGUOUS = {"fatal_error", "internal_error", "request_timeout", "service_unavailable", "http_error"}
#: Errors that the person who runs the bot can fix; the message waits for that.
TOKEN_ERRORS = {"account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked"}
_FIXABLE = {*TOKEN_ERRORS, "missing_scope", "message_limit_exceeded", "org_login_required"}
#: Errors that pass by themselves: https://docs.slack.dev/reference/methods/chat.postMessage#errors
_PASSING = {"external_channel_migrating", "file_update_failed", "team_added_to_org", "update_failed"}


@dataclass(frozen=True, slots=True)
class Sent:
    """Slack has it; ``ts`` is the message's, empty for a response, ``channel`` where it stands, if Slack said so."""

    ts: str = ""
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """Slack will never take it."""

    reason: str


@dataclass(frozen=True, slots=True)
class Held:
    """Slack does not have it and asks to wait so many seconds; or it asks so of a look."""

    seconds: float
    is_of_look: bool = False


@dataclass(frozen=True, slots=True)
class Unreached:
    """Slack does not have it; it can be tried again."""

    reason: str


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Slack may or may not have it."""

    reason: str


@dataclass(frozen=True, slots=True)
class NotThere:
    """The conversation was looked at, and the message is not in it."""


@dataclass(frozen=True, slots=True)
class CannotLook:
    """The conversation may not be looked at."""

    reason: str


Ending = Sent | Refused | Held | Unreached | Ambiguous
Looked = Sent | NotThere | CannotLook | Held | Ambiguous


async def post(slack: AsyncWebClient, delivery: Delivery) -> Ending:
    """Post a message that carries the delivery's id in its metadata.

    The call is made without the SDK's client: it would take as long again, and this is the busiest call.
    """
    if slack.session is None:
        raise RuntimeError("the client has no session to share")
    metadata = {"event_type": EVENT_TYPE, "event_payload": {"id": delivery.id}}
    body = {**_without_otherwise(delivery.body), "metadata": metadata, "unfurl_links": False, "unfurl_media": False}
    headers = {"Authorization": f"Bearer {slack.token}", "Content-Type": "application/json; charset=utf-8"}
    try:
        async with (
            asyncio.timeout(PATIENCE_SECONDS),
            slack.session.post(f"{slack.base_url}chat.postMessage", data=to_json(body), headers=headers) as response,
        ):
            return _posted(response.status, response.headers, await response.read())
    except aiohttp.ClientConnectorError as error:
        return Unreached(str(error))
    except (aiohttp.ClientError, TimeoutError) as error:
        return Ambiguous(str(error) or type(error).__name__)


def _posted(status: int, headers: Mapping[str, str], raw: bytes) -> Ending:
    try:
        told = from_json(raw)
    except ValueError:
        told = None
    answer = told if isinstance(told, dict) else {}
    if status == OK and answer.get("ok") and "ts" in answer:
        return Sent(str(answer["ts"]), str(answer.get("channel", "")))
    return _ended(status, headers, str(answer.get("error", "")))


async def respond(slack: AsyncWebClient, url: str, body: Mapping[str, object]) -> Ending:
    """Send a body to a response_url (five uses in thirty minutes; the answer has no ts)."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            answer = await AsyncWebhookClient(url, session=slack.session, retry_handlers=[]).send_dict(
                _without_otherwise(body)
            )
    except aiohttp.ClientConnectorError as error:
        return Unreached(str(error))
    except (aiohttp.ClientError, SlackClientError, TimeoutError) as error:
        return Ambiguous(str(error) or type(error).__name__)
    if answer.status_code == OK:
        return Sent()
    if answer.status_code == _RATE_LIMITED:
        return Held(_seconds(answer.headers))
    return Ambiguous(answer.body) if answer.status_code >= _SERVER_ERRORS else Refused(answer.body)


def _without_otherwise(body: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in body.items() if name != OTHERWISE}


async def say(slack: AsyncWebClient, delivery: Delivery) -> Ending:
    """Say what may be said again without harm.

    That is a message in the place of the one whose ``ts`` the body names, or one for a person alone, which vanishes.
    """
    method, body = _SAYING[delivery.act], _without_otherwise(delivery.body)
    channel = str(body.get("channel", ""))
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            # A message can be posted to a person, but only in a conversation can it be changed.
            if delivery.act == "update" and channel.startswith(_PEOPLE):
                body["channel"] = await direct(slack, channel)
            await slack.api_call(method, json={"blocks": [], **body})
    except SlackApiError as error:
        return ending(error)
    except (aiohttp.ClientError, SlackClientError, TimeoutError) as error:
        return Ambiguous(str(error) or type(error).__name__)
    return Sent()


async def direct(slack: AsyncWebClient, user_id: str) -> str:
    """Return the conversation with a person."""
    opened = await slack.conversations_open(users=[user_id])
    return str(opened["channel"]["id"])


async def look_for(slack: AsyncWebClient, delivery: Delivery, age: timedelta) -> Looked:
    """Look in the conversation for a message that carries the delivery's id, among those that are no older than it.

    Slack's clock may tell another time than ours, so the age counts from the newest message there. A thread is looked
    through as a whole, and so is all else where a clock that was set back tells no age.
    """
    lane, thread = delivery.lane, delivery.body.get("thread_ts")
    where: dict[str, object] = {"limit": _LOOK_AT, "include_all_metadata": True}
    method, more = ("conversations.replies", {"ts": thread}) if thread else ("conversations.history", {})
    since = None if thread or age < timedelta() else age + _LOOK_BACK
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            # A message can be posted to a person, but only a conversation can be looked at.
            where["channel"] = await direct(slack, lane) if lane.startswith(_PEOPLE) else lane
            newest = 0.0
            for _ in range(_PAGES):
                answer = await slack.api_call(method, params={**where, **more})
                if ts := _time_of(delivery.id, answer["messages"]):
                    return Sent(ts, str(where["channel"]))
                times = [float(each["ts"]) for each in answer["messages"]]
                newest = max([newest, *times])
                cursor = (answer.get("response_metadata") or {}).get("next_cursor")
                if not cursor or (since is not None and newest - min(times, default=newest) > since.total_seconds()):
                    return NotThere()
                more = {**more, "cursor": cursor}
    except SlackApiError as error:
        return looked(ending(error))
    except (aiohttp.ClientError, SlackClientError, TimeoutError) as error:
        return Ambiguous(str(error) or type(error).__name__)
    return CannotLook("too much was said since")


def _time_of(delivery_id: str, messages: Iterable[Mapping[str, Any]]) -> str:
    """Return the time stamp of the message that carries a delivery's id; empty where none does."""
    carried = {each.get("metadata", {}).get("event_payload", {}).get("id"): each["ts"] for each in messages}
    return str(carried.get(delivery_id, ""))


def looked(ending: Ending) -> Looked:
    """Say what a look that failed leaves to do: another look, unless the bot may never look."""
    match ending:
        case Held():
            return Held(ending.seconds, is_of_look=True)
        case Unreached() if ending.reason != "missing_scope":
            return Ambiguous(ending.reason)
        case Unreached() | Refused():
            return CannotLook(ending.reason)
        case _:
            return ending


def ending(error: SlackApiError) -> Ending:
    """Say how a call ended that Slack did not answer with ``ok``."""
    if not isinstance(error.response, AsyncSlackResponse):
        return Ambiguous("an answer that cannot be read")
    return _ended(error.response.status_code, error.response.headers, code_of(error))


def _ended(status: int, headers: Mapping[str, str], code: str) -> Ending:
    """Say how a call ended that Slack answered, but not with ``ok``."""
    if status == _RATE_LIMITED or code in ("ratelimited", "rate_limited"):
        return Held(_seconds(headers))
    if status >= _SERVER_ERRORS or code in _AMBIGUOUS or not code:
        return Ambiguous(code or f"HTTP {status}")
    return Unreached(code) if code in _FIXABLE | _PASSING else Refused(code)


def code_of(error: SlackApiError) -> str:
    """Return Slack's error code; empty where the answer was none of Slack's."""
    is_slacks = isinstance(error.response, AsyncSlackResponse) and isinstance(error.response.data, dict)
    return str(error.response.get("error", "")) if is_slacks else ""


def _seconds(headers: Mapping[str, str]) -> float:
    told = next((value for name, value in headers.items() if name.lower() == "retry-after"), "1")
    return float(told) if told.isdigit() else 1.0
