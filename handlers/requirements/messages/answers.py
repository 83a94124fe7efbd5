"""What is said to who asks for a card, or did something with one, where the card itself is not shown."""

from collections.abc import Sequence

from handlers.requirements.messages.card import OPEN
from handlers.requirements.rules import status
from handlers.slack import blocks
from handlers.slack.blocks import Message
from storage.requirements.requirements import Aspect
from storage.responsibilities.responsibilities import Component

GONE = "That model is not there any more, or you may not see it here."
_NAMED = 20


def nothing_to_measure(component: Component) -> Message:
    told = f"Nothing is asked of {component.name} yet that could be measured. Fill in its card first."
    return _with_card(told, component)


def which(known: Sequence[Component], text: str) -> Message:
    """Offer the models that have a card, where none or several are meant."""
    if not known:
        told = "No model is in the register that you may see here. Members add one with /owner add."
        return blocks.said(told)
    told = f"I know no model “{blocks.cut(text, 80)}”. Which one?" if text else "Whose card?"
    ids = [blocks.numbered(OPEN, place) for place in range(_NAMED)]
    buttons = [blocks.button(each.name, action_id, each.id) for action_id, each in zip(ids, known, strict=False)]
    more = len(known) - _NAMED
    told += f" There are {more} more; type the name." if more > 0 else ""
    return blocks.offer(told, *buttons)


def no_model(component: Component) -> Message:
    return blocks.said(f"{component.name} is a {component.kind}. Only a model has a card of what is required of it.")


def nothing_waits(component: Component) -> Message:
    return _with_card("Nothing of it waits for you: it was agreed or changed meanwhile. Read it again:", component)


def files_come(component: Component) -> Message:
    return blocks.said(f"The card of {component.name} comes to you as files, in direct messages.")


def evaluated(component: Component, missed: Sequence[Aspect]) -> Message:
    listed = ", ".join(status.label(each).lower() for each in missed)
    told = f"Saved. It misses what is required: {listed}." if missed else "Saved. It meets all that it measured."
    return _with_card(told, component)


def _with_card(told: str, component: Component) -> Message:
    return blocks.offer(told, blocks.button("Open the card", OPEN, component.id))
