"""`make bench`: prints a table, and the same as JSON with `--json FILE`."""

import argparse
import asyncio
import itertools
import json
import random
import statistics
import string
import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil

from bot.local_slack.start import serving
from bot.local_slack.wire.server import LocalSlack
from bot.local_slack.workspace.seed import sample, seeded
from bot.local_slack.workspace.state import Channel
from bot.manifest import manifest_for
from handlers.glossary.starter import starter_senses
from storage import open_store
from storage.engine.interface import Transaction
from storage.glossary import changes
from storage.glossary.glossary import NewSense
from storage.outbox import claims, deliveries
from storage.workspaces import workspaces
from tests.bench.agents import bench_agents
from tests.bench.backlog import bench_backlog
from tests.bench.decisions import bench_decisions
from tests.bench.finding import bench_finding
from tests.bench.glossary import bench_glossary
from tests.bench.load import Figures
from tests.bench.long_texts import bench_long_texts
from tests.bench.outbox import bench_outbox
from tests.bench.processes import bot_settings, server
from tests.bench.sides import Side, define
from tests.bench.summaries import bench_summaries
from tests.bench.table import NOW, Table, words
from tests.bench.webhooks import bench_webhooks

ROUNDS = 5
Sizes = Mapping[int, Sequence[tuple[str, int]]]
#: What is new was not asked for since the start; all else is asked for again and again.
_SOME = ("new hit", "new typo", "typo again", "new miss", "miss again")
#: Of fewer, a large part of each would be what it takes to open the connections.
REQUESTS = {"hit": 1_500, "form": 1_500, **dict.fromkeys(_SOME, 1_000)}
LOADED = tuple((kind, 16) for kind in REQUESTS)
KINDS = (("hit", 1), ("hit", 64), ("new typo", 1), ("new miss", 1), *LOADED)
#: In a small glossary no word stays new.
SIZES: Sizes = {1_000: [each for each in KINDS if each[0] != "new hit"], 100_000: KINDS}
#: Only when asked for: to write a store of this size takes longer than all else.
MILLION: Sizes = {1_000_000: LOADED}
GOALS = {kind: "≥ 0.80, ≤ 1.5" if kind in ("hit", "form") else "≥ 0.50" for kind in REQUESTS}
#: Forms of words in the starter glossary, none of which is a name in it.
FORMS = ("regressed", "drifted", "deployed", "monitored", "retrained")
AT_ONCE = 20_000
_TURNS = itertools.count(1)


async def fill(path: Path, count: int) -> list[str]:
    """Write a store with so many senses besides the starter glossary; return their words."""
    store = open_store(f"sqlite:///{path}")
    named = words(count)
    await store.write(lambda each: workspaces.connect_workspace(each, "T0LOCAL", "Harbour", "U0BOT", NOW))
    # As an import writes them: in the order of the store's own index, of which each write then changes one place.
    listed = sorted(named)
    some_at_a_time = (map(made_up, listed[first : first + AT_ONCE]) for first in range(0, count, AT_ONCE))
    for some in (starter_senses(), *some_at_a_time):
        await store.write(lambda each, some=some: changes.add_senses(each, "T0LOCAL", some, NOW))  # type: ignore[misc]
    await store.close()
    return named


def made_up(word: str) -> NewSense:
    return NewSense(
        word=word,
        discipline="data science",
        gloss=f"what {word} means",
        definition=f"The {word} of a model, told in a sentence of usual length.",
        example=f"Mind the {word}.",
    )


def typo(word: str, turn: int = 0) -> str:
    """Swap two letters of a word, others at each turn."""
    at = 1 + turn % (len(word) - 2)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def asked(kind: str, named: list[str], count: int) -> list[str]:
    turn = next(_TURNS) if kind.startswith("new") else 0
    dice = random.Random(count + turn)  # noqa: S311 - the same each time
    # None twice, since it would be new no more.
    chosen = dice.choices(FORMS, k=count) if kind == "form" else dice.sample(named, min(count, len(named)))
    if "typo" in kind:
        return [typo(word, turn) for word in chosen]
    end = string.ascii_lowercase[turn % 26]
    return [f"zqx{word[::-1]}zq{end}" for word in chosen] if "miss" in kind else chosen


