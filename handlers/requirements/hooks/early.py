"""What comes first because of the way a component came about: asked for early, and watched in the summary."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from handlers.agreements.trajectory import SOON, has_an_order
from handlers.hooks.digest import Line
from handlers.hooks.reminders import Known, NudgeKind, Reminder, Topic
from handlers.requirements.messages.card import OPEN
from handlers.requirements.messages.measuring import named
from handlers.requirements.messages.shown import Place
from handlers.requirements.rules import early
from handlers.slack import blocks
from storage.engine.interface import to_text
from storage.requirements.requirements import Aspect, Card, Sheet
from storage.responsibilities.responsibilities import Component

_FIRST = "points of a card that come first"
KINDS = (NudgeKind(_FIRST, "What comes first on a card, because the model or the product did", "models"),)
_HARM = 58
_WHAT = "points of its card come first"
Cards = Sequence[tuple[Component, Card | None]]


def reminders(cards: Cards, known: Known) -> Iterator[Reminder]:
    """Yield what is asked for before all else; where both sides begin at once, nothing is."""
    for component, card in cards:
        if has_an_order(component):
            yield from (_reminder(component, card, left, known) for left in early.unsaid(component, card))


def _reminder(component: Component, card: Card | None, left: tuple[Sheet, Sequence[Aspect]], known: Known) -> Reminder:
    sheet, aspects = left
    there = early.asked(component, known.gone)
    lead = component.lead if component.lead not in (*there, *known.gone) else ""
    soon = to_text(datetime.fromisoformat(component.created_at) + SOON)
    open_ = blocks.button("Open", OPEN, _place(component, card, sheet).value)
    return Reminder(
        kind=_FIRST, subject=f"{component.id}:first:{sheet}", visibility=component.visibility,
        people=there or known.admins, lead=lead, since=component.created_at,
        active_at=card.changed_at if card is not None else component.created_at, harm=_HARM, ripe_at=soon,
        told=f"{named(aspects)}: to be said first ({component.set_up})", button=lambda _person: open_,
        topic=Topic(f"first {component.id}", component.name, _WHAT, open_),
    )  # fmt: skip


def lines(cards: Cards, gone: frozenset[str]) -> Iterator[Line]:
    """Yield the same for a summary, a line for each component.

    Where both sides begin at once, it is watched only once somebody has begun with the card.
    """
    for component, card in cards:
        is_watched = card is not None or has_an_order(component)
        if left := list(early.unsaid(component, card)) if is_watched else []:
            aspects = [aspect for _, of_sheet in left for aspect in of_sheet]
            open_ = blocks.button("Open", OPEN, _place(component, card, left[0][0]).value)
            told, key = f"{component.name} ({component.set_up}): {named(aspects)}", " ".join(aspects)
            people = early.asked(component, gone)
            yield Line(f"card {component.id} first {key}", told, component.created_at, people, open_)


def _place(component: Component, card: Card | None, sheet: Sheet) -> Place:
    return Place(component, card.id if card is not None else "", sheet)
