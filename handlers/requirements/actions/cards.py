"""Where a card is opened, agreed to and exported, and where its history is."""

from handlers.access.recipients import Destination, attach
from handlers.access.settling import is_shown
from handlers.checks.outcomes import Refused
from handlers.framework.context import Context
from handlers.requirements import formats
from handlers.requirements.context import asking, in_place
from handlers.requirements.messages import answers, card
from handlers.requirements.messages.shown import Place
from handlers.requirements.rules import status
from handlers.requirements.rules.aspects import sheet_in, sheets_of
from handlers.requirements.service import cards as service
from handlers.requirements.service.cards import Moved
from handlers.slack import carried
from handlers.slack.history import history
from handlers.slack.interactions import BlockAction
from handlers.slack.replies import Done, Reply, Say, Wrote
from storage.engine.interface import WORKSPACE, Transaction, to_text
from storage.requirements.requirements import CARDS
from storage.workspaces import audit

_MOVED = "It changed meanwhile. Please read it again before you agree."


async def open_card(context: Context[BlockAction]) -> Reply:
    """Show a sheet of a card in a form of its own, in which one aspect after another can be filled in."""
    it, press = await asking(context), context.interaction
    component_id, _, named = press.value.partition(":")
    model = await it.model(component_id)
    at = Place(model.component, model.card.id, sheet_in(named.rpartition(":")[2]))
    shown = await context.read(it.card_now, at, await it.facts_about(model))
    return Reply(in_place(press, shown))


async def agree(context: Context[BlockAction]) -> Reply:
    """Agree to one aspect, or to all that waits, as it stood when it was read."""
    it, press = await asking(context), context.interaction
    component_id, _, rest = press.value.partition(":")
    named, _, version = rest.partition(":")
    model, scope = await it.model(component_id), status.scope_of(named)
    component, facts = model.component, await it.facts_about(model)

    def settle(transaction: Transaction, _now: object) -> Wrote:
        agreed = service.agree(transaction, component, (scope, carried.number(version)), facts)
        if isinstance(agreed, Refused):
            return Wrote(agreed)
        if isinstance(agreed, Moved) and press.view is None:
            return Wrote(Say(answers.nothing_waits(component, sheet_in(named))))
        if not isinstance(agreed, Moved) and is_shown(agreed.messages, press.place.channel_id, press.message_ts):
            return Wrote(Done(), agreed.messages)
        if not isinstance(agreed, Moved) and press.view is None:
            return Wrote(Say(answers.agreed(component, agreed.agreed)), agreed.messages)
        told, sent = (_MOVED, ()) if isinstance(agreed, Moved) else ("", agreed.messages)
        at = Place(component, model.card.id, sheet_in(named))
        return Wrote(in_place(press, it.card_now(transaction, at, facts, told)), sent)

    return Reply(write=settle)


async def read_history(context: Context[BlockAction]) -> Reply:
    it = await asking(context)
    component_id, _, begin = context.interaction.value.partition(":")
    model = await it.model(component_id)
    entries = await context.read(CARDS.history, it.team_id, model.card.id)
    names = await it.names_of([*model.people, *(each.by for each in entries)])
    is_model = sheets_of(model.component.kind)[0] == "requirements"
    title = f"History of {model.component.name}'s {'requirements' if is_model else 'card'}"
    return Reply(Say(history(title, entries, names, (card.HISTORY, component_id), carried.number(begin))))


async def export(context: Context[BlockAction]) -> Reply:
    """Give who asks the card as files: Markdown, YAML, and a model card."""
    it = await asking(context)
    model = await it.model(context.interaction.value)
    component, to = model.component, Destination(it.team_id, it.user_id, about=(model.component.visibility,))
    shown = await context.read(it.shown, component, await it.facts_about(model))
    files = {form: (formats.file_name(component, form), formats.written(shown, form)) for form in formats.COMMENTS}
    sent = [attach(to, file, formats.COMMENTS[form], context.now) for form, file in files.items()]

    def give(transaction: Transaction, _now: object) -> Wrote:
        if component.visibility != WORKSPACE:
            what = {"target_kind": "card", "target_id": component.id, "visibility": component.visibility}
            who = {"team_id": it.team_id, "actor": it.user_id, "at": to_text(context.now)}
            audit.note(transaction, audit.Entry(action="exported", **who, **what))
        return Wrote(Say(answers.files_come(component)), sent)

    return Reply(write=give)
