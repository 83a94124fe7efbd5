"""Records with versions: what was read before somebody else wrote is not written over, whatever the record is."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.trial.run import Trial
from storage.data_requests.data_requests import REQUESTS, DataRequest
from storage.decisions.decisions import DECISIONS, Decision
from storage.engine.interface import ConflictError, Database, StoreUnavailableError, Transaction
from storage.feedback.feedback import ITEMS, Feedback
from storage.glossary.changes import SENSES, Change
from storage.glossary.glossary import Relation, Sense
from storage.records.versioned import HistoryEntry, Overtaken, VersionedStore
from storage.requirements.requirements import CARDS, Card
from storage.responsibilities.responsibilities import COMPONENTS, DUTIES, Component, Duty, DutyEntry
from tests.handlers.feedback.playing import every, reported
from tests.handlers.requirements.playing import a_model
from tests.playing import play
from tests.writing import write

AT = "2026-01-05T09:00:00.000000+00:00"
LATER = "2026-01-06T09:00:00.000000+00:00"
CHANGED = HistoryEntry(at=LATER, by="UANA", what="changed", note="a reason")
TRIES = 5
DATED = {"id": "1", "team_id": "T1", "created_at": AT, "changed_at": AT}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record, a record of it, and what becomes different."""

    kept_in: VersionedStore[Any, Any]
    record: Any
    changes: dict[str, object]
    entry: Any = CHANGED

    @property
    def key(self) -> list[str]:
        return [getattr(self.record, field) for field in self.kept_in.key]


KINDS = {
    "meaning": Kind(
        SENSES,
        Sense(
            id="1", team_id="T1", visibility="workspace", look_up_key="drift", word="drift", discipline="product",
            gloss="Plans change", origin="people", status="draft", updated_at=AT, aliases=("é", "“shift”"),
            relations=(Relation(kind="broader", word="change"),),
        ),
        {"gloss": "Plans become others", "aliases": ()},
        Change(at=LATER, by="UANA", what="changed", note="a reason"),
    ),
    "component": Kind(
        COMPONENTS,
        Component(
            id="1", team_id="T1", name="Tide", kind="model", lead="UANA", look_up_key="tide", created_by="UANA",
            created_at=AT, model_side=("UANA", "UBEN"),
        ),
        {"team": "harbour", "model_side": ()},
    ),
    "decision": Kind(
        DECISIONS,
        Decision(
            id="1", team_id="T1", number="D-1", title="Retrain", decider="UANA", created_by="UANA", created_at=AT,
            attributes=("cost",), silence_is_consent=True, asked=("UBEN",),
        ),
        {"why": "It is “cheaper”", "silence_is_consent": False, "needs_data": True},
    ),
    "duty": Kind(
        DUTIES,
        Duty(team_id="T1", component_id="1", duty="labelling", claimants=("UANA", "UBEN")),
        {"state": "accepted", "owner": "UANA", "claimants": ()},
        DutyEntry(at=LATER, by="UANA", what="claim", person="UBEN", note="a reason"),
    ),
    "data request": Kind(REQUESTS, DataRequest(**DATED, number="DR-1", requester="UANA"), {"purpose": "To see"}),
    "requirement card": Kind(CARDS, Card(**DATED, component_id="1"), {"requirements": {}}),
    "feedback": Kind(
        ITEMS,
        Feedback(
            **DATED, number="FB-1", component_id="1", reporter="UANA", seen_where="here", input="in", expected="this",
            got="that", severity="high", how_often="once",
        ),
        {"got": "nothing", "joined": ("UBEN",)},
    ),
}  # fmt: skip


@pytest.fixture(params=list(KINDS.values()), ids=list(KINDS))
def kind(request: pytest.FixtureRequest) -> Kind:
    found = request.param
    assert isinstance(found, Kind)
    return found


async def test_every_kind_keeps_each_of_its_versions(store: Database, kind: Kind) -> None:
    kept_in, old = kind.kept_in, kind.record
    began = kind.entry.model_copy(update={"at": AT, "note": ""})
    await write(store, kept_in.add, old, began)
    new = await write(store, kept_in.change, old, kind.changes, kind.entry)
    assert {name: getattr(new, name) for name in kind.changes} == kind.changes
    key = dict(zip(kept_in.key, kind.key, strict=True))
    assert kept_in.one(store.reader, "T1", **key) == new
    assert kept_in.one(store.reader, "T2", **key) is None
    steps = [kind.entry.model_copy(update={"version": 2}), began.model_copy(update={"version": 1})]
    assert kept_in.history(store.reader, "T1", *kind.key) == steps
    assert kept_in.past(store.reader, "T1", *kind.key) == [(steps[0], new), (steps[1], old)]
    assert kept_in.versions(store.reader, "T1", *kind.key) == [old, new]
    assert kept_in.versions(store.reader, "T2", *kind.key) == []


