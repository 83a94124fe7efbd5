"""Tokens with which agents ask: each of one person, kept as a digest that opens nothing."""

from datetime import datetime

from storage.engine.interface import Reader, Record, Transaction, to_text
from storage.engine.statements import delete
from storage.records.rows import InColumns
from storage.records.tables import Table


class Token(Record):
    """A token of a person. Times are ISO 8601 UTC text; ``label`` is what they call it.

    ``is_public``: it opens only what every member may see. ``digest`` is SHA-256 of the token, in hexadecimal.
    """

    id: str
    team_id: str
    user_id: str
    digest: str
    label: str = ""
    is_public: bool = False
    created_at: str
    ends_at: str


_TOKENS = Table(InColumns(Token), "agent_tokens")


def add(transaction: Transaction, token: Token) -> None:
    _TOKENS.insert(transaction, token)


def of_person(reader: Reader, team_id: str, user_id: str, now: datetime) -> list[Token]:
    """Return the tokens of a person that are good still, the oldest first."""
    such = "AND user_id = :user_id AND ends_at > :now ORDER BY created_at, id"
    return _TOKENS.find(reader, team_id, None, such, user_id=user_id, now=to_text(now))


def with_digest(reader: Reader, digest: str, now: datetime) -> Token | None:
    """Return the token of a digest, of any workspace, while it is good."""
    row = reader.one("SELECT * FROM agent_tokens WHERE digest = :digest", digest=digest)
    token = None if row is None else _TOKENS.read(row)
    return token if token is not None and token.ends_at > to_text(now) else None


def end(transaction: Transaction, team_id: str, user_id: str, token_id: str) -> bool:
    """Take a token of a person away; False where they have none of that id."""
    return bool(delete(transaction, "agent_tokens", team_id=team_id, user_id=user_id, id=token_id))


def forget_ended(transaction: Transaction, team_id: str, now: datetime) -> int:
    """Drop tokens whose time is over."""
    ended = "DELETE FROM agent_tokens WHERE team_id = :team_id AND ends_at <= :now"
    return transaction.run(ended, team_id=team_id, now=to_text(now))
