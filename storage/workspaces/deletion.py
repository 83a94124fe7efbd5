"""Deleting a whole workspace: at once for everybody who asks, then row by row.

Whoever asks finds no workspace from the first write on. What must still go is written down, so that a start after a
crash goes on with it.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from storage.engine.interface import Reader, Transaction, to_text
from storage.engine.statements import delete, has, insert_missing
from storage.workspaces.holds import LEGAL_HOLD

#: Every table with rows of a workspace, and the columns that name a row; what refers to another goes before it.
TABLES: Mapping[str, str] = {
    "outbox": "id",
    "threads": "id",
    "old_messages": "team_id record_id channel ts",
    "handled": "team_id gesture",
    "redactions": "team_id kind record_id",
    "unscrubbed": "id",
    "audit": "id",
    "agent_tokens": "id",
    "webhook_notices": "team_id webhook_id kind person",
    "webhooks": "id",
    "homes": "team_id user_id",
    "nudges": "id",
    "nudge_rests": "team_id",
    "summary_notices": "team_id subject period person",
    "summary_runs": "id",
    "summary_schedules": "team_id subject",
    "findable": "id",
    "data_checks": "id",
    "data_notes": "id",
    "data_request_events": "team_id request_id version",
    "data_requests": "id",
    "data_request_numbers": "team_id",
    "decision_quotes": "id",
    "decision_asks": "team_id decision_id user_id",
    "decision_votes": "team_id decision_id user_id at",
    "decision_events": "team_id decision_id version",
    "decisions": "id",
    "decision_numbers": "team_id",
    "feedback_events": "team_id feedback_id version",
    "feedback": "id",
    "feedback_numbers": "team_id",
    "change_notice_events": "team_id notice_id version",
    "change_notices": "id",
    "model_evaluations": "id",
    "requirement_card_events": "team_id card_id version",
    "requirement_cards": "id",
    "component_link_events": "team_id link_id version",
    "component_links": "id",
    "duty_questions": "team_id component_id duty user_id",
    "duty_events": "team_id component_id duty version",
    "duties": "team_id component_id duty",
    "owner_team_events": "team_id owner_team_id version",
    "owner_teams": "id",
    "component_events": "team_id component_id version",
    "launches": "team_id component_id launch_on",
    "components": "id",
    "duty_catalogues": "team_id",
    "word_uses": "team_id look_up_key",
    "glossary_sessions": "id",
    "glossary_askers": "team_id visibility look_up_key user_id",
    "glossary_misses": "team_id visibility look_up_key",
    "sense_disputes": "id",
    "sense_opinions": "team_id sense_id user_id",
    "sense_versions": "team_id sense_id version",
    "near_names": "team_id slip size look_up_key",
    "unfiled_names": "team_id batch",
    "sense_names": "team_id look_up_key sense_id",
    "senses": "id",
    "staged_senses": "batch id",
    "staged_batches": "batch",
    "people": "team_id user_id",
    "stewards": "team_id discipline user_id",
    "preferences": "team_id subject name",
    "finished_periods": "team_id job period",
    "leases": "team_id name",
    "heard": "team_id number",
    "installations": "team_id",
    "workspaces": "team_id",
    "revisions": "team_id counted",
}
_AT_ONCE = 500
#: What is no record of anybody's: tokens, and what the bot remembers for itself alone.
_NOT_TOLD = (
    "installations",
    "webhooks",
    "handled",
    "revisions",
    "nudge_rests",
    "staged_senses",
    "staged_batches",
    "near_names",
    "unfiled_names",
)


def due(reader: Reader, now: datetime, keep: timedelta) -> list[str]:
    """Return the workspaces that were uninstalled so long ago that they are to be deleted; a legal hold keeps one."""
    rows = reader.all(
        """
        SELECT team_id FROM workspaces WHERE uninstalled_at <> '' AND uninstalled_at <= :latest AND NOT EXISTS (
            SELECT 1 FROM preferences
            WHERE preferences.team_id = workspaces.team_id AND preferences.name = :hold AND preferences.value <> ''
        ) ORDER BY team_id
        """,
        latest=to_text(now - keep),
        hold=LEGAL_HOLD,
    )
    return [row["team_id"] for row in rows]


def begin(transaction: Transaction, team_id: str, now: datetime) -> None:
    """Let a workspace be gone for everybody who asks; its rows are still to be deleted."""
    insert_missing(transaction, "deletions", {"team_id": team_id, "begun_at": to_text(now)})
    delete(transaction, "workspaces", team_id=team_id)


def begun(reader: Reader) -> list[str]:
    """Return the workspaces that are gone, and have rows that are still to be deleted."""
    return [row["team_id"] for row in reader.all("SELECT team_id FROM deletions ORDER BY team_id")]


def delete_some(transaction: Transaction, team_id: str) -> bool:
    """Delete some rows of a workspace whose deletion has begun; False where none is left, or it has connected again."""
    if not has(transaction, "deletions", team_id=team_id):
        return False
    for table, key in TABLES.items():
        columns = ", ".join(key.split())
        some = f"SELECT {columns} FROM {table} WHERE team_id = :team_id LIMIT :most"
        if transaction.run(f"DELETE FROM {table} WHERE ({columns}) IN ({some})", team_id=team_id, most=_AT_ONCE):
            return True
    return False


def end(transaction: Transaction, team_id: str) -> None:
    """Note that nothing of a workspace is left, in the tables and in the files."""
    delete(transaction, "deletions", team_id=team_id)


def delete_rest(transaction: Transaction, team_id: str) -> None:
    """Delete at once what is left of a workspace that connects again while it is being deleted."""
    if has(transaction, "deletions", team_id=team_id):
        for table in (*TABLES, "deletions"):
            delete(transaction, table, team_id=team_id)


def rows(reader: Reader, team_id: str) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield every row of a workspace, with the name of its table; no token is among them."""
    for table, key in TABLES.items():
        if table not in _NOT_TOLD:
            order = ", ".join(key.split())
            of_it = f"SELECT * FROM {table} WHERE team_id = :team_id ORDER BY {order}"
            yield from ((table, row) for row in reader.all(of_it, team_id=team_id))


def counts(reader: Reader, team_id: str) -> dict[str, int]:
    """Return how many rows of a workspace each table has, but for the empty ones."""
    counted = {table: f"SELECT count(*) AS number FROM {table} WHERE team_id = :team_id" for table in TABLES}
    rows = {table: reader.one(statement, team_id=team_id) for table, statement in counted.items()}
    return {table: row["number"] for table, row in rows.items() if row and row["number"]}
