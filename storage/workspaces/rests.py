"""Until when nobody in a workspace is to be reminded of anything, unless something changes there."""

from collections.abc import Collection
from datetime import datetime

from storage.engine.interface import Reader, Record, Transaction, to_text
from storage.engine.statements import put
from storage.records.rows import InColumns
from storage.records.tables import Table


class Rest(Record):
    """A rest: from ``soon`` on it ends with the next change, of which ``seen`` were there before, else at ``until``.

    Both are ISO 8601 UTC text.
    """

    team_id: str
    soon: str
    until: str
    seen: int


_RESTS = Table(InColumns(Rest), "nudge_rests", "team_id")
_CHANGES = "(SELECT coalesce(sum(changes), 0) FROM revisions WHERE revisions.team_id = {team})"


def changes(reader: Reader, team_id: str) -> int:
    """Return how often what reminders go by was changed in a workspace."""
    row = reader.one(f"SELECT {_CHANGES.format(team=':team_id')} AS number", team_id=team_id) or {"number": 0}
    return int(row["number"])


def note_rest(transaction: Transaction, rest: Rest) -> None:
    put(transaction, _RESTS.table, "team_id", _RESTS.rows.row_of(rest))


def where_awake(reader: Reader, now: datetime, stirred: Collection[str]) -> set[str]:
    """Return the workspaces that do not rest now (for searches): those that are ``stirred`` rest only a while."""
    rows = reader.all(
        f"""
        SELECT workspaces.team_id FROM workspaces
        LEFT JOIN nudge_rests AS rest ON rest.team_id = workspaces.team_id
        WHERE uninstalled_at = '' AND (
            rest.team_id IS NULL OR rest.until <= :now OR rest.soon <= :now AND (
                rest.seen <> {_CHANGES.format(team="workspaces.team_id")}
                OR workspaces.team_id IN (SELECT value FROM EACH(:stirred) AS stirring)
            )
        )
        """,
        now=to_text(now),
        stirred=sorted(stirred),
    )
    return {row["team_id"] for row in rows}
