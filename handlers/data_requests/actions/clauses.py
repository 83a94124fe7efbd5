"""Where all terms are opened, and one is filled in: asked by one side, offered by the other, or accepted."""

import asyncio
from dataclasses import replace
from datetime import datetime

from handlers.agreements import parsing
from handlers.agreements.clauses import TermKind, offer_words
from handlers.agreements.parsing import FINDER, STANCE, UNTIL, chosen_parts, stance_in
from handlers.agreements.pinned_definitions import pinned
from handlers.data_requests.context import Asker, FormNote, asking_about, read_note
from handlers.data_requests.forms import draft
from handlers.data_requests.forms.draft import Saying
from handlers.data_requests.messages import usage
from handlers.data_requests.rules.clauses import TERMS
from handlers.data_requests.rules.moves import side_of, why_not
from handlers.data_requests.rules.wording import people_in
from handlers.data_requests.service import drafts, requests
from handlers.data_requests.service.drafts import Said
from handlers.data_requests.service.requests import OvertakenTerm
from handlers.framework.context import Context
from handlers.slack import blocks
from handlers.slack.blocks import Message, Modal
from handlers.slack.interactions import BlockAction, Fields, Interaction, ViewSubmission, Wrong
from handlers.slack.replies import Open, Redraw, Refuse, Reply, Say, Wrote
from storage.data_requests.data_requests import DataRequest
from storage.engine.interface import WORKSPACE, Transaction
from storage.records.offers import Offer


async def open_terms(it: Asker, request: DataRequest, _rest: str) -> Reply:
    """Show the terms; of a draft that has no first page yet, that page."""
    if request.state == "draft" and not request.purpose:
        return Reply(Open(draft.first_page(request, FormNote(request.id))))
    return await all_terms(it, request)


async def all_terms(it: Asker, request: DataRequest, otherwise: Message | None = None) -> Reply:
    """Open all terms of a request; ``otherwise`` is said where no form can be opened."""
    return Reply(Open(await _overview(it, request), otherwise))


async def _overview(it: Asker, request: DataRequest) -> Modal:
    return draft.overview(request, it.roles(request), await it.names_of(people_in(request)))


async def go_back(context: Context[BlockAction]) -> Reply:
    """Show the first page, or all terms, in the place of the form."""
    page, _, request_id = context.interaction.value.partition(":")
    it, request = await asking_about(context, request_id)
    if request is None:
        return usage.GONE
    is_first = page == "first"
    return Reply(Redraw(draft.first_page(request, FormNote(request.id)) if is_first else await _overview(it, request)))


async def _saying(context: Context[Interaction], request_id: str, term_id: str) -> Saying | None:
    it, request = await asking_about(context, request_id)
    if request is None or term_id not in TERMS:
        return None
    return Saying(it, request, TERMS[term_id], await it.facts_of(request))


async def fill_in(context: Context[BlockAction]) -> Reply:
    """Show one term in the place of all of them."""
    request_id, _, term_id = context.interaction.value.partition(":")
    saying = await _saying(context, request_id, term_id)
    if saying is None:
        return usage.GONE
    roles = saying.it.roles(saying.request)
    return Reply(why_not(saying.request, side_of(roles), roles) or Redraw(draft.term_form(saying, saying.own)))


async def keep_choice(context: Context[BlockAction]) -> Reply:
    """Show what goes with a stance; keep what is chosen in a draft at once."""
    view = context.interaction.view
    if view is None:
        return Reply()
    note = read_note(view.note)
    saying = await _saying(context, note.request_id, note.term)
    if saying is None:
        return usage.GONE
    chosen = Said(saying.kind.id, _chosen(view.fields, saying.kind))

    def keep(transaction: Transaction, _now: datetime) -> None:
        drafts.choose_term(transaction, saying.request, chosen, saying.facts)

    if not parsing.is_switched(view.fields, saying.kind):
        return Reply(write=keep)
    return Reply(Redraw(draft.term_form(saying, parsing.entered(view.fields, saying.kind, saying.own))), keep)


def _chosen(fields: Fields, kind: TermKind) -> Offer:
    """Return what was chosen, and never what was typed: nobody has submitted that."""
    parts, stance = dict(chosen_parts(fields, kind.parts)), stance_in(fields)
    return Offer(stance=stance, parts=parts, finder=fields.text(FINDER), until=fields.text(UNTIL))


async def save_term(context: Context[ViewSubmission]) -> Reply:
    note, fields = read_note(context.interaction.note), context.interaction.fields
    saying = await _saying(context, note.request_id, note.term)
    if saying is None:
        return usage.GONE
    if parsing.is_switched(fields, saying.kind):
        # The fields of what was chosen are not there yet, so that nothing could be said at them.
        return Reply(Redraw(draft.term_form(saying, parsing.entered(fields, saying.kind, saying.own))))
    it, today = saying.it, await context.today()
    offer = await asyncio.to_thread(parsing.offer_in, fields, saying.kind, today)
    if isinstance(offer, Wrong):
        return Reply(Refuse(offer.errors))
    named = {part.id: offer.parts.get(part.id, "") for part in saying.kind.parts if part.kind == "person"}
    named[FINDER] = offer.finder
    saying = replace(saying, facts=await it.facts_of(saying.request, *named.values()))
    if errors := await it.misfits(saying.facts, named) | it.not_seen(saying.facts, STANCE):
        return Reply(Refuse(errors))
    visible = (WORKSPACE, saying.request.visibility)
    pins = await context.read(pinned, context.team_id, offer.parts.get("words", ""), visible)
    if isinstance(pins, str):
        return Reply(Refuse({"words": pins}))
    said = Said(note.term, offer.model_copy(update={"senses": pins}), note.seen)
    return Reply(write=lambda transaction, _now: _keep(saying, said, transaction, Open))


def _keep(saying: Saying, said: Said, transaction: Transaction, shown: type[Open | Redraw]) -> Wrote:
    facts, names = saying.facts, saying.facts.names
    saved = requests.say(transaction, saying.request, [said], facts)
    if isinstance(saved, OvertakenTerm):
        by, words = names.get(saved.last.by, "Somebody"), offer_words(saying.kind, saved.last, names)
        told = blocks.cut(f"{by} changed this meanwhile: {words}. Save again to put yours beside it.", 1000)
        return Wrote(Redraw(draft.term_form(replace(saying, request=saved.request), said.offer, told)))
    return usage.answered(saved, lambda new: shown(draft.overview(new, *requests.seen_by(transaction, new, facts))))


async def take_it(context: Context[BlockAction]) -> Reply:
    view = context.interaction.view
    request_id, _, term_id = context.interaction.value.partition(":")
    saying = await _saying(context, request_id, term_id)
    other = saying.other if saying is not None else None
    if saying is None or other is None or view is None:
        return usage.GONE
    if told := saying.it.not_seen(saying.facts, STANCE):
        return Reply(Say(blocks.said(told[STANCE])))
    said = Said(term_id, other, read_note(view.note).seen)
    return Reply(write=lambda transaction, _now: _keep(saying, said, transaction, Redraw))
