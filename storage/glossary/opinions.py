"""What people think of a meaning: helpful, not clear, or not what they mean; and how often a word is asked for."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

from storage.engine.interface import Reader, Record, Transaction, in_list, to_text
from storage.engine.statements import alter, delete, insert, put
from storage.glossary.glossary import SHOWN, Sense
from storage.records.ids import new_id
from storage.records.rows import InColumns
from storage.records.tables import Table
from storage.workspaces import preferences
from storage.workspaces.workspaces import Workspace

Opinion = Literal["helpful", "not clear"]


class Dispute(Record):
    """Somebody means something else. ``by`` is a user id; ``settled_at`` is empty while it is open."""

    id: str
    team_id: str
    sense_id: str
    reason: str
    by: str
    at: str
    settled_at: str = ""


class Given(Record):
    """One person's opinion of a meaning. ``by`` is a user id; ``reason`` is empty where none was given."""

    opinion: Opinion
    by: str
    reason: str = ""


class Heard(Record):
    """How many people found the present version of a meaning helpful, and how many not clear."""

    helpful: int = 0
    not_clear: int = 0


_DISPUTES = Table(InColumns(Dispute), "sense_disputes", "at")


def give_opinion(transaction: Transaction, sense: Sense, given: Given, now: datetime) -> None:
    """Keep one person's opinion of a meaning; a later one takes its place."""
    row = {**_now(sense), "user_id": given.by, "opinion": given.opinion, "at": to_text(now), "reason": given.reason}
    put(transaction, "sense_opinions", "team_id sense_id user_id", row)
    preferences.note_change(transaction, sense.team_id)


def reasons_not_clear(reader: Reader, sense: Sense, most: int = 3) -> tuple[str, ...]:
    """Return what people said is not clear about the present version, newest first; not who said it."""
    rows = reader.all(
        """
        SELECT reason FROM sense_opinions WHERE team_id = :team_id AND sense_id = :sense_id AND version = :version
        AND opinion = 'not clear' AND reason <> '' ORDER BY at DESC, user_id LIMIT :most
        """,
        **_now(sense),
        most=most,
    )
    return tuple(row["reason"] for row in rows)


def helped(reader: Reader, workspace: Workspace, sense_ids: Sequence[str]) -> list[tuple[str, str]]:
    """Return which of some meanings helped whom, as pairs of a meaning's id and a user id, the latest first.

    It is kept until words, or what people prefer, were changed.
    """
    revision, team_id = (workspace.glossary_revision, workspace.preferences_revision), workspace.team_id
    return reader.remember((team_id, "helped", *sense_ids), revision, lambda: _helped(reader, team_id, sense_ids))


def _helped(reader: Reader, team_id: str, sense_ids: Sequence[str]) -> list[tuple[str, str]]:
    listed, values = in_list("sense_id", sense_ids)
    rows = reader.all(
        f"""
        SELECT sense_id, user_id FROM sense_opinions
        WHERE team_id = :team_id AND {listed} AND opinion = 'helpful' ORDER BY at DESC, user_id LIMIT 200
        """,
        **{"team_id": team_id, **values},
    )
    return [(row["sense_id"], row["user_id"]) for row in rows]


def heard(reader: Reader, sense: Sense) -> Heard:
    rows = reader.all(
        """
        SELECT opinion, count(*) AS people FROM sense_opinions
        WHERE team_id = :team_id AND sense_id = :sense_id AND version = :version GROUP BY opinion
        """,
        **_now(sense),
    )
    counts = {row["opinion"]: row["people"] for row in rows}
    return Heard(helpful=counts.get("helpful", 0), not_clear=counts.get("not clear", 0))


def _now(sense: Sense) -> dict[str, str | int]:
    return {"team_id": sense.team_id, "sense_id": sense.id, "version": sense.version}


