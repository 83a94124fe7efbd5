"""What people say to a proposal, whether those who were asked could be told, and messages kept for a form."""

from datetime import datetime
from typing import Literal

from storage.decisions.decisions import Decision
from storage.engine.interface import Reader, Record, Transaction, to_text
from storage.records.ids import new_id

Vote = Literal["agree", "object"]


class Opinion(Record):
    """What somebody said to a proposal."""

    user_id: str
    vote: Vote
    reason: str = ""
    at: str


class Quote(Record):
    """A message that somebody began to write down as a decision."""

    id: str
    team_id: str
    text: str
    author: str
    at: str


def vote(transaction: Transaction, decision: Decision, opinion: Opinion) -> None:
    """Keep what somebody says to a proposal; what they said before stays too, and the last word counts."""
    transaction.run(
        """
        INSERT INTO decision_votes (team_id, decision_id, user_id, vote, reason, at)
        VALUES (:team_id, :decision_id, :user_id, :vote, :reason, :at)
        ON CONFLICT (team_id, decision_id, user_id, at) DO UPDATE SET vote = excluded.vote, reason = excluded.reason
        """,
        team_id=decision.team_id,
        decision_id=decision.id,
        **opinion.model_dump(),
    )


def opinions(reader: Reader, decision: Decision) -> list[Opinion]:
    rows = reader.all(
        """
        SELECT user_id, vote, reason, at FROM decision_votes WHERE team_id = :team_id AND decision_id = :id
        ORDER BY at, user_id
        """,
        team_id=decision.team_id,
        id=decision.id,
    )
    return [Opinion.model_validate(row) for row in rows]


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
    transaction.run(
        """
        INSERT INTO decision_asks (team_id, decision_id, user_id, delivery_id, state)
        VALUES (:team_id, :decision_id, :user_id, :delivery_id, '') ON CONFLICT DO NOTHING
        """,
        team_id=decision.team_id,
        decision_id=decision.id,
        user_id=user_id,
        delivery_id=delivery_id,
    )


def note_told(transaction: Transaction, team_id: str) -> None:
    """Remember which of those messages arrived, before the outbox forgets them."""
    transaction.run(
        """
        UPDATE decision_asks SET state = 'sent' WHERE team_id = :team_id AND state = ''
        AND EXISTS (SELECT 1 FROM outbox WHERE outbox.id = decision_asks.delivery_id AND outbox.state = 'sent')
        """,
        team_id=team_id,
    )


def unreached(reader: Reader, decision: Decision) -> list[str]:
    """Return those who were asked and of whom it is not known that the message arrived."""
    rows = reader.all(
        """
        SELECT user_id FROM decision_asks WHERE team_id = :team_id AND decision_id = :decision_id AND state = 'sent'
        """,
        team_id=decision.team_id,
        decision_id=decision.id,
    )
    told = {row["user_id"] for row in rows}
    return [each for each in decision.asked if each not in told]


def keep_quote(transaction: Transaction, quote: Quote) -> None:
    transaction.run(
        "INSERT INTO decision_quotes (id, team_id, text, author, at) VALUES (:id, :team_id, :text, :author, :at)",
        **quote.model_dump(),
    )


def quote(reader: Reader, team_id: str, quote_id: str) -> Quote | None:
    row = reader.one(
        "SELECT * FROM decision_quotes WHERE team_id = :team_id AND id = :id", team_id=team_id, id=quote_id
    )
    return None if row is None else Quote.model_validate(row)


def forget_quotes(transaction: Transaction, before: datetime) -> int:
    """Drop messages of which nobody has made a decision."""
    return transaction.run("DELETE FROM decision_quotes WHERE at < :before", before=to_text(before))


def new_quote(team_id: str, text: str, author: str, now: datetime) -> Quote:
    return Quote(id=new_id(), team_id=team_id, text=text, author=author, at=to_text(now))


def take_out_reasons(transaction: Transaction, team_id: str, decision: Decision) -> None:
    """Forget why people said what they said, and the message that a decision was caught from."""
    transaction.run(
        "UPDATE decision_votes SET reason = '' WHERE team_id = :team_id AND decision_id = :id",
        team_id=team_id,
        id=decision.id,
    )
    transaction.run(
        "DELETE FROM decision_quotes WHERE team_id = :team_id AND text = :text",
        team_id=team_id,
        text=decision.source_text,
    )
