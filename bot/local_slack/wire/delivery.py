"""The way from Slack to the app: Socket Mode or signed HTTP, three seconds for an answer, events tried again.

Events that are not acknowledged are sent again at once, after one minute and after five, by the workspace's clock.
"""

import asyncio
import itertools
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal
from urllib.parse import urlencode

from aiohttp import ClientError, ClientSession, ClientTimeout
from slack_sdk.signature import SignatureVerifier

from bot.local_slack.faults import Faults
from bot.local_slack.faults.events import Ordering
from bot.local_slack.faults.sockets import Weather
from bot.local_slack.wire.events import TOKEN, envelope
from bot.local_slack.wire.socket import Socket
from bot.local_slack.workspace.state import Json, Workspace

Kind = Literal["events_api", "interactive", "slash_commands"]

DEADLINE_SECONDS = 3.0
_RETRY_AFTER = (timedelta(), timedelta(minutes=1), timedelta(minutes=5))


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """What the app answered; ``problem`` says why there is no usable answer, and is empty when there is one.

    ``reason`` is Slack's word for the problem, for the next try, and ``is_final`` that the app wants none.
    """

    body: Json | None = None
    problem: str = ""
    reason: str = ""
    is_final: bool = False


@dataclass(frozen=True, slots=True)
class Delivery:
    """What is sent to the app, and which try this is, counted from 0; ``reason`` is why the one before failed."""

    kind: Kind
    payload: Json
    attempt: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the record of what was sent to the app."""

    kind: Kind
    what: str
    attempt: int
    milliseconds: float
    problem: str


class Wire:
    """Sends payloads to the app and waits for its acknowledgements."""

    def __init__(self, workspace: Workspace, session: ClientSession, faults: Faults) -> None:
        self.workspace, self.faults, self.weather = workspace, faults, Weather(faults)
        workspace.hear = lambda event, channel: self.event(envelope(workspace, event, channel))
        self.sockets: list[Socket] = []
        self.request_url: str | None = None
        self.record: list[Entry] = []
        self.sent: list[Json] = []
        self.acknowledged: list[str] = []
        self._session = session
        self._turn = itertools.count()
        self.is_strict = False
        self.note_change: Callable[[], None] = lambda: None
        self._answers: dict[str, tuple[Socket, asyncio.Future[Json | None]]] = {}
        self._later: list[tuple[datetime, Delivery]] = []
        self._ordering: Ordering[Delivery] = Ordering()
        self._tasks: set[asyncio.Task[None]] = set()

    async def request(self, kind: Kind, payload: Json) -> Acknowledgement:
        """Send a command or an interaction once, and return what the app says to it."""
        return await self._send(Delivery(kind, payload))

    def event(self, envelope: Json) -> None:
        """Send an event, and again while it is not acknowledged."""
        self.sent.append(envelope)
        delivery = Delivery("events_api", envelope)
        now, later = self._ordering.now_and_later(delivery, self.faults.strike("event", *_what_and_where(delivery)))
        self._later = [each for each in self._later if each[1] not in now]
        for each in now:
            self._start(each)
        for by, each in later.items():
            self._put_off(each, by)

    async def verify(self, url: str) -> bool:
        """Ask an address whether it is the app's, as Slack does when it is entered, and use it from now on if it is."""
        await self._send_over_http(url, Delivery("slash_commands", {"ssl_check": "1", "token": TOKEN}))
        asked = {"type": "url_verification", "token": TOKEN, "challenge": self.workspace.new_id("challenge-")}
        answer = await self._send_over_http(url, Delivery("events_api", asked))
        is_right = isinstance(answer.body, dict) and asked["challenge"] in answer.body.values()
        if is_right:
            self.request_url = url
        return is_right

    def acknowledge(self, envelope_id: str, payload: Json | None, socket: Socket) -> None:
        """Take an acknowledgement that came in over a socket: over any, or, if strict, over the one that was used."""
        used, waiting = self._answers.get(envelope_id, (socket, None))
        if waiting is not None and not waiting.done() and (used is socket or not self.is_strict):
            waiting.set_result(payload)

    def retry_due(self) -> None:
        """Send what is due: what comes late, and what is to be tried again."""
        now = self.workspace.now()
        due = [each for each in self._later if each[0] <= now]
        self._later = [each for each in self._later if each[0] > now]
        for _, delivery in due:
            self._start(delivery)

    async def idle(self) -> None:
        """Return once every event in flight is acknowledged or has failed for now."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def refresh(self, reason: str = "refresh_requested", *, silent: bool = False) -> None:
        """End every connection as Slack does now and then: announced (a ``warning`` comes before), or silently."""
        for socket in list(self.sockets):
            if silent:
                socket.abort()
            else:
                await socket.disconnect(reason)

    async def close(self) -> None:
        self._later.clear()
        self.weather.clear()
        for task in self._tasks:
            task.cancel()
        for socket in list(self.sockets):
            if socket.is_silent:
                socket.abort()
            else:
                await socket.connection.close()

    def _put_off(self, delivery: Delivery, by: timedelta) -> None:
        """Send something later, by the workspace's clock: that goes on by itself, or is moved on."""
        self._later.append((self.workspace.now() + by, delivery))
        asyncio.get_running_loop().call_later(by.total_seconds(), self.retry_due)

    def _start(self, delivery: Delivery) -> None:
        task = asyncio.create_task(self._send_event(delivery))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _send_event(self, delivery: Delivery) -> None:
        answer, attempt = await self._send(delivery), delivery.attempt
        if not answer.problem:
            self.acknowledged.append(delivery.payload["event"].get("ts", ""))
        elif attempt < len(_RETRY_AFTER) and not answer.is_final:
            again = replace(delivery, attempt=attempt + 1, reason=answer.reason)
            self._put_off(again, _RETRY_AFTER[attempt])
            if not _RETRY_AFTER[attempt]:
                self.retry_due()

    async def _send(self, delivery: Delivery) -> Acknowledgement:
        started = time.perf_counter()
        url = self.request_url
        sending = self._send_over_socket(delivery) if url is None else self._send_over_http(url, delivery)
        answer = await sending
        if not isinstance(answer.body, dict | None):
            answer = Acknowledgement(problem="the app's answer is no object", reason="unknown_error")
        what, where = _what_and_where(delivery)
        if not answer.problem and self.faults.strike("answer", what, where) is not None:
            reason = "timeout" if self.request_url is None else "http_timeout"
            answer = Acknowledgement(problem="the app's answer was lost, and did not come in time", reason=reason)
        spent = (time.perf_counter() - started) * 1000
        self.record.append(Entry(delivery.kind, what, delivery.attempt, spent, answer.problem))
        self.note_change()
        return answer

    async def _send_over_socket(self, delivery: Delivery) -> Acknowledgement:
        fault = self.faults.strike("socket", *_what_and_where(delivery))
        if fault is not None and fault.kind == "second_process":
            return Acknowledgement()
        sockets = [each for each in self.sockets if each.is_open]
        if not sockets:
            return Acknowledgement(problem="the app is not connected", reason="timeout")
        envelope_id = self.workspace.new_id(f"envelope-{self.workspace.team_id}-")
        wrapped: Json = {"envelope_id": envelope_id, "type": delivery.kind, "payload": delivery.payload}
        wrapped["accepts_response_payload"] = delivery.kind != "events_api"
        if delivery.kind == "events_api":
            wrapped |= {"retry_attempt": delivery.attempt, "retry_reason": delivery.reason}
        socket, answer = sockets[next(self._turn) % len(sockets)], asyncio.get_running_loop().create_future()
        self._answers[envelope_id] = socket, answer
        try:
            await self.weather.strike(socket, fault)
            await socket.connection.send_json(wrapped)
            await self.weather.renew(*self.sockets)
            async with asyncio.timeout(DEADLINE_SECONDS):
                return Acknowledgement(await answer)
        except (TimeoutError, ConnectionError):
            return Acknowledgement(problem="the app did not answer in time", reason="timeout")
        finally:
            self._answers.pop(envelope_id, None)

    async def _send_over_http(self, url: str, delivery: Delivery) -> Acknowledgement:
        body, content_type = _http_body(delivery.kind, delivery.payload)
        headers = {"Content-Type": content_type, **signature(self.workspace.app.signing_secret, body)}
        if delivery.attempt:
            headers |= {"X-Slack-Retry-Num": str(delivery.attempt), "X-Slack-Retry-Reason": delivery.reason}
        try:
            async with self._session.post(
                url, data=body, headers=headers, timeout=ClientTimeout(total=DEADLINE_SECONDS)
            ) as response:
                text = await response.text()
                if not response.ok:
                    is_final = "X-Slack-No-Retry" in response.headers
                    problem = f"the app answered with HTTP {response.status}"
                    return Acknowledgement(None, problem, "http_error", is_final)
                return Acknowledgement(_http_answer(text, response.content_type))
        except ValueError:
            return Acknowledgement(problem="the app's answer is no JSON", reason="unknown_error")
        except TimeoutError:
            return Acknowledgement(problem="the app did not answer in time", reason="http_timeout")
        except ClientError as error:
            return Acknowledgement(problem=f"the app cannot be reached: {error}", reason="connection_failed")


def signature(secret: str, body: str, timestamp: int | None = None) -> Mapping[str, str]:
    """Return Slack's headers for a body; the timestamp is in seconds and is real time, as requests' ages are."""
    stamp = str(int(time.time()) if timestamp is None else timestamp)
    signed = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body)
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": str(signed)}


def _http_body(kind: Kind, payload: Json) -> tuple[str, str]:
    if kind == "events_api":
        return json.dumps(payload), "application/json"
    form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return urlencode(form), "application/x-www-form-urlencoded"


def _http_answer(text: str, content_type: str) -> Json | None:
    body: Json = json.loads(text) if text and content_type == "application/json" else {"text": text}
    return body if text else None


def _what_and_where(delivery: Delivery) -> tuple[str, str]:
    """Return what is sent, by its type or as a command, and the channel and the person that it is about."""
    told: Json = delivery.payload
    if delivery.kind == "slash_commands":
        return str(told["command"]), f"{told['channel_id']} {told['user_id']}"
    told = told["event"] if delivery.kind == "events_api" else told
    about = [told.get("channel"), told.get("user")]
    return str(told["type"]), " ".join(str(each["id"] if isinstance(each, dict) else each) for each in about if each)
