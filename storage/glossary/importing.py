"""Imports in the large: staged in chunks that nobody sees, then switched over in one short transaction."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from storage.engine.interface import WORKSPACE, Row, StoreError, Transaction, to_text
from storage.engine.statements import alter, delete, has, insert
from storage.glossary import near
from storage.glossary.changes import SENSES, Change, New, make_new, note_revision, write_names_again, write_new
from storage.glossary.glossary import SENSE_ROWS, NewSense, Sense, sense_of
from storage.workspaces.workspaces import note_place

#: Records of before any workspace has connected; the first one that does takes them over.
UNCLAIMED = ""
#: A meaning as it was read, and what becomes different.
Changed = tuple[Sense, Mapping[str, object]]
#: What makes a meaning that one, which no file changes.
_FIXED = ("id", "team_id", "visibility", "word", "look_up_key", "discipline", "origin", "created_by")
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
    if has(transaction, "staged_batches", team_id=team_id):
        raise StoreError("another import is under way, or ended early just now; try again in a minute")
    insert(transaction, "staged_batches", {"batch": batch, "team_id": team_id, "touched_at": to_text(now)})


def stage(transaction: Transaction, team_id: str, batch: str, senses: Iterable[NewSense], now: datetime) -> int:
    """Write a chunk of a batch that is not shown yet; return how many meanings it has.

    What somebody has added meanwhile in the same place stays, and the file's is left out.
    """
    return stage_made(transaction, batch, rows_of(team_id, batch, senses, now), now)


def rows_of(team_id: str, batch: str, senses: Iterable[NewSense], now: datetime) -> New:
    """Make what a chunk of a batch writes, which takes as long as writing it and keeps nobody waiting."""
    return make_new(team_id, senses, Change(what="imported", by="", at=to_text(now)), batch)


def stage_made(transaction: Transaction, batch: str, new: New, now: datetime) -> int:
    """Write what was made for a batch, as ``stage`` does."""
    _touch(transaction, batch, now)
    return len(write_new(transaction, new))


def stage_changes(transaction: Transaction, team_id: str, batch: str, asked: Iterable[Changed], now: datetime) -> int:
    """Write a chunk of new versions beside the meanings, where nobody sees them yet; return how many."""
    return stage_versions(transaction, batch, versions_of(team_id, batch, asked, now), now)


def versions_of(team_id: str, batch: str, asked: Iterable[Changed], now: datetime) -> list[Row]:
    """Make the rows of a chunk of new versions."""
    change = Change(what="imported", by="", at=to_text(now))
    rows: list[Row] = []
    for old, changes in asked:
        new = SENSES.next_version(old, changes, change)
        is_named_anew = (old.aliases, old.misspellings) != (new.aliases, new.misspellings)
        told = {"batch": batch, "team_id": team_id, "has_new_names": int(is_named_anew), "body": new.model_dump_json()}
        rows.append({**SENSE_ROWS.row_of(new), **told})
    return rows


def stage_versions(transaction: Transaction, batch: str, rows: Sequence[Row], now: datetime) -> int:
    """Write new versions that were made for a batch, as ``stage_changes`` does."""
    _touch(transaction, batch, now)
    insert(transaction, "staged_senses", *rows)
    return len(rows)


def switch_over(transaction: Transaction, team_id: str, batch: str, now: datetime) -> int:
    """Show what is staged of a batch: all of it, or nothing.

    Returns how many meanings were changed; what somebody has changed meanwhile stays.
    """
    _touch(transaction, batch, now)
    if transaction.one(
        "SELECT id FROM senses WHERE batch = :batch AND team_id <> :team_id", batch=batch, team_id=team_id
    ):
        raise StoreError("a workspace connected meanwhile and nothing was imported; run the import again")
    # One revision for the names of the batch, of which no name tells, and another one for those that are changed.
    note_revision(transaction, team_id)
    count = _switch_changes(transaction, batch)
    near.file_later(transaction, team_id, batch)
    transaction.count_anew("senses", "sense_names")
    for table in ("staged_senses", "staged_batches"):
        delete(transaction, table, batch=batch)
    if team_id != UNCLAIMED:
        _note_places(transaction, team_id)
    note_revision(transaction, team_id)
    return count


def _switch_changes(transaction: Transaction, batch: str) -> int:
    """Put the staged versions in the place of those that they were made from; return how many."""
    transaction.run(
        """
        DELETE FROM staged_senses WHERE batch = :batch AND NOT EXISTS (
            SELECT id FROM senses WHERE id = staged_senses.id AND team_id = staged_senses.team_id
            AND version = staged_senses.version - 1
        )
        """,
        batch=batch,
    )
    columns = ", ".join(f"{each} = staged.{each}" for each in SENSE_ROWS.columns if each not in _FIXED)
    staged = "staged_senses AS staged WHERE staged.batch = :batch AND staged.id = senses.id"
    count = transaction.run(f"UPDATE senses SET {columns} FROM {staged}", batch=batch)
    transaction.run(
        """
        INSERT INTO sense_versions (team_id, sense_id, version, what, by, at, note, body)
        SELECT team_id, id, version, 'imported', '', updated_at, '', body FROM staged_senses WHERE batch = :batch
        """,
        batch=batch,
    )
    renamed = transaction.all(
        "SELECT * FROM senses WHERE id IN (SELECT id FROM staged_senses WHERE batch = :batch AND has_new_names = 1)",
        batch=batch,
    )
    write_names_again(transaction, [sense_of(row) for row in renamed])
    return count


def drop(transaction: Transaction, batch: str) -> None:
    """Drop what is staged of a batch."""
    transaction.run(
        "DELETE FROM sense_versions WHERE sense_id IN (SELECT id FROM senses WHERE batch = :batch)", batch=batch
    )
    for table in ("sense_names", "senses", "staged_senses", "staged_batches"):
        delete(transaction, table, batch=batch)


def claim_unclaimed(transaction: Transaction, team_id: str) -> None:
    """Give a workspace what was imported before any had connected."""
    for table in ("senses", "sense_names", "sense_versions", "near_names", "unfiled_names"):
        alter(transaction, table, {"team_id": UNCLAIMED}, team_id=team_id)
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
    if not alter(transaction, "staged_batches", {"batch": batch}, touched_at=to_text(now)):
        raise StoreError("the import stood still for too long, and another one took its place; run it again")
