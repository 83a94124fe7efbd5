"""Steps of what all kinds of records have, and of names for any engine. A step that has shipped is never edited."""

import json

from sqlite_utils import Database

from storage.migrations.step import create_history, table

_ID_LENGTH = 24
#: Where the records stand that were redacted, by their kind; a question is forgotten.
_REDACTED = {
    "component": "components",
    "data note": "data_notes",
    "data request": "data_requests",
    "decision": "decisions",
    "feedback": "feedback",
    "meaning": "senses",
}


def histories(database: Database) -> None:
    """Give components a history, beginning with how they are, and let that of duties keep how each was.

    Of a duty it is known how it was from the last step on; of the steps before, only what was done.
    """
    events = create_history(database, "component_events", "component_id")
    for row in list(table(database, "components").rows):
        sides = {name: json.loads(row[name]) for name in ("model_side", "product_side")}
        step = {"at": row["created_at"], "by": row["created_by"], "what": "added", "note": ""}
        named = {"team_id": row["team_id"], "component_id": row["id"], "version": row["version"]}
        events.insert({**named, **step, "body": json.dumps({**row, **sides}, ensure_ascii=False)})
    table(database, "duty_events").add_column("body", str, not_null_default="")
    for row in list(table(database, "duties").rows):
        people = {name: json.loads(row[name]) for name in ("helpers", "claimants", "declined_by")}
        database.execute(
            """
            UPDATE duty_events SET body = :body
            WHERE team_id = :team_id AND component_id = :component_id AND duty = :duty AND version = :version
            """,
            {**row, "body": json.dumps({**row, **people}, ensure_ascii=False)},
        )


def visibilities(database: Database) -> None:
    """Say of reminders and redactions to whom they belong: to nobody where that is not known any more."""
    for name in ("nudges", "redactions"):
        table(database, name).add_column("visibility", str, not_null_default="unknown")
    for kind, name in _REDACTED.items():
        database.execute(
            f"""
            UPDATE redactions SET visibility = {name}.visibility FROM {name}
            WHERE redactions.kind = :kind AND {name}.id = record_id AND {name}.team_id = redactions.team_id
            """,
            {"kind": kind},
        )
        # The subject of a reminder begins with the id of what it is about, if that has one.
        database.execute(
            f"""
            UPDATE nudges SET visibility = {name}.visibility FROM {name}
            WHERE {name}.id = substr(subject, 1, {_ID_LENGTH}) AND {name}.team_id = nudges.team_id
            """
        )
    database.execute(
        """
        UPDATE redactions SET visibility = components.visibility
        FROM requirement_cards JOIN components ON components.id = requirement_cards.component_id
        WHERE redactions.kind = 'card' AND requirement_cards.id = record_id
        AND requirement_cards.team_id = redactions.team_id
        """
    )


def summary_spans(database: Database) -> None:
    """``end`` is a word of SQL."""
    for old, new in (("begin", "begins_at"), ("end", "ends_at")):
        database.execute(f'ALTER TABLE summary_runs RENAME COLUMN "{old}" TO {new}')
