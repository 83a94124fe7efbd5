"""The way from Slack to the app: Socket Mode or signed HTTP, three seconds for an answer, events tried again.

Events that are not acknowledged are sent again at once, after one minute and after five, by the workspace's clock.
"""

import asyncio
import hashlib
import hmac
import itertools
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from urllib.parse import urlencode

from aiohttp import ClientError, ClientSession, ClientTimeout, web

from bot.local_slack.events import envelope
from bot.local_slack.state import Json, Workspace

Kind = Literal["events_api", "interactive", "slash_commands"]

DEADLINE_SECONDS = 3.0
_RETRY_AFTER = (timedelta(), timedelta(minutes=1), timedelta(minutes=5))
_OK = 200


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """What the app answered; ``problem`` says why there is no usable answer, and is empty when there is one."""

    body: Json | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the record of what was sent to the app."""

    kind: Kind
    what: str
    attempt: int
    milliseconds: float
    problem: str


class Socket:
    """One Socket Mode connection."""

    def __init__(self, connection: web.WebSocketResponse, drop: Callable[[], None]) -> None:
        self.connection = connection
        self.drop = drop
        self.is_open = True


class Wire:
    """Sends payloads to the app and waits for its acknowledgements."""

    def __init__(self, workspace: Workspace, session: ClientSession) -> None:
        self.workspace = workspace
        workspace.hear = lambda event, channel: self.event(envelope(workspace, event, channel))
        self.sockets: list[Socket] = []
        self.request_url: str | None = None
        self.record: list[Entry] = []
        self.sent: list[Json] = []
        self.acknowledged: list[str] = []
        self._session = session
        self._turn = itertools.count()
        self._answers: dict[str, asyncio.Future[Json | None]] = {}
        self._later: list[tuple[datetime, Json, int]] = []
        self._tasks: set[asyncio.Task[None]] = set()

    async def request(self, kind: Kind, payload: Json) -> Acknowledgement:
        """Send a command or an interaction once, and return what the app says to it."""
        return await self._send(kind, payload, 0)

    def event(self, envelope: Json) -> None:
        """Send an event, and again while it is not acknowledged."""
        self.sent.append(envelope)
        self._start(envelope, 0)

    def acknowledge(self, envelope_id: str, payload: Json | None) -> None:
        """Take an acknowledgement that came in over a socket."""
        waiting = self._answers.pop(envelope_id, None)
        if waiting is not None and not waiting.done():
            waiting.set_result(payload)

    def retry_due(self) -> None:
        """Send again what is due to be tried again."""
        now = self.workspace.now()
        due = [each for each in self._later if each[0] <= now]
        self._later = [each for each in self._later if each[0] > now]
        for _, told, attempt in due:
            self._start(told, attempt)

    async def idle(self) -> None:
        """Return once every event in flight is acknowledged or has failed for now."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def refresh(self, reason: str = "refresh_requested", *, silent: bool = False) -> None:
        """End every connection as Slack does now and then: announced (a ``warning`` comes before), or silently."""
        for socket in list(self.sockets):
            if silent:
                socket.drop()
                continue
            await socket.connection.send_json({"type": "disconnect", "reason": reason, "debug_info": {}})
            if reason != "warning":
                socket.is_open = False
                await socket.connection.close()

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        for socket in self.sockets:
            await socket.connection.close()

    def _start(self, envelope: Json, attempt: int) -> None:
        task = asyncio.create_task(self._send_event(envelope, attempt))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _send_event(self, envelope: Json, attempt: int) -> None:
        answer = await self._send("events_api", envelope, attempt)
        if not answer.problem:
            self.acknowledged.append(envelope["event"].get("ts", ""))
        if answer.problem and attempt < len(_RETRY_AFTER):
            self._later.append((self.workspace.now() + _RETRY_AFTER[attempt], envelope, attempt + 1))
            if not _RETRY_AFTER[attempt]:
                self.retry_due()

    async def _send(self, kind: Kind, payload: Json, attempt: int) -> Acknowledgement:
        started = time.perf_counter()
        if self.request_url is not None:
            answer = await self._send_over_http(self.request_url, kind, payload, attempt)
        else:
            answer = await self._send_over_socket(kind, payload, attempt)
        spent = (time.perf_counter() - started) * 1000
        self.record.append(Entry(kind, _what(kind, payload), attempt, spent, answer.problem))
        return answer

    async def _send_over_socket(self, kind: Kind, payload: Json, attempt: int) -> Acknowledgement:
        sockets = [each for each in self.sockets if each.is_open]
        if not sockets:
            return Acknowledgement(problem="the app is not connected")
        envelope_id = self.workspace.new_id("envelope-")
        wrapped: Json = {
            "envelope_id": envelope_id,
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }
        if kind == "events_api":
            wrapped |= {"retry_attempt": attempt, "retry_reason": "timeout" if attempt else ""}
        answer = self._answers[envelope_id] = asyncio.get_running_loop().create_future()
        try:
            await sockets[next(self._turn) % len(sockets)].connection.send_json(wrapped)
            async with asyncio.timeout(DEADLINE_SECONDS):
                return Acknowledgement(await answer)
        except (TimeoutError, ConnectionError):
            return Acknowledgement(problem="the app did not answer in time")
        finally:
            self._answers.pop(envelope_id, None)

    async def _send_over_http(self, url: str, kind: Kind, payload: Json, attempt: int) -> Acknowledgement:
        body, content_type = _http_body(kind, payload)
        headers = {"Content-Type": content_type, **signature(self.workspace.app.signing_secret, body)}
        if attempt:
            headers |= {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": "http_timeout"}
        try:
            async with self._session.post(
                url, data=body, headers=headers, timeout=ClientTimeout(total=DEADLINE_SECONDS)
            ) as response:
                text = await response.text()
                if response.status != _OK:
                    return Acknowledgement(problem=f"the app answered with HTTP {response.status}")
                return Acknowledgement(_http_answer(text, response.content_type))
        except ValueError:
            return Acknowledgement(problem="the app's answer is no JSON")
        except TimeoutError:
            return Acknowledgement(problem="the app did not answer in time")
        except ClientError as error:
            return Acknowledgement(problem=f"the app cannot be reached: {error}")


def signature(secret: str, body: str, timestamp: int | None = None) -> Mapping[str, str]:
    """Return Slack's headers for a body; the timestamp is in seconds and is real time, as requests' ages are."""
    stamp = str(int(time.time()) if timestamp is None else timestamp)
    digest = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


def _http_body(kind: Kind, payload: Json) -> tuple[str, str]:
    if kind == "events_api":
        return json.dumps(payload), "application/json"
    form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return urlencode(form), "application/x-www-form-urlencoded"


def _http_answer(text: str, content_type: str) -> Json | None:
    if not text:
        return None
    body: Json = json.loads(text) if content_type == "application/json" else {"text": text}
    return body


def _what(kind: Kind, payload: Json) -> str:
    if kind == "slash_commands":
        return str(payload["command"])
    return str(payload["event"]["type"] if kind == "events_api" else payload["type"])
