"""Where one aspect of a card is filled in, and an evaluation entered."""

import json
from dataclasses import dataclass, field, replace
from datetime import datetime

from handlers.access.recipients import At
from handlers.agreements import parsing
from handlers.agreements.clauses import Names, Parts, TermKind, people_named
from handlers.agreements.parsing import FINDER, STANCE
from handlers.framework.context import Context
from handlers.requirements import forms
from handlers.requirements.commands import card_now, in_place
from handlers.requirements.context import Asker, asking
from handlers.requirements.forms import AspectForm
from handlers.requirements.rules import evaluating, status
from handlers.requirements.rules.aspects import KINDS
from handlers.requirements.service import cards
from handlers.requirements.service.cards import Held
from handlers.slack import blocks
from handlers.slack.interactions import BlockAction, Fields, ViewSubmission, Wrong
from handlers.slack.replies import Open, Redraw, Refuse, Reply, Say, Wrote
from storage.engine.interface import Transaction
from storage.records.offers import Offer
from storage.requirements.requirements import ASPECTS, Aspect, Requirement

#: Characters that a form remembers beside where it was opened; Slack takes 3,000 in all.
_NOTE = 2900


@dataclass(frozen=True, slots=True)
class Filling:
    """A person who fills in one aspect of a card; ``seen`` is the version of it that they began with.

    ``typed`` is what they typed in fields that the form does not show now, by the ids of the parts.
    """

    it: Asker
    held: Held
    aspect: Aspect
    seen: str
    typed: Parts = field(default_factory=dict)

    @property
    def kind(self) -> TermKind:
        return KINDS[self.aspect]

    @property
    def requirement(self) -> Requirement | None:
        return self.held.card.requirements.get(self.aspect)

    @property
    def start(self) -> Offer:
        return self.requirement.said if self.requirement is not None else Offer()

    def form(self, entered: Offer, names: Names, told: str = "") -> blocks.Modal:
        is_asked = self.it.is_asked(self.held, self.aspect)
        shown = AspectForm(self.held.component, self.aspect, self.requirement, entered, names, is_asked, told)
        return forms.aspect_form(shown)

    def again(self, fields: Fields, names: Names) -> blocks.Modal:
        """Return the form with all that stands in it or stood there, and the version that it began with."""
        begun = self.start.model_copy(update={"parts": {**self.start.parts, **self.typed}})
        entered = parsing.entered(fields, self.kind, begun)
        note = f"{self.held.component.id}:{self.aspect}:{self.seen}"
        typed = f"\n{json.dumps(entered.parts, ensure_ascii=False)}"
        # What is remembered is written as JSON once more, with where the form was opened.
        is_short = len(json.dumps(f"{note}{typed}", ensure_ascii=False)) <= _NOTE
        return replace(self.form(entered, names), private_metadata=f"{note}{typed}" if is_short else note)


def _filling(it: Asker, value: str) -> Filling | None:
    """Return the card and the aspect that a button or a form names."""
    component_id, _, rest = value.partition(":")
    aspect_id, _, rest = rest.partition(":")
    seen, _, typed = rest.partition("\n")
    component, aspect = it.model(component_id), status.aspect_of(aspect_id)
    if component is None or aspect is None:
        return None
    return Filling(it, it.held(component), aspect, seen, json.loads(typed) if typed else {})


async def fill_in(context: Context[BlockAction]) -> Reply:
    """Open the form of one aspect, with what is said of it so far."""
    press, _viewpoint, _actor = context.interaction, await context.viewpoint(), await context.actor()
    it = await asking(context)
    filling = _filling(it, press.value)
    if filling is None:
        return Reply(Say(forms.gone()))
    at = await it.at(filling.held)
    if told := it.why_not(filling.held, at, filling.aspect):
        return Reply(Say(blocks.said(told)))
    return Reply(in_place(press, filling.form(filling.start, at.names)))


async def choose(context: Context[BlockAction]) -> Reply:
    """Show the fields that go with what is chosen."""
    press, _viewpoint, _actor = context.interaction, await context.viewpoint(), await context.actor()
    it = await asking(context)
    filling = _filling(it, press.view.note) if press.view is not None else None
    if filling is None or press.view is None:
        return Reply(Say(forms.gone()))
    if not parsing.is_switched(press.view.fields, filling.kind):
        return Reply()
    return Reply(Redraw(filling.again(press.view.fields, await it.names_in(filling.held))))