async def test_of_every_kind_an_older_reading_is_not_written_over_a_newer_version(store: Database, kind: Kind) -> None:
    kept_in, old = kind.kept_in, kind.record
    await write(store, kept_in.add, old, kind.entry)
    new = await write(store, kept_in.change, old, kind.changes, kind.entry)
    tries = []

    def change(transaction: Transaction) -> None:
        tries.append(old)
        kept_in.change(transaction, old, {}, kind.entry)

    with pytest.raises(StoreUnavailableError, match=f"lost to others {TRIES} times: a record of {kept_in.table}"):
        await store.write(change)
    # Once with whatever else is written then, and then by itself.
    assert len(tries) == 1 + TRIES
    key = dict(zip(kept_in.key, kind.key, strict=True))
    assert kept_in.as_shown(store.reader, "T1", 1, **key) == Overtaken(new)
    assert kept_in.as_shown(store.reader, "T1", 2, **key) == new
    assert len(kept_in.history(store.reader, "T1", *kind.key)) == 2


async def test_of_every_kind_texts_go_from_each_version_and_notes_from_each_step(store: Database, kind: Kind) -> None:
    kept_in, old = kind.kept_in, kind.record
    await write(store, kept_in.add, old, kind.entry)
    new = await write(store, kept_in.change, old, {}, kind.entry)
    await write(store, kept_in.take_out, new, lambda _: kind.changes)
    emptied = [each.model_copy(update=kind.changes) for each in (old, new)]
    assert kept_in.versions(store.reader, "T1", *kind.key) == emptied
    assert [each.note for each in kept_in.history(store.reader, "T1", *kind.key)] == ["", ""]


async def test_a_change_that_lost_once_is_made_with_what_is_there_now(store: Database) -> None:
    kind = KINDS["feedback"]
    await write(store, ITEMS.add, kind.record, kind.entry)
    others = [{"got": "theirs"}]

    def join(transaction: Transaction) -> Feedback:
        item = ITEMS.one(transaction, "T1", id="1")
        assert item is not None
        if others:
            ITEMS.change(transaction, item, others.pop(), kind.entry)
        return ITEMS.change(transaction, item, {"joined": (*item.joined, "UBEN")}, kind.entry)

    joined = await store.write(join)
    assert (joined.joined, joined.version, joined.got) == (("UBEN",), 2, "that")
    assert ITEMS.some(store.reader, "T1") == [joined]


async def test_a_change_that_loses_takes_no_other_with_it(store: Database) -> None:
    kind = KINDS["feedback"]
    other = kind.record.model_copy(update={"id": "2", "number": "FB-2"})

    def lose(_transaction: Transaction) -> None:
        raise ConflictError("somebody was faster")

    losing, adding = store.write(lose), write(store, ITEMS.add, other, kind.entry)
    with pytest.raises(StoreUnavailableError, match="somebody was faster"):
        await losing
    await adding
    assert ITEMS.some(store.reader, "T1") == [other]


async def test_two_new_records_in_one_place_are_a_lost_race(store: Database) -> None:
    kind = KINDS["requirement card"]
    await write(store, CARDS.add, kind.record, kind.entry)
    second = kind.record.model_copy(update={"id": "2"})
    with pytest.raises(StoreUnavailableError, match="in the place of a new one in requirement_cards"):
        await write(store, CARDS.add, second, kind.entry)
    assert CARDS.some(store.reader, "T1") == [kind.record]


async def test_what_is_remembered_of_all_is_read_anew_once_one_has_changed(store: Database) -> None:
    kind = KINDS["feedback"]
    await write(store, ITEMS.add, kind.record, kind.entry)
    assert ITEMS.every(store.reader, "T1") == [kind.record]
    new = await write(store, ITEMS.change, kind.record, kind.changes, kind.entry)
    assert ITEMS.every(store.reader, "T1") == [new]
    assert ITEMS.every(store.reader, "T1") is ITEMS.every(store.reader, "T1")


async def test_of_all_records_only_those_that_have_changed_are_read_anew(store: Database) -> None:
    first = KINDS["feedback"].record
    second = first.model_copy(update={"id": "2", "number": "FB-2"})
    for each in (first, second):
        await write(store, ITEMS.add, each, CHANGED)
    before = {each.id: each for each in ITEMS.every(store.reader, "T1")}
    await write(store, ITEMS.change, second, {"got": "something else"}, CHANGED)
    after = {each.id: each for each in ITEMS.every(store.reader, "T1")}
    assert after["1"] is before["1"]
    assert (before["2"].got, after["2"].got) == (second.got, "something else")
    await store.write(lambda transaction: transaction.run("DELETE FROM feedback WHERE id = '1'"))
    assert [each.id for each in ITEMS.every(store.reader, "T1")] == ["2"]


async def test_who_loses_each_time_is_asked_to_try_again(running: Trial, tmp_path: Path) -> None:
    await reported(running, await a_model(running))
    shown = await play(running, "dev in #general: /owner feedback FB-1")
    assert "[I see this too]" in shown
    with closing(sqlite3.connect(tmp_path / "bot.db")) as other:
        other.execute("CREATE TRIGGER faster BEFORE UPDATE ON feedback BEGIN SELECT RAISE(IGNORE); END")
        told = await play(running, 'dev presses "I see this too"')
        other.execute("DROP TRIGGER faster")
    assert "nothing was changed. Try again in a minute." in told
    assert "Something went wrong on my side" not in told
    assert [each.joined for each in every(running)] == [()]
    await play(running, 'dev presses "I see this too"')
    assert [each.joined for each in every(running)] == [("UDEV",)]
