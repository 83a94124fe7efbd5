"""Steps of the nudges. A step that has shipped is never edited."""

from sqlite_utils import Database

from storage.migrations.revisions import count
from storage.migrations.step import create, table

#: What reminders go by, besides what was counted before.
_CHANGING = """
    decision_asks decision_votes glossary_misses glossary_sessions launches people sense_opinions stewards
    summary_notices
"""


def nudges(database: Database) -> None:
    create(database, "people", "team_id user_id name tz is_gone:int is_away:int read_at", "team_id user_id")
    sent = create(database, "nudges", "id team_id person kind subject what at delivery_id useful settled_at", "id")
    sent.create_index(["team_id", "subject", "kind"])
    sent.create_index(["delivery_id"])


def open_nudges(database: Database) -> None:
    table(database, "nudges").create_index(["team_id", "settled_at"])


def rests(database: Database) -> None:
    """Where nobody is to be told anything for a while, and the changes that may end it before."""
    create(database, "nudge_rests", "team_id soon until seen:int", "team_id")
    for name in _CHANGING.split():
        count(database, name)
