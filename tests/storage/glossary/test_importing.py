"""An import is seen when all of it is there, takes nothing of what people wrote meanwhile, and ends when it stalls."""

from datetime import UTC, datetime, timedelta

import pytest

from storage.engine.interface import WORKSPACE, Database, StoreError, to_text
from storage.glossary import changes, glossary, importing, search
from storage.glossary.changes import SENSES, Change
from storage.glossary.glossary import NewSense
from storage.glossary.importing import UNCLAIMED
from storage.workspaces import workspaces
from tests.conftest import on_postgres
from tests.writing import write

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
MUCH_LATER = NOW + timedelta(minutes=2)


def a_sense(word: str, visibility: str = WORKSPACE) -> NewSense:
    return NewSense(
        word=word, discipline="product", gloss=f"{word} there", visibility=visibility, aliases=(f"{word}s",)
    )


def seen(store: Database, word: str, team_id: str = "T1") -> list[str]:
    return [each.gloss for each in glossary.senses_named(store.reader, team_id, word, [WORKSPACE])]


async def connect(store: Database) -> None:
    await write(store, workspaces.connect_workspace, "T1", "Harbour", "U0BOT", NOW)


async def test_what_is_staged_is_seen_when_it_is_switched_over(store: Database) -> None:
    await connect(store)
    await write(store, importing.begin, "T1", "b", NOW)
    assert await write(store, importing.stage, "T1", "b", [a_sense("drift"), a_sense("tug", "CSECRET")], NOW) == 2
    assert (seen(store, "drift"), seen(store, "drifts")) == ([], [])
    assert await write(store, importing.switch_over, "T1", "b", NOW) == 0
    assert (seen(store, "drift"), seen(store, "drifts")) == (["drift there"], ["drift there"])
    assert workspaces.known_workspace(store.reader, "T1").places == ("CSECRET",)


@on_postgres
async def test_how_many_names_there_are_is_known_to_the_server_at_once(store: Database) -> None:
    await connect(store)
    await write(store, importing.begin, "T1", "b", NOW)
    senses = [a_sense(f"drift {number}") for number in range(200)]
    await write(store, importing.stage, "T1", "b", senses, NOW)
    await write(store, importing.switch_over, "T1", "b", NOW)
    told = "SELECT relname, reltuples FROM pg_class WHERE relname IN ('senses', 'sense_names') ORDER BY relname"
    assert [tuple(row.values()) for row in store.reader.all(told)] == [("sense_names", 400), ("senses", 200)]


async def test_what_somebody_changed_meanwhile_stays(store: Database) -> None:
    await connect(store)
    drift, tug = await write(store, changes.add_senses, "T1", [a_sense("drift"), a_sense("tug")], NOW)
    await write(store, importing.begin, "T1", "b", NOW)
    asked: list[importing.Changed] = [(drift, {"gloss": "New"}), (tug, {"gloss": "New"})]
    await write(store, importing.stage_changes, "T1", "b", asked, NOW)
    theirs = Change(what="changed", by="UANA", at=to_text(NOW))
    await write(store, changes.change_sense, tug, {"gloss": "Theirs"}, theirs)
    assert await write(store, importing.switch_over, "T1", "b", NOW) == 1
    assert (seen(store, "drift"), seen(store, "tug")) == (["New"], ["Theirs"])
    assert [each.gloss for each in SENSES.versions(store.reader, "T1", drift.id)] == ["drift there", "New"]
    assert [each.gloss for each in SENSES.versions(store.reader, "T1", tug.id)] == ["tug there", "Theirs"]


async def test_one_import_runs_at_a_time_and_one_that_stands_still_is_given_up(store: Database) -> None:
    await connect(store)
    await write(store, importing.begin, "T1", "old", NOW)
    await write(store, importing.stage, "T1", "old", [a_sense("drift")], NOW)
    assert len(store.reader.all("SELECT id FROM senses")) == 1
    with pytest.raises(StoreError, match="another import is under way"):
        await write(store, importing.begin, "T1", "new", NOW)
    await write(store, importing.begin, "T1", "new", MUCH_LATER)
    assert store.reader.all("SELECT id FROM senses") == []
    with pytest.raises(StoreError, match="stood still for too long"):
        await write(store, importing.switch_over, "T1", "old", MUCH_LATER)


async def test_the_first_workspace_takes_over_what_was_imported_before_with_its_history(store: Database) -> None:
    await write(store, importing.begin, UNCLAIMED, "b", NOW)
    await write(store, importing.stage, UNCLAIMED, "b", [a_sense("drift")], NOW)
    await write(store, importing.switch_over, UNCLAIMED, "b", NOW)
    assert seen(store, "drift", UNCLAIMED) == ["drift there"]
    await connect(store)
    await write(store, importing.claim_unclaimed, "T1")
    assert (seen(store, "drift"), seen(store, "drift", UNCLAIMED)) == (["drift there"], [])
    (drift,) = glossary.senses_named(store.reader, "T1", "drift", [WORKSPACE])
    assert SENSES.versions(store.reader, "T1", drift.id) == [drift]
    assert await store.search(lambda reader: search.senses_about(reader, "T1", ["there"], [WORKSPACE], 5)) == [drift]


async def test_what_a_workspace_has_connected_to_meanwhile_is_imported_anew(store: Database) -> None:
    await write(store, importing.begin, UNCLAIMED, "b", NOW)
    await write(store, importing.stage, UNCLAIMED, "b", [a_sense("drift")], NOW)
    await connect(store)
    await write(store, importing.claim_unclaimed, "T1")
    with pytest.raises(StoreError, match="a workspace connected meanwhile"):
        await write(store, importing.switch_over, UNCLAIMED, "b", NOW)
