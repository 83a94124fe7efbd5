"""Where a requirement card is read, by the name of its model."""

from handlers.agreements.components import named
from handlers.framework.context import Context
from handlers.requirements.context import asking
from handlers.requirements.messages import answers, card
from handlers.requirements.service import cards as service
from handlers.slack.interactions import Ask
from handlers.slack.replies import Reply, Say
from storage.responsibilities import responsibilities


async def read_card(context: Context[Ask]) -> Reply:
    it, text = await asking(context), context.interaction.text
    known = await context.read(responsibilities.components, it.team_id, it.visible)
    found = named(text, known)
    wanted = [each for each in found if each.kind == "model"]
    if found and not wanted:
        return Reply(Say(answers.no_model(found[0])))
    if len(wanted) != 1:
        models = [each for each in known if each.kind == "model"]
        return Reply(Say(answers.which(wanted or models, "" if wanted else text)))
    facts = await it.facts_about(await context.read(service.model_card, wanted[0]))
    shown = await context.read(it.shown, wanted[0], facts)
    return Reply(Say(card.card(shown, it.user_id, is_private=context.interaction.is_private)))
