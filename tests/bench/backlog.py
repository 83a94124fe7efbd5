"""How soon a mention is acknowledged while much else waits to be said, and Slack is slow."""

import json
import os
import signal
import statistics
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path

from bot.local_slack.faults import Rule
from bot.local_slack.start import serving
from bot.local_slack.wire.server import LocalSlack
from bot.local_slack.workspace.seed import sample, seeded
from bot.local_slack.workspace.state import Channel
from bot.manifest import manifest_for
from handlers.glossary.starter import starter_senses
from storage import open_store
from storage.engine.interface import Transaction
from storage.glossary import changes
from storage.outbox import deliveries
from storage.workspaces import workspaces
from tests.bench.load import load, signed_request
from tests.bench.processes import bot_settings, server
from tests.bench.servers import SECRET
from tests.bench.table import NOW, Table

_DEEP, _LANES, _PLACES = 10_000, 400, 200
_SLOW = [Rule("slow", "*", 1.0, seconds=2)]
_ROUNDS, _UNCOUNTED, _REQUESTS, _AT_ONCE = 15, 20, 100, 1
#: What Slack said of a channel is kept for two minutes; after that a slow Slack itself would be measured.
_LONGEST_SECONDS = 75
_TURNS = count(1)


@dataclass
class _Bot:
    """A bot at work, with a Slack of its own, that stands still while the other one is measured."""

    slack: LocalSlack
    places: Sequence[Channel]
    port: int
    pid: int
    spent: list[float] = field(default_factory=list)

    async def measure(self) -> None:
        os.kill(self.pid, signal.SIGCONT)
        # What Slack answered while the bot stood still comes all at once, which it does to no bot at work.
        await load(self.port, self._mentions(_UNCOUNTED), _AT_ONCE)
        self.spent.append((await load(self.port, self._mentions(_REQUESTS), _AT_ONCE)).p99)
        os.kill(self.pid, signal.SIGSTOP)

    def _mentions(self, how_many: int) -> Iterator[bytes]:
        """Sign each when it is sent: where the machine is busy, the last would be too old by then."""
        return (_mention(self.slack, self.places[number % _PLACES]) for number in range(how_many))


async def bench_backlog(table: Table, folder: Path) -> None:
    """Measure by turns one with an empty outbox and a quick Slack, and one with a deep outbox and a slow Slack.

    What else the machine does meets both alike, and the median of many short turns leaves out the rest.
    """
    await _fill(folder / "deep.db")
    async with _at_work(folder / "idle.db", []) as idle, _at_work(folder / "deep.db", _SLOW) as deep:
        until = time.monotonic() + _LONGEST_SECONDS
        while len(deep.spent) < _ROUNDS and time.monotonic() < until:
            await idle.measure()
            await deep.measure()
        before, after = statistics.median(idle.spent), statistics.median(deep.spent)
    what = f"mention acknowledged, {_DEEP:,} wait and Slack takes 2 s"
    told = f"p99 {after:5.1f} ms, idle {before:5.1f} ms"
    table.add(what, told, f"{after / before:.2f} of idle  ≤ 1.5", p99=after, floor_p99=before)


@asynccontextmanager
async def _at_work(file: Path, rules: Sequence[Rule]) -> AsyncIterator[_Bot]:
    async with serving(seeded(sample(), manifest_for(None, ""), lambda: datetime.now(UTC))) as slack:
        places = _places(slack)
        async with server("bot", bot_settings(slack, file, http=True)) as (port, process, _):
            # The first mentions read what is kept from then on.
            await load(port, (_mention(slack, each) for each in places), _AT_ONCE)
            slack.faults.follow(rules)
            os.kill(process.pid, signal.SIGSTOP)
            try:
                yield _Bot(slack, places, port, process.pid)
            finally:
                os.kill(process.pid, signal.SIGCONT)


def _places(slack: LocalSlack) -> Sequence[Channel]:
    members = {"UANA", slack.workspace.bot.id}
    made = [Channel(f"CM{number}", f"m{number}", "public", set(members)) for number in range(_PLACES)]
    slack.workspace.channels.update({each.id: each for each in made})
    return made


async def _fill(file: Path) -> None:
    store = open_store(f"sqlite:///{file}")
    await store.write(lambda each: workspaces.connect_workspace(each, "T0LOCAL", "Harbour", "U0BOT", NOW))
    # A workspace that the bot is let into gets these, and one that it knows doesn't: both answer the same then.
    await store.write(lambda each: changes.add_senses(each, "T0LOCAL", starter_senses(), NOW))
    await store.write(partial(_wait, datetime.now(UTC)))
    await store.close()


def _wait(now: datetime, transaction: Transaction) -> None:
    """Have so much to say, in many channels."""
    posts = [
        deliveries.Delivery(
            act="post", team_id="T0LOCAL", visibility="workspace", lane=f"CW{number % _LANES}",
            body={"channel": f"CW{number % _LANES}", "text": "hello " * 100},
            **deliveries.due_at_once(now, timedelta(days=1)),
        )
        for number in range(_DEEP)
    ]  # fmt: skip
    deliveries.add(transaction, posts)


def _mention(slack: LocalSlack, place: Channel) -> bytes:
    ts = f"{int(time.time())}.{next(_TURNS):06d}"
    bot = {"team_id": "T0LOCAL", "user_id": slack.workspace.bot.id, "is_bot": True, "enterprise_id": None}
    text = f"<@{slack.workspace.bot.id}> define bias"
    event = {"type": "app_mention", "user": "UANA", "channel": place.id, "ts": ts, "event_ts": ts, "text": text}
    told = {"type": "event_callback", "event_id": f"Ev{ts}", "event": event, "event_time": int(time.time())}
    body = {**told, "team_id": "T0LOCAL", "api_app_id": "A0LOCAL", "authorizations": [bot], "token": "t"}
    return signed_request(json.dumps(body), "application/json", SECRET)
