"""Text that was taken out of records for good, and of the messages that told of them."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from storage.engine.interface import Reader, Record, Transaction, folded, in_list
from storage.engine.statements import insert, insert_missing, workspaces_with
from storage.outbox.deliveries import MAYBE_THERE, hold_open, read_again
from storage.records.ids import new_id
from storage.records.rows import InColumns
from storage.records.tables import Table

#: What stands in the place of a text that was taken out.
REDACTED = "(redacted)"
#: Shorter words of a record may be anybody's; of longer texts so much is compared.
_LEAST, _BEGINNING = 8, 60
#: As ids are made here.
_ID = re.compile(r"\b[0-9a-f]{24}\b")
_WORD = re.compile(r"\w+")
#: Under this name it is counted how often something was deleted for good.
_TAKEN_OUT = "taken out"
#: So many messages are looked through at once.
_PAGE = 500
#: What a message that may have to be sent again still needs.
_WHERE = ("channel", "ts", "thread_ts", "user", "response_type", "replace_original", "file")


class Redaction(Record):
    """That a record was redacted, by whom (a user id) and when (ISO 8601 UTC text); who saw the record sees that."""

    team_id: str
    kind: str
    record_id: str
    visibility: str
    by: str
    at: str


_REDACTIONS = Table(InColumns(Redaction), "redactions", "at, record_id")


class Said(Record):
    """A message of the bot's that Slack has: where it stands, and what stands there from now on.

    Where Slack may have it and has not said so, ``post`` is the delivery that says where it stands once that is known.
    """

    channel: str
    ts: str
    body: dict[str, object]
    post: str = ""


@dataclass(frozen=True, slots=True)
class Sought:
    """What tells messages of one record from others: its id, its own words, and its thread.

    Of words, those count that are long enough to be nobody else's, or quoted; of long ones the beginning, since
    messages cut them.
    """

    ids: tuple[str, ...]
    texts: tuple[str, ...]
    thread: str = ""

    def stands_in(self, told: object) -> bool:
        """Tell whether a part of a message, as Block Kit has it, tells of the record."""
        return any(
            any(each in text for each in self.ids) or any(_whole(each).search(folded(text)) for each in self.texts)
            for text in _texts_in(told)
        )

    def marks(self) -> list[str]:
        """Return words, without case, of which every message that tells of the record has one."""
        longest = (max(_WORD.findall(folded(each)), key=len, default="") for each in self.texts)
        return [*map(folded, self.ids), *longest]


def sought(ids: Iterable[str], texts: Iterable[str], thread: str = "") -> Sought:
    """Return what to look for, without words that would find what others have written."""
    long_enough = {
        " ".join(each.split())[:_BEGINNING]
        for each in texts
        if (len(each) >= _LEAST or each.startswith("“")) and REDACTED not in each and not each.startswith("redacted ")
    }
    return Sought(tuple(each for each in ids if each), tuple(sorted(long_enough)), thread)


def _whole(mark: str) -> re.Pattern[str]:
    end = r"(?!\w)" if len(mark) < _BEGINNING else ""
    return re.compile(rf"(?<!\w){re.escape(folded(mark))}{end}")


def _texts_in(told: object) -> Iterable[str]:
    """Return every text in a part of a message: what people read, the values of buttons, and the names of blocks."""
    if isinstance(told, str):
        yield " ".join(told.split())
    elif isinstance(told, Mapping):
        for name, each in told.items():
            if name not in ("type", "action_id", "style"):
                yield from _texts_in(each)
    elif isinstance(told, Sequence):
        for each in told:
            yield from _texts_in(each)


def note(transaction: Transaction, redaction: Redaction) -> None:
    _REDACTIONS.insert(transaction, redaction)
    scrub_later(transaction, redaction.team_id)


def scrub_later(transaction: Transaction, team_id: str) -> None:
    """Note that something was deleted for good, so that the files are scrubbed soon, also after a crash.

    It is counted too: what was read before is not said any more.
    """
    insert(transaction, "unscrubbed", {"id": new_id(), "team_id": team_id})
    transaction.run(
        """
        INSERT INTO revisions (team_id, counted, changes) VALUES (:team_id, :counted, 1)
        ON CONFLICT (team_id, counted) DO UPDATE SET changes = revisions.changes + 1
        """,
        team_id=team_id,
        counted=_TAKEN_OUT,
    )


def times_taken_out(reader: Reader, team_id: str) -> int:
    """Return how often something was deleted for good, to tell later whether that has happened since."""
    sql = "SELECT changes FROM revisions WHERE team_id = :team_id AND counted = :counted"
    row = reader.one(sql, team_id=team_id, counted=_TAKEN_OUT)
    return 0 if row is None else int(row["changes"])


def where_unscrubbed(reader: Reader) -> set[str]:
    """Return the workspaces in which something was deleted since the files were scrubbed."""
    return workspaces_with(reader, "unscrubbed")


def unscrubbed(reader: Reader, team_id: str, *, is_quiet: bool) -> list[str]:
    """Return the ids of the notes that something was deleted since the files were scrubbed.

    Those that wait for a quiet hour are left out before it.
    """
    sql = "SELECT id FROM unscrubbed WHERE team_id = :team_id AND (waits = 0 OR :is_quiet = 1)"
    return [row["id"] for row in reader.all(sql, team_id=team_id, is_quiet=is_quiet)]


def scrubbed(transaction: Transaction, noted: Sequence[str], *, is_all: bool) -> None:
    """Take back notes; where not all is out of the files, they wait for a quiet hour."""
    listed, values = in_list("id", noted)
    done = "DELETE FROM unscrubbed" if is_all else "UPDATE unscrubbed SET waits = 1"
    transaction.run(f"{done} WHERE {listed}", **values)


def redactions_of(reader: Reader, team_id: str, visibilities: Sequence[str]) -> list[Redaction]:
    """Return what was redacted of the records that may be seen, the oldest first."""
    return _REDACTIONS.some(reader, team_id, visibilities)


def take_out_of_messages(transaction: Transaction, team_id: str, sought: Sought, told: str) -> list[Said]:
    """Take the text out of what the outbox holds of a record; return the messages that Slack has, to be edited.

    What is not sent yet is not sent any more; what may have been sent is edited once it is known where it stands. A
    message of a summary tells of other records too, and loses only the blocks that tell of this one; ``told`` stands in
    their place, and in the place of every other message.
    """
    hold_open(transaction, team_id)
    changed, unsent, said = [], [], dict[tuple[str, str], Said]()
    runs = transaction.all("SELECT thread FROM summary_runs WHERE team_id = :team_id AND thread <> ''", team_id=team_id)
    summaries = {row["thread"] for row in runs}
    for row in _telling(transaction, team_id, sought):
        body = json.loads(row["body"])
        is_of_many = row["thread"] in summaries
        kept = _without(body, sought, told) if is_of_many else {"text": told}
        if row["state"] == "waiting" and not is_of_many:
            unsent.append(str(row["id"]))
            continue
        where_to = {name: body[name] for name in _WHERE if name in body} if row["state"] in MAYBE_THERE else {}
        left = {**body, **kept} if is_of_many else {**where_to, **kept}
        not_before = read_again(row["not_before"]) if row["state"] == "waiting" else row["not_before"]
        changed.append({"id": row["id"], "body": json.dumps(left, ensure_ascii=False), "not_before": not_before})
        where = _stands_at(row, body)
        if all(where):
            said[where] = Said(channel=where[0], ts=where[1], body=kept)
        elif is_on_its_way(row):
            said["", str(row["id"])] = Said(channel=str(row["lane"]), ts="", body=kept, post=str(row["id"]))
    listed, values = in_list("id", unsent)
    transaction.run(f"DELETE FROM outbox WHERE {listed}", **values)
    transaction.run_many("UPDATE outbox SET body = :body, not_before = :not_before WHERE id = :id", changed)
    return list(said.values())


def is_on_its_way(row: Mapping[str, Any]) -> bool:
    """Tell whether Slack may have a post, or a file, as it was, and has not said where."""
    return row["act"] in ("post", "upload") and row["state"] in MAYBE_THERE


def _stands_at(row: Mapping[str, Any], body: Mapping[str, object]) -> tuple[str, str]:
    """Return the channel and the time stamp of what Slack has of a row; an edit names the message that it changed."""
    if row["act"] == "update" and row["state"] == "sent":
        return str(body.get("channel", "")), str(body.get("ts", ""))
    return str(row["slack_channel"]), str(row["slack_ts"])


def keep_where_said(transaction: Transaction, team_id: str, before: str) -> None:
    """Keep which records the messages sent before a moment (ISO 8601 UTC text) tell of, and no word of them.

    The outbox forgets them; a record that is redacted later must still be found in them.
    """
    rows = transaction.all(
        """
        SELECT thread, body, slack_channel, slack_ts FROM outbox
        WHERE team_id = :team_id AND state = 'sent' AND created_at < :before AND slack_ts <> '' AND slack_channel <> ''
        """,
        team_id=team_id,
        before=before,
    )
    told = [
        {"team_id": team_id, "record_id": each, "channel": row["slack_channel"], "ts": row["slack_ts"]}
        for row in rows
        for each in {*_ID.findall(str(row["body"])), str(row["thread"])} - {""}
    ]
    insert_missing(transaction, "old_messages", *told)


def old_messages(transaction: Transaction, team_id: str, sought: Sought, told: str) -> list[Said]:
    """Return the messages that the outbox has forgotten and that tell of a record, and forget them too."""
    listed, values = in_list("record_id", [*sought.ids, *([sought.thread] if sought.thread else [])])
    values["team_id"] = team_id
    rows = transaction.all(
        f"SELECT DISTINCT channel, ts FROM old_messages WHERE team_id = :team_id AND {listed}", **values
    )
    transaction.run(f"DELETE FROM old_messages WHERE team_id = :team_id AND {listed}", **values)
    return [Said(channel=str(row["channel"]), ts=str(row["ts"]), body={"text": told}) for row in rows]


def _telling(reader: Reader, team_id: str, sought: Sought) -> Iterator[dict[str, Any]]:
    """Go through the messages of the outbox that tell of a record, a page at a time."""
    marks, after = sought.marks(), ""
    page = f"""
        SELECT id, act, state, not_before, lane, thread, slack_ts, slack_channel, body FROM outbox
        WHERE team_id = :team_id AND id > :after ORDER BY id LIMIT {_PAGE}
    """
    while rows := reader.all(page, team_id=team_id, after=after):
        after = rows[-1]["id"]
        for row in rows:
            is_own = bool(sought.thread) and row["thread"] == sought.thread
            told = "" if is_own else folded(row["body"])
            if is_own or (any(mark in told for mark in marks) and sought.stands_in(json.loads(row["body"]))):
                yield row


def _without(body: Mapping[str, object], sought: Sought, told: str) -> dict[str, object]:
    blocks = body.get("blocks")
    listed = blocks if isinstance(blocks, list) else []
    gone = {"type": "context", "elements": [{"type": "plain_text", "text": told}]}
    text = body.get("text", "")
    return {
        # The text of a message stands for its first block.
        "text": told if sought.stands_in([text, *listed[:1]]) else text,
        "blocks": [gone if sought.stands_in(each) else each for each in listed],
    }
