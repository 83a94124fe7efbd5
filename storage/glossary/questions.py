"""Words that were asked for in vain, and the open questions that some of them become."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from pydantic import Field

from storage.engine.interface import Reader, Record, Transaction, in_list, to_text
from storage.engine.statements import alter, delete, equal, insert_new
from storage.glossary.glossary import look_up_key
from storage.records.rows import InColumns
from storage.records.tables import Table

#: How long a question may stay open before it is overdue.
ANSWER_WITHIN = timedelta(days=7)

#: A miss is only counted; a question is somebody's; the rest have ended.
State = Literal["miss", "open", "answered", "closed"]


class Question(Record):
    """A word without a meaning. ``times`` counts the asking; ``owner`` is a user id, empty while nobody is found.

    Who asked is kept apart and shown to nobody. ``due_at`` is empty for a miss; times are ISO 8601 UTC text.
    """

    team_id: str
    visibility: str
    look_up_key: str
    word: str
    times: int = Field(default=1, ge=1)
    state: State = "open"
    owner: str = ""
    first_at: str = ""
    last_at: str = ""
    due_at: str = ""


_QUESTIONS = Table(InColumns(Question), "glossary_misses", "look_up_key")


def count_miss(transaction: Transaction, team_id: str, visibility: str, word: str, now: datetime) -> None:
    transaction.run(
        """
        INSERT INTO glossary_misses
            (team_id, visibility, look_up_key, word, times, state, owner, first_at, last_at, due_at)
        VALUES (:team_id, :visibility, :key, :word, 1, 'miss', '', :now, :now, '')
        ON CONFLICT (team_id, visibility, look_up_key) DO UPDATE
        SET times = glossary_misses.times + 1, last_at = excluded.last_at
        """,
        team_id=team_id,
        visibility=visibility,
        key=look_up_key(word),
        word=word,
        now=to_text(now),
    )


def ask(transaction: Transaction, question: Question, asker: str, now: datetime) -> bool:
    """Ask a question, for one more person; return True when it was not open before."""
    known = find(transaction, question.team_id, question.visibility, question.look_up_key)
    if known is None:
        count_miss(transaction, question.team_id, question.visibility, question.word, now)
    which = _which(question)
    insert_new(transaction, "glossary_askers", **which, user_id=asker, asked_at=to_text(now))
    where = f"WHERE {equal(which)}"
    row = transaction.one(f"SELECT count(*) AS people FROM glossary_askers {where}", **which)
    people = row["people"] if row else 0
    transaction.run(f"UPDATE glossary_misses SET times = :people {where} AND times < :people", people=people, **which)
    if known is not None and known.state == "open":
        return False
    due_at = to_text(now + ANSWER_WITHIN)
    alter(transaction, "glossary_misses", which, state="open", owner=question.owner, due_at=due_at)
    return True


def find(reader: Reader, team_id: str, visibility: str, key: str) -> Question | None:
    return _QUESTIONS.one(reader, team_id, [visibility], look_up_key=key)


def unanswered(reader: Reader, team_id: str, visibilities: Sequence[str], most: int = 200) -> list[Question]:
    """Return what was asked for in vain and may be seen: most asked first, questions before words only missed."""
    such = "AND state IN ('open', 'miss') ORDER BY state DESC, times DESC, look_up_key LIMIT :most"
    return _QUESTIONS.find(reader, team_id, visibilities, such, most=most)


def overdue(reader: Reader, team_id: str, now: datetime) -> list[Question]:
    """Return the open questions of every place that should have been answered by now, the oldest first."""
    such = "AND state = 'open' AND due_at < :now ORDER BY due_at, look_up_key LIMIT 200"
    return _QUESTIONS.find(reader, team_id, None, such, now=to_text(now))


def about(reader: Reader, team_id: str, keys: Sequence[str], visibilities: Sequence[str]) -> list[Question]:
    """Return the questions and misses that a meaning with one of these look-up keys answers."""
    named, values = in_list("look_up_key", keys)
    return _QUESTIONS.find(reader, team_id, visibilities, f"AND state IN ('open', 'miss') AND {named}", **values)


def askers(reader: Reader, team_id: str, keys: Sequence[str]) -> list[str]:
    """Return who waits for words with these look-up keys, wherever they asked, who asked first before the others."""
    named, values = in_list("look_up_key", keys)
    asked = f"SELECT user_id FROM glossary_askers WHERE team_id = :team_id AND {named}"
    rows = reader.all(f"{asked} GROUP BY user_id ORDER BY min(asked_at), user_id", team_id=team_id, **values)
    return [row["user_id"] for row in rows]


def end(transaction: Transaction, question: Question, state: State) -> list[str]:
    """End a question and return who asked it; nobody is remembered afterwards."""
    which = _which(question)
    asked = f"SELECT user_id FROM glossary_askers WHERE {equal(which)} ORDER BY asked_at, user_id"
    rows = transaction.all(asked, **which)
    delete(transaction, "glossary_askers", **which)
    alter(transaction, "glossary_misses", which, state=state)
    return [row["user_id"] for row in rows]


def _which(question: Question) -> dict[str, str]:
    return question.model_dump(include={"team_id", "visibility", "look_up_key"})


def forget(transaction: Transaction, team_id: str, visibility: str, key: str) -> None:
    """Forget that a word was asked for, and by whom."""
    for name in ("glossary_askers", "glossary_misses"):
        delete(transaction, name, team_id=team_id, visibility=visibility, look_up_key=key)
