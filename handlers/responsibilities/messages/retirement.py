"""What people read of a component that retires: what comes of it, who is asked, and that it stays after all."""

from collections.abc import Sequence

from handlers.checks.outcomes import Refused
from handlers.responsibilities.messages.register import component_buttons
from handlers.responsibilities.rules.retirement import sentence
from handlers.slack import blocks
from handlers.slack.action_ids import OPEN_COMPONENT, RETIRE_COMPONENT
from handlers.slack.blocks import Block, Message
from storage.responsibilities.responsibilities import Component

RETIREMENT = RETIRE_COMPONENT
_NAMED = 3


def ended(component: Component) -> Refused:
    """Say why nothing can be done with a duty any more."""
    return Refused(f"{component.name} has retired, so its duties have ended.")


def retired(component: Component, notes: Sequence[str]) -> Message:
    """Say of a component that has retired what there is to say."""
    head, *rest = notes
    after = blocks.words(head.removeprefix(component.name))
    lines = [blocks.line(blocks.words(component.name, "bold"), after)]
    lines += [blocks.line(blocks.words(each)) for each in rest]
    lines.append(blocks.line(blocks.words("Its duties have ended.")))
    below = blocks.in_row(component_buttons(component, has_map=False))
    return Message(blocks.escape(head), (blocks.paragraphs(*lines), below))


def saved(component: Component, successor: str, asked: Sequence[str]) -> Message:
    """Say to who retires a component who is asked about it."""
    if not component.retires_on:
        return blocks.said(f"{component.name} stays. Everybody who was asked knows.")
    head = sentence(component, successor)
    lines = [blocks.line(blocks.words(head)), blocks.line(*_asked(asked))]
    below = blocks.in_row(component_buttons(component))
    return Message(blocks.escape(head), (blocks.paragraphs(*lines), below))


def _asked(people: Sequence[str]) -> list[Block]:
    if not people:
        return [blocks.words("Nobody is linked to it downstream, so I've asked nobody.")]
    named = [blocks.person(each) for each in people[:_NAMED]]
    last = [blocks.words(f"{len(people) - _NAMED} more")] if len(people) > _NAMED else [named.pop()]
    shown = [piece for each in named for piece in (blocks.words(", "), each)][1:]
    joined = [*shown, *([blocks.words(" and ")] if shown else []), *last]
    return [blocks.words("I've asked "), *joined, blocks.words(" whether that's fine.")]


def stays(component: Component, by: str) -> Message:
    """Tell those who were asked about it that a component doesn't retire."""
    name = blocks.words(component.name, "bold")
    line = blocks.line(blocks.person(by), blocks.words(" says that "), name, blocks.words(" stays: it doesn't retire."))
    button = blocks.button("Open", OPEN_COMPONENT, component.id)
    return Message(blocks.escape(f"{component.name} stays"), (blocks.paragraphs(line), blocks.buttons([button])))


def which(known: Sequence[Component]) -> Message:
    """Offer what can retire, where none or several are meant."""
    if not known:
        return blocks.said("I don't know that component. /owner map shows them all.")
    menu = blocks.choice([(each.name, each.id) for each in known])
    told = "Which component retires?"
    return Message(told, (blocks.row(told, {**menu, "action_id": RETIREMENT}),))


def open_form(component: Component) -> Message:
    """Say it after a mention, which cannot open a form."""
    button = blocks.spoken(blocks.button("Retire", RETIREMENT, component.id), f"Retire {component.name}")
    return blocks.offer("Here's the form:", button)
