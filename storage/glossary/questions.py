"""Words that were asked for in vain, and the open questions that some of them become."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from pydantic import Field

from storage.engine.interface import Reader, Record, Transaction, in_list, to_text
from storage.engine.statements import alter, delete, equal, insert_new, workspaces_with
from storage.glossary.glossary import look_up_key
from storage.glossary.misses import LIKE, count_miss, likeness, said
from storage.records.rows import InColumns
from storage.records.tables import Table

#: How long a question may stay open before it is overdue.
ANSWER_WITHIN = timedelta(days=7)

#: A miss is only counted; a question is somebody's; the rest have ended.
State = Literal["miss", "open", "answered", "closed"]


class Question(Record):
    """A word without a meaning. ``times`` counts the asking; ``owner`` is a user id, empty while nobody is found.

    Who asked is kept apart and shown to nobody. ``due_at`` is empty for a miss; times are ISO 8601 UTC text.
    ``likeness`` is that of the word, empty in old rows; ``channel`` is where it was asked first, empty where that is
    nobody's; ``ended_by`` is who answered it, and ``passed`` are those who were asked and don't know, as user ids.
    ``ended_at`` is empty while it is open, and where an older version ended it.
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
    likeness: str = ""
    channel: str = ""
    ended_by: str = ""
    passed: tuple[str, ...] = ()
    ended_at: str = ""

    @property
    def opened_at(self) -> str:
        """Return since when it is a question, as ISO 8601 UTC text."""
        return to_text(datetime.fromisoformat(self.due_at) - ANSWER_WITHIN)


class Thread(NamedTuple):
    """Where a question was asked openly: a channel id, and Slack's time stamp of the thread's first message."""

    channel: str = ""
    ts: str = ""


#: Where only whoever asked reads the answer.
ALONE = Thread()


class Asking(NamedTuple):
    """Who waits for an answer: in a thread, or (an empty one) for themselves alone."""

    user_id: str
    thread: Thread = ALONE


_QUESTIONS = Table(InColumns(Question), "glossary_misses", "look_up_key")


def ask(transaction: Transaction, question: Question, asker: str, now: datetime, thread: Thread = ALONE) -> bool:
    """Ask a question, for one more person; return True when it was not open before.

    It joins the same question put otherwise, where that is open: ``like`` returns the one that is open now.
    """
    known = like(transaction, question.team_id, question.visibility, question.word)
    if known is None:
        count_miss(transaction, question.team_id, question.visibility, question.word, now)
    which = _which(known or question)
    _wait(transaction, which, Asking(asker, thread), now)
    where = f"WHERE {equal(which)}"
    row = transaction.one(f"SELECT count(*) AS people FROM glossary_askers {where}", **which)
    people = row["people"] if row else 0
    transaction.run(f"UPDATE glossary_misses SET times = :people {where} AND times < :people", people=people, **which)
    if known is not None and known.state == "open":
        return False
    new = {"owner": question.owner, "due_at": to_text(now + ANSWER_WITHIN), "channel": question.channel}
    new |= {"likeness": likeness(question.word), "ended_by": "", "ended_at": "", "passed": "[]"}
    alter(transaction, "glossary_misses", which, state="open", **new)
    return True


def _wait(transaction: Transaction, which: dict[str, str], asking: Asking, now: datetime) -> None:
    """Note who waits; whoever asked for themselves before, and now openly, is answered openly."""
    where = {"channel": asking.thread.channel, "thread_ts": asking.thread.ts}
    row = {**which, "user_id": asking.user_id, "asked_at": to_text(now), "told_at": "", **where}
    if not insert_new(transaction, "glossary_askers", **row) and asking.thread.ts:
        alter(transaction, "glossary_askers", {**which, "user_id": asking.user_id, "thread_ts": ""}, **where)


def like(reader: Reader, team_id: str, visibility: str, word: str) -> Question | None:
    """Return what was asked there in these words or otherwise: an open question before what was only missed."""
    return next(iter(_QUESTIONS.find(reader, team_id, [visibility], LIKE, **said(visibility, word))), None)


def find(reader: Reader, team_id: str, visibility: str, key: str) -> Question | None:
    return _QUESTIONS.one(reader, team_id, [visibility], look_up_key=key)


def unanswered(reader: Reader, team_id: str, visibilities: Sequence[str], most: int = 200) -> list[Question]:
    """Return what was asked for in vain and may be seen: most asked first, questions before words only missed."""
    such = "AND state IN ('open', 'miss') ORDER BY state DESC, times DESC, look_up_key LIMIT :most"
    return _worded(_QUESTIONS.find(reader, team_id, visibilities, such, most=most))


def overdue(reader: Reader, team_id: str, now: datetime) -> list[Question]:
    """Return the open questions of every place that should have been answered by now, the oldest first."""
    such = "AND state = 'open' AND due_at < :now ORDER BY due_at, look_up_key LIMIT 200"
    return _worded(_QUESTIONS.find(reader, team_id, None, such, now=to_text(now)))


