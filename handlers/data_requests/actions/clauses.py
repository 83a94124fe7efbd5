"""Where terms are opened, and filled in theme by theme: requested by one side, offered by the other, or accepted."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from handlers.agreements import parsing
from handlers.agreements.clauses import offer_words
from handlers.agreements.parsing import FINDER
from handlers.agreements.pinned_definitions import pinned
from handlers.data_requests.context import Asker, asking_about, read_note
from handlers.data_requests.forms import asking, terms
from handlers.data_requests.forms.terms import Saying
from handlers.data_requests.messages import usage
from handlers.data_requests.rules.clauses import TERMS, THEMES, wrong_between
from handlers.data_requests.rules.moves import side_of, why_not
from handlers.data_requests.rules.wording import people_in
from handlers.data_requests.service import requests
from handlers.data_requests.service.drafts import Said
from handlers.data_requests.service.requests import OvertakenTerm
from handlers.framework.context import Context
from handlers.slack import blocks
from handlers.slack.blocks import Message, Modal
from handlers.slack.interactions import BlockAction, Fields, Interaction, ViewSubmission, Wrong
from handlers.slack.replies import Redraw, Refuse, Reply, Say, Wrote
from storage.data_requests.data_requests import DataRequest
from storage.engine.interface import WORKSPACE, Reader, Transaction
from storage.records.offers import Offer


async def open_terms(it: Asker, request: DataRequest, _rest: str) -> Reply:
    """Show the terms; of a draft, its form."""
    if request.state == "draft":
        return Reply(it.shown(await asking.form_for(it, request)))
    return await all_terms(it, request)


async def all_terms(it: Asker, request: DataRequest, otherwise: Message | None = None) -> Reply:
    """Show all terms of a request; ``otherwise`` is said where no form can be opened."""
    overview = terms.overview(request, it.roles(request), await it.names_of(people_in(request)))
    return Reply(it.shown(overview, otherwise))


async def _saying(context: Context[Interaction], request_id: str) -> Saying | None:
    it, request = await asking_about(context, request_id)
    return Saying(it, request, await it.facts_of(request)) if request is not None else None


async def open_theme(context: Context[BlockAction]) -> Reply:
    """Show the terms of a theme, or one term, to be filled in."""
    request_id, _, theme = context.interaction.value.partition(":")
    saying = await _saying(context, request_id)
    if saying is None or theme not in (*THEMES, *TERMS, terms.OPEN):
        return usage.GONE
    roles = saying.it.roles(saying.request)
    refused = why_not(saying.request, side_of(roles), roles)
    return Reply(refused or saying.it.shown(terms.terms_form(saying, theme)))


async def choose(context: Context[BlockAction]) -> Reply:
    """Show the fields of what was chosen for a term, and keep what was typed in the others."""
    act = context.interaction
    if act.view is None:
        return Reply()
    note, fields = read_note(act.view.note), act.view.fields
    saying = await _saying(context, note.request_id)
    term_id, _, stance = act.value.partition(":")
    if saying is None or term_id not in TERMS or stance not in parsing.STANCES:
        return usage.GONE
    shown = [*terms.ids_in(fields), term_id]
    entered = {each: parsing.chosen_among_others(fields, TERMS[each], saying.begin(each)) for each in shown}
    entered[term_id] = entered[term_id].model_copy(update={"stance": parsing.STANCES[stance]})
    return Reply(Redraw(terms.terms_form(saying, note.theme, entered)))


async def save(context: Context[ViewSubmission]) -> Reply:
    note, fields = read_note(context.interaction.note), context.interaction.fields
    saying = await _saying(context, note.request_id)
    if saying is None:
        return usage.GONE
    today, ids = await context.today(), terms.ids_in(fields)
    read = await asyncio.to_thread(_read, saying, ids, fields, today)
    offers = {term_id: each for term_id, each in read.items() if isinstance(each, Offer)}
    errors = {name: told for each in read.values() if isinstance(each, Wrong) for name, told in each.errors.items()}
    errors |= _between(saying, offers, fields)
    named = {f"{term_id}.{part}": who for term_id, each in offers.items() for part, who in _people(term_id, each)}
    saying = replace(saying, facts=await saying.it.facts_of(saying.request, *named.values()))
    errors |= await saying.it.misfits(saying.facts, named) | saying.it.not_seen(saying.facts, next(iter(fields), ""))
    pins = await context.read(_pins, saying, offers)
    errors |= {f"{term_id}.words": told for term_id, told in pins.items() if isinstance(told, str)}
    if errors:
        return Reply(Refuse(errors))
    marks = terms.marks_in(note)
    pinned_now = {term_id: {"senses": told} for term_id, told in pins.items()}
    said = [Said(each, offers[each].model_copy(update=pinned_now[each]), marks.get(each, "")) for each in offers]
    return Reply(write=lambda transaction, _now: _keep(saying, note.theme, said, transaction))


def _read(saying: Saying, ids: Sequence[str], fields: Fields, today: date) -> dict[str, Offer | Wrong | None]:
    return {each: parsing.said_among_others(fields, TERMS[each], saying.begin(each), today) for each in ids}


def _between(saying: Saying, offers: Mapping[str, Offer], fields: Fields) -> dict[str, str]:
    """Say in the form what one term asks of another, where either is said anew."""
    stood = {each: saying.begin(each) for each in ("schema", "quality")}
    told = wrong_between({**stood, **offers}, stood)
    field = next((each for each in ("schema.columns", "quality.validity") if each in fields), "")
    return {field: told} if told and field else {}


def _people(term_id: str, offer: Offer) -> list[tuple[str, str]]:
    """Return who is named in a term, beside the part in which they are."""
    named = [(part.id, offer.values.get(part.id, "")) for part in TERMS[term_id].parts if part.kind == "person"]
    return [(part, who) for part, who in (*named, (FINDER, offer.finder)) if who]


def _pins(reader: Reader, saying: Saying, offers: Mapping[str, Offer]) -> dict[str, tuple[str, ...] | str]:
    """Return the meanings of the words that terms use, as they were pinned or are today, or what is wrong there."""
    found: dict[str, tuple[str, ...] | str] = {}
    for term_id, offer in offers.items():
        begin, words = saying.begin(term_id), offer.parts.get("words", "")
        is_kept, visible = words == begin.parts.get("words", ""), (WORKSPACE, saying.request.visibility)
        found[term_id] = begin.senses if is_kept else pinned(reader, saying.request.team_id, words, visible)
    return found


def _keep(saying: Saying, theme: str, said: Sequence[Said], transaction: Transaction) -> Wrote:
    """Write what differs from what the side says, or would leave of the other's, and what nobody had said yet."""
    begun = {each.term_id: saying.begin(each.term_id) for each in said}
    new = [each for each in said if not (begun[each.term_id].at and begun[each.term_id].says_the_same(each.offer))]
    saved = requests.say(transaction, saying.request, new, saying.facts)
    if isinstance(saved, OvertakenTerm):
        return Wrote(Redraw(_overtaken(saying, theme, said, saved)))
    return usage.answered(saved, lambda request: Say(terms.saved(request, saying.facts.by)))


