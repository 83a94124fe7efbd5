"""A Slack with very many workspaces that the same app is in, and what people ask for in them."""

import json
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count

from aiohttp import ClientSession

from bot.local_slack.start import serving
from bot.local_slack.wire.server import LocalSlack
from bot.local_slack.workspace.seed import sample, seeded
from bot.local_slack.workspace.state import Workspace
from bot.manifest import manifest_for
from tests.bench.load import command_request, signed_request
from tests.bench.servers import SECRET
from tests.scale.filling import team, token

_MANIFEST = manifest_for("https://bot.example", "")
_TURNS = count(1)


@asynccontextmanager
async def town(workspaces: int) -> AsyncIterator[LocalSlack]:
    """Serve so many workspaces at one address."""
    async with serving(_workspace(0)) as slack, ClientSession() as session:
        slack.neighbours += [LocalSlack(_workspace(number), session) for number in range(1, workspaces)]
        yield slack


def _workspace(number: int) -> Workspace:
    made = seeded(sample(), _MANIFEST, lambda: datetime.now(UTC))
    made.team_id, made.app.bot_token, made.app.signing_secret = team(number), token(number), SECRET
    # As in Slack, where no two conversations have the same id.
    general = made.channels.pop("CGENERAL")
    made.channels[_general(number)] = replace(general, id=_general(number))
    return made


def _general(number: int) -> str:
    return f"CGENERAL{number:06X}"


def posts(slack: LocalSlack) -> int:
    """Return how many messages stand in all channels."""
    places = [place for each in (slack, *slack.neighbours) for place in each.workspace.channels.values()]
    return sum(len(place.messages) for place in places)


def settings(slack: LocalSlack, url: str, key: str) -> str:
    """Return the settings of a bot that serves whoever let it in, as JSON."""
    app = slack.workspace.app
    told = {
        "slack_client_id": app.client_id,
        "slack_client_secret": app.client_secret,
        "slack_signing_secret": SECRET,
        "token_keys": key,
        "public_url": "https://bot.example",
        "slack_api_url": slack.api_url,
        "database_url": url,
        "port": 0,
    }
    return json.dumps(told)


def commands(kind: str, chosen: Sequence[str], teams: Sequence[int]) -> list[bytes]:
    """Return a request for each of some texts, in workspaces by turns."""
    command = "/common-ground" if kind == "find" else "/define"
    places = [(text, teams[turn % len(teams)]) for turn, text in enumerate(chosen)]
    return [
        command_request(text, turn, SECRET, command=command, team_id=team(place), channel_id=_general(place))
        for turn, (text, place) in enumerate(places)
    ]


def homes(teams: Sequence[int], how_many: int) -> list[bytes]:
    """Return the event that somebody opens their Home, for one person after another."""
    people = ("UANA", "UBEN", "UCHLOE", "UDEV", "UELI")
    return [
        _event(teams[number % len(teams)], {"type": "app_home_opened", "user": people[number % 5], "tab": "home"})
        for number in range(how_many)
    ]


def mentions(slack: LocalSlack, how_many: int, workspaces: int | None = None) -> list[bytes]:
    """Have somebody ask for a word in workspaces by turns; return the events, each answered by one message."""
    places = [slack, *slack.neighbours][:workspaces]
    told = []
    for turn in range(how_many):
        place, general = places[turn % len(places)], _general(turn % len(places))
        workspace = place.workspace
        # What people say comes to the app by these requests alone.
        workspace.hear = lambda _event, _channel: None
        said = place.people.say(workspace.users["UANA"], workspace.channels[general], "@Common Ground define bias")
        event = {"type": "app_mention", "user": "UANA", "channel": general, "text": "<@U0BOT> define bias"}
        told.append(_event(turn % len(places), {**event, "ts": said.ts, "event_ts": said.ts}))
    return told


def _event(number: int, event: dict[str, str]) -> bytes:
    ts = f"{int(time.time())}.{next(_TURNS):06d}"
    bot = {"team_id": team(number), "user_id": "U0BOT", "is_bot": True, "enterprise_id": None}
    told = {"type": "event_callback", "event_id": f"Ev{ts}", "event_time": int(time.time()), "token": "t"}
    body = {**told, "event": {"ts": ts, "event_ts": ts, "channel": "D1", **event}, "team_id": team(number)}
    body |= {"api_app_id": "A0LOCAL", "authorizations": [bot]}
    return signed_request(json.dumps(body), "application/json", SECRET)
