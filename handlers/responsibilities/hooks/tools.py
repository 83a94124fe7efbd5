"""What agents may ask of the register: who has a duty, and who leads a component."""

import asyncio
from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from handlers.agreements.components import current
from handlers.framework import tools
from handlers.framework.context import Context
from handlers.framework.tools import Answer, Arguments, Item, Page, Tool
from handlers.responsibilities.catalogue import asked_about
from handlers.responsibilities.context import asking
from handlers.responsibilities.rules.standing import ComponentDuty
from handlers.responsibilities.service import register as service
from handlers.slack.interactions import Ask
from storage.responsibilities.responsibilities import Component

_COMPONENT = "component"
_STATES = {
    "unowned": "nobody owns it",
    "proposed": "somebody is asked, and has not accepted yet",
    "accepted": "owned",
    "disputed": "disputed: several people say that they own it",
    "not needed": "not needed",
}


class AskedDuty(Arguments):
    about: Annotated[
        str, Field(min_length=1, max_length=300, description="A duty, a component, or both: “monitoring of ranking”.")
    ]
    page: Page = 1


async def who_owns(context: Context[Ask], asked: AskedDuty) -> Answer:
    """Say who has a duty, as ``/owner`` does; a duty that nobody has becomes no question by that."""
    it = await asking(context)
    known, kinds = await context.read(service.known, it.team_id, it.visible)
    topic = await asyncio.to_thread(asked_about, asked.about, known, kinds)
    if topic.component is None and topic.duty is None:
        return tools.answer(f"No duty and no component is called that. Components: {_named(known)}.")
    if topic.component is not None and topic.component.is_retired:
        return tools.answer(f"{topic.component.name} retired on {topic.component.retires_on}. Its duties have ended.")
    named = [topic.component] if topic.component is not None else current(known)
    every = await context.store.search(lambda reader: service.all_of(reader, named))
    found = [each for each in every if topic.duty is None or topic.is_about(each.kind)]
    people = {who for each in found for who in (each.present.owner, each.present.proposed_to, each.component.lead)}
    names = await tools.names_of(context, people)
    if len(found) == 1:
        told = _sentence(found[0], names)
    elif topic.component is not None:
        lead = names.get(topic.component.lead, "nobody")
        told = f"{topic.component.name} is a {topic.component.kind} led by {lead}. It has {len(found)} duties."
    else:
        told = f"{len(found)} components have that duty."
    return tools.answer(told, [_item(each, names) for each in found], asked.page)


def _named(known: list[Component]) -> str:
    return tools.listed([each.name for each in known]) or "none that you can see"


def _sentence(about: ComponentDuty, names: Mapping[str, str]) -> str:
    owner = names.get(about.present.owner, "somebody") if about.present.owner else ""
    lead = names.get(about.component.lead, "")
    otherwise = f"{_STATES[about.present.state]}{f'; {lead} leads the component' if lead else ''}"
    return f"{about.name}: {f'{owner} owns it{about.for_team}' if owner else otherwise}."


def _item(about: ComponentDuty, names: Mapping[str, str]) -> Item:
    duty = about.present
    asked = f", asked: {names.get(duty.proposed_to, 'somebody')}" if duty.proposed_to else ""
    return tools.item(
        "duty",
        about.name,
        " ".join(filter(None, (duty.need, duty.reason))),
        status=f"{_STATES[duty.state]}{about.for_team}{asked}",
        owner=names.get(duty.owner, "somebody") if duty.owner else "",
        date=(duty.since or duty.changed_at)[:10],
        source="the register of duties",
        uri=tools.uri(_COMPONENT, about.component.name),
    )


TOOLS = (
    Tool(
        "who_owns",
        "Who owns a duty",
        "Who is accountable for a duty of a component, or for all duties of one. What nobody owns is said to be so.",
        AskedDuty,
        who_owns,
        _COMPONENT,
        "about",
    ),
)
