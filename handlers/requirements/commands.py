"""Where a requirement card is read, agreed to, exported, and where its history is."""

from dataclasses import replace
from datetime import datetime

from handlers.access.recipients import At
from handlers.agreements.components import named
from handlers.framework.context import Context
from handlers.requirements import formats, forms
from handlers.requirements.context import Asker, asking
from handlers.requirements.messages import card
from handlers.requirements.rules import status
from handlers.requirements.service import cards
from handlers.slack import blocks
from handlers.slack.blocks import Message
from handlers.slack.history import history
from handlers.slack.interactions import Ask, BlockAction
from handlers.slack.replies import Answer, Open, Redraw, Reply, Say, Wrote, file_to
from storage.engine.interface import Reader, Transaction
from storage.requirements.requirements import ASPECTS, CARDS, Aspect
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import Component


async def read_card(context: Context[Ask]) -> Reply:
    """Show what is required of a model, by its name."""
    ask, _viewpoint, _actor = context.interaction, await context.viewpoint(), await context.actor()
    it = await asking(context)
    known = responsibilities.components(context.store.reader, ask.team_id, it.visible)
    models = [each for each in known if each.kind == "model"]
    found = named(ask.text, known)
    wanted = [each for each in found if each.kind == "model"]
    if found and not wanted:
        return Reply(Say(forms.no_model(found[0])))
    if len(wanted) != 1:
        return Reply(Say(forms.which(wanted or models, "" if wanted else ask.text)))
    held = it.held(wanted[0])
    seen = it.shown(it.reader, held.component, await it.at(held))
    return Reply(Say(card.card(seen, ask.user_id, is_private=ask.is_private)))


async def open_card(context: Context[BlockAction]) -> Reply:
    """Show a card in a form of its own, in which one aspect after another can be filled in."""
    press, _viewpoint, _actor = context.interaction, await context.viewpoint(), await context.actor()
    it = await asking(context)
    component = it.model(press.value.partition(":")[0])
    if component is None:
        return Reply(Say(forms.gone()))
    held = it.held(component)
    return Reply(in_place(press, card_now(it, it.reader, held.component, await it.at(held))))


def card_now(it: Asker, reader: Reader, component: Component, at: At, told: str = "") -> blocks.Modal:
    return card.card_form(it.shown(reader, component, at), it.user_id, told)


def in_place(press: BlockAction, modal: blocks.Modal) -> Answer:
    """Put a form in the place of the one that was pressed in, or open it over a message or the Home."""
    return Redraw(modal) if press.view is not None and press.view.is_modal else Open(modal)


async def agree(context: Context[BlockAction]) -> Reply:
    """Agree to one aspect, or to all that waits, as it stood when it was read."""
    press, _viewpoint, _actor = context.interaction, await context.viewpoint(), await context.actor()
    it = await asking(context)
    component_id, _, rest = press.value.partition(":")
    aspect_id, _, seen = rest.partition(":")
    component = it.model(component_id)
    if component is None:
        return Reply(Say(forms.gone()))
    held = it.held(component)
    at = await it.at(held)
    if told := it.why_not(held, at):
        return Reply(Say(blocks.said(told)))
    aspect = status.aspect_of(aspect_id)
    aspects: tuple[Aspect, ...] = ASPECTS if aspect is None else (aspect,)

    def settle(transaction: Transaction, now: datetime) -> Wrote:
        current = cards.held(transaction, component)
        requirement = current.card.requirements.get(aspect) if aspect is not None else None
        version = requirement.version if requirement is not None else current.card.version
        at_now = replace(at, now=now)
        kept = cards.agree(transaction, component, aspects, at_now) if str(version) == seen else None
        if kept is None and press.view is None:
            return Wrote(Say(forms.nothing_waits(component)))
        told = "" if kept is not None else "It was agreed or changed meanwhile. Read it again, and agree once more."
        shown = card_now(it, transaction, component, at_now, told)
        return Wrote(in_place(press, shown), () if kept is None else kept.messages)

    return Reply(write=settle)


async def read_history(context: Context[BlockAction]) -> Reply:
    press, _viewpoint, _actor = context.interaction, await context.viewpoint(), await context.actor()
    it = await asking(context)
    component_id, _, begin = press.value.partition(":")
    component = it.model(component_id)
    if component is None:
        return Reply(Say(forms.gone()))
    held = it.held(component)
    events = CARDS.history(context.store.reader, context.team_id, held.card.id)
    names = await it.names_in(held, *(each.by for each in events))
    title = f"History of what is required of {component.name}"
    door, page = (card.HISTORY, component.id), int(begin) if begin.isdigit() else 0
    return Reply(Say(history(title, events, names, door, page)))


async def export(context: Context[BlockAction]) -> Reply:
    """Give who asks the card as files: Markdown, YAML, and a model card."""
    press, _viewpoint, _actor = context.interaction, await context.viewpoint(), await context.actor()
    it = await asking(context)
    component = it.model(press.value)
    if component is None:
        return Reply(Say(forms.gone()))
    held = it.held(component)
    seen = it.shown(it.reader, held.component, await it.at(held))
    told = forms.files_come(component)

    def give(_transaction: Transaction, now: datetime) -> Wrote:
        files = [(form, formats.file_name(component, form), formats.written(seen, form)) for form in formats.FORMATS]
        return Wrote(Say(told), [
            file_to(context.team_id, it.user_id, (name, text), Message(formats.COMMENTS[form]), now)
            for form, name, text in files
        ])  # fmt: skip

    return Reply(write=give)
