"""Choices of people and channels: the last one counts, an empty one takes it back."""

from datetime import UTC, datetime

from storage.engine.interface import Database
from storage.workspaces import preferences, workspaces
from tests.writing import write


async def test_the_last_choice_of_each_counts_and_an_empty_one_takes_it_back(store: Database) -> None:
    for team_id in ("T1", "T2"):
        await write(store, workspaces.connect_workspace, team_id, "Harbour", "U0BOT", datetime(2026, 1, 5, tzinfo=UTC))

    def chosen(name: str = preferences.DISCIPLINE) -> dict[str, str]:
        revision = workspaces.known_workspace(store.reader, "T1").preferences_revision
        return preferences.chosen(store.reader, "T1", revision, name)

    assert chosen() == {}
    for subject, value in (("UANA", "product"), ("UANA", "operations"), ("C1", "product")):
        await write(store, preferences.choose, "T1", subject, preferences.DISCIPLINE, value)
    await write(store, preferences.choose, "T2", "UANA", preferences.DISCIPLINE, "domain")
    assert chosen() == {"UANA": "operations", "C1": "product"}
    assert chosen(preferences.HOURS) == {}
    await write(store, preferences.choose, "T1", "UANA", preferences.DISCIPLINE, "")
    assert chosen() == {"C1": "product"}
