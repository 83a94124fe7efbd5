"""Where somebody who was asked to find out a term answers it, though they have no other part in the request."""

from datetime import date

from handlers.agreements.parsing import said_among_others
from handlers.agreements.pinned_definitions import pinned
from handlers.data_requests.context import Asker, asking_about, read_note
from handlers.data_requests.forms import finding as forms
from handlers.data_requests.messages import finding as messages
from handlers.data_requests.messages import usage
from handlers.data_requests.rules.clauses import TERMS
from handlers.data_requests.rules.finding import why_not_find
from handlers.data_requests.service import finding
from handlers.data_requests.service.drafts import Said
from handlers.framework.context import Context
from handlers.slack.interactions import BlockAction, Fields, ViewSubmission, Wrong
from handlers.slack.replies import Refuse, Reply, Say
from storage.data_requests.data_requests import DataRequest
from storage.engine.interface import WORKSPACE
from storage.records.offers import Offer


async def open_term(context: Context[BlockAction]) -> Reply:
    request_id, _, term_id = context.interaction.value.partition(":")
    it, request = await asking_about(context, request_id)
    if request is None or term_id not in TERMS:
        return usage.GONE
    return Reply(why_not_find(request, term_id, it.user_id) or it.shown(forms.form(request, term_id)))


async def save(context: Context[ViewSubmission]) -> Reply:
    note, fields = read_note(context.interaction.note), context.interaction.fields
    it, request = await asking_about(context, note.request_id)
    term_id = note.theme
    if request is None or term_id not in TERMS:
        return usage.GONE
    offer = await _offer(it, request, term_id, fields, await context.today())
    if isinstance(offer, Wrong):
        return Reply(Refuse(offer.errors))
    facts = await it.facts_of(request)
    told = messages.thanks(request, term_id)
    return usage.changed(lambda _t, _new: Say(told), finding.find_out, request, Said(term_id, offer), facts)


async def _offer(it: Asker, request: DataRequest, term_id: str, fields: Fields, today: date) -> Offer | Wrong:
    """Read the term, and see that the people and the words in it are there for everybody who reads it."""
    kind = TERMS[term_id]
    offer = said_among_others(fields, kind, Offer(), today)
    if not isinstance(offer, Offer):
        return offer or Wrong({next(iter(fields), ""): "Please fill this in."})
    people = {f"{term_id}.{part.id}": offer.values.get(part.id, "") for part in kind.parts if part.kind == "person"}
    errors = await it.misfits(await it.facts_of(request, *people.values()), people)
    visible = (WORKSPACE, request.visibility)
    words = offer.values.get("words", "")
    senses = await it.context.read(pinned, request.team_id, words, visible)
    if isinstance(senses, str):
        errors[f"{term_id}.words"] = senses
    return Wrong(errors) if errors or isinstance(senses, str) else offer.model_copy(update={"senses": senses})
