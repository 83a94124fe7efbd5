"""What is said of a component: that it is saved, who was asked to take its duties, and which one is meant."""

from collections.abc import Sequence

from handlers.checks.lookalikes import warning
from handlers.checks.outcomes import NotAllowed
from handlers.responsibilities.messages import register
from handlers.responsibilities.messages.register import capital
from handlers.responsibilities.rules.standing import ComponentDuty, side_of
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message
from storage.engine.interface import WORKSPACE
from storage.responsibilities.responsibilities import Component

NAME_TAKEN = "There is a component of this name already. Give it another name, or edit that one."
CHANGED_MEANWHILE = "Somebody changed this component while you wrote. Close this form and start again."
_GAPS_SHOWN, _OFFERED = 30, 20


def open_form() -> Message:
    """Say it after a mention, which cannot open a form."""
    told = "A mention cannot open a form, but this button can."
    return blocks.offer(told, blocks.button("Add a component", register.ADD))


def not_theirs(component: Component) -> NotAllowed:
    told = "Only its lead, who added it, its two sides and the admins can edit a component."
    return NotAllowed(told, kind="component", id=component.id, visibility=component.visibility)


def saved(component: Component, listed: Sequence[ComponentDuty]) -> Message:
    """Say what a component has nobody for yet, and offer to ask the people of its sides."""
    gaps = [each for each in listed if each.duty.state == "unowned"]
    seen_by = "Everybody" if component.visibility == WORKSPACE else "Only this channel"
    lines = [
        blocks.line(blocks.words(f"Saved {component.name}. {seen_by} sees it. {warning([component.name])}".rstrip())),
        blocks.line(blocks.words(f"{len(gaps)} of its {len(listed)} duties have no owner yet:")),
        *(_gap(each) for each in gaps[:_GAPS_SHOWN]),
    ]
    below = [*register.component_buttons(component), blocks.button("Edit", register.EDIT, component.id)]
    if any(side_of(each) for each in gaps):
        below.insert(0, blocks.button("Ask these people", register.PROPOSE_ALL, component.id, "primary"))
    told = blocks.escape(f"Saved {component.name}: {len(gaps)} duties have no owner yet")
    return Message(told, (blocks.paragraphs(*lines), blocks.buttons(below)))


def proposed_to(people: int, duties: int) -> Message:
    if not duties:
        return blocks.said("There was nobody left to ask: each duty has an owner, or no people on its side.")
    told = "1 person" if people == 1 else f"{people} people"
    return blocks.said(f"I have asked {told} about {duties} duties. They are theirs once they say so.")


def which_to_edit(known: Sequence[Component]) -> Message:
    """Offer the components that can be edited, where none or several are meant."""
    if not known:
        return blocks.said("No component of that name is in the register. Add one, or ask for the map to see them all.")
    ids = [blocks.numbered(register.EDIT, place) for place in range(_OFFERED)]
    below = [blocks.button(each.name, action_id, each.id) for action_id, each in zip(ids, known, strict=False)]
    return blocks.offer("Which one?", *below)


def _gap(about: ComponentDuty) -> Block:
    people = side_of(about)
    told = [blocks.words(f"• {capital(about.kind.name)}")]
    return blocks.line(*told, *([blocks.words(": by default "), register.who(people[0])] if people else []))
