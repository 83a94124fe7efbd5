"""Where a launch is looked at, decided, and looked back on."""

from dataclasses import replace
from datetime import datetime

from handlers.access.recipients import Facts
from handlers.agreements.components import current, named
from handlers.checks.dates import wrong_ahead
from handlers.checks.outcomes import Refused
from handlers.framework import asker
from handlers.framework.asker import Asker
from handlers.framework.context import Context
from handlers.launches import forms, messages, rules, service
from handlers.launches.rules import REVIEWS, Choice
from handlers.launches.service import Overtaken
from handlers.slack.blocks import Message
from handlers.slack.carried import OutdatedError
from handlers.slack.interactions import Ask, BlockAction, ViewSubmission
from handlers.slack.replies import Answer, Open, Refuse, Reply, Say, Wrote
from storage.engine.interface import Transaction
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import Component

_EMPTY = "Please fill this in."


async def show(context: Context[Ask]) -> Reply:
    """Show the launch page of the component that is named, or the next one that is near."""
    it, text = await asker.asking(Asker, context), context.interaction.text.strip()
    known = await context.read(responsibilities.components, it.team_id, it.visible)
    today = await context.today()
    left = current(known)
    found = named(text, known) if text else [each for each in left if rules.when(each, today) == "near"]
    if len(found) != 1:
        return Reply(Say(messages.which(found or left, "" if found else text)))
    return Reply(Say(await _page(it, found[0])))


async def open_page(context: Context[BlockAction]) -> Reply:
    it = await asker.asking(Asker, context)
    component, _ = await _on_page(it, context.interaction.value)
    return Reply(Say(await _page(it, component)))


async def _page(it: Asker, component: Component) -> Message:
    hooks, visible, now = it.context.hooks, it.visible, it.context.now
    shown = await it.context.store.search(lambda reader: service.page(reader, hooks, component, visible, now))
    names = await it.names_of([each for each in (shown.launch.by, shown.launch.owner) if each])
    return messages.page(component, shown.launch, shown.points, names, shown.number)


async def _component(it: Asker, component_id: str) -> Component:
    return await it.wanted(service.seen_component, component_id, messages.GONE)


async def go(context: Context[BlockAction]) -> Reply:
    it = await asker.asking(Asker, context)
    component, read = await _on_page(it, context.interaction.value)
    return await _decided(it, component, Choice("go", it.user_id, read=read), await _facts(it, component))


async def open_risk(context: Context[BlockAction]) -> Reply:
    it = await asker.asking(Asker, context)
    component, read = await _on_page(it, context.interaction.value)
    return Reply(await _why_not(it, component) or Open(forms.risk_form(component, read)))


async def open_no_go(context: Context[BlockAction]) -> Reply:
    it = await asker.asking(Asker, context)
    component, read = await _on_page(it, context.interaction.value)
    return Reply(await _why_not(it, component) or Open(forms.no_go_form(component, read)))


async def take_risk(context: Context[ViewSubmission]) -> Reply:
    it, fields = await asker.asking(Asker, context), context.interaction.fields
    component, read = await _on_page(it, context.interaction.note)
    why, owner, until = (fields.text(each) for each in (forms.WHY, forms.OWNER, forms.UNTIL))
    choice = Choice("go with risk", it.user_id, why, owner, until, read)
    facts = await _facts(it, component, choice.owner)
    errors = {forms.UNTIL: wrong_ahead(choice.until, await context.today())} if choice.why else {forms.WHY: _EMPTY}
    errors[forms.OWNER] = await it.unfit(choice.owner, facts.audience) if choice.owner else "Choose a person."
    if wrong := {field: told for field, told in errors.items() if told}:
        return Reply(Refuse(wrong))
    return await _decided(it, component, choice, facts)


async def refuse(context: Context[ViewSubmission]) -> Reply:
    it, why = await asker.asking(Asker, context), context.interaction.fields.text(forms.WHY)
    component, read = await _on_page(it, context.interaction.note)
    if not why:
        return Reply(Refuse({forms.WHY: _EMPTY}))
    return await _decided(it, component, Choice("no-go", it.user_id, why, read=read), await _facts(it, component))


async def _why_not(it: Asker, component: Component) -> Refused | None:
    """Say why somebody does not decide: who led it may be a guest by now."""
    return await it.actor.why_barred() or service.why_not(component, await _facts(it, component))


async def _decided(it: Asker, component: Component, choice: Choice, facts: Facts) -> Reply:
    if refused := await it.actor.why_barred():
        return Reply(refused)

    def write(transaction: Transaction, _now: datetime) -> Answer | Wrote:
        done = service.decide(transaction, it.context.hooks, component, choice, facts)
        match done:
            case Refused():
                return done
            case Overtaken():
                return Say(messages.overtaken(done.now.component, done.now.launch, done.now.number))
            case _:
                return Wrote(Say(messages.saved(component, done.launch, done.number)), done.messages)

    return Reply(write=write)


async def _facts(it: Asker, component: Component, owner: str = "") -> Facts:
    return await it.facts(component.visibility, named=[component.lead, owner], told=[owner])


async def _on_page(it: Asker, value: str) -> tuple[Component, str]:
    """Return the component of a launch page, and how its launch stood when that was read."""
    component_id, _, read = value.partition(":")
    return await _component(it, component_id), read


async def open_happened(context: Context[BlockAction]) -> Reply:
    it = await asker.asking(Asker, context)
    component_id, weeks = _carried(context.interaction.value)
    component = await _component(it, component_id)
    too_early = await context.read(service.why_too_early, component, weeks, context.now)
    return Reply(too_early or Open(forms.happened_form(component, weeks)))


async def tell(context: Context[ViewSubmission]) -> Reply:
    """Keep what happened after a launch; anybody of the workspace who sees the component may say it."""
    it, happened = await asker.asking(Asker, context), context.interaction.fields.text(forms.TOLD)
    component_id, weeks = _carried(context.interaction.note)
    component = await _component(it, component_id)
    if refused := await it.actor.why_barred():
        return Reply(refused)
    if not happened:
        return Reply(Refuse({forms.TOLD: _EMPTY}))
    facts = await it.facts(component.visibility)

    def write(transaction: Transaction, _now: datetime) -> Wrote:
        edits = service.tell(transaction, component, (weeks, happened), facts)
        if isinstance(edits, Refused):
            return Wrote(replace(edits, field=forms.TOLD))
        return Wrote(Say(messages.told(component)), edits)

    return Reply(write=write)


def _carried(value: str) -> tuple[str, str]:
    """Return the component and the weeks of a button or a form. Raises OutdatedError for any other text."""
    component_id, _, weeks = value.partition(":")
    if weeks not in REVIEWS:
        raise OutdatedError
    return component_id, weeks
