"""One look at a workspace asks the store each thing once, and what is remembered of it is no older than it says."""

from typing import Any

from storage.engine.interface import Database, Reader
from storage.records.one_look import OneLook
from storage.records.revisions import remembered
from storage.workspaces import preferences
from tests.writing import write


class Counted:
    """A reader that knows what the store was asked."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.asked: list[str] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reader, name)

    def all(self, sql: str, **values: object) -> list[dict[str, Any]]:
        self.asked.append(sql)
        return self._reader.all(sql, **values)


def chosen(reader: Reader, name: str, team_id: str = "T1") -> list[str]:
    rows = reader.all(
        "SELECT value FROM preferences WHERE team_id = :team_id AND name = :name", team_id=team_id, name=name
    )
    return [row["value"] for row in rows]


async def test_the_same_question_is_asked_once_and_another_one_apart(store: Database) -> None:
    await write(store, preferences.choose, "T1", "UANA", "hours", "9-17")
    await write(store, preferences.choose, "T1", "UANA", "discipline", "product")
    look = OneLook(counted := Counted(store.reader), "T1")
    begun = len(counted.asked)
    assert [chosen(look, "hours") for _ in range(3)] == [["9-17"]] * 3
    assert len(counted.asked) == begun + 1
    assert (chosen(look, "discipline"), chosen(look, "hours", "T2")) == (["product"], [])
    assert look.one("SELECT value FROM preferences WHERE name = :name", name="none") is None
    listed = "SELECT listed.value FROM EACH(:names) AS listed ORDER BY listed.value"
    assert [len(look.all(listed, names=names)) for names in (["a"], ["a", "b"], ["a"])] == [1, 2, 1]
    assert len(counted.asked) == begun + 6


async def test_what_is_remembered_of_several_tables_needs_one_question_of_how_often_they_changed(
    store: Database,
) -> None:
    look = OneLook(counted := Counted(store.reader), "T1")
    for table in ("preferences", "decisions", "senses"):
        assert remembered(look, ("T1", table), [table], lambda: "built") == "built"
    assert len(counted.asked) == 1


async def test_what_changes_after_it_was_read_is_not_taken_for_what_is_remembered(store: Database) -> None:
    await write(store, preferences.choose, "T1", "UANA", "hours", "9-17")
    look = OneLook(store.reader, "T1")
    assert chosen(look, "hours") == ["9-17"]
    await write(store, preferences.choose, "T1", "UANA", "hours", "8-16")

    def kept(reader: Reader) -> list[str]:
        return remembered(reader, ("T1", "hours"), ["preferences"], lambda: chosen(reader, "hours"))

    assert kept(look) == ["9-17"]
    assert kept(OneLook(store.reader, "T1")) == ["8-16"]
