"""What a person or a channel has chosen for itself, such as the discipline that is shown first."""

from storage.engine.interface import Reader, Transaction
from storage.engine.statements import put

DISCIPLINE = "discipline"
#: A person's working hours such as 9-17; the themes of reminders that they don't want, or single kinds that they took
#: out before there were themes, with commas; and the day (ISO) until which they want none.
HOURS, NUDGES_OFF, NUDGES_PAUSED = "hours", "nudges_off", "nudges_paused"
#: A workspace's days off, ISO dates with spaces; the subject is the workspace's own id.
HOLIDAYS = "holidays"
#: The name of the emoji with which somebody catches a decision; the subject is the workspace's own id.
DECISION_EMOJI = "decision_emoji"
#: Who was greeted when the bot was new; the subject is the workspace's own id.
GREETED = "greeted"
#: After how many days duties are to be confirmed again; the subject is the workspace's own id.
CONFIRM_AFTER = "confirm_after"
#: That guests may read the workspace's records in a channel, which is the subject; admins allow it.
GUESTS_READ = "guests_read"
#: That a channel's members want hints in passing; and when a person was given one last, or that they never want any.
PASSING, HINTED = "passing", "hinted"
#: Whom the setting ADMINS named at the last start, user ids with spaces; the subject is the workspace's own id.
ADMINS = "admins"


def choose(transaction: Transaction, team_id: str, subject: str, name: str, value: str) -> None:
    """Keep a choice of a person or a channel (an id); an empty value takes it back."""
    choice = {"team_id": team_id, "subject": subject, "name": name, "value": value}
    put(transaction, "preferences", "team_id subject name", choice)
    note_change(transaction, team_id)


def note_change(transaction: Transaction, team_id: str) -> None:
    """Say that what people prefer was changed: what is remembered of it is made anew."""
    transaction.run(
        "UPDATE workspaces SET preferences_revision = preferences_revision + 1 WHERE team_id = :team_id",
        team_id=team_id,
    )


def choice(reader: Reader, team_id: str, subject: str, name: str) -> str:
    """Return what a person or a channel has chosen; empty where that is nothing."""
    told = "SELECT value FROM preferences WHERE team_id = :team_id AND subject = :subject AND name = :name"
    row = reader.one(told, team_id=team_id, subject=subject, name=name)
    return "" if row is None else str(row["value"])


def chosen(reader: Reader, team_id: str, revision: int, name: str) -> dict[str, str]:
    """Return who has chosen what, by subject; kept until the workspace's ``preferences_revision`` moves on."""
    return reader.remember((team_id, "preferences", name), revision, lambda: _read(reader, team_id, name))


def _read(reader: Reader, team_id: str, name: str) -> dict[str, str]:
    told = "SELECT subject, value FROM preferences WHERE team_id = :team_id AND name = :name AND value <> ''"
    rows = reader.all(told, team_id=team_id, name=name)
    return {row["subject"]: row["value"] for row in rows}