async def save(context: Context[ViewSubmission]) -> Reply:
    """Keep what somebody says of an aspect, and show the card."""
    submission, _viewpoint, _actor = context.interaction, await context.viewpoint(), await context.actor()
    it = await asking(context)
    filling = _filling(it, submission.note)
    if filling is None:
        return Reply(Say(forms.gone()))
    if parsing.is_switched(submission.fields, filling.kind):
        # The fields of what was chosen are not there yet, so that nothing could be said at them.
        return Reply(Redraw(filling.again(submission.fields, await it.names_in(filling.held))))
    said = parsing.offer_in(submission.fields, filling.kind, await context.today())
    if isinstance(said, Wrong):
        return Reply(Refuse(said.errors))
    at = await it.at(filling.held, said.finder, *people_named(filling.kind.parts, said.parts))
    if told := it.why_not(filling.held, at, filling.aspect):
        return Reply(Refuse({STANCE: told}))
    if errors := await _unfit(it, at, filling.aspect, said):
        return Reply(Refuse(errors))
    return Reply(write=lambda transaction, now: _keep(filling, said, replace(at, now=now), transaction))


def _keep(filling: Filling, said: Offer, at: At, transaction: Transaction) -> Wrote:
    component, aspect = filling.held.component, filling.aspect
    current = replace(filling, held=cards.held(transaction, component))
    requirement = current.requirement
    if str(requirement.version if requirement is not None else 0) != filling.seen:
        told = "This was changed meanwhile; what is said now stands above. Save again to put yours in its place."
        return Wrote(Redraw(current.form(said, at.names, told)))
    if requirement is not None and requirement.said.says_the_same(said):
        kept = cards.agree(transaction, component, (aspect,), at)
    else:
        kept = cards.say(transaction, component, aspect, said, at)
    return Wrote(Open(card_now(filling.it, transaction, component, at)), () if kept is None else kept.messages)


async def _unfit(it: Asker, at: At, aspect: Aspect, said: Offer) -> dict[str, str]:
    """Say at each field who cannot be named there."""
    named = {part.id: said.parts[part.id] for part in KINDS[aspect].parts if part.kind == "person" and said.parts}
    asked = {**named, **({FINDER: said.finder} if said.finder else {})}
    found = {name: await it.unfit(person, at.members) for name, person in asked.items()}
    return {name: error for name, error in found.items() if error}


async def open_evaluation(context: Context[BlockAction]) -> Reply:
    press, _viewpoint, _actor = context.interaction, await context.viewpoint(), await context.actor()
    it = await asking(context)
    component = it.model(press.value)
    if component is None:
        return Reply(Say(forms.gone()))
    held = it.held(component)
    if told := it.why_not(held, await it.at(held)):
        return Reply(Say(blocks.said(told)))
    asked = status.measurable(held.card.requirements)
    if not asked:
        return Reply(Say(forms.nothing_to_measure(component)))
    return Reply(in_place(press, forms.evaluation_form(component, asked)))


async def save_evaluation(context: Context[ViewSubmission]) -> Reply:
    """Keep what was measured, checked against what is asked at the moment of writing."""
    submission, _viewpoint, _actor = context.interaction, await context.viewpoint(), await context.actor()
    it = await asking(context)
    component = it.model(submission.note)
    if component is None:
        return Reply(Say(forms.gone()))
    at = await it.at(it.held(component))
    if told := it.why_not(it.held(component), at):
        return Reply(Refuse({evaluating.LINK: told}))
    names = (evaluating.LINK, evaluating.DAY, evaluating.MODEL_VERSION, *ASPECTS)
    told_there = {name: submission.fields.text(name) for name in names}
    start = (context.team_id, component.id, it.user_id)

    def keep(transaction: Transaction, now: datetime) -> Wrote | Refuse:
        card = cards.card_of(transaction, component)
        found = evaluating.evaluation_in(told_there, card.requirements, start, now)
        if isinstance(found, Wrong):
            return Refuse(found.errors)
        kept = cards.evaluate(transaction, component, found, replace(at, now=now))
        return Wrote(Say(forms.evaluated(component, status.missed(card, found))), kept.messages)

    return Reply(write=keep)
