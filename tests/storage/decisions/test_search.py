"""Finding decisions: by their words and by filters, never what is not to be seen, ended ones last."""

from datetime import UTC, datetime

import pytest

from storage.decisions import decisions, search
from storage.decisions.decisions import Decision, NewDecision
from storage.decisions.search import Filters
from storage.engine.interface import WORKSPACE, Database, to_text
from storage.records.versioned import HistoryEntry
from storage.workspaces import workspaces
from tests.writing import write

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
AT = to_text(NOW)


@pytest.fixture(autouse=True)
async def workspace(store: Database) -> None:
    await write(store, workspaces.connect_workspace, "T1", "Harbour", "U0BOT", NOW)


async def log(store: Database, title: str, **more: object) -> Decision:
    new = NewDecision.model_validate({"title": title, "decider": "UANA", **more})
    return await write(store, decisions.write_down, "T1", new, "UBEN", AT)


def found(store: Database, *words: str, **wanted: str) -> list[str]:
    return [each.title for each in search.find(store.reader, "T1", words, Filters(**wanted), [WORKSPACE])]


async def test_words_are_found_in_every_form_and_only_where_they_may_be_read(store: Database) -> None:
    await log(store, "Retrain monthly", why="Ärger with drift")
    await log(store, "Retrain Falcon", visibility="CSECRET")
    assert found(store, "retraining") == found(store, "ärger") == ["Retrain monthly"]
    assert found(store, "falcon") == []


async def test_what_is_changed_is_found_by_its_new_words(store: Database) -> None:
    made = await log(store, "Retrain monthly")
    changes = {"amendments": ("2026-01-05: the zeppelins rest",), "title": "Retrain yearly"}
    await write(store, decisions.change, made, changes, HistoryEntry(at=AT, by="UANA", what="amend"))
    assert (found(store, "monthly"), found(store, "zeppelin")) == ([], ["Retrain yearly"])


async def test_what_was_replaced_comes_last(store: Database) -> None:
    old, new = await log(store, "Retrain Retrain Retrain"), await log(store, "Retrain weekly")
    await write(store, decisions.put_in_place_of, old, new, "UANA", AT)
    assert found(store, "retrain") == ["Retrain weekly", "Retrain Retrain Retrain"]


async def test_each_filter_narrows(store: Database) -> None:
    await log(store, "Mine", decider="UDEV", attributes=("cost", "latency"), component_id="1")
    await log(store, "Ours", consulted=("UDEV",), state="proposed")
    assert sorted(found(store, person="UDEV")) == ["Mine", "Ours"]
    assert found(store, attribute="latency") == found(store, component_id="1") == ["Mine"]
    assert found(store, state="proposed") == ["Ours"]
    assert found(store, since="2026-02-01") == []
    assert sorted(found(store, since="2026-01-01")) == ["Mine", "Ours"]


async def test_a_span_of_time_has_what_was_decided_and_replaced_in_it(store: Database) -> None:
    old, new = await log(store, "Old"), await log(store, "New")
    await write(store, decisions.put_in_place_of, old, new, "UANA", AT)

    def decided(begin: str, end: str) -> list[str]:
        return [each.title for each in search.decided_between(store.reader, "T1", [WORKSPACE], begin, end)]

    assert (decided("2026-01-01", AT), decided(AT, "2026-02-01")) == (["New", "Old"], [])
    replaced = search.superseded_between(store.reader, "T1", [WORKSPACE], "2026-01-01", AT)
    assert [each.title for each in replaced] == ["Old"]


async def test_a_person_has_what_they_decide_or_wrote_down_and_still_stands(store: Database) -> None:
    await log(store, "Stands", decider="UDEV")
    await log(store, "Fell", decider="UDEV", state="rejected")
    mine = search.by_person(store.reader, "T1", [WORKSPACE], "UDEV", 5)
    assert [each.title for each in mine] == ["Stands"]
    assert search.by_person(store.reader, "T1", [WORKSPACE], "UBEN", 5) == mine
    assert search.by_person(store.reader, "T1", ["CSECRET"], "UBEN", 5) == []


async def test_what_somebody_decides_or_wrote_down_is_counted_as_it_is_listed(store: Database) -> None:
    ended = await log(store, "Ended")
    await write(store, decisions.change, ended, {"state": "rejected"}, HistoryEntry(at=AT, by="UANA", what="reject"))

    def counted(user_id: str, visible: list[str], most: int = 200) -> int:
        listed = search.by_person(store.reader, "T1", visible, user_id, most)
        count = search.count_by_person(store.reader, "T1", visible, user_id, most)
        assert count == len(listed)
        return count

    assert counted("UANA", [WORKSPACE]) == 0
    await log(store, "Hers")
    await log(store, "Falcon", visibility="CSECRET")
    await log(store, "Bens", decider="UBEN", state="proposed")
    assert [counted(who, [WORKSPACE]) for who in ("UANA", "UBEN", "UELI")] == [1, 2, 0]
    assert [counted("UBEN", [WORKSPACE, "CSECRET"]), counted("UBEN", []), counted("UBEN", [WORKSPACE], 1)] == [3, 0, 1]
