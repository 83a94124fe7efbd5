"""Takes the text of a data request, or of a note on data, out for good."""

from collections.abc import Sequence

from handlers.data_requests.rules.status import ENDED
from handlers.hooks.redaction import Redactable, Redacts
from storage.data_requests import checks, data_requests
from storage.data_requests import notes as data_notes
from storage.data_requests.data_requests import DataRequest
from storage.data_requests.notes import Note
from storage.decisions import decisions
from storage.engine.interface import Reader, Transaction
from storage.outbox.redactions import REDACTED
from storage.records.versioned import HistoryEntry

_NOTE = "note "


def find(reader: Reader, team_id: str, text: str, visible: Sequence[str]) -> Sequence[Redactable]:
    """Find a request by its number, and with "note" before them the notes on data that have some words."""
    if text.casefold().startswith(_NOTE):
        notes = data_notes.with_words(reader, team_id, text[len(_NOTE) :].strip(), visible)
        return [_note(each) for each in notes]
    found = data_requests.by_number(reader, team_id, text, visible)
    if found is None:
        return ()
    authors, texts = (found.requester,), (found.purpose,)
    agreed = _agreements(reader, found)
    return (Redactable("data request", found.id, found.number, found.visibility, authors, texts, found.thread, agreed),)


def _note(note: Note) -> Redactable:
    name, people = f"the note of {note.at[:10]}", (note.author, note.kept_by)
    return Redactable("data note", note.id, name, note.visibility, people, (note.text,))


def _agreements(reader: Reader, request: DataRequest) -> tuple[str, ...]:
    """Return the numbers of the decisions in which what was agreed is recorded, the last one first."""
    numbers = []
    decision = decisions.by_number(reader, request.team_id, request.agreed_in, [request.visibility])
    while decision is not None and decision.number not in numbers:
        numbers.append(decision.number)
        decision = decisions.by_id(reader, request.team_id, decision.supersedes) if decision.supersedes else None
    return tuple(numbers)


def take_out(transaction: Transaction, team_id: str, record: Redactable, by: str, at: str) -> None:
    if record.kind == "data note":
        data_notes.forget(transaction, team_id, record.id)
        return
    request = data_requests.by_id(transaction, team_id, record.id)
    if request is None:
        return
    empty = _emptied(request)
    # Without its words nobody can go on with it.
    empty |= {} if request.state in (*ENDED, "accepted") else {"state": "withdrawn", "turn": ""}
    data_requests.change(transaction, request, empty, HistoryEntry(at=at, by=by, what="redacted it"))
    data_requests.REQUESTS.take_out(transaction, request, _emptied)
    checks.forget_findings(transaction, team_id, request.id)


def _emptied(request: DataRequest) -> dict[str, object]:
    """Return what stands in the place of everything that people typed."""
    nothing = dict.fromkeys(("serves", "known", "population", "question", "reason", "source_link"), "")
    empty: dict[str, object] = {
        "named": {},
        "sitting": None,
        "more": {},
        "terms": {},
        "agreed_terms": {},
        "deliveries": [],
    }
    return {**nothing, **empty, "purpose": REDACTED, "entity": REDACTED, "data_key": f"redacted {request.id}"}


REDACTS = Redacts(("data request", "data note"), find, take_out)
