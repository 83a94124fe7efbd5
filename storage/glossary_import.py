"""Imports in the large: staged in chunks that nobody sees, then switched over in one short transaction."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from storage.database import Transaction, to_text
from storage.glossary import NewSense, Sense
from storage.glossary_changes import Change, add_senses, change_sense

#: Records of before any workspace has connected; the first one that does takes them over.
UNCLAIMED = ""
_STAGED = "import:"
_TABLES = ("senses", "sense_names")


def stage(transaction: Transaction, team_id: str, batch: str, senses: Iterable[NewSense], now: datetime) -> None:
    """Write a chunk of a batch where no gesture looks: under a visibility of its own."""
    hidden = [each.model_copy(update={"visibility": f"{_STAGED}{batch}:{each.visibility}"}) for each in senses]
    add_senses(transaction, team_id, hidden, now)


def switch_over(
    transaction: Transaction,
    team_id: str,
    batch: str,
    changed: Iterable[tuple[Sense, Mapping[str, object]]],
    now: datetime,
) -> int:
    """Show what was staged, and change what the file says differently; return how many are new.

    What somebody has added meanwhile stays, and the staged one of the same place is dropped.
    """
    staged = f"{_STAGED}{batch}:"
    known = {"team_id": team_id, "begin": staged, "end": f"{staged}\uffff", "cut": len(staged) + 1}
    within = "team_id = :team_id AND visibility >= :begin AND visibility < :end"
    transaction.run(
        f"""
        DELETE FROM senses WHERE {within} AND EXISTS (
            SELECT 1 FROM senses AS there WHERE there.team_id = senses.team_id
            AND there.look_up_key = senses.look_up_key AND there.discipline = senses.discipline
            AND there.visibility = substr(senses.visibility, :cut)
        )
        """,
        **known,
    )
    added = transaction.run(f"UPDATE senses SET visibility = substr(visibility, :cut) WHERE {within}", **known)
    transaction.run(f"UPDATE sense_names SET visibility = substr(visibility, :cut) WHERE {within}", **known)
    for old, changes in changed:
        change_sense(transaction, old, changes, Change(what="imported", by="", at=to_text(now)))
    transaction.run(
        "UPDATE workspaces SET glossary_revision = glossary_revision + 1 WHERE team_id = :team_id", team_id=team_id
    )
    return added


def drop_staged(transaction: Transaction, team_id: str) -> None:
    """Drop what an import that ended early has left behind."""
    within = f"team_id = :team_id AND visibility >= '{_STAGED}' AND visibility < '{_STAGED}\uffff'"
    for table in ("sense_versions",):
        transaction.run(
            f"DELETE FROM {table} WHERE team_id = :team_id AND sense_id IN (SELECT id FROM senses WHERE {within})",
            team_id=team_id,
        )
    for table in reversed(_TABLES):
        transaction.run(f"DELETE FROM {table} WHERE {within}", team_id=team_id)


def claim_unclaimed(transaction: Transaction, team_id: str) -> None:
    """Give a workspace what was imported before any had connected."""
    for table in (*_TABLES, "sense_versions"):
        transaction.run(
            f"UPDATE {table} SET team_id = :team_id WHERE team_id = :unclaimed", team_id=team_id, unclaimed=UNCLAIMED
        )