async def paired(
    first: Callable[[], Awaitable[Figures]], second: Callable[[], Awaitable[Figures]]
) -> tuple[Figures, Figures]:
    """Measure two in turn, several times, and return the medians of each."""
    pairs = [(await first(), await second()) for _ in range(ROUNDS)]
    return _median([pair[0] for pair in pairs]), _median([pair[1] for pair in pairs])


def _median(found: list[Figures]) -> Figures:
    return Figures(*(statistics.median(getattr(each, field.name) for each in found) for field in fields(Figures)))


async def bench_commands(table: Table, slack: LocalSlack, folder: Path, sizes: Sizes) -> None:
    latencies = {}
    for count, kinds in sizes.items():
        named = await fill(folder / f"{count}.db", count)
        async with (
            server("bot", bot_settings(slack, folder / f"{count}.db", http=True)) as (ours, bot, _),
            server("commands", slack.api_url) as (floor, least, _),
        ):
            await _bench_first(table, ours, named)
            sides = (Side(ours, psutil.Process(bot.pid)), Side(floor, psutil.Process(least.pid)))
            for kind, at_once in kinds:
                pair = Pair(*sides, named, kind, at_once)
                latencies[count, kind, at_once] = await pair.bench(table, count)
    for kind, goal in (("hit", "≤ 1.2 times"), ("new typo", "≤ 10 ms more"), ("new miss", "≤ 10 ms more")):
        small, large = (latencies[count, kind, 1].p50 for count in (1_000, 100_000))
        told = f"{large / small:.2f} times, {large - small:.1f} ms more"
        table.add(f"{kind}: p50 with 100,000 senses against 1,000", told, goal, small=small, large=large)


async def _bench_first(table: Table, port: int, named: list[str]) -> None:
    """Ask for a slip of the hand at once after the start, before anything that it takes was read or made."""
    started = time.perf_counter()
    await define(port, [typo(named[-1])], 1)
    spent = (time.perf_counter() - started) * 1000
    what = f"/define typo, {len(named):,} senses, the first after a start"
    table.add(what, f"{spent:6.1f} ms", "< 100 ms", milliseconds=spent)


@dataclass(frozen=True, slots=True)
class Pair:
    """The bot and its floor under the same load."""

    ours: Side
    floor: Side
    named: list[str]
    kind: str
    at_once: int

    async def bench(self, table: Table, count: int) -> Figures:
        if not self.kind.startswith("new"):
            await self._load_bot()
        await self.ours.rest()
        figures, base = await paired(self._load_bot, self._load_floor)
        goal = GOALS[self.kind] if (self.kind, self.at_once) in LOADED else ""
        table.add(
            f"/define {self.kind}, {count:,} senses, {self.at_once} in flight",
            f"{figures.rate:6.0f}/s p50 {figures.p50:5.1f} p99 {figures.p99:5.1f} ms",
            f"{figures.rate / base.rate:.2f} of floor's rate, {base.computed / figures.computed:.2f} by CPU, "
            f"{figures.p99 / base.p99:.2f} of its p99  {goal}",
            rate=figures.rate,
            p50=figures.p50,
            p99=figures.p99,
            computed=figures.computed,
            floor_computed=base.computed,
            floor_rate=base.rate,
            floor_p50=base.p50,
            floor_p99=base.p99,
        )
        return figures

    async def _load_bot(self) -> Figures:
        return await self.ours.load(asked(self.kind, self.named, REQUESTS[self.kind]), self.at_once)

    async def _load_floor(self) -> Figures:
        return await self.floor.load(asked("hit", self.named, REQUESTS["hit"]), self.at_once)


async def bench_mentions(table: Table, folder: Path) -> None:
    rates: dict[str, list[float]] = {"bot": [], "mentions": []}
    for number in range(3):
        for name, measured in rates.items():
            async with serving(seeded(sample(), manifest_for(None, ""), lambda: datetime.now(UTC))) as slack:
                settings = bot_settings(slack, folder / f"mentions-{number}.db", http=False)
                async with server(name, settings if name == "bot" else slack.api_url):
                    measured.append(await _mentions(slack, 1_000))
    ours, floor = statistics.median(rates["bot"]), statistics.median(rates["mentions"])
    table.add(
        "mention in 1,000 channels until its answer is posted",
        f"{ours:6.0f}/s",
        f"{ours / floor:.2f} of floor's rate  ≥ 0.90",
        rate=ours,
        floor_rate=floor,
    )


