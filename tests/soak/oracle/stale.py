"""No message still shows a button that the bot has taken out of it."""

import json
from collections.abc import Iterator
from sqlite3 import Connection

from tests.soak.oracle.reading import buttons_in
from tests.soak.oracle.transcript import Finding, Transcript

#: What a message says last: as it was sent or rewritten, or as an edit of it, or of the thread that it opened, says.
_LAST = """
    SELECT body FROM outbox WHERE id = :id OR (act = 'update' AND state = 'sent' AND (
        thread = :id OR thread IN (SELECT id FROM threads WHERE opener = :id)
    )) ORDER BY act = 'update' DESC, rowid DESC LIMIT 1
"""


def judge(told: Transcript, store: Connection) -> Iterator[Finding]:
    # What a press at the end put in a message's place by its response_url stands in no row.
    pressed = min((each.at for each in told.presses), default="9")
    for said in told.said:
        if said.at > pressed:
            continue
        row = store.execute(_LAST, {"id": said.delivery}).fetchone() if said.delivery and said.buttons else None
        if row is None:
            continue
        gone = said.buttons - buttons_in(json.loads(row[0]).get("blocks", []))
        for name, value in sorted(gone):
            yield Finding("stale", f"{said.ts} in {said.channel} still has {name} of {value}")
