"""Which names stand in a text is told alike by a small glossary and by a large one, as far as they may be seen."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from storage.engine.interface import WORKSPACE, Database, Transaction
from storage.engine.statements import insert_missing
from storage.glossary import changes, search
from storage.glossary.changes import Change
from storage.glossary.glossary import NewSense, Sense
from storage.workspaces import workspaces
from tests.writing import write

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
NAMED = ("feature store", "regression", "rollback", "confusion matrix", "A/B test", "matrix", "Maß", "IoU")
SECRET = ("store secret", "falcon")
FILLERS = 10_001


@pytest.fixture(params=[0, FILLERS])
async def added(store: Database, request: pytest.FixtureRequest) -> list[Sense]:
    """Add some names to a glossary that has as many others already."""
    told = {"discipline": "product", "gloss": "g"}
    await write(store, workspaces.connect_workspace, "T1", "Harbour", "U0BOT", NOW)
    made = [NewSense(word=each, **told) for each in NAMED]
    made += [NewSense(word=each, visibility="CSECRET", **told) for each in SECRET]
    senses = await write(store, changes.add_senses, "T1", made, NOW)
    await write(store, fill, senses[0], request.param)
    return senses


def fill(transaction: Transaction, sense: Sense, count: int) -> None:
    same = {"team_id": "T1", "sense_id": sense.id, "visibility": WORKSPACE, "batch": "", "is_hidden": 0}
    names = [f"quay{number}" for number in range(count)]
    insert_missing(transaction, "sense_names", *({**same, "look_up_key": each, "name": each} for each in names))
    changes.note_revision(transaction, "T1")


async def found(store: Database, text: str, visible: Sequence[str] = (WORKSPACE,)) -> dict[str, str]:
    return await store.search(lambda reader: search.names_for(reader, "T1", visible, text).found_in(text))


@pytest.mark.parametrize(
    ("text", "stands_there"),
    [
        ("Feature-stores regressed", {"feature store": "", "regression": "regressed"}),
        ("We rolled back two matrices", {"rollback": "rolled back", "matrix": ""}),
        ("confusion matrices of an A/B testing tool", {"confusion matrix": "", "A/B test": "A/B testing"}),
        ("the featurestore, its Maß and IoUs", {"feature store": "", "Maß": "", "IoU": ""}),
        ("the store's secret falcons", {}),
        ("", {}),
    ],
)
@pytest.mark.usefixtures("added")
async def test_a_name_is_found_in_a_text(store: Database, text: str, stands_there: dict[str, str]) -> None:
    assert await found(store, text) == stands_there


@pytest.mark.usefixtures("added")
async def test_the_names_of_a_private_channel_are_found_for_who_may_see_them(store: Database) -> None:
    text = "store secrets of falcons in a matrix"
    assert await found(store, text) == {"matrix": ""}
    assert await found(store, text, ["CSECRET"]) == {"store secret": "", "falcon": ""}
    assert await found(store, text, [WORKSPACE, "CSECRET"]) == {"store secret": "", "falcon": "", "matrix": ""}


async def test_what_has_changed_is_found_at_once_and_no_more_by_what_it_was(
    store: Database, added: list[Sense]
) -> None:
    text = "feature stores of tide gauges"
    assert await found(store, text) == {"feature store": ""}
    change = Change(what="changed", by="UANA", at="2026-01-05T09:00:00+00:00")
    await write(store, changes.change_sense, added[0], {"word": "tide gauge"}, change)
    assert await found(store, text) == {"tide gauge": ""}


@pytest.mark.parametrize("added", [FILLERS], indirect=True)
@pytest.mark.usefixtures("added")
async def test_of_a_large_glossary_only_what_may_stand_there_is_read(store: Database) -> None:
    known = await store.search(lambda reader: search.names_for(reader, "T1", [WORKSPACE], "quay7 and its matrices"))
    assert set(known) == {"quay7", "matrix"}
