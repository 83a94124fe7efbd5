"""Where one aspect of a card is filled in."""

import asyncio
from dataclasses import replace

from handlers.access.recipients import Facts
from handlers.agreements import parsing
from handlers.agreements.clauses import TermKind, people_named
from handlers.agreements.parsing import FINDER, STANCE
from handlers.checks.outcomes import Refused
from handlers.framework.context import Context, GoneError
from handlers.requirements.context import Asker, asking, in_place
from handlers.requirements.forms import Filling, aspect_form, aspect_form_again, beside
from handlers.requirements.messages.answers import GONE
from handlers.requirements.rules import status
from handlers.requirements.rules.aspects import aspects_of, sheet_of
from handlers.requirements.rules.standing import Read
from handlers.requirements.service import cards as service
from handlers.requirements.service.cards import Moved
from handlers.slack import carried
from handlers.slack.interactions import BlockAction, ViewSubmission, Wrong
from handlers.slack.replies import Answer, Open, Redraw, Refuse, Reply, Wrote
from storage.engine.interface import Transaction
from storage.records.offers import Offer

_MOVED = "This changed while you were typing: the current words are above. Save again to replace them."


async def _filling(it: Asker, value: str) -> Filling:
    """Return the card and the aspect that a button or a form names. Raises GoneError."""
    component_id, _, rest = value.partition(":")
    aspect_id, _, rest = rest.partition(":")
    version, _, typed = rest.partition("\n")
    model, aspect = await it.model(component_id), status.aspect_of(aspect_id)
    if aspect is None or aspect not in aspects_of(model.component.kind, sheet_of(aspect)):
        raise GoneError(GONE)
    touches = await it.touching(model, aspect)
    may_replace = touches is not None and it.may_replace(touches)
    filling = Filling(model, aspect, it.user_id, carried.number(version), carried.read(dict[str, str], typed or "{}"))
    return replace(filling, touches=touches, may_replace=may_replace)


async def fill_in(context: Context[BlockAction]) -> Reply:
    """Open the form of one aspect, with what is said of it so far."""
    it = await asking(context)
    filling = await _filling(it, context.interaction.value)
    facts = await it.facts_about(filling.model)
    if refused := service.why_not(filling.model, facts, filling.aspect):
        return Reply(refused)
    return Reply(in_place(context.interaction, aspect_form(filling, filling.start, facts.names)))


async def choose(context: Context[BlockAction]) -> Reply:
    """Show the fields that go with what is chosen."""
    it, view = await asking(context), context.interaction.view
    if view is None:
        raise GoneError(GONE)
    filling = await _filling(it, view.note)
    if not parsing.is_switched(view.fields, filling.kind):
        return Reply()
    return Reply(Redraw(aspect_form_again(filling, view.fields, await it.names_of(filling.model.people))))


async def save(context: Context[ViewSubmission]) -> Reply:
    """Keep what somebody says of an aspect, and show the card."""
    it, fields = await asking(context), context.interaction.fields
    filling = await _filling(it, context.interaction.note)
    if parsing.is_switched(fields, filling.kind):
        # The fields of what was chosen are not there yet, so that nothing could be said at them.
        return Reply(Redraw(aspect_form_again(filling, fields, await it.names_of(filling.model.people))))
    said = await asyncio.to_thread(parsing.offer_in, fields, filling.kind, await context.today())
    if isinstance(said, Wrong):
        return Reply(Refuse(said.errors))
    facts = await it.facts_about(filling.model, said.finder, *people_named(filling.kind.parts, said.parts))
    if refused := service.why_not(filling.model, facts, filling.aspect):
        return Reply(replace(refused, field=STANCE))
    if errors := await _unfit(it, filling.kind, said, facts):
        return Reply(Refuse(errors))
    read = Read(filling.aspect, filling.version, beside(fields))
    return Reply(write=lambda transaction, _now: _keep(it, transaction, (filling, read), said, facts))


def _keep(
    it: Asker, transaction: Transaction, begun: tuple[Filling, Read], said: Offer, facts: Facts
) -> Answer | Wrote:
    filling, read = begun
    component = filling.model.component
    kept = service.say(transaction, component, read, said, facts)
    if isinstance(kept, Refused):
        return replace(kept, field=STANCE)
    if isinstance(kept, Moved):
        return Wrote(Redraw(aspect_form(replace(filling, model=kept.now), said, facts.names, _MOVED)))
    return Wrote(Open(it.card_now(transaction, filling.place, facts)), kept.messages)


async def _unfit(it: Asker, kind: TermKind, said: Offer, facts: Facts) -> dict[str, str]:
    """Say at each field who cannot be named there."""
    people = {part.id: said.parts.get(part.id, "") for part in kind.parts if part.kind == "person"}
    asked = {name: person for name, person in {**people, FINDER: said.finder}.items() if person}
    found = {name: await it.unfit(person, facts.audience) for name, person in asked.items()}
    return {name: error for name, error in found.items() if error}
