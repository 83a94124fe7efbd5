"""Takes the text of feedback out for good; who reported it and what became of it stays."""

from collections.abc import Sequence

from handlers.feedback.service import all_requests_for
from handlers.hooks.redaction import Redactable, Redacts
from storage.engine.interface import Reader, Transaction
from storage.feedback import feedback
from storage.feedback.feedback import ITEMS
from storage.outbox.redactions import REDACTED
from storage.records.versioned import HistoryEntry

_EMPTIED = {
    **dict.fromkeys(("seen_where", "input", "expected", "got"), REDACTED),
    **dict.fromkeys(("note", "answer", "source_link"), ""),
}


def find(reader: Reader, team_id: str, text: str, visible: Sequence[str]) -> Sequence[Redactable]:
    item = feedback.by_number(reader, team_id, text, visible)
    if item is None:
        return ()
    versions = [*ITEMS.versions(reader, team_id, item.id), item]
    told = [each for one in versions for each in (one.seen_where, one.input, one.expected, one.got, one.note) if each]
    texts = tuple(dict.fromkeys(told))
    # A data request begins with what was said of it; where somebody wrote other words, it is not repeated there.
    asked = all_requests_for(reader, item)
    repeated = tuple(each.number for each in asked if any(one in each.purpose for one in texts if one != REDACTED))
    authors = tuple(dict.fromkeys(each for each in (item.reporter, *(one.by for one in versions)) if each))
    return (Redactable("feedback", item.id, item.number, item.visibility, authors, texts, repeated_in=repeated),)


def take_out(transaction: Transaction, team_id: str, record: Redactable, by: str, at: str) -> None:
    item = ITEMS.one(transaction, team_id, id=record.id)
    if item is None:
        return
    # Without its words nobody can go on with it.
    ended = {} if item.state in ("answered", "works as meant") else {"state": "answered"}
    ITEMS.change(transaction, item, {**_EMPTIED, **ended}, HistoryEntry(at=at, by=by, what="redacted it"))
    ITEMS.take_out(transaction, item, lambda _: _EMPTIED)


REDACTS = Redacts(("feedback",), find, take_out)
