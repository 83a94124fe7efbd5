"""However much waits, a reminder, a summary and a Home ask the store the same number of questions."""

import asyncio
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar, cast

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.outbox.relay import Relay
from handlers import FEATURES
from handlers.app_home import service as home
from handlers.framework.context import WorkspaceContext
from handlers.framework.routing import join
from handlers.framework.services import Services
from handlers.hooks.digest import DigestHook, OwnItemsHook, Span
from handlers.hooks.reminders import Known, People, RemindersHook
from handlers.nudges.hooks import looking
from handlers.slack.directory import Directory
from handlers.weekly_summary import service as summary
from storage import open_store
from storage.engine.interface import WORKSPACE, Database, Reader, to_text
from storage.engine.ranking import Searched
from tests.handlers.hooks.filling import LATER, TEAM, fill
from tests.writing import write

T = TypeVar("T")
FEW, MANY = 5, 60
HOOKS = join(FEATURES).hooks
KNOWN = Known(frozenset(), ("UCHLOE",))
SPAN = Span(to_text(LATER - timedelta(days=30)), to_text(LATER), LATER, (WORKSPACE,))


@dataclass
class Counting:
    """A view of the store that counts what is asked of it, and remembers nothing from before."""

    reader: Reader
    asked: list[str] = field(default_factory=list)
    memory: dict[Hashable, tuple[object, object]] = field(default_factory=dict)

    def all(self, sql: str, **values: object) -> list[dict[str, Any]]:
        self.asked.append(sql)
        return self.reader.all(sql, **values)

    def one(self, sql: str, **values: object) -> dict[str, Any] | None:
        self.asked.append(sql)
        return self.reader.one(sql, **values)

    def matching(
        self, searched: Searched, words: Sequence[str], ranked: int, where: str
    ) -> tuple[str, dict[str, object]]:
        return self.reader.matching(searched, words, ranked, where)

    def matching_each(
        self, table: str, groups: Sequence[Sequence[str]], most: int, *, newest: bool
    ) -> tuple[str, dict[str, object]]:
        return self.reader.matching_each(table, groups, most, newest=newest)

    def remember(self, name: Hashable, revision: object, build: Callable[[], T], part: Hashable = None) -> T:
        place = (name, part)
        if place not in self.memory or self.memory[place][0] != revision:
            self.memory[place] = (revision, build())
        return cast("T", self.memory[place][1])

    def former(self, name: Hashable) -> object | None:
        return self.memory.get((name, None), (None, None))[1]


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Database, Database]]:
    """One store with few things of each kind, and one with many."""
    folder = tmp_path_factory.mktemp("growth")
    found = open_store(f"sqlite:///{folder / 'few.db'}"), open_store(f"sqlite:///{folder / 'many.db'}")
    for store, count in zip(found, (FEW, MANY), strict=True):
        asyncio.run(write(store, fill, count))
    yield found
    for store in found:
        asyncio.run(store.close())


def context_of(store: Database) -> WorkspaceContext:
    client = AsyncWebClient("xoxb-none")
    directory, relay = Directory(client, lambda: LATER), Relay(store, client, Clock(LATER))
    return WorkspaceContext(Services(store, client, directory, relay, HOOKS, lambda: LATER), TEAM, LATER)


Question = Callable[[Reader, Database], Sequence[object]]


def each_feature() -> dict[str, Question]:
    """Return every hook of every feature, by its feature and what it is."""
    found: dict[str, Question] = {}
    for feature in FEATURES:
        hooks = {
            "reminders": feature.reminders and partial(waiting, feature.reminders),
            "people": feature.people and partial(people, feature.people),
            "digest": feature.digest and partial(told, feature.digest),
            "own": feature.own_items and partial(own, feature.own_items),
        }
        found |= {f"{feature.name}: {name}": hook for name, hook in hooks.items() if hook is not None}
    return found


def waiting(hook: RemindersHook, reader: Reader, _store: Database) -> Sequence[object]:
    return hook(reader, TEAM, KNOWN, LATER)


def people(hook: People, reader: Reader, _store: Database) -> Sequence[object]:
    return sorted(hook(reader, TEAM))


def told(hook: DigestHook, reader: Reader, _store: Database) -> Sequence[object]:
    return hook(reader, TEAM, SPAN).section.told_groups


def own(hook: OwnItemsHook, reader: Reader, _store: Database) -> Sequence[object]:
    return [replace(each, lines=list(each.lines)) for each in hook(reader, TEAM, "UANA", SPAN) if each.lines]


ALL: dict[str, Question] = {
    **each_feature(),
    "the summary": lambda reader, store: summary.gathered(reader, context_of(store), SPAN, with_stewards=True),
    "the Home": lambda reader, store: (
        home.gathered(
            reader, context_of(store), home.Whose("UANA", (WORKSPACE,), ("UCHLOE",), is_listed=True)
        ).reminders
    ),
    "the nudges": lambda reader, store: looking.look(reader, context_of(store), looking.Asked()).reminders,
}


@pytest.mark.parametrize("name", ALL)
def test_more_things_need_no_more_questions(stores: tuple[Database, Database], name: str) -> None:
    counts = []
    for store in stores:
        counting = Counting(store.reader)
        found = ALL[name](counting, store)
        assert len(found) > 0, "nothing was found, so nothing is tested"
        cold = len(counting.asked)
        again = ALL[name](counting, store)
        assert [repr(each)[:200] for each in again] == [repr(each)[:200] for each in found]
        counts.append((cold, len(counting.asked)))
    few, many = counts
    assert few == many
