"""All connections remember together, up to a bound; what a write builds is nobody else's before it has happened."""

import gc
import sys
from collections.abc import Callable
from functools import partial

import pytest

from storage.engine.interface import Database, Reader, Transaction
from storage.engine.memory import Memory, Shared, Weighed
from storage.engine.statements import insert
from storage.records.revisions import remembered
from tests.writing import write

TEAM, TABLE = "T0LOCAL", "duty_catalogues"


def building(built: list[object], value: object) -> Callable[[], object]:
    def build() -> object:
        built.append(value)
        return value

    return build


def test_what_one_connection_has_built_another_need_not_build() -> None:
    built: list[object] = []
    first, second = (Memory(shared) for shared in [Shared()] * 2)
    for memory, revision in ((first, 1), (second, 1), (second, 2), (first, 2)):
        assert memory.remember(("T1", "all"), revision, building(built, f"of {revision}")) == f"of {revision}"
    assert built == ["of 1", "of 2"]


def test_so_much_of_a_workspace_is_remembered_and_what_was_asked_for_longest_ago_goes_first() -> None:
    built: list[object] = []
    memory = Memory(Shared(remembered=3))
    for number in (1, 2, 3, 1, 4, 1, 2):
        memory.remember(("T1", "words"), "r", building(built, number), number)
        memory.remember(("T2", number % 2), "r", building(built, "of another"))
    assert built == [1, "of another", 2, "of another", 3, 4, 2]


def asking(memory: Memory, built: list[object], team_id: str, what: str, kibibytes: int) -> None:
    """Remember of a workspace something that takes so much; what had to be built is noted."""
    memory.remember((team_id, what), "r", building(built, Heavy(team_id, kibibytes)))


class Heavy(Weighed):
    def __init__(self, name: str, kibibytes: int) -> None:
        self.name, self.weighs = name, kibibytes

    @property
    def kibibytes(self) -> int:
        return self.weighs

    def __repr__(self) -> str:
        return self.name


def test_of_many_workspaces_only_those_are_remembered_whole_that_were_asked_for_last() -> None:
    built: list[object] = []
    ask = partial(asking, Memory(Shared(kibibytes=100)), built)
    for team_id in ("T1", "T2", "T3"):
        ask(team_id, "duties", 30)
        ask(team_id, "requests", 10)
    # Of the three there is room for two; who is asked for stays.
    built.clear()
    for team_id in ("T2", "T3", "T2"):
        ask(team_id, "duties", 30)
        ask(team_id, "requests", 10)
    assert built == []
    ask("T4", "duties", 30)
    ask("T2", "requests", 10)
    assert list(map(str, built)) == ["T4"]
    ask("T3", "duties", 30)
    assert list(map(str, built)) == ["T4", "T3"]


def test_of_one_workspace_all_is_remembered_however_much_it_is() -> None:
    built: list[object] = []
    ask = partial(asking, Memory(Shared(kibibytes=100)), built)
    for _ in range(2):
        for what in ("duties", "requests", "decisions"):
            ask("T1", what, 90)
    assert list(map(str, built)) == ["T1"] * 3
    ask("T2", "duties", 1)
    ask("T1", "duties", 90)
    assert list(map(str, built)) == ["T1"] * 3 + ["T2", "T1"]


def test_what_takes_the_place_of_something_counts_alone() -> None:
    built: list[object] = []
    memory = Memory(Shared(kibibytes=100))
    asking(memory, built, "T1", "duties", 10)
    for revision in range(20):
        memory.remember(("T2", "duties"), revision, lambda: Heavy("T2", 60))
        memory.remember(("T2", "look-ups"), revision, lambda: "a long text, which is one thing", "drift")
        asking(memory, built, "T1", "duties", 10)
    assert list(map(str, built)) == ["T1"]


@pytest.mark.parametrize(
    ("value", "times"), [(None, 50), (7, 50), ("a long text, which is one thing", 12), (["one"] * 30, 1)]
)
def test_little_is_counted_for_what_takes_little(value: object, times: int) -> None:
    built: list[object] = []
    memory = Memory(Shared(kibibytes=100))
    asking(memory, built, "T1", "duties", 10)
    for part in range(times):
        memory.remember(("T2", "look-ups"), "r", lambda: value, part)
    asking(memory, built, "T1", "duties", 10)
    assert list(map(str, built)) == ["T1"]
    for part in range(times, 4 * times):
        memory.remember(("T2", "look-ups"), "r", lambda: value, part)
    asking(memory, built, "T1", "duties", 10)
    assert list(map(str, built)) == ["T1", "T1"]


