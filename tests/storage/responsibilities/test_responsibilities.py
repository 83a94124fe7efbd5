"""Components and duties, as the store holds them: one name once, one writer at a time, history kept."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlite_utils
from sqlite_utils.db import Table

from storage import open_store
from storage.engine.interface import WORKSPACE, Database, StoreUnavailableError, to_text
from storage.migrations import MIGRATIONS
from storage.records.versioned import HistoryEntry, Overtaken
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import COMPONENTS, DUTIES, Component, Duty, DutyEntry
from tests.writing import write

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
LATER = to_text(NOW + timedelta(days=1))
#: What an older store has no column for.
NEWER = {"owner_team", "retires_on", "retires_version", "replaced_by", "retired_at"}


def a_component(name: str = "Churn model", visibility: str = WORKSPACE) -> Component:
    return Component(
        id=f"{name} {visibility}", team_id="T1", name=name, kind="model", lead="ULEAD", visibility=visibility,
        look_up_key=responsibilities.new_key(name), created_by="UANA", created_at=to_text(NOW), version=1,
        model_side=("UANA",),
    )  # fmt: skip


def a_duty(component: Component, name: str = "deployment") -> Duty:
    return Duty(team_id="T1", component_id=component.id, duty=name, changed_at=to_text(NOW))


def an_entry(what: str = "claim", note: str = "") -> DutyEntry:
    return DutyEntry(at=LATER, by="UANA", what=what, person="UBEN", note=note)


async def test_a_component_is_added_once_with_its_duties(store: Database) -> None:
    component = a_component()
    assert await write(store, responsibilities.add_component, component, [a_duty(component)])
    assert not await write(store, responsibilities.add_component, a_component("churn-model"), [])
    assert responsibilities.components(store.reader, "T1", [WORKSPACE]) == [component]
    assert responsibilities.component(store.reader, "T1", component.id) == component
    assert responsibilities.component(store.reader, "T2", component.id) is None
    assert responsibilities.duties_of(store.reader, "T1", [component.id]) == [a_duty(component)]


async def test_a_private_component_is_seen_in_its_channel_alone(store: Database) -> None:
    secret = a_component("Falcon", "CSECRET")
    await write(store, responsibilities.add_component, secret, [])
    assert responsibilities.components(store.reader, "T1", [WORKSPACE]) == []
    assert responsibilities.components(store.reader, "T1", ["CSECRET"]) == [secret]


async def test_of_two_who_change_a_duty_at_once_one_wins(store: Database) -> None:
    component = a_component()
    old = a_duty(component)
    await write(store, responsibilities.add_component, component, [old])
    mine = old.model_copy(update={"state": "accepted", "owner": "UANA", "helpers": ("UBEN",)})
    kept = await write(store, responsibilities.change_duty, old, mine, an_entry())
    with pytest.raises(StoreUnavailableError, match="a record of duties was changed since it was read"):
        await write(store, responsibilities.change_duty, old, mine, an_entry())
    assert responsibilities.duty(store.reader, "T1", component.id, "deployment") == kept
    assert (kept.owner, kept.helpers, kept.changed_at, kept.version) == ("UANA", ("UBEN",), LATER, 2)
    history = responsibilities.history(store.reader, "T1", component.id, "deployment")
    assert history == [an_entry().model_copy(update={"version": 2})]
    assert DUTIES.past(store.reader, "T1", component.id, "deployment") == [(history[0], kept)]
    assert responsibilities.duty(store.reader, "T1", component.id, "fairness") is None


async def test_a_component_keeps_its_history_and_its_name_is_taken_by_no_other(store: Database) -> None:
    component, other = a_component(), a_component("Tide model")
    for each in (component, other):
        await write(store, responsibilities.add_component, each, [])
    entry = HistoryEntry(at=LATER, by="UBEN", what="changed")
    renamed = component.model_copy(update={"name": "Leaving model", "team": "growth"})
    new = await write(store, responsibilities.change_component, component, renamed, entry)
    assert new is not None
    assert (new.name, new.look_up_key, new.version) == ("Leaving model", "leavingmodel", 2)
    assert COMPONENTS.versions(store.reader, "T1", component.id) == [component, new]
    assert [each.what for each in COMPONENTS.history(store.reader, "T1", component.id)] == ["changed", "added"]
    assert COMPONENTS.as_shown(store.reader, "T1", 1, id=component.id) == Overtaken(new)
    assert await write(store, responsibilities.change_component, other, renamed, entry) is None
    assert responsibilities.components(store.reader, "T1", [WORKSPACE]) == [new, other]


async def test_a_component_loses_its_words_in_every_version_and_its_duties_theirs(store: Database) -> None:
    component = a_component("Secret model")
    old, quiet = a_duty(component), a_duty(component, "fairness")
    await write(store, responsibilities.add_component, component, [old, quiet])
    needy = old.model_copy(update={"state": "proposed", "proposed_to": "UBEN", "need": "the secret"})
    await write(store, responsibilities.change_duty, old, needy, an_entry("need", "the secret"))
    entry = HistoryEntry(at=LATER, by="UANA", what="redacted it")
    await write(store, responsibilities.take_out_texts, component, "redacted", entry)
    kept, still = responsibilities.duties_of(store.reader, "T1", [component.id])
    assert (kept.proposed_to, kept.need, kept.changed_at, still) == ("UBEN", "", LATER, quiet)
    assert [each.what for each in responsibilities.history(store.reader, "T1", component.id, "deployment")] == [
        "redacted it", "need",
    ]  # fmt: skip
    tables = ("components", "component_events", "duties", "duty_events")
    everything = json.dumps([store.reader.all(f"SELECT * FROM {each}") for each in tables]).casefold()
    assert "secret" not in everything.replace(component.id.casefold(), "")


async def test_an_older_store_keeps_its_register_and_gets_a_history_of_it(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    database = sqlite_utils.Database(path)
    MIGRATIONS.apply(database, stop_before="0022_histories")
    component = a_component()
    owned = a_duty(component).model_copy(update={"owner": "UBEN", "helpers": ("UEVA",), "version": 3})
    for name, record in (("components", component), ("duties", owned)):
        table = database[name]
        assert isinstance(table, Table)
        table.insert(record.model_dump(mode="json", exclude=NEWER))
    for version in (2, 3):
        step = {"team_id": "T1", "component_id": component.id, "duty": "deployment", "version": version}
        table = database["duty_events"]
        assert isinstance(table, Table)
        table.insert({**step, "at": LATER, "by": "UBEN", "what": "claim", "person": "", "note": "mine"})
    database.close()
    store = open_store(f"sqlite:///{path}")
    assert responsibilities.components(store.reader, "T1", [WORKSPACE]) == [component]
    assert COMPONENTS.versions(store.reader, "T1", component.id) == [component]
    assert COMPONENTS.history(store.reader, "T1", component.id)[0].by == "UANA"
    history = responsibilities.history(store.reader, "T1", component.id, "deployment")
    assert [(each.version, each.note) for each in history] == [(3, "mine"), (2, "mine")]
    # How a duty was before its last step was not kept then.
    assert DUTIES.past(store.reader, "T1", component.id, "deployment") == [(history[0], owned)]
    await store.close()
