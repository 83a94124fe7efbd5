"""The bot's own messages that name somebody: found, and written anew without them."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from storage.engine.interface import Reader, Transaction
from storage.engine.statements import delete, having, insert_missing
from storage.outbox.deliveries import OTHERWISE, hold_open, read_again
from storage.outbox.redactions import Said, is_on_its_way
from storage.records import former
from storage.records.former import Forgotten

#: A conversation, and the time stamp of a message in it.
Place = tuple[str, str]
Row = dict[str, Any]
#: What Slack shows, or soon will.
_SHOWN = "SELECT * FROM outbox WHERE team_id = :team_id AND state <> 'failed'"
#: Columns that may name a person, besides the words.
_NAMING = ("lane", "visibility", "asks")
_PEOPLE = re.compile(r'(?:<@|"user_id":\s?")([UW][A-Z0-9]+)')


def keep_where_named(transaction: Transaction, team_id: str, before: str) -> None:
    """Keep whom the messages name that were written before a moment (ISO 8601 UTC text), and no word of them.

    The outbox forgets them; who is forgotten later must still be found in them. Of a message's forms the last counts.
    """
    names, such = _names(transaction, team_id), "act IN ('post', 'update') AND created_at < :before"
    rows = transaction.all(f"{_SHOWN} AND {such} ORDER BY id", team_id=team_id, before=before)
    shown = _by_place(rows, _threads(transaction, team_id))
    places = [{"team_id": team_id, "channel": channel, "ts": ts} for channel, ts in shown]
    named = "DELETE FROM old_messages WHERE team_id = :team_id AND channel = :channel AND ts = :ts"
    transaction.run_many(f"{named} AND (record_id LIKE 'U%' OR record_id LIKE 'W%')", places)
    for place, row in zip(places, shown.values(), strict=True):
        people = {*_PEOPLE.findall(row["body"]), *(each for each, name in names.items() if name in row["body"])}
        insert_missing(transaction, "old_messages", *({**place, "record_id": each} for each in sorted(people)))


def _names(reader: Reader, team_id: str) -> dict[str, str]:
    """Return how people are called; the table is that of ``storage/workspaces/people``."""
    known = "SELECT user_id, name FROM people WHERE team_id = :team_id AND name NOT IN ('', :former)"
    return {row["user_id"]: row["name"] for row in reader.all(known, team_id=team_id, former=former.NAME)}


def drop_unsent(transaction: Transaction, team_id: str, user_id: str) -> int:
    """Drop what waits to be said to a person, and the files that they were given."""
    theirs = "DELETE FROM outbox WHERE team_id = :team_id AND lane = :user_id"
    return transaction.run(f"{theirs} AND (state <> 'sent' OR slack_ts = '')", team_id=team_id, user_id=user_id)


def take_out(transaction: Transaction, team_id: str, person: Forgotten, removed: str) -> tuple[int, list[Said]]:
    """Take a person out of what the outbox holds; return how much that is, and what Slack is to show instead.

    Of what the outbox has forgotten no words are left, so ``removed`` is said in its place.
    """
    hold_open(transaction, team_id)
    changed, threads = _naming(transaction, team_id, person), _threads(transaction, team_id)
    updates = transaction.all(f"{_SHOWN} AND act = 'update'", team_id=team_id)
    posts = [row for row, _ in changed if row["act"] == "post"]
    shown = _by_place(sorted([*posts, *updates], key=lambda row: str(row["id"])), threads)
    left = {each["id"]: each for row, each in changed if each["body"] != row["body"] and row["state"] != "waiting"}
    said = [
        Said(channel=place[0], ts=place[1], body=_shown(left[row["id"]]["body"]))
        for place, row in shown.items()
        if row["id"] in left
    ]
    told = "lane = :lane, visibility = :visibility, asks = :asks, body = :body, not_before = :not_before"
    transaction.run_many(f"UPDATE outbox SET {told} WHERE id = :id", [each for _, each in changed])
    coming = [
        Said(channel=row["lane"], ts="", body=_shown(left[row["id"]]["body"]), post=row["id"])
        for row in posts
        if is_on_its_way(row) and row["id"] in left
    ]
    old = _old(transaction, team_id, person.user_id)
    gone = [Said(channel=place[0], ts=place[1], body={"text": removed}) for place in old if place not in shown]
    return len(changed), [*said, *coming, *gone]


def _naming(reader: Reader, team_id: str, person: Forgotten) -> list[tuple[Row, Row]]:
    """Return each row that names a person, and what is left of it without them."""
    such, values = having((*_NAMING, "body"), person.marks)
    rows = reader.all(f"SELECT * FROM outbox WHERE team_id = :team_id AND ({such})", **{"team_id": team_id, **values})
    pairs = ((row, _without(row, person)) for row in rows)
    return [(row, left) for row, left in pairs if any(row[name] != value for name, value in left.items())]


def _by_place(rows: Iterable[Row], threads: Mapping[str, Place]) -> dict[Place, Row]:
    """Return the last of the rows, the oldest first, that were written for each message."""
    return {place: row for row in rows if (place := _place(row, threads))}


def _threads(reader: Reader, team_id: str) -> dict[str, Place]:
    rows = reader.all(
        """
        SELECT threads.id, threads.ts, coalesce(nullif(outbox.slack_channel, ''), threads.channel) AS channel
        FROM threads LEFT JOIN outbox ON outbox.id = threads.opener WHERE threads.team_id = :team_id
        """,
        team_id=team_id,
    )
    return {row["id"]: (row["channel"], row["ts"]) for row in rows if row["ts"]}


def _place(row: Row, threads: Mapping[str, Place]) -> Place | None:
    if row["act"] == "post":
        return (row["slack_channel"], row["slack_ts"]) if row["slack_ts"] else None
    if row["act"] != "update":
        return None
    body = json.loads(row["body"])
    return (str(body["channel"]), str(body["ts"])) if body.get("ts") else threads.get(row["thread"])


def _without(row: Row, person: Forgotten) -> Row:
    told = json.loads(row["body"])
    left = person.out_of_message(told)
    body = row["body"] if left == told else json.dumps(left, ensure_ascii=False)
    where = {name: person.out_of_text(row[name]) for name in _NAMING}
    is_changed = row["state"] == "waiting" and (body != row["body"] or any(row[name] != where[name] for name in where))
    not_before = read_again(row["not_before"]) if is_changed else row["not_before"]
    return {"id": row["id"], **where, "body": body, "not_before": not_before}


def _shown(body: str) -> dict[str, object]:
    told = json.loads(body)
    return {name: told[name] for name in ("text", "blocks", OTHERWISE) if name in told}


def _old(transaction: Transaction, team_id: str, user_id: str) -> Iterable[Place]:
    wanted = {"team_id": team_id, "record_id": user_id}
    told = "SELECT channel, ts FROM old_messages WHERE team_id = :team_id AND record_id = :record_id ORDER BY ts"
    rows = transaction.all(told, **wanted)
    delete(transaction, "old_messages", **wanted)
    return [(row["channel"], row["ts"]) for row in rows]
