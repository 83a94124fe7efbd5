"""Imports in the large: staged in chunks that nobody sees, then switched over in one short transaction."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from storage.database import Transaction, to_text
from storage.glossary import NewSense, Sense
from storage.glossary_changes import Change, change_sense, write_new

#: Records of before any workspace has connected; the first one that does takes them over.
UNCLAIMED = ""
_TABLES = ("senses", "sense_names", "sense_versions")

Changed = tuple[Sense, Mapping[str, object]]


def stage(transaction: Transaction, team_id: str, batch: str, senses: Iterable[NewSense], now: datetime) -> int:
    """Write a chunk of a batch that is not shown yet; return how many meanings it has.

    What somebody has added meanwhile in the same place stays, and the file's is left out.
    """
    transaction.run(
        "INSERT INTO staged_batches (batch, team_id) VALUES (:batch, :team_id) ON CONFLICT DO NOTHING",
        batch=batch,
        team_id=team_id,
    )
    change = Change(what="imported", by="", at=to_text(now))
    return len(write_new(transaction, team_id, senses, change, batch))


def switch_over(transaction: Transaction, team_id: str, batch: str, changed: Iterable[Changed], now: datetime) -> None:
    """Show a batch, and change what the file says differently: all of it, or nothing."""
    transaction.run("DELETE FROM staged_batches WHERE batch = :batch", batch=batch)
    for old, changes in changed:
        change_sense(transaction, old, changes, Change(what="imported", by="", at=to_text(now)))
    transaction.run(
        "UPDATE workspaces SET glossary_revision = glossary_revision + 1 WHERE team_id = :team_id", team_id=team_id
    )


def drop_staged(transaction: Transaction, team_id: str) -> None:
    """Drop what an import that ended early has left behind."""
    batches = "batch IN (SELECT batch FROM staged_batches WHERE team_id = :team_id)"
    transaction.run(
        f"DELETE FROM sense_versions WHERE sense_id IN (SELECT id FROM senses WHERE {batches})", team_id=team_id
    )
    for table in ("sense_names", "senses", "staged_batches"):
        transaction.run(f"DELETE FROM {table} WHERE {batches}", team_id=team_id)


def claim_unclaimed(transaction: Transaction, team_id: str) -> None:
    """Give a workspace what was imported before any had connected."""
    for table in _TABLES:
        transaction.run(
            f"UPDATE {table} SET team_id = :team_id WHERE team_id = :unclaimed", team_id=team_id, unclaimed=UNCLAIMED
        )
