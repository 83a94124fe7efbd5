"""Where it is planned how, by whom and when requirements are measured."""

from dataclasses import replace

from handlers.checks.outcomes import Refused
from handlers.framework.context import Context
from handlers.requirements import forms
from handlers.requirements.context import asking, in_place
from handlers.requirements.messages import answers
from handlers.requirements.messages.shown import Place
from handlers.requirements.rules import measuring, status
from handlers.requirements.service import cards as service
from handlers.requirements.service import planning
from handlers.requirements.service.measuring import webhooks_of
from handlers.requirements.service.planning import Planned
from handlers.slack.interactions import BlockAction, ViewSubmission, Wrong
from handlers.slack.replies import Answer, Open, Refuse, Reply, Say, Wrote
from storage.engine.interface import Transaction


async def open_plan(context: Context[BlockAction]) -> Reply:
    """Open the form for what the button names, else for all that has no plan, else for all."""
    it, press = await asking(context), context.interaction
    component_id, _, named = press.value.partition(":")
    model = await it.model(component_id)
    if refused := service.why_not(model, await it.facts_about(model)):
        return Reply(refused)
    asked = list(status.measurable(model.card.requirements))
    if not asked:
        return Reply(Say(answers.nothing_to_measure(model.component)))
    aspects = [each for each in asked if each in named.split(",")] or measuring.unplanned(model.card) or asked
    hooks = await context.read(webhooks_of, model.component)
    return Reply(in_place(press, forms.plan_form(model, aspects, hooks)))


async def save_plan(context: Context[ViewSubmission]) -> Reply:
    """Keep a plan, and show the card."""
    it, fields = await asking(context), context.interaction.fields
    model = await it.model(context.interaction.note)
    plan = forms.plan_in(fields, await context.read(webhooks_of, model.component))
    if isinstance(plan, Wrong):
        return Reply(Refuse(plan.errors))
    facts = await it.facts_about(model, plan.by)
    if plan.by and (unfit := await it.unfit(plan.by, facts.audience)):
        return Reply(Refuse({forms.BY: unfit}))
    aspects = [each for each in map(status.aspect_of, fields.ids(forms.OF)) if each is not None]

    def keep(transaction: Transaction, _now: object) -> Answer | Wrote:
        kept = planning.plan(transaction, model.component, Planned(aspects, plan), facts)
        if isinstance(kept, Refused):
            return replace(kept, field=forms.OF)
        at = Place(model.component, kept.card.id, "requirements")
        return Wrote(Open(it.card_now(transaction, at, facts)), kept.messages)

    return Reply(write=keep)
