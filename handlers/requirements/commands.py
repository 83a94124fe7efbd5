"""Where a card is read, by the name of its component."""

import re
from collections.abc import Sequence

from handlers.agreements.components import named
from handlers.framework.context import Context
from handlers.requirements.context import asking
from handlers.requirements.messages import answers, card
from handlers.requirements.rules.aspects import sheets_of
from handlers.requirements.service import cards as service
from handlers.slack.interactions import Ask
from handlers.slack.replies import Reply, Say
from storage.requirements.requirements import SHEETS, Sheet
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import Component, Kind, new_key

_JOINING = re.compile(r"^(?:of|for)?\s*(?:the\s)?\s*", re.IGNORECASE)


async def read_card(context: Context[Ask]) -> Reply:
    """Show a sheet of a card: the one that is named beside the component, else the first that it has."""
    it = await asking(context)
    known = await context.read(responsibilities.components, it.team_id, it.visible)
    text, sheet = _asked(context.interaction.text, known)
    found = named(text, known)
    wanted = [each for each in found if _fits(each.kind, sheet)] or [each for each in found if sheets_of(each.kind)]
    if found and not wanted:
        return Reply(Say(answers.no_card(found[0])), is_unknown=True, is_near=True)
    if len(wanted) != 1:
        carded = [each for each in known if _fits(each.kind, sheet)]
        told = Say(answers.which(wanted or carded, "" if wanted else text, sheet))
        is_unknown = bool(text) and not wanted
        return Reply(told, is_unknown=is_unknown, is_near=is_unknown)
    facts = await it.facts_about(await context.read(service.model_card, wanted[0]))
    shown = await context.read(it.shown, wanted[0], facts, sheet)
    return Reply(Say(card.card(shown, it.user_id, is_private=context.interaction.is_private)))


def _asked(text: str, known: Sequence[Component]) -> tuple[str, Sheet | None]:
    """Return the name and the sheet in a text such as "interface of the berth model" or "berth model interface"."""
    words = text.split()
    ends = [each for each in (0, -1) if words and words[each].casefold() in SHEETS]
    if not ends or new_key(text) in {each.look_up_key for each in known}:
        return text, None
    sheet = next(each for each in SHEETS if each == words[ends[0]].casefold())
    del words[ends[0]]
    return _JOINING.sub("", " ".join(words)), sheet


def _fits(kind: Kind, sheet: Sheet | None) -> bool:
    """Tell whether a component of a kind may be meant: by its name alone, a model before what else has a card."""
    sheets = sheets_of(kind)
    return sheet in sheets if sheet is not None else "requirements" in sheets
