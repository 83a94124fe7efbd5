"""Where an evaluation of a model is entered."""

from dataclasses import replace

from handlers.checks.outcomes import Refused
from handlers.framework.context import Context
from handlers.requirements import forms
from handlers.requirements.context import asking, in_place
from handlers.requirements.messages import answers
from handlers.requirements.rules import evaluating, status
from handlers.requirements.service import entering as service
from handlers.slack.interactions import BlockAction, ViewSubmission, Wrong
from handlers.slack.replies import Answer, Refuse, Reply, Say, Wrote
from storage.engine.interface import Transaction
from storage.requirements.requirements import ASPECTS


async def open_evaluation(context: Context[BlockAction]) -> Reply:
    it = await asking(context)
    model = await it.model(context.interaction.value)
    facts = await it.facts_about(model)
    if refused := await context.read(service.why_not, model, facts):
        return Reply(refused)
    asked = status.measurable(model.card.requirements)
    if not asked:
        return Reply(Say(answers.nothing_to_measure(model.component)))
    return Reply(in_place(context.interaction, forms.evaluation_form(model.component, asked)))


async def save_evaluation(context: Context[ViewSubmission]) -> Reply:
    """Keep what was measured, checked against what is asked at the moment of writing."""
    it, fields = await asking(context), context.interaction.fields
    model = await it.model(context.interaction.note)
    facts, today = await it.facts_about(model), await context.today()
    names = (evaluating.LINK, evaluating.DAY, evaluating.MODEL_VERSION, evaluating.STAGE, *ASPECTS)
    told = {name: fields.text(name) for name in names}

    def keep(transaction: Transaction, _now: object) -> Answer | Wrote:
        kept = service.evaluate(transaction, model.component, told, facts, today)
        if isinstance(kept, Refused):
            return replace(kept, field=evaluating.LINK)
        if isinstance(kept, Wrong):
            return Refuse(kept.errors)
        return Wrote(Say(answers.evaluated(model.component, kept.missed)), kept.messages)

    return Reply(write=keep)