async def _mentions(slack: LocalSlack, count: int) -> float:
    user = slack.workspace.users["UANA"]
    channels = [Channel(f"CB{number}", f"b{number}", "public", {user.id, "U0BOT"}) for number in range(count)]
    slack.workspace.channels.update({channel.id: channel for channel in channels})

    def all_answered() -> bool:
        return all(len(each.messages) > 1 for each in channels)

    slack.people.say(user, slack.workspace.channels["CGENERAL"], "@Common Ground define bias")
    await slack.until(lambda: len(slack.workspace.channels["CGENERAL"].messages) > 1)
    started = time.perf_counter()
    for channel in channels:
        slack.people.say(user, channel, "@Common Ground define bias")
    await slack.until(all_answered)
    return count / (time.perf_counter() - started)


async def bench_store(table: Table, folder: Path) -> None:
    store = open_store(f"sqlite:///{folder / 'rows.db'}")
    tasks, each = 32, 400

    async def work(task: int) -> None:
        for number in range(each):
            said = deliveries.Delivery(
                act="post", team_id="T1", visibility="C1", lane="C1", body={"text": "hello"},
                **deliveries.due_at_once(NOW, timedelta(days=1)),
            )  # fmt: skip

            def commit(transaction: Transaction, names: str = f"event:{task}:{number}") -> None:
                claims.claim(transaction, "T1", [names], NOW)
                deliveries.add(transaction, [said])  # noqa: B023 - run before the next round

            await store.write(commit)

    rates = []
    for task in range(0, 3 * tasks, tasks):
        started = time.perf_counter()
        await asyncio.gather(*(work(task + number) for number in range(tasks)))
        rates.append(tasks * each * 2 / (time.perf_counter() - started))
    await store.close()
    table.add("durable claims and outbox rows, 32 tasks", f"{statistics.median(rates):8.0f} rows/s", "≥ 15,000",
              rate=statistics.median(rates))  # fmt: skip


async def bench_start(table: Table, slack: LocalSlack, folder: Path) -> None:
    seconds, memory = [], []
    for number in range(5):
        async with server("bot", bot_settings(slack, folder / f"start-{number}.db", http=True)) as (_, process, spent):
            seconds.append(spent)
            memory.append(psutil.Process(process.pid).memory_info().rss / 2**20)
    table.add("start to ready, with a new store", f"{statistics.median(seconds):6.2f} s", "< 1.5 s",
              seconds=statistics.median(seconds))  # fmt: skip
    table.add("resident memory with the starter glossary", f"{statistics.median(memory):6.1f} MiB", "< 100 MiB",
              mebibytes=statistics.median(memory))  # fmt: skip


async def bench(sizes: Sizes) -> Table:
    table = Table()
    with tempfile.TemporaryDirectory(prefix="common-ground-bench-") as name:
        folder = Path(name)
        async with serving(seeded(sample(), manifest_for(None, ""), lambda: datetime.now(UTC))) as slack:
            await bench_start(table, slack, folder)
            await bench_store(table, folder)
            await bench_outbox(table, folder)
            await bench_commands(table, slack, folder, sizes)
        await bench_glossary(table, folder)
        await bench_finding(table, folder)
        await bench_agents(table, folder)
        await bench_webhooks(table, folder)
        await bench_decisions(table, folder)
        await bench_summaries(table, folder)
        await bench_mentions(table, folder)
        await bench_backlog(table, folder)
        await bench_long_texts(table, folder)
    return table


async def backlog() -> Table:
    table = Table()
    with tempfile.TemporaryDirectory(prefix="common-ground-bench-") as name:
        await bench_backlog(table, Path(name))
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="write the figures into this file too")
    parser.add_argument("--million", action="store_true", help="ask a glossary of 1,000,000 definitions too")
    parser.add_argument("--backlog", action="store_true", help="only how soon a mention is acknowledged in a backlog")
    told = parser.parse_args()
    table = asyncio.run(backlog() if told.backlog else bench({**SIZES, **(MILLION if told.million else {})}))
    if told.json is not None:
        told.json.write_text(json.dumps(table.rows, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
