"""What is said of a component: that it is saved, who was asked to take on its duties, and which one is meant."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from handlers.agreements.trajectory import why_early
from handlers.checks.lookalikes import warning
from handlers.checks.outcomes import NotAllowed
from handlers.responsibilities.messages import register
from handlers.responsibilities.messages.register import few
from handlers.responsibilities.rules.standing import ComponentDuty
from handlers.slack import blocks
from handlers.slack.blocks import Message
from storage.engine.interface import WORKSPACE
from storage.responsibilities.responsibilities import Component

NAME_TAKEN = "There's already a component with this name. Choose another name, or edit that one."
CHANGED_MEANWHILE = "Somebody changed this component while you were writing. Close this form and start again."


def open_form() -> Message:
    """Say it after a mention, which cannot open a form."""
    return blocks.offer("Here's the form:", blocks.button("Add a component", register.ADD))


def not_theirs(component: Component, lead: str) -> NotAllowed:
    told = f"Only {lead}, who leads {component.name}, the people of its sides and admins can edit it."
    return NotAllowed(told, kind="component", id=component.id, visibility=component.visibility)


def saved(component: Component, listed: Sequence[ComponentDuty], planned: Mapping[str, str]) -> Message:
    """Say what of a component has no owner yet, and who could be asked."""
    gaps = sum(each.present.state == "unowned" for each in listed)
    seen_by = "Everybody can see it." if component.visibility == WORKSPACE else "Only this channel can see it."
    owned = f"None of its {len(listed)} duties has an owner yet."
    if gaps < len(listed):
        owned = f"{gaps} of its {len(listed)} duties have no owner yet." if gaps else "Each of its duties has an owner."
    head = blocks.line(blocks.words(f"Saved {component.name}. {seen_by} {warning([component.name])}".rstrip()))
    early = blocks.line(blocks.words(why_early(component)))
    lines = [head, blocks.line(blocks.words(owned)), *([early] if gaps else []), *_suggested(listed, planned)]
    edit = blocks.button("Edit", register.EDIT, component.id)
    below = [*register.component_buttons(component), edit]
    if planned:
        below.insert(0, blocks.button("Suggest owners", register.PROPOSE_ALL, component.id, "primary"))
    return Message(blocks.escape(f"Saved {component.name}. {owned}"), (blocks.paragraphs(*lines), blocks.in_row(below)))


def _suggested(listed: Sequence[ComponentDuty], planned: Mapping[str, str]) -> list[blocks.Block]:
    by_person: defaultdict[str, list[str]] = defaultdict(list)
    for each in listed:
        by_person[planned.get(each.value, "")].append(each.kind.short)
    return [
        blocks.line(blocks.words("Suggested: "), register.who(person), blocks.words(f" for {few(names)}"))
        for person, names in by_person.items()
        if person
    ]


def proposed_to(asked: Mapping[str, Sequence[ComponentDuty]]) -> Message:
    if not asked:
        return blocks.said("Nobody is left to ask.")
    lines = [
        blocks.line(
            blocks.words("Asked "),
            register.who(person),
            blocks.words(f" about {few([each.kind.short for each in theirs])}."),
        )
        for person, theirs in asked.items()
    ]
    return Message("Asked", (blocks.paragraphs(*lines),))


def which_to_edit(known: Sequence[Component]) -> Message:
    """Offer the components that can be edited, where none or several are meant."""
    if not known:
        return blocks.said("I don't know that component. /owner map shows them all.")
    menu = blocks.choice([(each.name, each.id) for each in known])
    told = "Which component do you want to edit?"
    return Message(told, (blocks.row(told, {**menu, "action_id": register.EDIT}),))
