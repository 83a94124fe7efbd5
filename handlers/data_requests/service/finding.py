"""The answer of somebody who was asked to find out a term: written, and said to both sides."""

from handlers.access.recipients import Facts
from handlers.access.settling import Deed, settle
from handlers.checks.outcomes import Refused
from handlers.data_requests.messages import finding as messages
from handlers.data_requests.rules.clauses import TERMS
from handlers.data_requests.rules.finding import found, why_not_find
from handlers.data_requests.service import naming
from handlers.data_requests.service.drafts import GONE, Said, Saved, announced, event_of, read_again
from handlers.data_requests.service.showing import names_in
from handlers.data_requests.service.telling import refreshed
from storage.data_requests import data_requests
from storage.data_requests.data_requests import DataRequest
from storage.engine.interface import Transaction, to_text
from storage.workspaces.people import note_names


def find_out(transaction: Transaction, request: DataRequest, said: Said, facts: Facts) -> Saved | Refused:
    """Write what a term is; refused where nobody asks it of this person any more."""
    current = read_again(transaction, request, facts)
    if current is None:
        return GONE
    if refused := why_not_find(current, said.term_id, facts.by):
        return refused
    note_names(transaction, current.team_id, facts.names)
    offer = said.offer.model_copy(update={"by": facts.by, "at": to_text(facts.now)})
    event = event_of(facts, f"found out {TERMS[said.term_id].label.lower()}")
    changes = {**found(current, said.term_id, offer), "sitting": None}
    asked = naming.asked(transaction, data_requests.change(transaction, current, changes, event), facts)
    new = asked.request
    names = names_in(transaction, new, facts.names)
    edits = settle(transaction, new.team_id, [Deed((messages.name_of(new, said.term_id),), " found this out.")], facts)
    told = announced(transaction, new, messages.found_out(new, said.term_id, offer, names), facts)
    first = [] if facts.is_limited else [refreshed(transaction, new, facts)]
    return Saved(new, [*edits, *told, *asked.messages, *first])
