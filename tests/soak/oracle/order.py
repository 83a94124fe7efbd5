"""What was said in one lane came in the order in which it was written down, and so in one thread."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from sqlite3 import Connection

from tests.soak.oracle.store import Row, outbox
from tests.soak.oracle.transcript import Finding, Transcript


def judge(_told: Transcript, store: Connection) -> Iterator[Finding]:
    lanes: defaultdict[str, list[Row]] = defaultdict(list)
    for row in outbox(store):
        if row.act == "post" and row.state == "sent" and row.slack_ts:
            lanes[row.lane].append(row)
    for lane, rows in lanes.items():
        for before, after in pairwise(rows):
            # Two people's at the same moment may be written in one order and made in the other.
            if after.slack_ts < before.slack_ts and after.id > before.id:
                yield Finding("out of order", f"in {lane} {after.id} came before {before.id}")
