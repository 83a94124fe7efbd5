"""What must still be said: the outbox."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Literal, TypedDict

from pydantic import Field
from pydantic_core import to_json

from storage.engine.interface import Reader, Record, Transaction, in_list, to_text
from storage.engine.statements import insert
from storage.outbox import threads
from storage.records.ids import new_id

Act = Literal["post", "whisper", "respond", "upload", "update"]
State = Literal["waiting", "sending", "unsure", "sent", "failed", "uncertain"]
#: States of what may have reached Slack without its having said so.
MAYBE_THERE = ("sending", "unsure")
ENDED = ("sent", "failed", "uncertain")
#: Word for word as in the indexes: only so are they used.
IS_OPEN = "state IN ('waiting', 'sending', 'unsure')"
#: What a restored store still has to say may have been said since its backup: it is looked for before it is sent. Under
#: which id a file was given to Slack since then is known to nobody, and what all see by a response_url can't be found.
DOUBT = """
UPDATE outbox SET state = CASE act WHEN 'post' THEN 'unsure' ELSE 'uncertain' END,
                  reason = CASE act WHEN 'post' THEN reason ELSE 'the store was restored while it was sent' END
WHERE (state = 'waiting' AND act = 'post') OR (state IN ('sending', 'unsure') AND act = 'upload')
      OR (state = 'waiting' AND act = 'respond' AND body LIKE '%"in_channel"%')
