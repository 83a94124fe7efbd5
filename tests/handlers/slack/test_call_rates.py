"""How often Slack is asked a minute, with 500 people at work for half an hour and 200 private channels with records.

``pytest -s`` prints the calls a minute by method.
"""

import asyncio
import random
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.clock import Clock
from handlers.access.placement import is_away, visibility_at
from handlers.access.visibility import Viewpoint, viewpoint, visible_alone
from handlers.slack.directory import Directory
from handlers.slack.interactions import Ask, BlockAction, Fields, Place, ViewSubmission
from storage.workspaces.workspaces import Workspace
from tests.conftest import START

TEAM, CHANNELS, MINUTES = "T1", 200, 30
PEOPLE = [f"U{each:04}" for each in range(500)]
#: Calls a minute: https://docs.slack.dev/apis/web-api/rate-limits and each method's page.
TIERS = {
    "conversations.members": 100,
    "users.info": 100,
    "conversations.info": 50,
    "conversations.open": 50,
    "users.list": 20,
}


@dataclass
class Counting:
    """A Slack of so many people and channels, that counts what it is asked for in each minute."""

    clock: Clock
    channels: dict[str, list[str]]
    channels_of: dict[str, frozenset[str]]
    calls: defaultdict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))

    def answer(self, method: str, told: dict[str, Any]) -> dict[str, object]:
        minute = int((self.clock.now() - START).total_seconds() // 60)
        self.calls[method][minute] += 1
        user, channel = told.get("user", ""), told.get("channel", "")
        answers: dict[str, dict[str, object]] = {
            "users.info": {"user": {"id": user, "team_id": TEAM}},
            "users.list": {"members": [{"id": each, "team_id": TEAM} for each in PEOPLE]},
            "conversations.members": {"members": self.channels.get(channel, [])},
            "conversations.info": {
                "channel": {
                    "id": channel,
                    "is_channel": True,
                    "is_private": channel in self.channels,
                    "is_member": True,
                }
            },
            "conversations.open": {"channel": {"id": f"D{told.get('users')}"}},
        }
        return {"ok": True, **answers[method]}


class CountedClient(AsyncWebClient):
    """Answers in this process, without a network."""

    def __init__(self, slack: Counting) -> None:
        super().__init__("xoxb-counted")
        self.counting = slack

    async def api_call(self, api_method: str, **told: Any) -> AsyncSlackResponse:
        data = self.counting.answer(api_method, told["params"])
        return AsyncSlackResponse(
            client=self, http_verb="GET", api_url="", req_args={}, data=data, headers={}, status_code=200
        )


@dataclass
class Day:
    """Half an hour of work: who does what in it, and what of it was answered as if nobody knew them there."""

    directory: Directory
    workspace: Workspace
    clock: Clock
    slack: Counting
    unknown: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)

    async def command(self, who: str, where: str) -> None:
        ask = Ask(TEAM, who, Place(where, "private"), "bias", ("c",))
        self._judge(who, "command", await viewpoint(ask, self.directory, self.workspace))

    async def press(self, who: str, where: str) -> None:
        press = BlockAction(TEAM, who, Place(where), "x", ("c",), "trigger", "url", is_private=True)
        self._judge(who, "press", await viewpoint(press, self.directory, self.workspace))

    async def submit(self, who: str, where: str) -> None:
        """Save a record from a form: Slack is asked afresh where it was opened."""
        form = ViewSubmission(TEAM, who, Place(where), Fields(), ("c",))
        found = await viewpoint(form, self.directory, self.workspace)
        self._judge(who, "submit", found)
        if found is not None:
            await visibility_at(self.directory, TEAM, where, found)
        await is_away(self.directory, TEAM, Place(where), who)

    async def home(self, who: str) -> None:
        await self.directory.admins(TEAM)
        self._count(who, "home", (await visible_alone(self.directory, self.workspace, who)).visibilities)

    def _judge(self, who: str, what: str, found: Viewpoint | None) -> None:
        self._count(who, what, found.visibilities if found is not None else ())

    def _count(self, who: str, what: str, visible: tuple[str, ...]) -> None:
        """Count for how many of their channels somebody was told nothing."""
        own = self.slack.channels_of[who]
        assert own >= {*visible} - {"workspace"}
        self.asked[what] += 1
        self.unknown[what] += bool(own - {*visible})


def a_day() -> Day:
    chance = random.Random(18)  # noqa: S311 - the same half hour each time
    clock = Clock(frozen_at=START)
    channels = {f"G{each:03}": chance.sample(PEOPLE, 20) for each in range(CHANNELS)}
    channels_of = {who: frozenset(each for each in channels if who in channels[each]) for who in PEOPLE}
    slack = Counting(clock, channels, channels_of)
    told = {"name": "A", "bot_user_id": "U0BOT", "disciplines": (), "data_channel": "", "glossary_revision": 0}
    workspace = Workspace(team_id=TEAM, places=tuple(channels), connected_at="", **told)
    return Day(Directory(CountedClient(slack), clock.now), workspace, clock, slack)


async def half_an_hour(day: Day) -> None:
    """Let each person do something every two to five minutes; Homes are looked at anew every 20 seconds."""
    chance = random.Random(1)  # noqa: S311 - the same half hour each time
    next_turn = {each: chance.uniform(0, 240) for each in PEOPLE}
    watched: dict[str, datetime] = {}
    for second in range(0, MINUTES * 60, 5):
        day.clock.move(timedelta(seconds=5))
        for who in [each for each, turn in next_turn.items() if turn <= second]:
            next_turn[who] = second + chance.uniform(120, 300)
            await _something(day, who, chance, watched)
        if second % 20 == 0:
            fresh = [each for each, opened in watched.items() if day.clock.now() - opened < timedelta(minutes=10)]
            await asyncio.gather(*(day.home(each) for each in fresh))


async def _something(day: Day, who: str, chance: random.Random, watched: dict[str, datetime]) -> None:
    own = sorted(day.slack.channels_of[who])
    where = chance.choice([*own, *(f"C{each:02}" for each in range(30))])
    act = chance.random()
    if act < 0.6:
        await day.command(who, where)
    elif act < 0.85:
        await day.press(who, where)
    elif act < 0.95:
        await day.submit(who, where)
    else:
        watched[who] = day.clock.now()
        await day.home(who)


async def test_500_people_and_200_private_channels_stay_within_slacks_limits() -> None:
    day = a_day()
    await half_an_hour(day)
    lines = [
        f"{sum(day.asked.values())} requests of {len(PEOPLE)} people, {CHANNELS} private channels, {MINUTES} minutes"
    ]
    for method, minutes in sorted(day.slack.calls.items()):
        most, mean = max(minutes.values()), sum(minutes.values()) / MINUTES
        lines.append(f"{method:24} at most {most:3} a minute, {mean:5.1f} on average, of {TIERS[method]}")
    lines += [f"{what:8} {day.unknown[what]:4} of {number} were told too little" for what, number in day.asked.items()]
    sys.stdout.write("\n".join(["", *lines, ""]))
    for method, minutes in day.slack.calls.items():
        assert max(minutes.values()) <= TIERS[method], method
    # At the start nothing is known, and Slack cannot be asked about all 200 channels in the first minute.
    assert sum(day.unknown.values()) < sum(day.asked.values()) / 20
