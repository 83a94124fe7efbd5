"""Text that was taken out of records for good, and of the messages that told of them."""

import json
from collections.abc import Mapping, Sequence

from storage.database import Reader, Record, Transaction, in_list

#: What stands in the place of a text that was taken out.
REDACTED = "(redacted)"


class Redaction(Record):
    """That a record was redacted, by whom (a user id) and when (ISO 8601 UTC text)."""

    team_id: str
    kind: str
    record_id: str
    by: str
    at: str


class Said(Record):
    """A message of the bot's that Slack has: where it stands."""

    channel: str
    ts: str


def note(transaction: Transaction, redaction: Redaction) -> None:
    transaction.run(
        """
        INSERT INTO redactions (team_id, kind, record_id, by, at) VALUES (:team_id, :kind, :record_id, :by, :at)
        ON CONFLICT DO NOTHING
        """,
        **redaction.model_dump(),
    )


def all_redactions(reader: Reader, team_id: str) -> list[Redaction]:
    rows = reader.all("SELECT * FROM redactions WHERE team_id = :team_id ORDER BY at, record_id", team_id=team_id)
    return [Redaction.model_validate(row) for row in rows]


def take_out_of_messages(transaction: Transaction, team_id: str, marks: Sequence[str], thread: str) -> list[Said]:
    """Take the text out of what the outbox holds of a record; return the messages that Slack has, to be edited.

    What is not sent yet is not sent any more.
    """
    found: dict[str, dict[str, object]] = {}
    for mark in marks:
        rows = transaction.all(
            "SELECT id, state, slack_ts, slack_channel FROM outbox WHERE team_id = :team_id AND body LIKE :mark",
            team_id=team_id,
            mark=f"%{_as_kept(mark)}%",
        )
        found |= {row["id"]: row for row in rows}
    if thread:
        rows = transaction.all(
            "SELECT id, state, slack_ts, slack_channel FROM outbox WHERE team_id = :team_id AND thread = :thread",
            team_id=team_id,
            thread=thread,
        )
        found |= {row["id"]: row for row in rows}
    waiting = [key for key, row in found.items() if row["state"] == "waiting"]
    unsent, values = in_list("id", waiting)
    transaction.run(f"DELETE FROM outbox WHERE {unsent}", **values)
    transaction.run_many(
        "UPDATE outbox SET body = :body WHERE id = :id",
        [{"id": key, "body": json.dumps({"text": REDACTED})} for key in found if key not in waiting],
    )
    return [
        Said(channel=str(row["slack_channel"]), ts=str(row["slack_ts"]))
        for row in found.values()
        if row["slack_ts"] and row["slack_channel"]
    ]


def redacted_versions(
    transaction: Transaction, table: str, where: Mapping[str, str], body: Mapping[str, object]
) -> None:
    """Take the text out of every version of a record: ``body`` is what stands in the place of its texts.

    ``where`` names the columns that tell the record from others; the notes of its events go too.
    """
    condition = " AND ".join(f"{name} = :{name}" for name in where)
    for row in transaction.all(f"SELECT version, body FROM {table} WHERE {condition}", **where):
        kept = {**json.loads(row["body"]), **body}
        transaction.run(
            f"UPDATE {table} SET body = :body, note = '' WHERE {condition} AND version = :version",
            body=json.dumps(kept, ensure_ascii=False), version=row["version"], **where,
        )  # fmt: skip


def _as_kept(mark: str) -> str:
    """Return a text as JSON holds it, without what LIKE takes for a pattern."""
    return json.dumps(mark, ensure_ascii=False)[1:-1].replace("%", "_")
