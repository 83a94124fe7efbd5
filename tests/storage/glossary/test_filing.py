"""What is known in memory of names is made beside all else, follows what is written, and is in doubt where it can't."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from storage.engine.interface import WORKSPACE, Database
from storage.engine.statements import alter
from storage.glossary import changes, importing
from storage.glossary.changes import Change
from storage.glossary.filed import FiledNames
from storage.glossary.filing import FEWEST, Filing, filing
from storage.glossary.glossary import NewSense, senses_named
from storage.workspaces import workspaces
from storage.workspaces.deletion import delete_rest
from storage.workspaces.workspaces import known_workspace
from tests.writing import write

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
async def workspace(store: Database) -> None:
    for team_id in ("T1", "T2"):
        await write(store, workspaces.connect_workspace, team_id, "Harbour", "U0BOT", NOW)


def sense(word: str, misspelling: str = "", visibility: str = WORKSPACE) -> NewSense:
    hidden = (misspelling,) if misspelling else ()
    return NewSense(word=word, discipline="product", gloss="g", visibility=visibility, misspellings=hidden)


async def made(store: Database) -> Filing:
    found = await of_any(store)
    await found.make(store, "T1")
    return found


async def of_any(store: Database) -> Filing:
    """Return one that is made of however few names."""
    found = await store.read(lambda reader: filing(reader, known_workspace(reader, "T1")))
    found.fewest = 0
    return found


async def names_now(store: Database, found: Filing) -> FiledNames | None:
    return await store.read(lambda reader: found.names_at(reader, known_workspace(reader, "T1")))


async def known(store: Database, found: Filing, *words: str) -> list[str] | None:
    names = await names_now(store, found)
    return None if names is None else names.known(words)


async def test_all_names_of_the_workspace_are_known_once_it_is_made(store: Database) -> None:
    senses = [sense("drift", "drfit"), sense("quartz", visibility="CSECRET"), *(sense(f"w{n}") for n in range(1200))]
    await write(store, changes.add_senses, "T1", senses, NOW)
    await write(store, changes.add_senses, "T2", [sense("onyx")], NOW)
    asked = ("drift", "drfit", "quartz", "w0", "w600", "w1199")
    assert await known(store, await made(store), *asked, "onyx") == [*asked]


async def test_it_is_counted_in_memory_by_what_the_names_take(store: Database) -> None:
    await write(store, changes.add_senses, "T1", [sense(f"w{number}") for number in range(3000)], NOW)
    found = await store.read(lambda reader: filing(reader, known_workspace(reader, "T1")))
    assert found.kibibytes == 1
    await found.make(store, "T1")
    names = await names_now(store, found)
    assert names is not None
    assert found.kibibytes == 1 + names.bytes // 1024 > 100


async def test_of_few_names_it_is_not_made_until_there_are_more(store: Database) -> None:
    found = await store.read(lambda reader: filing(reader, known_workspace(reader, "T1")))
    assert found.begins(7)
    await found.make(store, "T1")
    assert await names_now(store, found) is None
    revision = await store.read(lambda reader: known_workspace(reader, "T1").glossary_revision)
    assert [found.begins(revision), found.begins(revision + 1)] == [False, True]
    await write(store, changes.add_senses, "T1", [sense(f"w{number}") for number in range(FEWEST)], NOW)
    await found.make(store, "T1")
    assert await known(store, found, "w7", "onyx") == ["w7"]


async def test_nothing_is_known_before_and_one_alone_is_to_make_it(store: Database) -> None:
    found = await of_any(store)
    assert await names_now(store, found) is None
    assert [found.begins(1), found.begins(1)] == [True, False]
    await found.make(store, "T1")
    assert not found.begins(1)
    assert await names_now(store, found) is not None


async def test_a_name_is_known_with_the_revision_that_it_makes(store: Database) -> None:
    await write(store, changes.add_senses, "T1", [sense("drift")], NOW)
    found = await made(store)
    await write(store, changes.add_senses, "T1", [sense("recall", "reccal")], NOW)
    await write(store, changes.add_senses, "T1", [sense("precision")], NOW)
    assert await known(store, found, "drift", "recall", "reccal", "precision", "onyx") == [
        "drift",
        "recall",
        "reccal",
        "precision",
    ]


async def test_a_name_is_known_that_a_meaning_is_given_later(store: Database) -> None:
    await write(store, changes.add_senses, "T1", [sense("drift")], NOW)
    found = await made(store)
    (old,) = senses_named(store.reader, "T1", "drift", [WORKSPACE])
    change = Change(what="changed", by="UANA", at="2026-01-06")
    await write(store, changes.change_sense, old, {"aliases": ("data shift",)}, change)
    assert await known(store, found, "drift", "datashift", "onyx") == ["drift", "datashift"]


async def test_a_change_that_tells_of_no_name_leaves_doubt_until_all_is_made_anew(store: Database) -> None:
    found = await made(store)
    # As the version before writes it, which goes on beside this one while replicas are upgraded.
    await write(store, changes.add_senses, "T1", [sense("drift")], NOW)
    await store.write(lambda each: alter(each, "sense_names", {"team_id": "T1"}, since=0))
    await write(store, changes.add_senses, "T1", [sense("recall")], NOW)
    assert await names_now(store, found) is None
    assert found.begins(9)
    await found.make(store, "T1")
    assert await known(store, found, "drift", "recall") == ["drift", "recall"]


async def test_an_import_leaves_doubt_also_where_it_changes_names_that_are_there(store: Database) -> None:
    await write(store, changes.add_senses, "T1", [sense("drift")], NOW)
    found = await made(store)
    (old,) = senses_named(store.reader, "T1", "drift", [WORKSPACE])
    await write(store, importing.begin, "T1", "b", NOW)
    await write(store, importing.stage, "T1", "b", [sense("recall")], NOW)
    await write(store, importing.stage_changes, "T1", "b", [(old, {"aliases": ("shift",)})], NOW)
    assert await known(store, found, "drift", "recall") == ["drift"]
    await write(store, importing.switch_over, "T1", "b", NOW)
    assert await names_now(store, found) is None
    await found.make(store, "T1")
    assert await known(store, found, "drift", "recall", "shift") == ["drift", "recall", "shift"]


async def test_what_is_written_while_it_is_made_is_known(store: Database) -> None:
    await write(store, changes.add_senses, "T1", [sense(f"w{n}") for n in range(600)], NOW)
    found = await of_any(store)
    making = asyncio.create_task(found.make(store, "T1"))
    await write(store, changes.add_senses, "T1", [sense("aardvark")], NOW)
    await making
    assert await known(store, found, "aardvark", "w599") == ["aardvark", "w599"]


async def test_so_many_new_names_that_it_was_not_made_for_leave_doubt(store: Database) -> None:
    found = await made(store)
    for part in range(3):
        await write(store, changes.add_senses, "T1", [sense(f"w{part}-{n}") for n in range(400)], NOW)
        expected = part < 2
        assert (await names_now(store, found) is not None) is expected


async def test_of_a_workspace_that_connects_anew_nothing_is_known(store: Database) -> None:
    await write(store, changes.add_senses, "T1", [sense("drift")], NOW)
    found = await made(store)
    await store.write(lambda each: each.run("DELETE FROM workspaces WHERE team_id = 'T1'"))
    await write(store, delete_rest, "T1")
    await write(store, workspaces.connect_workspace, "T1", "Harbour", "U0BOT", NOW + timedelta(days=1))
    again = await store.read(lambda reader: filing(reader, known_workspace(reader, "T1")))
    assert again is not found
    assert await names_now(store, again) is None
