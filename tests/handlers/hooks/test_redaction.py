"""What can be redacted: each kind of record belongs to one feature, which finds it and takes its text out."""

from collections import Counter
from collections.abc import Sequence

from handlers import FEATURES
from handlers.framework.routing import join
from handlers.hooks.redaction import Redactable, Redacts
from storage.engine.interface import Database, Reader, Transaction
from storage.workspaces.workspaces import connect_workspace, workspace
from tests.conftest import START
from tests.writing import write

OFFERED = join(FEATURES).hooks.redacts


def test_no_two_features_take_the_text_out_of_one_kind_of_record() -> None:
    kinds = Counter(kind for each in OFFERED for kind in each.kinds)
    assert dict.fromkeys(kinds, 1) == dict(kinds)
    assert {"meaning", "decision", "data request", "component", "card", "feedback"} <= kinds.keys()


async def test_a_feature_is_asked_for_its_records_by_name_and_told_who_takes_the_text_out_and_when(
    store: Database,
) -> None:
    def find(reader: Reader, team_id: str, name: str, visible: Sequence[str]) -> list[Redactable]:
        known = workspace(reader, team_id)
        if known is None or known.name != name or "workspace" not in visible:
            return []
        return [Redactable("workspace", team_id, f"the name {name}", "workspace", (), (name,))]

    def take_out(transaction: Transaction, team_id: str, record: Redactable, by: str, at: str) -> None:
        told = f"redacted by {by} at {at}"
        transaction.run("UPDATE workspaces SET name = :told WHERE team_id = :team_id", told=told, team_id=record.id)
        assert team_id == record.id

    feature = Redacts(("workspace",), find, take_out)
    await write(store, connect_workspace, "T1", "Harbour", "U0BOT", START)
    assert feature.find(store.reader, "T1", "Harbour", ["CSECRET"]) == []
    (found,) = feature.find(store.reader, "T1", "Harbour", ["workspace"])
    assert (found.thread, found.repeated_in, found.is_written_since) == ("", (), False)
    await write(store, feature.take_out, "T1", found, "UCHLOE", "2026-01-05")
    (left,) = feature.find(store.reader, "T1", "redacted by UCHLOE at 2026-01-05", ["workspace"])
    assert left.texts == ("redacted by UCHLOE at 2026-01-05",)
