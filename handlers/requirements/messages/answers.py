"""What is said to who asks for a card, or did something with one, where the card itself is not shown."""

from collections.abc import Sequence

from handlers.requirements.messages.card import OPEN
from handlers.requirements.rules import status
from handlers.slack import blocks
from handlers.slack.blocks import Message
from storage.requirements.requirements import Aspect
from storage.responsibilities.responsibilities import Component

GONE = "I can't find that model, or you can't see it here."
_NAMED = 20


def nothing_to_measure(component: Component) -> Message:
    told = f"{component.name} has no measurable requirement yet. Set one on its card first."
    return _with_card(told, component)


def which(known: Sequence[Component], text: str) -> Message:
    """Offer the models that have a card, where none or several are meant."""
    if not known:
        told = "I don't know any model that you can see here. Members can add one with /owner add."
        return blocks.said(told)
    told = f"I don't know the model “{blocks.cut(text, 80)}”. Which one?" if text else "Which model?"
    ids = [blocks.numbered(OPEN, place) for place in range(_NAMED)]
    buttons = [blocks.button(each.name, action_id, each.id) for action_id, each in zip(ids, known, strict=False)]
    more = len(known) - _NAMED
    told += f" {more} more aren't listed: type the name." if more > 0 else ""
    return blocks.offer(told, *buttons)


def no_model(component: Component) -> Message:
    return blocks.said(f"{component.name} is a {component.kind}. Only models have a requirement card.")


def nothing_waits(component: Component) -> Message:
    return _with_card("It was agreed or changed meanwhile. Here's the card:", component)


def files_come(component: Component) -> Message:
    return blocks.said(f"I'm sending you the card of {component.name} as files, in our direct messages.")


def evaluated(component: Component, missed: Sequence[str]) -> Message:
    """Answer who entered an evaluation: what it shows to be missed, in words."""
    return _with_card(
        f"Saved. {'; '.join(missed)}." if missed else "Saved. It meets everything it measured.", component
    )


def agreed(component: Component, aspects: Sequence[Aspect]) -> Message:
    listed = ", ".join(status.label(each).lower() for each in aspects)
    return _with_card(f"You agreed to {listed} of {component.name}. Whoever asked knows.", component)


def _with_card(told: str, component: Component) -> Message:
    return blocks.offer(told, blocks.button("Open the card", OPEN, component.id))
