"""What is found by words is the same in each engine, and comes in the same order."""

import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from handlers.glossary.starter import starter_senses
from storage import open_store
from storage.decisions import decisions
from storage.decisions.decisions import NewDecision
from storage.engine.interface import WORKSPACE, Database, Reader, to_text
from storage.finding import finding
from storage.glossary import thesaurus
from storage.glossary.changes import add_senses
from storage.glossary.search import senses_about
from storage.workspaces import workspaces
from tests.postgres import Server
from tests.writing import write

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
SENSES = starter_senses()
WORDS = sorted({word for each in SENSES for word in each.gloss.split()})


@pytest.fixture(scope="module")
def sentences() -> list[tuple[str, ...]]:
    """Every word of the starter glossary once, with its neighbours; some have letters that are no ASCII."""
    return [*pairwise(WORDS[::3]), ("drift", "model", "data"), ("Modèle", "DRIFT"), ("train-serve skew",), ("", "the")]


@pytest.fixture
async def both(
    tmp_path: Path, migrated: Path, postgres: Server, migrated_postgres: str
) -> AsyncIterator[list[Database]]:
    shutil.copy(migrated, tmp_path / "store.db")
    with postgres.database(migrated_postgres) as url:
        stores = [open_store(f"sqlite:///{tmp_path / 'store.db'}"), open_store(url)]
        for each in stores:
            await write(each, add_senses, "T1", SENSES, NOW)
        yield stores
        for each in stores:
            await each.close()


async def test_meanings_are_ranked_alike(both: list[Database], sentences: list[tuple[str, ...]]) -> None:
    def found(reader: Reader) -> list[list[str]]:
        return [
            [f"{each.word} {each.discipline}" for each in senses_about(reader, "T1", words, [WORKSPACE], 10)]
            for words in sentences
        ]

    first, second = [await each.search(found) for each in both]
    assert sum(map(bool, first)) > 100
    assert [pair for pair in zip(sentences, first, second, strict=True) if pair[1] != pair[2]] == []


async def test_records_are_found_alike_by_other_words(both: list[Database]) -> None:
    known = list(thesaurus.thesaurus().near.items())[::7]
    for each in both:
        await write(each, workspaces.connect_workspace, "T1", "Harbour", "U0BOT", NOW)
        for key, others in known[::3]:
            new = NewDecision(title=f"{others[0]} of {key}", decider="UANA")
            await write(each, decisions.write_down, "T1", new, "UBEN", to_text(NOW))

    def found(reader: Reader) -> list[set[str]]:
        groups = [others for _, others in known]
        return [{each.title for each in finding.search(reader, "T1", [words], [WORKSPACE])} for words in groups]

    first, second = [await each.search(found) for each in both]
    assert sum(map(bool, first)) > len(known) / 3
    assert [pair for pair in zip(known, first, second, strict=True) if pair[1] != pair[2]] == []


async def test_a_list_is_one_value_however_long_it_is(both: list[Database]) -> None:
    def found(reader: Reader) -> list[list[str]]:
        lists: tuple[list[str], ...] = (
            ["drift"],
            ["it's", 'a "b"', "ü", "drift", "it's", ":team_id"],
            [],
            ["no such word"] * 5_000,
        )
        statement = """
            SELECT look_up_key, sought.value AS asked FROM EACH(:keys) AS sought CROSS JOIN sense_names
            WHERE team_id = :team_id AND look_up_key = sought.value
        """
        return [sorted({row["asked"] for row in reader.all(statement, team_id="T1", keys=each)}) for each in lists]

    def said(reader: Reader) -> list[str]:
        odd = ("it's", 'a "b"', "ü\n:x", "drift", "drift", "")
        statement = "SELECT value, 'EACH(:words) AS it' AS quoted FROM EACH(:words) AS said"
        return sorted(f"{row['value']} {row['quoted']}" for row in reader.all(statement, words=odd))

    assert [await each.search(found) for each in both] == [[["drift"], ["drift"], [], []]] * 2
    expected = [f"{each} EACH(:words) AS it" for each in ("", 'a "b"', "drift", "drift", "it's", "ü\n:x")]
    assert [await each.search(said) for each in both] == [expected] * 2
