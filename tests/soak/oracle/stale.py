"""No message still shows a button that the bot has taken out of it."""

import json
from collections.abc import Iterator
from sqlite3 import Connection

from tests.soak.oracle.reading import buttons_in
from tests.soak.oracle.transcript import Finding, Said, Transcript

#: What a message says last: as it was sent or rewritten, or as an edit of it, or of the thread that it opened, says.
_LAST = """
    SELECT body, reason, visibility FROM outbox WHERE id = :id OR (act = 'update' AND state = 'sent' AND (
        thread = :id OR thread IN (SELECT id FROM threads WHERE opener = :id)
    )) ORDER BY act = 'update' DESC, rowid DESC LIMIT 1
"""
#: Why an edit is not made: who reads the message may not hear any more of what became of the record.
_LEFT = "given up: its reader has left"
#: What Slack says of an edit in an archived channel, where no button can be pressed either.
_ARCHIVED, _ARCHIVES = {"is_archived", "is_inactive"}, "archived this channel"


def judge(told: Transcript, store: Connection) -> Iterator[Finding]:
    # What a press at the end put in a message's place by its response_url stands in no row.
    pressed = min((each.at for each in told.presses), default="9")
    archived = {each.channel for each in told.said if not each.is_bots and each.text.endswith(_ARCHIVES)}
    for said in told.said:
        if said.at > pressed:
            continue
        row = store.execute(_LAST, {"id": said.delivery}).fetchone() if said.delivery and said.buttons else None
        if row is None or (row[1] == _LEFT and _has_left(told, said, row[2].split())):
            continue
        if row[1] in _ARCHIVED and said.channel in archived:
            continue
        gone = said.buttons - buttons_in(json.loads(row[0]).get("blocks", []))
        for name, value in sorted(gone):
            yield Finding("stale", f"{said.ts} in {said.channel} still has {name} of {value}")


def _has_left(told: Transcript, said: Said, places: list[str]) -> bool:
    """Tell whether who reads a message of their own was not in one of these conversations once it said what it says."""
    readers = told.readers(said.channel, said.at)
    left = {each.who for each in told.moves if each.channel in places and each.at > said.at and not each.has_come}
    outside = {who for each in places if each in told.private for who in readers - told.readers(each, said.at)}
    return bool(readers & (told.deactivated | left | outside))
