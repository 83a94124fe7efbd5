"""Every change of a meaning is a version, and other records can pin one."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlite_utils

from storage import open_store
from storage.engine.interface import WORKSPACE, Database, StoreUnavailableError, Transaction, to_text
from storage.glossary import changes, glossary, search
from storage.glossary.changes import Change
from storage.glossary.glossary import NewSense, Sense
from storage.migrations import MIGRATIONS
from storage.migrations.names import SAID_INSTEAD
from storage.records.versioned import Overtaken
from storage.workspaces import workspaces
from tests.writing import write

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
async def workspace(store: Database) -> None:
    await write(store, workspaces.connect_workspace, "T1", "Harbour", "U0BOT", NOW)


async def add(store: Database, **more: object) -> Sense:
    told = {"word": "drift", "discipline": "product", "gloss": "Plans change", **more}
    (sense,) = await write(store, changes.add_senses, "T1", [NewSense.model_validate(told)], NOW, "UANA")
    return sense


def change(what: changes.What = "changed", day: int = 1) -> Change:
    return Change(what=what, by="UBEN", at=to_text(NOW + timedelta(days=day)), note="a reason")


async def test_a_pinned_version_stays_as_it_was(store: Database) -> None:
    old = await add(store)
    new = await write(store, changes.change_sense, old, {"gloss": "Plans become others"}, change())
    assert new.version == 2
    assert changes.version_of(store.reader, "T1", old.id, 1) == old
    assert changes.version_of(store.reader, "T1", old.id, 3) is None
    newest, first = changes.history(store.reader, "T1", old.id)
    assert (newest.version, newest.note, newest.sense) == (2, "a reason", new)
    assert (first.sense.gloss, first.what, first.by) == ("Plans change", "added", "UANA")


async def test_a_change_of_what_was_changed_meanwhile_is_not_made(store: Database) -> None:
    old = await add(store)
    kept = await write(store, changes.change_sense, old, {"gloss": "one"}, change())
    with pytest.raises(StoreUnavailableError, match="a record of senses was changed since it was read"):
        await write(store, changes.change_sense, old, {"gloss": "two"}, change())
    assert changes.SENSES.as_shown(store.reader, "T1", 1, id=old.id) == Overtaken(kept)
    assert glossary.sense(store.reader, "T1", old.id) == kept
    assert (kept.gloss, kept.version) == ("one", 2)


async def test_misspellings_lead_to_a_meaning_and_are_never_suggested(store: Database) -> None:
    old = await add(store, misspellings=("drfit",), aliases=("shift",))
    assert [each.id for each in glossary.senses_named(store.reader, "T1", "drfit", [WORKSPACE])] == [old.id]
    assert search.names_in(store.reader, "T1", [WORKSPACE]) == {"drift": "drift", "shift": "shift"}
    await write(store, changes.change_sense, old, {"word": "plan drift", "aliases": ()}, change())
    assert glossary.senses_named(store.reader, "T1", "drift", [WORKSPACE]) == []
    assert [each.word for each in glossary.senses_named(store.reader, "T1", "plandrift", [WORKSPACE])] == ["plan drift"]


@pytest.mark.parametrize("led_by", ["say_instead", "replaced_by"])
async def test_what_is_said_instead_of_a_word_leads_to_it_until_that_changes(store: Database, led_by: str) -> None:
    old = await add(store, **{led_by: "data shift"})
    assert [each.id for each in glossary.senses_named(store.reader, "T1", "datashift", [WORKSPACE])] == [old.id]
    assert glossary.senses_named(store.reader, "T1", "datashift", ["CSECRET"]) == []
    assert search.names_in(store.reader, "T1", [WORKSPACE]) == {"drift": "drift"}
    await write(store, changes.change_sense, old, {led_by: ""}, change())
    assert glossary.senses_named(store.reader, "T1", "datashift", [WORKSPACE]) == []


@pytest.mark.parametrize("led_by", ["say_instead", "replaced_by"])
async def test_words_of_an_older_version_are_found_so_once_the_store_is_opened(store: Database, led_by: str) -> None:
    old = await add(store, **{led_by: "Data-shift"})
    await add(store, word="odd", **{led_by: "shift (data)"})

    def as_before(transaction: Transaction) -> None:
        transaction.run("DELETE FROM sense_names WHERE is_hidden = 1")

    await write(store, as_before)
    assert glossary.senses_named(store.reader, "T1", "datashift", [WORKSPACE]) == []

    def step(transaction: Transaction) -> None:
        for statement in SAID_INSTEAD:
            transaction.run(statement)

    for _ in range(2):
        await write(store, step)
    assert [each.id for each in glossary.senses_named(store.reader, "T1", "datashift", [WORKSPACE])] == [old.id]
    assert glossary.senses_named(store.reader, "T1", "datashift", ["CSECRET"]) == []
    assert [row["n"] for row in store.reader.all("SELECT count(*) AS n FROM sense_names WHERE is_hidden = 1")] == [1]


async def test_full_text_follows_what_a_meaning_says(store: Database) -> None:
    old = await add(store, definition="when live data differ")

    def found(*words: str) -> list[str]:
        return [each.word for each in search.senses_about(store.reader, "T1", words, [WORKSPACE], 5)]

    assert found("differing", "nothing") == ["drift"]
    await write(store, changes.change_sense, old, {"definition": "no more"}, change())
    assert (found("differing"), found("plan"), found('"quote')) == ([], ["drift"], [])
    assert search.senses_about(store.reader, "T1", ["plan"], ["CSECRET"], 5) == []


async def test_an_older_store_keeps_its_meanings_and_gets_their_first_versions(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    database = sqlite_utils.Database(path)
    MIGRATIONS.apply(database, stop_before="0005_glossary_meanings")
    row = {
        "id": "1", "team_id": "T1", "visibility": "workspace", "word": "drift", "look_up_key": "drift",
        "discipline": "product", "gloss": "Plans change", "definition": "", "example": "", "origin": "people",
        "version": 1, "updated_at": to_text(NOW),
    }  # fmt: skip
    database["senses"].insert(row)  # type: ignore[union-attr]
    for key in ("drift", "shift"):
        name = {"team_id": "T1", "look_up_key": key, "sense_id": "1", "name": key, "visibility": "workspace"}
        database["sense_names"].insert(name)  # type: ignore[union-attr]
    database.close()
    store = open_store(f"sqlite:///{path}")
    (sense,) = glossary.senses_named(store.reader, "T1", "shift", [WORKSPACE])
    assert (sense.aliases, sense.status) == (("shift",), "approved")
    (first,) = changes.history(store.reader, "T1", "1")
    assert (first.what, first.sense) == ("imported", sense)
    assert json.loads(first.sense.model_dump_json())["gloss"] == "Plans change"
    await store.close()


async def test_who_took_a_meaning_into_use_last_is_told_unless_a_file_did(store: Database) -> None:
    sense = await add(store, status="draft")
    for step, by in ((change("approved", 1), "UBEN"), (change("disputed", 2), "UBEN")):
        sense = await write(store, changes.change_sense, sense, {}, step)
        approved = changes.approvals(store.reader, "T1", [sense.id])[sense.id]
        assert (approved.by, approved.what, approved.version) == (by, "approved", 2)
    imported = Change(what="imported", by="", at=to_text(NOW))
    await write(store, changes.change_sense, sense, {"gloss": "Plans become others"}, imported)
    assert changes.approvals(store.reader, "T1", [sense.id]) == {}
    assert changes.approvals(store.reader, "T2", [sense.id]) == {}


async def test_what_a_key_names_comes_with_who_took_it_into_use(store: Database) -> None:
    sense = await add(store, status="draft")
    await write(store, changes.change_sense, sense, {"status": "approved"}, change("approved"))
    other = NewSense(word="drift", discipline="navigation", gloss="Off course")
    await write(store, changes.add_senses, "T1", [other, other.model_copy(update={"word": "yaw"})], NOW)
    named = changes.first_named(store.reader, "T1", ["drif", "drift", "yaw"], [WORKSPACE])
    assert (named.key, {each.discipline for each in named.senses}) == ("drift", {"product", "navigation"})
    assert named.approvals == changes.approvals(store.reader, "T1", [each.id for each in named.senses])
    assert named.approvals[sense.id] == change("approved").model_copy(update={"version": 2})
    (mine,) = await write(store, changes.add_senses, "T1", [other.model_copy(update={"word": "roll"})], NOW, "UANA")
    assert changes.first_named(store.reader, "T1", ["roll"], [WORKSPACE]).approvals[mine.id].by == "UANA"
    assert changes.first_named(store.reader, "T1", ["drift"], ["CSECRET"]) == ("", [], {})


async def test_what_somebody_added_or_looks_after_is_counted_as_it_is_listed(store: Database) -> None:
    def counted(user_id: str, visible: list[str], most: int = 200) -> int:
        listed = changes.made_by(store.reader, "T1", visible, user_id, most)
        count = changes.count_made_by(store.reader, "T1", visible, user_id, most)
        assert count == len(listed)
        return count

    await add(store)
    assert counted("UANA", [WORKSPACE]) == 1
    await add(store, word="falcon", visibility="CSECRET")
    await add(store, word="berth", steward="UBEN")
    await add(store, word="old", status="deprecated")
    assert [counted(who, [WORKSPACE]) for who in ("UANA", "UBEN", "UELI")] == [2, 1, 0]
    assert [counted("UANA", [WORKSPACE, "CSECRET"]), counted("UANA", []), counted("UANA", [WORKSPACE], 1)] == [3, 0, 1]
