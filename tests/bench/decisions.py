"""How fast decisions are found among 100,000, and how long it takes to log one more; and the reminders at scale."""

import random
import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

from handlers import FEATURES
from handlers.access.recipients import Facts
from handlers.decisions.service import changes
from handlers.decisions.service.changes import Entry
from handlers.framework.routing import join
from handlers.hooks.reminders import Known
from handlers.responsibilities import catalogue
from handlers.responsibilities.rules import components
from handlers.responsibilities.rules import duties as rules
from storage import open_store
from storage.decisions import search as decision_search
from storage.decisions.decisions import NewDecision
from storage.decisions.search import Filters
from storage.engine.interface import WORKSPACE, Database, Reader, Transaction
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import NewComponent
from storage.workspaces import workspaces
from tests.bench.table import NOW, Table, words

_MANY = 100_000
_CHUNK = 5_000
_ROUNDS, _CHANGES = 200, 20
_DUTIES = 5_000
_COMMON = ("latency", "budget", "model", "retraining", "batch", "berth", "threshold", "feature", "pilot", "weather")


async def bench_decisions(table: Table, folder: Path) -> None:
    named = words(_MANY)
    store = open_store(f"sqlite:///{folder / 'decisions.db'}")
    await store.write(lambda each: workspaces.connect_workspace(each, "T1", "Harbour", "U0BOT", NOW))
    for begin in range(0, _MANY, _CHUNK):
        await store.write(partial(_log_many, named[begin : begin + _CHUNK]))
    await _bench_find(table, store, named)
    await _bench_logging(table, store)
    await _bench_reminders(table, store)
    await store.close()


def _log_many(named: list[str], transaction: Transaction) -> None:
    dice = random.Random(named[0])  # noqa: S311 - the same each time
    for word in named:
        about = " ".join(dice.choices(_COMMON, k=4))
        new = NewDecision(title=f"{word} for {about}", why=f"Because of {about} and {word}", decider="UANA")
        changes.log(transaction, Entry("T1", new), Facts("UANA", NOW))


async def _bench_find(table: Table, store: Database, named: list[str]) -> None:
    dice = random.Random(7)  # noqa: S311 - the same each time
    asked = [(dice.choice(_COMMON), dice.choice(_COMMON), dice.choice(named)) for _ in range(_ROUNDS)]

    def search(wanted: tuple[str, ...]) -> Callable[[Reader], object]:
        return lambda reader: decision_search.find(reader, "T1", wanted, Filters(), [WORKSPACE])

    cuts = await _timed(store, [search(each) for each in asked])
    _add(table, "decisions found by words, among 100,000", "p50 < 20 ms", cuts)


async def _timed(store: Database, searches: list[Callable[[Reader], object]]) -> list[float]:
    """Return the 99 cuts of what the searches took, in milliseconds."""
    return statistics.quantiles([await _asked(store, search) for search in searches], n=100)


async def _asked(store: Database, search: Callable[[Reader], object]) -> float:
    started = time.perf_counter()
    await store.search(search)
    return (time.perf_counter() - started) * 1000


def _add(table: Table, what: str, goal: str, cuts: list[float]) -> None:
    table.add(what, f"p50 {cuts[49]:5.1f} p99 {cuts[98]:5.1f} ms", goal, p50=cuts[49], p99=cuts[98])


async def _bench_logging(table: Table, store: Database) -> None:
    """Log one decision after another, beside a durable write of one small row as the floor."""
    logging, floor = [], []
    for number in range(_ROUNDS):
        new = NewDecision(title=f"One more {number}", why="It is cheap", decider="UANA")
        logging.append(await _spent(store, partial(_log_one, new)))
        floor.append(await _spent(store, partial(_claim_one, str(number))))
    spent, least = statistics.median(logging), statistics.median(floor)
    told = f"p50 {spent:5.2f} ms, {spent / least:.1f} of a small row"
    table.add("logging a decision, to disk", told, "p50 < 5 ms", p50=spent, floor=least)


async def _spent(store: Database, change: Callable[[Transaction], object]) -> float:
    started = time.perf_counter()
    await store.write(change)
    return (time.perf_counter() - started) * 1000


def _log_one(new: NewDecision, transaction: Transaction) -> object:
    return changes.log(transaction, Entry("T1", new), Facts("UANA", NOW))


def _claim_one(period: str, transaction: Transaction) -> object:
    return workspaces.claim_period(transaction, "T1", "bench", period, NOW)


def _run(sql: str, transaction: Transaction) -> int:
    return transaction.run(sql)


async def _bench_reminders(table: Table, store: Database) -> None:
    """Look what needs somebody: the reminders do so every ten minutes, and each open Home every twenty seconds.

    Each look is at another moment; in the end something has changed before each.
    """
    kinds = catalogue.standard_catalogue()

    def fill(transaction: Transaction) -> int:
        count = 0
        while count < _DUTIES:
            new = NewComponent(name=f"part {count}", kind="model", lead="UANA")
            component = components.as_component(new, "T1", "UANA", NOW - timedelta(days=50))
            duties = rules.duties_for(component, kinds)
            responsibilities.add_component(transaction, component, duties)
            count += len(duties)
        return count

    count = await store.write(fill)
    features = join(FEATURES).hooks.reminders

    def look(at: int) -> Callable[[Reader], object]:
        now = NOW + timedelta(seconds=20 * at)
        return lambda reader: [reminder for feature in features for reminder in feature(reader, "T1", Known(), now)]

    cuts = await _timed(store, [look(at) for at in range(_ROUNDS)])
    _add(table, f"what needs somebody, {count} duties, 100,000 decisions", "p50 < 30 ms", cuts)
    for what, sql in (
        ("a duty", "UPDATE duties SET need = need WHERE component_id = (SELECT min(id) FROM components)"),
        ("a decision", "UPDATE decisions SET why = why WHERE number = 'D-1'"),
    ):
        taken = []
        for at in range(_CHANGES):
            await store.write(partial(_run, sql))
            taken.append(await _asked(store, look(at)))
        _add(table, f"the same, just after {what} has changed", "", statistics.quantiles(taken, n=100))