def open_since(reader: Reader, team_id: str, visibilities: Sequence[str], since: str) -> list[Question]:
    """Return the questions that are open, or were at some time after a moment (ISO 8601 UTC text)."""
    such = "AND due_at <> '' AND (state = 'open' OR state IN ('answered', 'closed') AND ended_at >= :since)"
    return _worded(_QUESTIONS.find(reader, team_id, visibilities, such, since=since))


def _worded(found: Sequence[Question]) -> list[Question]:
    """Leave out what shows no word, which older versions filed too: nobody could say what it means."""
    return [each for each in found if look_up_key(each.word)]


def about(
    reader: Reader, team_id: str, keys: Sequence[str], likenesses: Sequence[str], visibilities: Sequence[str] | None
) -> list[Question]:
    """Return the questions and misses that a meaning answers, by its look-up keys and what its names are like.

    None looks in every place.
    """
    named, values = in_list("look_up_key", keys)
    alike, more = in_list("likeness", [each for each in likenesses if each])
    such = f"AND state IN ('open', 'miss') AND ({named} OR {alike}) ORDER BY look_up_key"
    return _QUESTIONS.find(reader, team_id, visibilities, such, **values, **more)


def waiting(reader: Reader, question: Question) -> list[Asking]:
    """Return who waits for an answer and where, who asked first before the others."""
    which = _which(question)
    sql = f"SELECT user_id, channel, thread_ts FROM glossary_askers WHERE {equal(which)} ORDER BY asked_at, user_id"
    rows = reader.all(sql, **which)
    return [Asking(row["user_id"], Thread(row["channel"], row["thread_ts"])) for row in rows]


def end(transaction: Transaction, question: Question, state: State, now: datetime, by: str = "") -> list[Asking]:
    """End a question and return who asked it; nobody is remembered afterwards, but for who answered it."""
    asked = waiting(transaction, question)
    delete(transaction, "glossary_askers", **_which(question))
    alter(transaction, "glossary_misses", _which(question), state=state, ended_by=by, ended_at=to_text(now))
    return asked


def pass_on(transaction: Transaction, question: Question, by: str, owner: str) -> None:
    """Give a question to another owner, or to nobody (empty), since this person doesn't know."""
    passed = json.dumps([*question.passed, by])
    alter(transaction, "glossary_misses", _which(question), owner=owner, passed=passed)


def answered_in(reader: Reader, team_id: str, channel: str, visibilities: Sequence[str]) -> dict[str, str]:
    """Return who has answered questions that were asked in a channel, each with the last such word."""
    such = "AND channel = :channel AND channel <> '' AND state = 'answered' AND ended_by <> '' ORDER BY last_at"
    found = _QUESTIONS.find(reader, team_id, visibilities, such, channel=channel)
    return {each.ended_by: each.word for each in found}


class Waiting(NamedTuple):
    """Somebody who has waited for long, and their question."""

    user_id: str
    question: Question


def where_waiting(reader: Reader, before: datetime) -> set[str]:
    """Return the workspaces in which somebody asked so long ago and was not told yet."""
    such = """
        told_at = '' AND asked_at <= :before AND EXISTS (
            SELECT 1 FROM glossary_misses AS asked
            WHERE asked.team_id = glossary_askers.team_id AND asked.visibility = glossary_askers.visibility
            AND asked.look_up_key = glossary_askers.look_up_key AND state = 'open'
        )
    """
    return workspaces_with(reader, "glossary_askers", such, before=to_text(before))


def waiting_since(reader: Reader, team_id: str, before: datetime, most: int = 100) -> list[Waiting]:
    """Return who asked so long ago, was not told yet that their question is still open, the longest first."""
    columns = ", ".join(f"glossary_misses.{name}" for name in Question.model_fields)
    rows = reader.all(
        f"""
        SELECT glossary_askers.user_id, {columns} FROM glossary_askers JOIN glossary_misses
        ON glossary_misses.team_id = glossary_askers.team_id
        AND glossary_misses.visibility = glossary_askers.visibility
        AND glossary_misses.look_up_key = glossary_askers.look_up_key
        WHERE glossary_askers.team_id = :team_id AND state = 'open' AND told_at = '' AND asked_at <= :before
        ORDER BY asked_at, glossary_askers.user_id, glossary_askers.look_up_key LIMIT :most
        """,
        team_id=team_id,
        before=to_text(before),
        most=most,
    )
    found = [Waiting(row["user_id"], _QUESTIONS.read(row)) for row in rows]
    return [each for each in found if look_up_key(each.question.word)]


def note_told(transaction: Transaction, waiting: Waiting, now: datetime) -> bool:
    """Note that somebody was told that their question is still open; False where it is not, or they were."""
    which = {**_which(waiting.question), "user_id": waiting.user_id, "told_at": ""}
    return bool(alter(transaction, "glossary_askers", which, told_at=to_text(now)))


def _which(question: Question) -> dict[str, str]:
    return question.model_dump(include={"team_id", "visibility", "look_up_key"})


def forget(transaction: Transaction, team_id: str, visibility: str, key: str) -> None:
    """Forget that a word was asked for, and by whom."""
    for name in ("glossary_askers", "glossary_misses"):
        delete(transaction, name, team_id=team_id, visibility=visibility, look_up_key=key)
