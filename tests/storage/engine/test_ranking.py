"""Which rows answer words best is told by those of their own workspace, in each engine."""

from datetime import UTC, datetime

import sqlite_utils

from storage.decisions import search as decisions
from storage.engine.interface import WORKSPACE, Database
from storage.engine.ranking import SOUGHT, sought
from storage.glossary import changes, search
from storage.glossary.glossary import NewSense
from storage.migrations import MIGRATIONS
from storage.workspaces import workspaces
from tests.writing import write

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
SAID = {
    "drift": "when live data leave the data of the past",
    "skew": "when live data leave what was trained on",
    "quay": "where a ship lies while its cargo is counted, told at such a length that one of its words hardly counts",
    "berth": "where a ship lies",
}


async def add(store: Database, team_id: str, said: dict[str, str]) -> None:
    await write(store, workspaces.connect_workspace, team_id, "Harbour", "U0BOT", NOW)
    senses = [NewSense(word=word, discipline="product", gloss=gloss) for word, gloss in said.items()]
    await write(store, changes.add_senses, team_id, senses, NOW)


async def found(store: Database, team_id: str, *words: str) -> list[str]:
    about = await store.search(lambda reader: search.senses_about(reader, team_id, words, [WORKSPACE], 10))
    return [each.word for each in about]


async def test_a_rare_word_counts_more_than_a_frequent_one_and_a_short_text_more_than_a_long_one(
    store: Database,
) -> None:
    await add(store, "T1", SAID)
    assert await found(store, "T1", "ship") == ["berth", "quay"]
    assert await found(store, "T1", "data") == ["drift", "skew"]
    assert await found(store, "T1", "live", "trained") == ["skew", "drift"]
    assert await found(store, "T1", "where", "cargo") == ["quay", "berth"]
    assert [await found(store, "T1", *words) for words in ((), ("?",), ("", "…"))] == [[], [], []]


async def test_what_other_workspaces_say_changes_nothing(store: Database) -> None:
    await add(store, "T1", SAID)
    asked = (("ship", "live"), ("data", "trained", "cargo"), ("leave", "counted", "when"))
    before = [await found(store, "T1", *words) for words in asked]
    await add(store, "T2", {f"{word} {number}": "data of a trained ship" for word in SAID for number in range(20)})
    assert [await found(store, "T1", *words) for words in asked] == before
    assert len(await found(store, "T2", "data")) == 10


async def test_the_name_of_a_workspace_is_none_of_its_words(store: Database) -> None:
    await add(store, "T1", {**SAID, "tier": "a T1 line"})
    await add(store, "T10", {"T1": "of another workspace"})
    assert await found(store, "T1", "T1") == ["tier"]
    assert await found(store, "T1", "team", "team_id", '"', "T1 OR T10") == []
    assert await found(store, "T10", "T1") == ["T1"]


def test_of_very_many_words_each_of_the_first_is_looked_for_once() -> None:
    assert sought(["a", "b", "a"]) == ["a", "b"]
    assert len(sought([str(number) for number in range(1000)])) == SOUGHT


def test_what_is_searched_is_what_the_schema_has_an_index_of() -> None:
    database = sqlite_utils.Database(memory=True)
    MIGRATIONS.apply(database)
    for searched in (search.SEARCHED, decisions.SEARCHED):
        columns = [each.name for each in database[f"{searched.table}_fts"].columns]
        assert columns == ["team_id", *searched.columns]
    database.close()
