"""The Homes that people have opened: which page they look at, and what it showed last."""

from datetime import datetime, timedelta

from storage.engine.interface import Reader, Record, Transaction, to_text
from storage.engine.statements import put, workspaces_with
from storage.records.rows import InColumns
from storage.records.tables import Table

#: So long a Home is kept fresh after it was opened; one that may show what is gone is looked at again for a while.
WATCHED, _LOOKED_AT_AGAIN = timedelta(minutes=10), timedelta(minutes=2)
_AT_ONCE = 20


class Home(Record):
    """A Home as it was published last.

    ``opened_at`` is ISO 8601 UTC text, ``page`` counts from 0, ``hash`` is Slack's of the view, ``digest`` tells one
    content from another; both are empty where publishing failed. ``is_private``: it may show what belongs to private
    conversations.
    """

    team_id: str
    user_id: str
    opened_at: str
    page: int = 0
    hash: str = ""
    digest: str = ""
    is_private: bool = False


_HOMES = Table(InColumns(Home), "homes", "user_id")


def home(reader: Reader, team_id: str, user_id: str) -> Home | None:
    return _HOMES.one(reader, team_id, user_id=user_id)


def watched(reader: Reader, team_id: str, now: datetime) -> list[Home]:
    """Return the Homes that are kept fresh now."""
    such = "AND opened_at >= :moment ORDER BY opened_at, user_id"
    return _HOMES.find(reader, team_id, None, such, moment=to_text(now - WATCHED))


def no_longer_watched(reader: Reader, team_id: str, now: datetime) -> list[Home]:
    """Return some of the Homes that may still show what belongs to private conversations, and are not kept fresh."""
    such = "AND opened_at < :moment AND is_private = 1 ORDER BY opened_at, user_id LIMIT :most"
    return _HOMES.find(reader, team_id, None, such, moment=to_text(now - WATCHED), most=_AT_ONCE)


def where_to_look(reader: Reader, now: datetime) -> set[str]:
    """Return the workspaces with Homes that are kept fresh, or may still show what belongs to private conversations."""
    fresh = workspaces_with(reader, "homes", "opened_at >= :moment", moment=to_text(now - WATCHED))
    return fresh | workspaces_with(reader, "homes", "is_private = 1")


def look_again(transaction: Transaction, team_id: str, now: datetime, user_id: str = "") -> None:
    """Have everybody's Home, or one person's, published again where it shows something else by now."""
    theirs, opened_at = "AND user_id = :user_id" if user_id else "", to_text(now - WATCHED + _LOOKED_AT_AGAIN)
    values = {"team_id": team_id, "opened_at": opened_at, **({"user_id": user_id} if user_id else {})}
    again = f"UPDATE homes SET opened_at = :opened_at WHERE team_id = :team_id AND opened_at < :opened_at {theirs}"
    transaction.run(again, **values)


def note(transaction: Transaction, home: Home) -> None:
    put(transaction, _HOMES.table, "team_id user_id", home.model_dump())
