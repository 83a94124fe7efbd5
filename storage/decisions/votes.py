"""What people say to a proposal, whether those who were asked could be told, and messages kept for a form."""

from datetime import datetime
from typing import Literal

from storage.decisions.decisions import Decision
from storage.engine.interface import Reader, Record, Transaction, to_text
from storage.engine.statements import alter, delete, insert, insert_new, put, workspaces_with
from storage.records.ids import new_id
from storage.records.rows import InColumns
from storage.records.tables import Table

Vote = Literal["agree", "object"]


class Opinion(Record):
    """What somebody said to a proposal."""

    user_id: str
    vote: Vote
    reason: str = ""
    at: str


class Quote(Record):
    """A message of an author's that somebody, ``kept_by``, began to write down as a decision; only they see it."""

    id: str
    team_id: str
    text: str
    author: str
    kept_by: str
    at: str


_OPINIONS = Table(InColumns(Opinion), "decision_votes", "at, user_id")
_QUOTES = Table(InColumns(Quote), "decision_quotes", "id")


def vote(transaction: Transaction, decision: Decision, opinion: Opinion) -> None:
    """Keep what somebody says to a proposal; what they said before stays too, and the last word counts."""
    row = {"team_id": decision.team_id, "decision_id": decision.id, **opinion.model_dump()}
    put(transaction, _OPINIONS.table, "team_id decision_id user_id at", row)


def opinions(reader: Reader, decision: Decision) -> list[Opinion]:
    return _OPINIONS.some(reader, decision.team_id, decision_id=decision.id)


def said_something(reader: Reader, team_id: str) -> frozenset[tuple[str, str]]:
    """Return who said what they think of a proposal that is open: pairs of a decision and a person."""
    rows = reader.all(
        """
        SELECT DISTINCT votes.decision_id, votes.user_id FROM decisions CROSS JOIN decision_votes AS votes
        WHERE votes.team_id = decisions.team_id AND votes.decision_id = decisions.id
        AND decisions.team_id = :team_id AND decisions.state = 'proposed'
        """,
        team_id=team_id,
    )
    return frozenset((row["decision_id"], row["user_id"]) for row in rows)


def note_asked(transaction: Transaction, decision: Decision, user_id: str, delivery_id: str) -> None:
    """Remember with which message somebody was asked."""
    asked = {"team_id": decision.team_id, "decision_id": decision.id, "user_id": user_id}
    insert_new(transaction, "decision_asks", **asked, delivery_id=delivery_id, state="")


def note_told(transaction: Transaction, team_id: str) -> None:
    """Remember which of those messages arrived, before the outbox forgets them."""
    transaction.run(
        """
        UPDATE decision_asks SET state = 'sent' WHERE team_id = :team_id AND state = ''
        AND EXISTS (SELECT 1 FROM outbox WHERE outbox.id = decision_asks.delivery_id AND outbox.state = 'sent')
        """,
        team_id=team_id,
    )


def where_arrived(reader: Reader) -> set[str]:
    """Return the workspaces of which that is still to be remembered."""
    such = "state = '' AND EXISTS (SELECT 1 FROM outbox WHERE outbox.id = delivery_id AND outbox.state = 'sent')"
    return workspaces_with(reader, "decision_asks", such)


def unreached(reader: Reader, decision: Decision) -> list[str]:
    """Return those who were asked and of whom it is not known that the message arrived."""
    sent = "SELECT user_id FROM decision_asks WHERE team_id = :team_id AND decision_id = :id AND state = 'sent'"
    rows = reader.all(sent, team_id=decision.team_id, id=decision.id)
    told = {row["user_id"] for row in rows}
    return [each for each in decision.asked if each not in told]


def keep_quote(transaction: Transaction, quote: Quote) -> None:
    insert(transaction, _QUOTES.table, quote.model_dump())


def quote(reader: Reader, team_id: str, quote_id: str, kept_by: str) -> Quote | None:
    return _QUOTES.one(reader, team_id, id=quote_id, kept_by=kept_by)


def forget_quotes(transaction: Transaction, team_id: str, before: datetime) -> int:
    """Drop messages of which nobody has made a decision."""
    old = "DELETE FROM decision_quotes WHERE team_id = :team_id AND at < :before"
    return transaction.run(old, team_id=team_id, before=to_text(before))


def where_quotes(reader: Reader, before: datetime) -> set[str]:
    """Return the workspaces that keep such messages."""
    return workspaces_with(reader, _QUOTES.table, "at < :before", before=to_text(before))


def new_quote(team_id: str, text: str, author: str, kept_by: str, now: datetime) -> Quote:
    return Quote(id=new_id(), team_id=team_id, text=text, author=author, kept_by=kept_by, at=to_text(now))


def take_out_reasons(transaction: Transaction, team_id: str, decision: Decision) -> None:
    """Forget why people said what they said, and the message that a decision was caught from."""
    alter(transaction, _OPINIONS.table, {"team_id": team_id, "decision_id": decision.id}, reason="")
    delete(transaction, _QUOTES.table, team_id=team_id, text=decision.source_text)