def _overtaken(saying: Saying, theme: str, said: Sequence[Said], by: OvertakenTerm) -> Modal:
    """Show the form again, with what the other side has said of a term meanwhile."""
    names, kind = saying.facts.names, TERMS[by.term_id]
    told = f"{names.get(by.last.by, 'Somebody')} changed {kind.label.lower()} meanwhile: "
    told = blocks.cut(f"{told}{offer_words(kind, by.last, names)}. Save again to keep yours beside it.", 1000)
    entered = {each.term_id: each.offer for each in said}
    return terms.terms_form(replace(saying, request=by.request), theme, entered, told)


async def take_it(context: Context[BlockAction]) -> Reply:
    """Say of a term what the other side says of it; a form in which that is pressed stays open for the rest."""
    request_id, _, rest = context.interaction.value.partition(":")
    term_id, _, seen = rest.partition(":")
    saying = await _saying(context, request_id)
    other = saying.other(term_id) if saying is not None else None
    if saying is None or other is None:
        return usage.GONE
    if told := saying.it.not_seen(saying.facts, term_id):
        return Reply(saying.it.said(blocks.said(told[term_id])))
    view = context.interaction.view
    theme = read_note(view.note).theme if view is not None and view.note else ""
    return Reply(write=lambda transaction, _now: _taken(saying, theme, Said(term_id, other, seen), transaction))


def _taken(saying: Saying, theme: str, said: Said, transaction: Transaction) -> Wrote:
    saved = requests.say(transaction, saying.request, [said], saying.facts)
    if isinstance(saved, OvertakenTerm):
        return Wrote(saying.it.shown(_overtaken(saying, theme or said.term_id, [], saved)))
    if not theme:
        return usage.answered(saved, lambda request: saying.it.said(terms.saved(request, saying.facts.by)))
    return usage.answered(saved, lambda new: Redraw(terms.terms_form(replace(saying, request=new), theme)))
