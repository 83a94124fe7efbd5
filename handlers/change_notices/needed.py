"""What somebody needs who says that a change needs work: data, another card, or somebody who owns what it asks for."""

from handlers.agreements.change_notices import CONSUMING, asked_id
from handlers.change_notices.messages import About
from handlers.slack import blocks
from handlers.slack.action_ids import ASK_FOR_DATA, FILL_IN_ASPECT, SUGGEST_OWNER
from handlers.slack.blocks import Block
from storage.change_notices.change_notices import Answered
from storage.engine.interface import Reader
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import Component


def opens(reader: Reader, about: About, said: Answered, person: str) -> Block | None:
    """Return the button that opens what is needed, filled in as far as it can be; None where nothing fits."""
    notice, component = about.notice, about.component
    if said.answer != "needs work" or component is None:
        return None
    if notice.kind == "contract" or component.kind == "dataset":
        return blocks.button("Ask for data", ASK_FOR_DATA, f"change:{asked_id(notice, person)}", "primary")
    part = responsibilities.component(reader, notice.team_id, notice.asked.get(person, "")) or component
    if notice.aspects and _speaks_for(component, person):
        what = "Change the interface" if notice.kind == "interface" else "Change the requirement"
        return blocks.button(what, FILL_IN_ASPECT, f"{component.id}:{notice.aspects[0]}", "primary")
    duty = _unowned(reader, part)
    return blocks.button("Find an owner", SUGGEST_OWNER, f"{part.id}:{duty}", "primary") if duty else None


def _speaks_for(component: Component, person: str) -> bool:
    return person in (component.lead, *component.model_side, *component.product_side)


def _unowned(reader: Reader, component: Component) -> str:
    """Return the duty that meets such a change and that nobody has; empty where somebody does."""
    duties = {each.duty: each for each in responsibilities.duties_of(reader, component.team_id, [component.id])}
    there = [each for each in CONSUMING if each in duties and duties[each].state != "not needed"]
    is_owned = any(duties[each].state == "accepted" for each in there)
    return "" if is_owned else next((each for each in there if duties[each].state == "unowned"), "")
