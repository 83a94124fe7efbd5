"""What agents may ask of cards: what is asked of a model, how it did, how it is called, and how it is used."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from handlers.agreements.clauses import offer_words
from handlers.agreements.components import named
from handlers.framework import tools
from handlers.framework.context import Context
from handlers.framework.tools import Answer, Arguments, Item, Page, Tool
from handlers.requirements.context import asking
from handlers.requirements.messages.measuring import plan_words
from handlers.requirements.messages.shown import Shown
from handlers.requirements.rules import status
from handlers.requirements.rules.aspects import KINDS, sheets_of
from handlers.requirements.service import cards as service
from handlers.slack.interactions import Ask
from storage.requirements.requirements import ASPECTS, SHEETS
from storage.responsibilities import responsibilities

_CARD = "card"
_STATES = {"unknown": "not known yet", "waits": "said by one side, not agreed yet", "agreed": "agreed by both sides"}


class AskedModel(Arguments):
    model: Annotated[str, Field(min_length=1, max_length=200, description="The name of a model, service or product.")]
    page: Page = 1


async def requirements(context: Context[Ask], asked: AskedModel) -> Answer:
    """Read out the card of a model, a service or a product."""
    it = await asking(context)
    known = await context.read(responsibilities.components, it.team_id, it.visible)
    models = [each for each in known if sheets_of(each.kind)]
    found = [each for each in named(asked.model, known) if sheets_of(each.kind)]
    if len(found) != 1:
        listed = tools.listed([each.name for each in found or models]) or "none that you can see"
        return tools.answer(f"Which model? There are: {listed}.")
    people = (await context.read(service.model_card, found[0])).people
    names = await tools.names_of(context, people)
    shown = await context.read(service.shown, found[0], names, it.visible, context.now)
    items = list(_items(shown))
    required = len(shown.card.requirements.keys() & set(SHEETS["requirements"]))
    open_points = status.points_in_words(status.open_points(found[0].kind, shown.card, shown.evaluations))
    told = f"{found[0].name} has {required} requirement{'s' * (required != 1)}."
    told += f" Open: {open_points}." if open_points else ""
    return tools.answer(told, items, asked.page)


def _items(shown: Shown) -> Iterator[Item]:
    lead = shown.names.get(shown.component.lead, "")
    for aspect in ASPECTS:
        requirement = shown.card.requirements.get(aspect)
        if requirement is None:
            continue
        measured = status.measured_words(aspect, requirement, shown.evaluations)
        planned = f"Measured {plan_words(requirement.plan, shown.names)}" if requirement.plan is not None else ""
        said = offer_words(KINDS[aspect], requirement.said, shown.names, str)
        yield tools.item(
            "requirement",
            f"{shown.component.name} {status.label(aspect).lower()}",
            "\n".join(filter(None, (said, measured, planned))),
            status=_STATES[status.state_of(requirement)],
            owner=lead,
            date=requirement.said.at[:10],
            source=f"{shown.names.get(requirement.said.by, 'a file')}, in the requirement card",
            uri=tools.uri(_CARD, shown.component.name),
        )


TOOLS = (
    Tool(
        "requirements",
        "Read a model's card",
        "What is required of a model, whether both sides agreed and its evaluation met it, and what its interface is.",
        AskedModel,
        requirements,
        _CARD,
        "model",
    ),
)
