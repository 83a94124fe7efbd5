"""The Homes that people have opened: which page they look at, and what it showed last."""

from collections.abc import Mapping

from storage.engine.interface import Reader, Record, Transaction


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


def home(reader: Reader, team_id: str, user_id: str) -> Home | None:
    row = reader.one(
        "SELECT * FROM homes WHERE team_id = :team_id AND user_id = :user_id", team_id=team_id, user_id=user_id
    )
    return None if row is None else _home(row)


def opened_since(reader: Reader, team_id: str, moment: str) -> list[Home]:
    """Return the Homes that were opened since a moment (ISO 8601 UTC text)."""
    rows = reader.all(
        "SELECT * FROM homes WHERE team_id = :team_id AND opened_at >= :moment ORDER BY opened_at, user_id",
        team_id=team_id,
        moment=moment,
    )
    return [_home(row) for row in rows]


def note(transaction: Transaction, home: Home) -> None:
    transaction.run(
        """
        INSERT INTO homes (team_id, user_id, opened_at, page, hash, digest)
        VALUES (:team_id, :user_id, :opened_at, :page, :hash, :digest)
        ON CONFLICT (team_id, user_id) DO UPDATE SET opened_at = excluded.opened_at, page = excluded.page,
            hash = excluded.hash, digest = excluded.digest
        """,
        **home.model_dump(),
    )


def _home(row: Mapping[str, object]) -> Home:
    return Home.model_validate(row)
