"""How fast records of all kinds are found among 100,000 by their words, as somebody who may see the workspace's."""

import gc
import random
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from handlers import FEATURES
from handlers.finding import rules, service
from handlers.framework.routing import join
from handlers.hooks.finding import Looking
from storage import open_store
from storage.data_requests import data_requests
from storage.data_requests.data_requests import DataRequest
from storage.decisions import decisions
from storage.decisions.decisions import NewDecision
from storage.engine.interface import WORKSPACE, Database, Reader, Transaction, to_text
from storage.feedback import feedback
from storage.feedback.feedback import ITEMS, Feedback
from storage.records.ids import new_id
from storage.records.versioned import HistoryEntry
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import Component, Duty, NewComponent
from storage.workspaces import workspaces
from storage.workspaces.workspaces import Workspace
from tests.bench.table import NOW, Table, words

_MANY, _CHUNK, _ROUNDS, _PARTS = 100_000, 5_000, 300, 250
COMMON = ("latency", "budget", "model", "retraining", "batch", "berth", "threshold", "feature", "pilot", "weather")
_DUTIES = ("monitoring", "deployment", "labelling", "rollback", "latency", "integration")
_AT = to_text(NOW)
_STEP = HistoryEntry(at=_AT, by="UANA", what="made")


async def bench_finding(table: Table, folder: Path) -> None:
    named = words(_MANY)
    store = open_store(f"sqlite:///{folder / 'finding.db'}")
    await store.write(lambda each: workspaces.connect_workspace(each, "T1", "Harbour", "U0BOT", NOW))
    await store.write(_make_parts)
    for begin in range(0, _MANY, _CHUNK):
        await store.write(partial(_make, named[begin : begin + _CHUNK]))
    # As a bot does once it runs.
    gc.freeze()
    place = await store.read(workspaces.known_workspace, "T1")
    dice = random.Random(7)  # noqa: S311 - the same each time
    rare = [f"{dice.choice(named)} {dice.choice(COMMON)}" for _ in range(_ROUNDS)]
    frequent = [" ".join(dice.sample(COMMON, k=2)) for _ in range(_ROUNDS)]
    none = [f"{dice.choice(COMMON)} {dice.choice(COMMON)} nowhere{number}" for number in range(_ROUNDS)]
    floor = statistics.median([await _spent(store, _read_one) for _ in range(_ROUNDS)])
    long = [f"{' '.join(dice.sample(COMMON, k=6))} nowhere{number}" for number in range(_ROUNDS)]
    latest = ["what are the latest decisions"] * _ROUNDS
    for what, asked in (
        ("a rare word", rare),
        ("frequent words", frequent),
        ("nothing has all", none),
        ("nothing has all of six", long),
        ("the latest of a kind", latest),
    ):
        cuts = statistics.quantiles([await _spent(store, _look(place, each)) for each in asked], n=100)
        told = f"p50 {cuts[49]:5.1f} p99 {cuts[98]:5.1f} ms, {cuts[49] / floor:.0f} times one row"
        table.add(f"find: {what}, 100,000 records", told, "p99 < 20 ms", p50=cuts[49], p99=cuts[98], floor=floor)
    await store.close()


def _look(place: Workspace, text: str) -> Callable[[Reader], object]:
    finds, question = join(FEATURES).hooks.finds, rules.read(text)
    looking = Looking(place, (WORKSPACE, "CDATA"), ("UANA",), "", is_limited=False)
    return lambda reader: service.look(reader, finds, looking, question, "CGENERAL")


def _read_one(reader: Reader) -> object:
    return reader.one("SELECT id FROM decisions WHERE team_id = 'T1' AND number = 'D-7'")


async def _spent(store: Database, look: Callable[[Reader], object]) -> float:
    started = time.perf_counter()
    await store.search(look)
    return (time.perf_counter() - started) * 1000


def _make_parts(transaction: Transaction) -> None:
    for number in range(_PARTS):
        new = NewComponent(name=f"{COMMON[number % 10]} model {number}", kind="model", lead="UANA")
        made = {"id": f"C{number}", "team_id": "T1", "created_by": "UANA", "created_at": _AT}
        key = responsibilities.new_key(new.name)
        component = Component.model_validate({**new.model_dump(), **made, "look_up_key": key})
        duties = [Duty(team_id="T1", component_id=component.id, duty=each) for each in _DUTIES]
        responsibilities.add_component(transaction, component, duties)


def _make(named: list[str], transaction: Transaction) -> None:
    """Make records of three kinds, a tenth of them in a private channel."""
    dice = random.Random(named[0])  # noqa: S311 - the same each time
    for number, word in enumerate(named):
        about, part = " ".join(dice.choices(COMMON, k=4)), f"C{dice.randrange(_PARTS)}"
        seen = {"visibility": "CSECRET" if number % 10 == 0 else WORKSPACE, "component_id": part}
        KINDS[number % 3](transaction, (f"{word} for {about}", f"Because of {about} and {word}"), seen)


def _decision(transaction: Transaction, texts: tuple[str, str], seen: dict[str, str]) -> None:
    new = NewDecision(title=texts[0], why=texts[1], decider="UANA", **seen)
    decisions.write_down(transaction, "T1", new, "UANA", _AT)


def _request(transaction: Transaction, texts: tuple[str, str], seen: dict[str, str]) -> None:
    number = data_requests.next_number(transaction, "T1", WORKSPACE)
    record = DataRequest(
        id=new_id(),
        team_id="T1",
        number=number,
        state="open",
        requester="UANA",
        entity=texts[0],
        purpose=texts[1],
        created_at=_AT,
        changed_at=_AT,
        **seen,
    )
    data_requests.add(transaction, record, _STEP)


def _feedback(transaction: Transaction, texts: tuple[str, str], seen: dict[str, str]) -> None:
    record = Feedback(
        id=new_id(),
        team_id="T1",
        number=feedback.next_number(transaction, "T1", WORKSPACE),
        reporter="UANA",
        seen_where="the map",
        input=texts[1],
        expected="more",
        got=texts[0],
        severity="low",
        how_often="once",
        created_at=_AT,
        changed_at=_AT,
        **seen,
    )
    ITEMS.add(transaction, record, _STEP)


KINDS = (_decision, _request, _feedback)
