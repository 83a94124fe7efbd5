"""Links between components, as the store holds them: one of a kind between two, and what is refused is out of sight."""

from datetime import UTC, datetime, timedelta

from storage.engine.interface import WORKSPACE, Database, to_text
from storage.records.versioned import HistoryEntry
from storage.responsibilities import links, responsibilities
from storage.responsibilities.links import LINKS, Link
from tests.storage.responsibilities.test_responsibilities import a_component
from tests.writing import write

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
AT, LATER = to_text(NOW), to_text(NOW + timedelta(days=1))
ENDS = a_component("arrivals"), a_component("berth model")


def a_link(link_id: str = "L1", **more: object) -> Link:
    told = {
        "id": link_id,
        "team_id": "T1",
        "source_id": ENDS[0].id,
        "kind": "feeds",
        "target_id": ENDS[1].id,
        "created_at": AT,
        "changed_at": AT,
        **more,
    }
    return Link.model_validate(told)


async def kept(store: Database, *listed: Link) -> None:
    for each in ENDS:
        await write(store, responsibilities.add_component, each, [])
    for link in listed:
        await write(store, LINKS.add, link, HistoryEntry(at=AT, by="UANA", what="proposed"))


async def test_links_are_read_by_who_may_see_them_and_without_those_that_were_refused(store: Database) -> None:
    private, refused = a_link("L2", visibility="C1"), a_link("L3", kind="serves", state="refused")
    await kept(store, a_link(), private, refused)
    assert links.links(store.reader, "T1") == [a_link(), private]
    assert links.links(store.reader, "T1", [WORKSPACE]) == [a_link()]
    assert links.links(store.reader, "T2") == []
    assert links.link(store.reader, "T1", "L2", [WORKSPACE]) is None
    assert links.link(store.reader, "T1", "L2", ["C1"]) == private


async def test_what_is_said_once_more_of_the_same_two_is_found(store: Database) -> None:
    refused = a_link("L3", kind="serves", state="refused")
    await kept(store, a_link(), refused)
    assert links.between(store.reader, a_link("new")) == a_link()
    assert links.between(store.reader, a_link("new", kind="serves")) == refused
    assert links.between(store.reader, a_link("new", kind="part of")) is None
    assert links.between(store.reader, a_link("new", visibility="C1")) is None


async def test_a_link_keeps_each_step_and_when_it_changed(store: Database) -> None:
    await kept(store, a_link())
    entry = HistoryEntry(at=LATER, by="UDEV", what="confirmed")
    changed = await write(store, LINKS.change, a_link(), {"state": "confirmed", "source_by": "UDEV"}, entry)
    assert changed.changed_at == LATER
    assert links.links(store.reader, "T1") == [changed]
    assert [each.what for each in links.history(store.reader, "T1", "L1")] == ["confirmed", "proposed"]
