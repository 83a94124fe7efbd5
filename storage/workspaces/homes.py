"""The Homes that people have opened: which page they look at, and what it showed last."""

from storage.engine.interface import Reader, Record, Transaction
from storage.engine.statements import put
from storage.records.rows import InColumns
from storage.records.tables import Table


class Home(Record):
    """A Home as it was published last.

    ``opened_at`` is ISO 8601 UTC text, ``page`` counts from 0, ``hash`` is Slack's of the view, ``digest`` tells one
    content from another; both are empty where publishing failed.
    """

    team_id: str
    user_id: str
    opened_at: str
    page: int = 0
    hash: str = ""
    digest: str = ""


_HOMES = Table(InColumns(Home), "homes", "user_id")


def home(reader: Reader, team_id: str, user_id: str) -> Home | None:
    return _HOMES.one(reader, team_id, user_id=user_id)


def opened_since(reader: Reader, team_id: str, moment: str) -> list[Home]:
    """Return the Homes that were opened since a moment (ISO 8601 UTC text)."""
    such = "AND opened_at >= :moment ORDER BY opened_at, user_id"
    return _HOMES.find(reader, team_id, None, such, moment=moment)


def note(transaction: Transaction, home: Home) -> None:
    put(transaction, _HOMES.table, "team_id user_id", home.model_dump())
