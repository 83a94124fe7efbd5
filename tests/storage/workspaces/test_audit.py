"""The audit trail as it is kept: in order, by whose it is, and bounded."""

from datetime import timedelta

from storage.engine.interface import Database, to_text
from storage.workspaces import audit
from storage.workspaces.audit import Entry
from storage.workspaces.workspaces import connect_workspace
from tests.conftest import START
from tests.writing import write


def entry(minutes: int = 0, **told: object) -> Entry:
    about = {"team_id": "T1", "at": to_text(START + timedelta(minutes=minutes)), "actor": "UBEN"}
    return Entry.model_validate({**about, "action": "redacted", "target_kind": "decision", "target_id": "d1", **told})


def denied(minutes: int, **told: object) -> Entry:
    return entry(minutes, **{"action": "access-denied", "outcome": "denied", **told})


async def test_what_was_noted_is_read_by_time_by_action_and_by_whose_it_is(store: Database) -> None:
    await write(store, connect_workspace, "T1", "Harbour", "U0BOT", START)
    first, second = entry(details=("a", "b")), entry(1, visibility="CSECRET")
    other = entry(2, team_id="T2")
    for each in (second, first, other):
        await write(store, audit.note, each)
    assert audit.entries(store.reader, "T1", None) == [first, second]
    assert audit.entries(store.reader, "T1", ["workspace"]) == [first]
    assert audit.entries(store.reader, "T1", None, second.at) == [second]
    assert audit.entries(store.reader, "T1", None, "", "redacted") == [first, second]
    assert audit.entries(store.reader, "T1", None, "", "imported") == []


async def test_when_a_kind_of_report_changed_is_read_by_component_the_oldest_first(store: Database) -> None:
    about = {"action": "reported", "target_kind": "component", "details": ("version",)}
    noted = [entry(minutes, **{**about, "target_id": name}) for minutes, name in ((3, "m1"), (1, "m1"), (2, "m2"))]
    others = [entry(4, **{**about, **told}) for told in ({"details": ("evaluation",)}, {"target_kind": "data request"})]
    for each in (*noted, *others, entry(5, **{**about, "team_id": "T2"})):
        await write(store, audit.note, each)
    third, first, second = (each.at for each in noted)
    assert audit.reported(store.reader, "T1", "version", "") == {"m1": [first, third], "m2": [second]}
    assert audit.reported(store.reader, "T1", "version", second) == {"m1": [third], "m2": [second]}


async def test_pages_go_back_without_losing_what_was_noted_at_one_moment(store: Database) -> None:
    noted = [entry(id=f"{number:024x}") for number in range(5)]
    for each in noted:
        await write(store, audit.note, each)
    found: list[Entry] = []
    while page := audit.newest(
        store.reader, "T1", ["workspace"], (found[-1].at, found[-1].id) if found else ("9999", ""), 2
    ):
        found += page
    assert found == noted[::-1]


async def test_what_is_tried_over_and_over_is_noted_once_a_minute_and_so_often_a_day(store: Database) -> None:
    now = START
    for number in range(3):
        await write(store, audit.note_denied, denied(0), now)
        await write(store, audit.note_denied, denied(0, target_id=f"d{number}", actor="UEVE"), now)
    assert [each.target_id for each in audit.entries(store.reader, "T1", None)] == ["d1", "d0", "d1", "d2"]
    await write(store, audit.note_denied, denied(2), now + timedelta(minutes=2))
    assert len(audit.entries(store.reader, "T1", None)) == 5
    for number in range(300):
        await write(store, audit.note_denied, denied(3, target_id=f"x{number}"), now + timedelta(minutes=3))
    by_ben = [each for each in audit.entries(store.reader, "T1", None) if each.actor == "UBEN"]
    assert len(by_ben) == 200
    tomorrow = 24 * 60 + 4
    await write(store, audit.note_denied, denied(tomorrow), now + timedelta(minutes=tomorrow))
    assert audit.entries(store.reader, "T1", None)[-1].at == to_text(now + timedelta(minutes=tomorrow))


async def test_what_was_noted_long_ago_is_dropped(store: Database) -> None:
    old, new = entry(), entry(60)
    for each in (old, new):
        await write(store, audit.note, each)
    assert await write(store, audit.forget, "T1", START + timedelta(minutes=30)) == 1
    assert audit.entries(store.reader, "T1", None) == [new]
