"""Words that were looked up in vain: counted together as one by one, each with the same put otherwise."""

import random
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from storage.engine.interface import WORKSPACE, Database
from storage.engine.statements import alter
from storage.glossary import misses
from tests.writing import write

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
Missed = Mapping[tuple[str, str], int]
WAYS = [
    "retraining cadence", "retrain cadences", "Cadence of the retraining", "retraining-cadence",
    "kappa", "Kappa", "kappas", "data model", "model data", "zeta", "+", "#",
]  # fmt: skip


async def count(store: Database, team_id: str, missed: Missed, now: datetime = NOW) -> None:
    await write(store, misses.count_misses, team_id, missed, now)


def counted(store: Database, team_id: str) -> list[tuple[object, ...]]:
    rows = store.reader.all(
        "SELECT * FROM glossary_misses WHERE team_id = :team_id ORDER BY visibility, look_up_key", team_id=team_id
    )
    return [tuple(value for name, value in row.items() if name != "team_id") for row in rows]


async def test_a_word_is_counted_with_the_same_put_otherwise_in_each_place(store: Database) -> None:
    await count(store, "T1", {(WORKSPACE, "retraining cadence"): 2, (WORKSPACE, "kappa"): 1, ("C1", "kappa"): 1})
    await count(store, "T1", {(WORKSPACE, "Cadence of the retraining"): 1, (WORKSPACE, "zeta"): 1, ("C1", "kappa"): 3})
    rows = store.reader.all("SELECT visibility, word, times FROM glossary_misses ORDER BY visibility, look_up_key")
    assert [tuple(row.values()) for row in rows] == [
        ("C1", "kappa", 4),
        (WORKSPACE, "kappa", 1),
        (WORKSPACE, "retraining cadence", 3),
        (WORKSPACE, "zeta", 1),
    ]


async def test_what_is_put_otherwise_at_the_same_moment_is_one(store: Database) -> None:
    await count(store, "T1", {(WORKSPACE, "retraining cadence"): 1, (WORKSPACE, "retrain cadences"): 1})
    assert [row[2:4] for row in counted(store, "T1")] == [("retraining cadence", 2)]


@pytest.mark.parametrize("seed", range(8))
async def test_many_counted_at_once_come_to_what_they_come_to_one_by_one(store: Database, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - a seed is to be replayed
    for turn in range(4):
        now, ways = NOW + timedelta(hours=turn), dice.sample(WAYS, k=6)
        missed = {(dice.choice([WORKSPACE, "C1"]), word): dice.randint(1, 3) for word in ways}
        await count(store, "T1", missed, now)
        for what, times in missed.items():
            await count(store, "T2", {what: times}, now)
        state, key = dice.choice(["open", "closed", "answered"]), dice.choice(counted(store, "T1"))[1]
        for team_id in ("T1", "T2"):
            row = {"team_id": team_id, "look_up_key": key}
            await store.write(lambda it, row=row, state=state: alter(it, "glossary_misses", row, state=state))  # type: ignore[misc]
        assert counted(store, "T1") == counted(store, "T2")
