"""Where a card is read, by the name of its component."""

from handlers.agreements.components import named
from handlers.framework.context import Context
from handlers.requirements.context import asking
from handlers.requirements.messages import answers, card
from handlers.requirements.rules.aspects import sheets_of
from handlers.requirements.service import cards as service
from handlers.slack.interactions import Ask
from handlers.slack.replies import Reply, Say
from storage.requirements.requirements import Sheet
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import Kind


async def read_card(context: Context[Ask]) -> Reply:
    """Show what is required of a model; of a service how it is called, and of a product how it uses its models."""
    return await _read(context, None)


async def read_interface(context: Context[Ask]) -> Reply:
    return await _read(context, "interface")


async def _read(context: Context[Ask], sheet: Sheet | None) -> Reply:
    it, text = await asking(context), context.interaction.text
    known = await context.read(responsibilities.components, it.team_id, it.visible)
    found = named(text, known)
    wanted = [each for each in found if _fits(each.kind, sheet)] or [each for each in found if sheets_of(each.kind)]
    if found and not wanted:
        return Reply(Say(answers.no_card(found[0])))
    if len(wanted) != 1:
        carded = [each for each in known if _fits(each.kind, sheet)]
        return Reply(Say(answers.which(wanted or carded, "" if wanted else text, sheet)))
    facts = await it.facts_about(await context.read(service.model_card, wanted[0]))
    shown = await context.read(it.shown, wanted[0], facts, sheet)
    return Reply(Say(card.card(shown, it.user_id, is_private=context.interaction.is_private)))


def _fits(kind: Kind, sheet: Sheet | None) -> bool:
    """Tell whether a component of a kind may be meant: by its name alone, a model before what else has a card."""
    sheets = sheets_of(kind)
    return sheet in sheets if sheet is not None else "requirements" in sheets
