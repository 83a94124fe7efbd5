"""What is said to who asks for a card, or did something with one, where the card itself is not shown."""

from collections.abc import Sequence
from typing import Literal

from handlers.requirements.messages.card import OPEN
from handlers.requirements.messages.shown import Place
from handlers.requirements.rules import status
from handlers.requirements.rules.aspects import sheet_of
from handlers.slack import blocks
from handlers.slack.blocks import Message
from storage.requirements.requirements import Aspect, Sheet
from storage.responsibilities.responsibilities import Component

GONE = "I can't find that component, or you can't see it here."
_NAMED = 20


def nothing_to_measure(component: Component) -> Message:
    told = f"{component.name} has no measurable requirement yet. Set one on its card first."
    return _with_card(told, Place(component, ""))


def which(known: Sequence[Component], text: str, sheet: Sheet | None = None) -> Message:
    """Offer the components that have a card, where none or several are meant."""
    if not known:
        told = "I don't know any model, service or product that you can see here. Members can add one with /owner add."
        return blocks.said(told)
    told = f"I don't know “{blocks.cut(text, 80)}”. Whose card?" if text else "Whose card?"
    ids = [blocks.numbered(OPEN, place) for place in range(_NAMED)]
    buttons = [
        blocks.button(each.name, action_id, Place(each, "", sheet or "").value)
        for action_id, each in zip(ids, known, strict=False)
    ]
    more = len(known) - _NAMED
    told += f" {more} more aren't listed: type the name." if more > 0 else ""
    return blocks.offer(told, *buttons)


def no_card(component: Component) -> Message:
    return blocks.said(f"{component.name} is a {component.kind}. Only models, services and products have a card.")


def nothing_waits(component: Component, sheet: Sheet | Literal[""]) -> Message:
    return _with_card("It was agreed or changed meanwhile. Here's the card:", Place(component, "", sheet))


def files_come(component: Component) -> Message:
    return blocks.said(f"I'm sending you the card of {component.name} as files, in our direct messages.")


def evaluated(component: Component, missed: Sequence[str]) -> Message:
    """Answer who entered an evaluation: what it shows to be missed, in words."""
    told = f"Saved. {'; '.join(missed)}." if missed else "Saved. It meets everything it measured."
    return _with_card(told, Place(component, ""))


def agreed(component: Component, aspects: Sequence[Aspect]) -> Message:
    listed = ", ".join(status.label(each).lower() for each in aspects)
    told = f"You agreed to {listed} of {component.name}. Whoever asked knows."
    return _with_card(told, Place(component, "", sheet_of(aspects[0])))


def _with_card(told: str, place: Place) -> Message:
    return blocks.offer(told, blocks.button("Open the card", OPEN, place.value))
