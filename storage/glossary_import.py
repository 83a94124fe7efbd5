"""Imports in the large: staged in chunks that nobody sees, then switched over in one short transaction."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from storage.database import WORKSPACE, StoreError, Transaction, to_text
from storage.glossary import NewSense
from storage.glossary_changes import Change, Changed, change_senses, write_new
from storage.workspaces import note_place

#: Records of before any workspace has connected; the first one that does takes them over.
UNCLAIMED = ""
_TABLES = ("senses", "sense_names", "sense_versions")
#: An import that has written nothing for so long has ended early.
_GIVEN_UP = timedelta(minutes=1)


def begin(transaction: Transaction, team_id: str, batch: str, now: datetime) -> None:
    """Begin an import, and drop what one that ended early has left. Raises StoreError while another is under way."""
    old = transaction.all(
        "SELECT batch FROM staged_batches WHERE team_id = :team_id AND touched_at < :given_up",
        team_id=team_id,
        given_up=to_text(now - _GIVEN_UP),
    )
    for row in old:
        drop(transaction, row["batch"])
    if transaction.one("SELECT batch FROM staged_batches WHERE team_id = :team_id", team_id=team_id) is not None:
        message = "another import is under way, or ended early just now; try again in a minute"
        raise StoreError(message)
    transaction.run(
        "INSERT INTO staged_batches (batch, team_id, touched_at) VALUES (:batch, :team_id, :now)",
        batch=batch,
        team_id=team_id,
        now=to_text(now),
    )


def stage(transaction: Transaction, team_id: str, batch: str, senses: Iterable[NewSense], now: datetime) -> int:
    """Write a chunk of a batch that is not shown yet; return how many meanings it has.

    What somebody has added meanwhile in the same place stays, and the file's is left out.
    """
    _touch(transaction, batch, now)
    change = Change(what="imported", by="", at=to_text(now))
    return len(write_new(transaction, team_id, senses, change, batch))


def switch_over(transaction: Transaction, team_id: str, batch: str, changed: Iterable[Changed], now: datetime) -> int:
    """Show a batch, and change what the file says differently: all of it, or nothing.

    Returns how many were changed; what somebody has changed meanwhile stays.
    """
    _touch(transaction, batch, now)
    if transaction.one(
        "SELECT id FROM senses WHERE batch = :batch AND team_id <> :team_id", batch=batch, team_id=team_id
    ):
        message = "a workspace connected meanwhile and nothing was imported; run the import again"
        raise StoreError(message)
    transaction.run("DELETE FROM staged_batches WHERE batch = :batch", batch=batch)
    if team_id != UNCLAIMED:
        _note_places(transaction, team_id)
    changes = change_senses(transaction, changed, Change(what="imported", by="", at=to_text(now)))
    transaction.run(
        "UPDATE workspaces SET glossary_revision = glossary_revision + 1 WHERE team_id = :team_id", team_id=team_id
    )
    return len(changes)


def drop(transaction: Transaction, batch: str) -> None:
    """Drop what is staged of a batch."""
    transaction.run(
        "DELETE FROM sense_versions WHERE sense_id IN (SELECT id FROM senses WHERE batch = :batch)", batch=batch
    )
    for table in ("sense_names", "senses", "staged_batches"):
        transaction.run(f"DELETE FROM {table} WHERE batch = :batch", batch=batch)


def claim_unclaimed(transaction: Transaction, team_id: str) -> None:
    """Give a workspace what was imported before any had connected."""
    for table in _TABLES:
        transaction.run(
            f"UPDATE {table} SET team_id = :team_id WHERE team_id = :unclaimed", team_id=team_id, unclaimed=UNCLAIMED
        )
    _note_places(transaction, team_id)


def _note_places(transaction: Transaction, team_id: str) -> None:
    """Remember which channels have meanings of their own."""
    rows = transaction.all(
        "SELECT DISTINCT visibility FROM senses WHERE team_id = :team_id AND visibility <> :workspace",
        team_id=team_id,
        workspace=WORKSPACE,
    )
    for row in rows:
        note_place(transaction, team_id, row["visibility"])


def _touch(transaction: Transaction, batch: str, now: datetime) -> None:
    """Say that the import goes on. Raises StoreError when it was given up."""
    touched = transaction.run(
        "UPDATE staged_batches SET touched_at = :now WHERE batch = :batch", now=to_text(now), batch=batch
    )
    if not touched:
        message = "the import stood still for too long, and another one took its place; run it again"
        raise StoreError(message)