def not_clear_to(reader: Reader, team_id: str, least: int) -> dict[str, int]:
    """Return sense id to number for the meanings that at least so many people find not clear as they are now."""
    rows = reader.all(
        """
        SELECT sense_id, count(*) AS people FROM sense_opinions
        JOIN senses ON senses.id = sense_opinions.sense_id AND senses.version = sense_opinions.version
        WHERE sense_opinions.team_id = :team_id AND opinion = 'not clear' GROUP BY sense_id HAVING count(*) >= :least
        """,
        team_id=team_id,
        least=least,
    )
    return {row["sense_id"]: row["people"] for row in rows}


def dispute(transaction: Transaction, sense: Sense, user_id: str, reason: str, now: datetime) -> Dispute:
    made = Dispute(id=new_id(), team_id=sense.team_id, sense_id=sense.id, reason=reason, by=user_id, at=to_text(now))
    insert(transaction, _DISPUTES.table, made.model_dump())
    return made


def open_disputes(reader: Reader, team_id: str, sense_id: str) -> list[Dispute]:
    return _DISPUTES.some(reader, team_id, sense_id=sense_id, settled_at="")


def settle_disputes(transaction: Transaction, team_id: str, sense_id: str, now: datetime) -> list[Dispute]:
    """Settle every open dispute about a meaning, and return them."""
    settled = open_disputes(transaction, team_id, sense_id)
    opened = {"team_id": team_id, "sense_id": sense_id, "settled_at": ""}
    alter(transaction, _DISPUTES.table, opened, settled_at=to_text(now))
    return settled


def add_uses(transaction: Transaction, uses: Mapping[tuple[str, str], int], now: datetime) -> None:
    """Add how often words were asked for; keys are (team_id, look-up key)."""
    transaction.run_many(
        """
        INSERT INTO word_uses (team_id, look_up_key, times, last_at) VALUES (:team_id, :key, :times, :now)
        ON CONFLICT (team_id, look_up_key) DO UPDATE
        SET times = word_uses.times + excluded.times, last_at = excluded.last_at
        """,
        [
            {"team_id": team_id, "key": key, "times": times, "now": to_text(now)}
            for (team_id, key), times in uses.items()
        ],
    )


def forget_uses(transaction: Transaction, team_id: str, key: str) -> None:
    delete(transaction, "word_uses", team_id=team_id, look_up_key=key)


def often_asked(reader: Reader, team_id: str, least: int, visibilities: Sequence[str]) -> list[tuple[str, int]]:
    """Return sense id and number for meanings of words asked for at least so often that nobody has verified."""
    visible, values = in_list("senses.visibility", visibilities)
    rows = reader.all(
        f"""
        SELECT senses.id AS id, times FROM word_uses CROSS JOIN senses
        WHERE senses.team_id = word_uses.team_id AND senses.look_up_key = word_uses.look_up_key
        AND word_uses.team_id = :team_id AND times >= :least AND verified_on = '' AND status = 'approved'
        AND {visible} AND {SHOWN}
        ORDER BY times DESC, senses.id LIMIT 50
        """,
        team_id=team_id,
        least=least,
        **values,
    )
    return [(row["id"], row["times"]) for row in rows]


def asked_between(
    reader: Reader, team_id: str, visibilities: Sequence[str], begin: str, most: int
) -> list[tuple[str, int, int]]:
    """Return words that were asked for since a moment and may be seen, most asked first.

    Each with how often it was asked for in all, and of how many disciplines it has a meaning.
    """
    visible, values = in_list("senses.visibility", visibilities)
    rows = reader.all(
        f"""
        SELECT min(senses.word) AS word, times, count(DISTINCT senses.discipline) AS disciplines
        FROM word_uses CROSS JOIN senses
        WHERE senses.team_id = word_uses.team_id AND senses.look_up_key = word_uses.look_up_key
        AND word_uses.team_id = :team_id AND last_at >= :begin AND status = 'approved' AND {visible} AND {SHOWN}
        GROUP BY word_uses.look_up_key, times ORDER BY times DESC, word LIMIT :most
        """,
        **{"team_id": team_id, "begin": begin, "most": most, **values},
    )
    return [(row["word"], row["times"], row["disciplines"]) for row in rows]
