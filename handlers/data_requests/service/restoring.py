"""Puts a data request back that was written to a file, as it was, where it isn't there; nobody is asked or told."""

from handlers.access.recipients import Facts
from handlers.agreements.pinned_definitions import senses_of
from handlers.checks.outcomes import Refused
from handlers.data_requests.formats.whole import Whole
from handlers.data_requests.service.drafts import event_of
from storage.change_notices.change_notices import NOTICES
from storage.data_requests import data_requests
from storage.data_requests.data_requests import DataRequest
from storage.decisions import decisions
from storage.engine.interface import WORKSPACE, Reader, Transaction
from storage.feedback import feedback
from storage.outbox import threads
from storage.outbox.threads import Thread
from storage.responsibilities import responsibilities
from storage.workspaces.people import note_names
from storage.workspaces.workspaces import note_place

#: Why nothing is sent to a thread that another workspace had; whoever presses the button for a new one gets that.
NO_THREAD = "thread_not_found"


def why_not(reader: Reader, team_id: str, request: DataRequest) -> Refused | None:
    """Say why a request isn't put back: it is there, or its thread or its id is another's."""
    if data_requests.by_number(reader, team_id, request.number, None):
        return Refused(f"{request.number} is there already; only a request that isn't is put back")
    standing = threads.thread(reader, request.thread) if request.thread else None
    is_theirs = standing is not None and (standing.team_id, standing.about) != (team_id, request.id)
    taken = data_requests.is_taken(reader, request.id)
    return (
        Refused(f"{request.number} is in this store already, by another number or workspace")
        if taken or is_theirs
        else None
    )


def lacking(reader: Reader, team_id: str, request: DataRequest) -> list[str]:
    """Return a line for each record that a request goes back to, and that isn't here."""
    visible = (WORKSPACE, request.visibility)
    there = {
        "component_id": responsibilities.component(reader, team_id, request.component_id),
        "decision_id": decisions.by_id(reader, team_id, request.decision_id),
        "feedback_id": feedback.by_id(reader, team_id, request.feedback_id, visible),
        "change_id": NOTICES.one(reader, team_id, visible, id=request.change_id),
        "agreed_in": decisions.by_number(reader, team_id, request.agreed_in, visible),
    }
    lost = [name for name, found in there.items() if getattr(request, name) and found is None]
    pins = [each for each in request.senses if not senses_of(reader, team_id, [each], request.visibility)]
    return [
        *(f"{name}: {getattr(request, name)} isn't here" for name in lost),
        *(f"senses: {each} isn't here" for each in pins),
    ]


def restore(transaction: Transaction, team_id: str, whole: Whole, facts: Facts) -> DataRequest | Refused:
    """Write a request as it was; messages go to nobody until somebody opens a new thread for it."""
    request = whole.request.model_copy(update={"team_id": team_id})
    if refused := why_not(transaction, team_id, request):
        return refused
    data_requests.add(transaction, request, event_of(facts, "imported"))
    note_names(transaction, team_id, whole.names)
    if request.visibility != WORKSPACE:
        note_place(transaction, team_id, request.visibility)
    else:
        data_requests.note_number(transaction, team_id, int(request.number[3:]))
    if request.thread and threads.thread(transaction, request.thread) is None:
        about = {"about": request.id, "problem": NO_THREAD, "is_told": True}
        threads.add(
            transaction, Thread(id=request.thread, team_id=team_id, channel=request.channel, opener="", **about)
        )
    return request
