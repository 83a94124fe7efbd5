"""Every delivery has ended: what is sent is in Slack as it says, what isn't has its reason."""

from collections.abc import Iterator
from sqlite3 import Connection

from tests.soak.oracle.store import outbox
from tests.soak.oracle.transcript import Finding, Transcript

_ENDS = ("sent", "failed", "uncertain")


def judge(told: Transcript, store: Connection) -> Iterator[Finding]:
    there = {each.delivery: each.ts for each in told.said if each.delivery}
    for row in outbox(store):
        what = f"{row.act} {row.id} to {row.lane}"
        if row.state not in _ENDS:
            yield Finding("unended", f"{what} is still {row.state}: {row.reason}")
        elif row.state != "sent" and not row.reason:
            yield Finding("unended", f"{what} has {row.state} without a reason")
        elif row.state == "sent" and row.act == "post" and there.get(row.id, row.slack_ts) != row.slack_ts:
            yield Finding("half-written", f"{what} is at {row.slack_ts} by the store, at {there[row.id]} in Slack")
        elif row.state == "sent" and row.act == "post" and row.id not in there and row.id not in told.deleted:
            yield Finding("lost", f"{what} was sent by the store, and is not in Slack")
        elif row.state == "failed" and row.id in there:
            yield Finding("half-written", f"{what} has failed by the store, and is in Slack")