def test_what_grows_is_counted_anew_when_it_is_asked_for() -> None:
    built: list[object] = []
    memory, grows = Memory(Shared(kibibytes=100)), Heavy("T2", 1)
    asking(memory, built, "T1", "duties", 10)
    memory.remember(("T2", "names"), "r", lambda: grows)
    grows.weighs = 95
    for team_id in ("T2", "T1"):
        memory.remember((team_id, "names"), "r", building(built, grows))
        asking(memory, built, team_id, "duties", 1)
    assert list(map(str, built)) == ["T1", "T2", "T2", "T1"]


def test_all_parts_of_a_name_go_once_its_revision_has_moved_on() -> None:
    built: list[object] = []
    memory = Memory(Shared())
    memory.remember(("T1", "others"), 1, building(built, 0))
    for part in ("a", "b"):
        memory.remember(("T1", "words"), 1, building(built, part), part)
    memory.remember(("T1", "words"), 2, building(built, "c"), "c")
    memory.remember(("T1", "others"), 1, building(built, 0))
    memory.remember(("T1", "words"), 1, building(built, "a anew"), "a")
    assert built == [0, "a", "b", "c", "a anew"]


def calls_for(work: Callable[[], object]) -> int:
    """Return how many functions it takes to do something."""
    called: list[str] = []
    # What others left behind may be collected at any moment, by functions too.
    gc.disable()
    sys.setprofile(lambda _frame, event, _told: called.append(event) if event.endswith("call") else None)
    try:
        work()
    finally:
        sys.setprofile(None)
        gc.enable()
    return len(called)


def test_one_more_part_of_a_name_takes_no_more_where_there_are_many() -> None:
    memory = Memory(Shared())
    words = [partial(memory.remember, ("T1", "words"), 1, str, number) for number in range(500)]
    first, second, *others = map(calls_for, words)
    # The first one makes what its name's others are noted in.
    assert 0 < second < first
    assert set(others) == {second}


def test_what_was_remembered_last_is_there_to_build_the_next_from() -> None:
    memory = Memory(Shared())
    assert memory.former(("T1", "all")) is None
    memory.remember(("T1", "all"), 1, lambda: "old")
    assert memory.remember(("T1", "all"), 2, lambda: f"new from {memory.former(('T1', 'all'))}") == "new from old"
    memory.keep_apart()
    memory.remember(("T1", "all"), 3, lambda: "in a write")
    assert memory.former(("T1", "all")) == "in a write"


@pytest.mark.parametrize("has_happened", [True, False])
def test_what_a_write_builds_is_shared_once_it_has_happened(*, has_happened: bool) -> None:
    built: list[object] = []
    writing, reading = (Memory(shared) for shared in [Shared()] * 2)
    writing.keep_apart()
    for memory in (writing, writing, reading):
        memory.remember(("T1", "all"), 7, building(built, memory is writing))
    assert built == [True, False]
    writing.remember(("T1", "more"), 7, building(built, "more"))
    if has_happened:
        writing.share()
    else:
        writing.forget()
    reading.remember(("T1", "more"), 7, building(built, "anew"))
    assert built[2:] == ["more", *([] if has_happened else ["anew"])]


def _said(reader: Reader) -> str:
    rows = f"SELECT body FROM {TABLE} WHERE team_id = :team_id"
    read = partial(reader.all, rows, team_id=TEAM)
    return remembered(reader, (TEAM, "said"), [TABLE], lambda: " ".join(row["body"] for row in read()))


def _say(transaction: Transaction, body: str) -> str:
    insert(transaction, TABLE, {"team_id": TEAM, "body": body})
    return _said(transaction)


def _say_and_fail(transaction: Transaction) -> None:
    assert _say(transaction, "wrong") == "wrong"
    raise LookupError


async def test_nobody_is_given_what_was_built_in_a_write_that_did_not_happen(store: Database) -> None:
    """A write that comes to nothing takes its revision back, and the next one has the same."""
    assert await store.search(_said) == ""
    with pytest.raises(LookupError):
        await store.write(_say_and_fail)
    assert await write(store, _say, "right") == "right"
    assert (await store.search(_said), await store.read(_said)) == ("right", "right")
