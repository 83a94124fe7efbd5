"""What is over stays as it is, whatever is pressed at the end; no press goes unanswered, and nothing goes wrong."""

from collections.abc import Iterator
from sqlite3 import Connection

from tests.soak.oracle.transcript import Finding, Transcript

_OVER = {
    "data_requests": ("accepted", "changed", "declined", "withdrawn", "expired"),
    "decisions": ("rejected", "superseded"),
}
#: So the bot says that something happened which nobody has thought of.
_FAULT = "something went wrong on my side"


def over(store: Connection) -> frozenset[str]:
    """Return the records that are over, each with its state; people may still follow them."""
    return frozenset(
        f"{table} {record} {state}"
        for table, states in _OVER.items()
        for record, state in store.execute(f"SELECT id, state FROM {table}")
        if state in states
    )


def judge(told: Transcript, store: Connection) -> Iterator[Finding]:
    for each in sorted(told.over - over(store)):
        yield Finding("stale", f"a button changed what was over: {each}")
    for press in told.presses:
        if not press.is_answered:
            yield Finding("fault", f"nothing answered {press.who} who pressed {press.button} in {press.where}")
    for words in told.ended:
        yield Finding("fault", f"the bot ended unasked: {words}")
    for text, at, where in _shown(told):
        if _FAULT in text.casefold():
            yield Finding("fault", f"in {where} at {at}: {text}")


def _shown(told: Transcript) -> Iterator[tuple[str, str, str]]:
    yield from ((each.text, each.at, each.channel) for each in told.said if each.is_bots)
    yield from ((each.text, each.at, f"a form or the Home of {each.who}") for each in told.looks)
