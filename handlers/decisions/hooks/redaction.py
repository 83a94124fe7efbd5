"""Takes the text of a decision out for good: from the record, its history, what people said to it, and the search."""

from collections.abc import Sequence

from handlers.hooks.redaction import Redactable, Redacts
from storage.decisions import decisions, votes
from storage.engine.interface import Reader, Transaction
from storage.outbox.redactions import REDACTED
from storage.records.versioned import HistoryEntry

_TEXTS = (
    *("why", "context", "options", "consequences", "assumptions", "review_when", "expected", "links", "metric"),
    *("threshold", "source_text", "source_link", "outcome", "reason", "component_name"),
)


def find(reader: Reader, team_id: str, text: str, visible: Sequence[str]) -> Sequence[Redactable]:
    found = decisions.by_number(reader, team_id, text, visible)
    if found is None:
        return ()
    authors = (found.created_by, found.decider)
    return (Redactable("decision", found.id, found.number, found.visibility, authors, (found.title,)),)


def take_out(transaction: Transaction, team_id: str, record: Redactable, by: str, at: str) -> None:
    decision = decisions.by_id(transaction, team_id, record.id)
    if decision is None:
        return
    empty: dict[str, object] = {**dict.fromkeys(_TEXTS, ""), "title": REDACTED, "amendments": ()}
    decisions.change(transaction, decision, empty, HistoryEntry(at=at, by=by, what="redacted it"))
    decisions.DECISIONS.take_out(transaction, decision, lambda _: empty)
    votes.take_out_reasons(transaction, team_id, decision)


REDACTS = Redacts(("decision",), find, take_out)
