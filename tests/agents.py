"""Talks with the bot as agents do: by the official client, and by Slack's own signed calls."""

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx2
from aiohttp import ClientSession
from mcp.client import Client
from mcp.client.streamable_http import streamable_http_client

from bot.local_slack.wire.delivery import signature
from bot.trial.run import Trial
from tests.playing import play

_SECRET = re.compile(r"common-ground-[\w-]{43}")
ACCEPTS = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}


@dataclass(frozen=True, slots=True)
class Got:
    """An answer by HTTP."""

    status: int
    text: str
    headers: dict[str, str]

    @property
    def told(self) -> str:
        """Return what a tool said."""
        return str(json.loads(self.text)["result"]["content"][0]["text"])


def url_of(trial: Trial) -> str:
    return f"http://127.0.0.1:{trial.bot.port}/mcp"


async def token_of(trial: Trial, who: str, kind: str = "new") -> str:
    """Have somebody make a token; return it."""
    (secret,) = _SECRET.findall(await play(trial, f"{who} in #general: /common-ground tokens {kind}"))
    return str(secret)


@asynccontextmanager
async def client(trial: Trial, token: str, mode: str = "auto") -> AsyncIterator[Client]:
    """Connect the official client."""
    async with (
        httpx2.AsyncClient(headers={"Authorization": f"Bearer {token}"}) as http,
        Client(streamable_http_client(url_of(trial), http_client=http), mode=mode) as connected,
    ):
        yield connected


def called(tool: str, arguments: dict[str, object], slack: dict[str, object] | None = None) -> bytes:
    """Return the body of a call, in the name that Slack gives."""
    meta = {"_meta": {"slack": slack}} if slack is not None else {}
    params = {"name": tool, "arguments": arguments, **meta}
    return json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}).encode()


def signed(trial: Trial, body: bytes, at: int | None = None) -> dict[str, str]:
    """Return the headers with which Slack signs a request, as it signs events."""
    return {**signature(trial.slack.workspace.app.signing_secret, body.decode(), at)}


async def posted(trial: Trial, body: bytes, headers: dict[str, str]) -> Got:
    async with (
        ClientSession() as session,
        session.post(url_of(trial), data=body, headers={**ACCEPTS, **headers}) as got,
    ):
        return Got(got.status, await got.text(), dict(got.headers))


async def by_slack(trial: Trial, user_id: str, tool: str, **arguments: object) -> Got:
    """Ask as Slackbot does for a person."""
    body = called(tool, arguments, {"team_id": "T0LOCAL", "user_id": user_id})
    return await posted(trial, body, signed(trial, body))