"""
#: Why a delivery ends that nobody misses.
READER_LEFT, UNINSTALLED = "given up: its reader has left", "the app was uninstalled"
TAKEN_OUT = "given up: its text was redacted"
#: So Slack says that a thread takes no more: https://docs.slack.dev/reference/methods/chat.update
_LOST = {"cant_update_message", "channel_not_found", "is_archived", "is_inactive", "message_not_found"}
#: The first message of a thread has ended, or was taken back, and never arrived.
NEVER_OPENED = "its thread was never opened"
_LOST |= {"not_in_channel", "restricted_action", NEVER_OPENED}
#: So long an edit is tried once the app is back.
_EDITS_KEPT = timedelta(days=1)
#: What a sender holds is told by its time.
_A_MOMENT = timedelta(microseconds=1)
#: Under this name a body carries the text that is said instead where Slack refuses its blocks, or its file.
OTHERWISE = "otherwise"
#: How the ids of people begin.
_PEOPLE = ("U", "W")


class Delivery(Record):
    """Something to say in Slack.

    ``act`` is the kind of call: ``post`` (chat.postMessage with ``body``), ``whisper`` (chat.postEphemeral, to the
    person in ``lane`` alone), ``respond`` (``body`` to the response_url in ``lane``), ``upload`` (a file for the person
    in ``lane``, or into its thread) or ``update`` (the first message of its thread). ``visibility`` is where it goes,
    or for a person the conversations of whose records it tells, with spaces; before an answer that one person alone
    reads stands who that is. A post or an upload with a ``thread``
    opens that, or goes into it; the ``thread`` of an update is a thread, or the id of the post that it changes.
    ``asks`` are the ids of records that a post's buttons want something done about, with spaces. Rows of one lane, a
    channel id, a user id or a response_url, are sent in order in each workspace. Times are ISO 8601 UTC text; while a
    row is *sending*, ``not_before`` is when its sender is given up for dead. ``origin`` is what the log calls the
    request that wrote it; empty where none did.
    """

    id: str = Field(default_factory=new_id)
    team_id: str
    visibility: str
    act: Act
    lane: str
    thread: str = ""
    asks: str = ""
    body: dict[str, object]
    state: State = "waiting"
    not_before: str
    expires_at: str
    tries: int = 0
    reason: str = ""
    slack_ts: str = ""
    slack_channel: str = ""
    origin: str = ""
    created_at: str

    def without_blocks(self) -> "Delivery | None":
        """Return what to say where Slack refuses the blocks; None where there is nothing else to say."""
        if not self.body.get(OTHERWISE):
            return None
        kept = {name: value for name, value in self.body.items() if name not in ("blocks", OTHERWISE)}
        return self.model_copy(update={"body": {**kept, "text": self.body[OTHERWISE]}})

    def without_file(self) -> "Delivery":
        """Return what to say where the app may attach no file."""
        where = {"channel": self.body.get("channel", self.lane), "thread_ts": self.body.get("thread_ts")}
        told = {**where, "text": self.body[OTHERWISE]}
        return self.model_copy(
            update={"act": "post", "body": {name: value for name, value in told.items() if value is not None}}
        )

    @property
    def reader(self) -> str:
        """Return who alone reads it; empty where it is said to a conversation."""
        told = self.visibility.partition(" ")[0]
        return next((each for each in (self.lane, told) if each.startswith(_PEOPLE)), "")

    @property
    def is_answer(self) -> bool:
        """Tell whether it answers one person alone, about records of which they may be shown no more by now."""
        return self.visibility.startswith(f"{self.reader} ")

    def saying(self, text: str) -> "Delivery":
        """Return the same with nothing in it but a sentence."""
        kept = {name: value for name, value in self.body.items() if name not in ("blocks", OTHERWISE)}
        return self.model_copy(update={"body": {**kept, "text": text}})

    @property
    def is_unsure(self) -> bool:
        """Tell whether an earlier try may have reached Slack."""
        return self.state in MAYBE_THERE


class Outcome(Record):
    """How sending a delivery ended, or when to try again (``not_before``, with the state ``waiting``).

    ``tries`` is which try it was, 0 where nobody tried.
    """

    id: str
    state: State
    reason: str = ""
    slack_ts: str = ""
    slack_channel: str = ""
    not_before: str | None = None
    tries: int = 0


class Times(TypedDict):
    """When a delivery was written, may be sent, and is given up; ISO 8601 UTC text."""

    created_at: str
    not_before: str
    expires_at: str


def due_at_once(now: datetime, keep: timedelta) -> Times:
    """Return the times of a delivery that is due at once and given up after ``keep``."""
    at_once = to_text(now)
    return {"created_at": at_once, "not_before": at_once, "expires_at": to_text(now + keep)}


def add(transaction: Transaction, deliveries: Iterable[Delivery], origin: str = "") -> None:
    """Put deliveries of one ``origin`` into the outbox.

    An update takes the place of one of the same message that is not sent yet.
    """
    new = list(deliveries)
    transaction.run_many(
        "DELETE FROM outbox WHERE act = 'update' AND state IN ('waiting', 'unsure') AND thread = :thread",
        [{"thread": each.thread} for each in new if each.act == "update" and each.thread],
    )
    rows = ({**each.__dict__, "body": to_json(each.body).decode(), "origin": origin or each.origin} for each in new)
    insert(transaction, "outbox", *rows)


def is_open(reader: Reader, delivery_id: str) -> bool:
    """Tell whether a delivery has not ended."""
    return reader.one(f"SELECT 1 AS found FROM outbox WHERE {IS_OPEN} AND id = :id", id=delivery_id) is not None


def hold_open(transaction: Transaction, team_id: str) -> None:
    """Let no sender begin with, or end, what is open in a workspace before this write is done."""
    transaction.all(
        f"SELECT id FROM outbox WHERE team_id = :team_id AND {IS_OPEN}{transaction.once_free}", team_id=team_id
    )


def read_again(not_before: str) -> str:
    """Return when a row that was changed may be sent: as before, but whoever has read it before must read it again."""
    return to_text(datetime.fromisoformat(not_before) - _A_MOMENT)


def delivery(reader: Reader, delivery_id: str) -> Delivery | None:
    row = reader.one("SELECT * FROM outbox WHERE id = :id", id=delivery_id)
    return None if row is None else in_outbox(row)


def take(transaction: Transaction, wanted: Delivery, now: datetime, lease: timedelta) -> bool:
    """Mark a delivery as being sent from now on; False when another sender has it, or is about to."""
    free = "SELECT id FROM outbox WHERE id = :id AND state = :state AND not_before = :not_before" + transaction.if_free
    taking = f"UPDATE outbox SET state = 'sending', tries = tries + 1, not_before = :until WHERE id IN ({free})"
    known = wanted.model_dump(include={"id", "state", "not_before"})
    return bool(transaction.run(taking, **known, until=to_text(now + lease)))


def record_outcomes(transaction: Transaction, outcomes: Iterable[Outcome]) -> None:
    """Note how deliveries ended. Of a sender whose lease had ended only counts that Slack has the message."""
    noting = """
        UPDATE outbox SET state = :state, reason = :reason, slack_ts = :slack_ts, slack_channel = :slack_channel,
                          not_before = coalesce(:not_before, not_before)
        WHERE id = :id AND (:tries = 0 OR :state = 'sent' OR (tries = :tries AND state <> 'sent'))
    """
    ended = [each for each in outcomes if transaction.run(noting, **each.__dict__)]
    threads.note_endings(transaction, _endings(transaction, ended))


def is_outdated(reader: Reader, update: Delivery) -> bool:
    """Tell whether a newer edit of the same message was written since: this one would undo it."""
    newer = "SELECT 1 AS found FROM outbox WHERE act = 'update' AND thread = :thread AND id > :id"
    return reader.one(newer, thread=update.thread, id=update.id) is not None


def _endings(reader: Reader, ended: Sequence[Outcome]) -> list[threads.Ending]:
    """Return what outcomes mean for the threads that their deliveries open or go into; that of a file means nothing."""
    listed, values = in_list("outbox.id", [each.id for each in ended])
    rows = reader.all(
        "SELECT outbox.id, threads.id AS thread, threads.opener FROM outbox JOIN threads ON threads.id = outbox.thread"
        f" WHERE outbox.act <> 'upload' AND {listed}",
        **values,
    )
    outcomes = {each.id: each for each in ended}
    return [_ending(outcomes[row["id"]], row["thread"], is_opener=row["id"] == row["opener"]) for row in rows]


def _ending(outcome: Outcome, thread: str, *, is_opener: bool) -> threads.Ending:
    is_lost = outcome.state in ("failed", "uncertain") and (is_opener or outcome.reason in _LOST)
    problem = outcome.reason if is_lost else ""
    ts = outcome.slack_ts if outcome.state == "sent" else ""
    return threads.Ending(delivery_id=outcome.id, thread=thread, ts=ts, problem=problem)


def end_open(transaction: Transaction, team_id: str, reason: str) -> None:
    """Give up what has not ended in a workspace, and with it the threads that are not open yet.

    Whether Slack has what was being sent nobody can ask any more.
    """
    threads.end_unopened(transaction, team_id, reason)
    ended = "CASE state WHEN 'waiting' THEN 'failed' ELSE 'uncertain' END"
    ending = f"UPDATE outbox SET state = {ended}, reason = :reason WHERE team_id = :team_id AND {IS_OPEN}"
    transaction.run(ending, team_id=team_id, reason=reason)


def edit_again(transaction: Transaction, team_id: str, now: datetime) -> None:
    """Try edits again that were given up when the app was taken out: their messages show what they showed then."""
    again = """
        UPDATE outbox SET state = 'waiting', reason = '', tries = 0, not_before = :not_before, expires_at = :expires_at
        WHERE team_id = :team_id AND act = 'update' AND reason = :reason
    """
    until = to_text(now + _EDITS_KEPT)
    transaction.run(again, team_id=team_id, reason=UNINSTALLED, not_before=to_text(now), expires_at=until)


def put_expiry_off(transaction: Transaction, by: timedelta, now: datetime) -> int:
    """Take what has not ended for written, and give it up, later by so much; return how many deliveries that are.

    What was written by a clock that is right since then stays, so that only the first of several replicas does it.
    """
    such = f"SELECT id, created_at, expires_at FROM outbox WHERE {IS_OPEN} AND created_at < :before"
    rows = transaction.all(such, before=to_text(now - by / 2))
    times = ("created_at", "expires_at")
    transaction.run_many(
        "UPDATE outbox SET created_at = :created_at, expires_at = :expires_at WHERE id = :id",
        [{**row, **{each: to_text(datetime.fromisoformat(row[each]) + by) for each in times}} for row in rows],
    )
    return len(rows)


def forget_ended(transaction: Transaction, team_id: str, before: datetime) -> int:
    """Drop what ended long ago, well or badly."""
    ended, values = in_list("state", ENDED)
    old = f"DELETE FROM outbox WHERE team_id = :team_id AND {ended} AND created_at < :limit"
    return transaction.run(old, **{**values, "team_id": team_id, "limit": to_text(before)})


def in_outbox(row: dict[str, object]) -> Delivery:
    """Return a row of the outbox as what it is."""
    return Delivery.model_validate({**row, "body": json.loads(str(row["body"]))})
