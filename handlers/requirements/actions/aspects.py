"""Where one aspect of a card is filled in."""

import json
from dataclasses import dataclass, field, replace

from handlers.access.recipients import Facts, Members
from handlers.agreements import parsing
from handlers.agreements.clauses import Names, Parts, TermKind, people_named
from handlers.agreements.parsing import FINDER, STANCE
from handlers.checks.outcomes import Refused
from handlers.framework.context import Context
from handlers.requirements import forms, service
from handlers.requirements.context import Asker, asking, in_place
from handlers.requirements.forms import AspectForm
from handlers.requirements.messages import answers
from handlers.requirements.rules import status
from handlers.requirements.rules.aspects import KINDS
from handlers.requirements.rules.standing import ModelCard, waiting_for
from handlers.requirements.service import Moved
from handlers.slack import blocks
from handlers.slack.interactions import BlockAction, Fields, ViewSubmission, Wrong
from handlers.slack.replies import Open, Redraw, Refuse, Reply, Say, Wrote
from storage.engine.interface import Transaction
from storage.records.offers import Offer
from storage.requirements.requirements import Aspect

#: Characters that a form remembers beside where it was opened; Slack takes 3,000 in all.
_NOTE = 2900
_MOVED = "This was changed meanwhile; what is said now stands above. Save again to put yours in its place."


@dataclass(frozen=True, slots=True)
class Filling:
    """A person who fills in one aspect of a card; ``seen`` is the version of it that they began with.

    ``typed`` is what they typed in fields that the form does not show now, by the ids of the parts.
    """

    it: Asker
    model: ModelCard
    aspect: Aspect
    seen: int
    typed: Parts = field(default_factory=dict)

    @property
    def kind(self) -> TermKind:
        return KINDS[self.aspect]

    @property
    def start(self) -> Offer:
        requirement = self.model.requirement(self.aspect)
        return requirement.said if requirement is not None else Offer()

    def form(self, entered: Offer, names: Names, told: str = "") -> blocks.Modal:
        model, aspect = self.model, self.aspect
        is_asked = aspect in waiting_for(model, self.it.user_id)
        requirement = model.requirement(aspect)
        return forms.aspect_form(AspectForm(model.component, aspect, requirement, entered, names, is_asked, told))

    def again(self, fields: Fields, names: Names) -> blocks.Modal:
        """Return the form with all that stands in it or stood there, and the version that it began with."""
        begun = self.start.model_copy(update={"parts": {**self.start.parts, **self.typed}})
        entered = parsing.entered(fields, self.kind, begun)
        note = f"{self.model.component.id}:{self.aspect}:{self.seen}"
        typed = f"\n{json.dumps(entered.parts, ensure_ascii=False)}"
        # What is remembered is written as JSON once more, with where the form was opened.
        is_short = len(json.dumps(f"{note}{typed}", ensure_ascii=False)) <= _NOTE
        return replace(self.form(entered, names), private_metadata=f"{note}{typed}" if is_short else note)


async def _filling(it: Asker, value: str) -> Filling | None:
    """Return the card and the aspect that a button or a form names."""
    component_id, _, rest = value.partition(":")
    aspect_id, _, rest = rest.partition(":")
    seen, _, typed = rest.partition("\n")
    model, aspect = await it.model(component_id), status.aspect_of(aspect_id)
    if model is None or aspect is None:
        return None
    return Filling(it, model, aspect, int(seen or 0), json.loads(typed) if typed else {})


async def fill_in(context: Context[BlockAction]) -> Reply:
    """Open the form of one aspect, with what is said of it so far."""
    it = await asking(context)
    filling = await _filling(it, context.interaction.value)
    if filling is None:
        return Reply(Say(answers.gone()))
    facts = await it.facts_about(filling.model)
    if told := service.why_not(filling.model, facts, filling.aspect):
        return Reply(Say(blocks.said(told)))
    return Reply(in_place(context.interaction, filling.form(filling.start, facts.names)))


async def choose(context: Context[BlockAction]) -> Reply:
    """Show the fields that go with what is chosen."""
    it, view = await asking(context), context.interaction.view
    filling = await _filling(it, view.note) if view is not None else None
    if filling is None or view is None:
        return Reply(Say(answers.gone()))
    if not parsing.is_switched(view.fields, filling.kind):
        return Reply()
    return Reply(Redraw(filling.again(view.fields, await it.names_of(filling.model.people))))


async def save(context: Context[ViewSubmission]) -> Reply:
    """Keep what somebody says of an aspect, and show the card."""
    it, fields = await asking(context), context.interaction.fields
    filling = await _filling(it, context.interaction.note)
    if filling is None:
        return Reply(Say(answers.gone()))
    if parsing.is_switched(fields, filling.kind):
        # The fields of what was chosen are not there yet, so that nothing could be said at them.
        return Reply(Redraw(filling.again(fields, await it.names_of(filling.model.people))))
    said = parsing.offer_in(fields, filling.kind, await context.today())
    if isinstance(said, Wrong):
        return Reply(Refuse(said.errors))
    facts = await it.facts_about(filling.model, said.finder, *people_named(filling.kind.parts, said.parts))
    if told := service.why_not(filling.model, facts, filling.aspect):
        return Reply(Refuse({STANCE: told}))
    if errors := await _unfit(filling, said, facts):
        return Reply(Refuse(errors))
    return Reply(write=lambda transaction, _now: _keep(filling, said, facts, transaction))


def _keep(filling: Filling, said: Offer, facts: Facts, transaction: Transaction) -> Wrote | Refuse:
    component, read = filling.model.component, (filling.aspect, filling.seen)
    kept = service.say(transaction, component, read, said, facts)
    if isinstance(kept, Refused):
        return Refuse({STANCE: kept.told})
    if isinstance(kept, Moved):
        return Wrote(Redraw(replace(filling, model=kept.now).form(said, facts.names, _MOVED)))
    return Wrote(Open(filling.it.card_now(transaction, component, facts)), kept.messages)


async def _unfit(filling: Filling, said: Offer, facts: Facts) -> dict[str, str]:
    """Say at each field who cannot be named there."""
    people = {part.id: said.parts.get(part.id, "") for part in filling.kind.parts if part.kind == "person"}
    asked = {name: person for name, person in {**people, FINDER: said.finder}.items() if person}
    members = facts.audience.people if isinstance(facts.audience, Members) else None
    found = {name: await filling.it.unfit(person, members) for name, person in asked.items()}
    return {name: error for name, error in found.items() if error}
