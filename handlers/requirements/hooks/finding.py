"""How a requirement card looks to who looks through all records."""

from collections.abc import Mapping, Sequence

from handlers.hooks.finding import Finds, Hit
from handlers.requirements.hooks.reminders import place_of
from handlers.requirements.messages.card import OPEN
from handlers.requirements.rules import status
from handlers.requirements.rules.aspects import CARDS
from handlers.slack import blocks
from storage.engine.interface import Reader
from storage.requirements import requirements
from storage.requirements.requirements import Card, sheets_in
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import Component


def tell(reader: Reader, team_id: str, ids: Sequence[str], visible: Sequence[str]) -> Mapping[str, Hit]:
    parts = {each.id: each for each in responsibilities.components(reader, team_id, visible)}
    found = requirements.CARDS.by_id(reader, team_id, None, ids)
    return {name: _hit(each, parts[each.component_id]) for name, each in found.items() if each.component_id in parts}


def _hit(card: Card, component: Component) -> Hit:
    sheet = sheets_in(card)[0]
    button = blocks.button("Open", OPEN, place_of(component, card, sheet).value)
    name = f"{CARDS[sheet].capitalize()} of {component.name}{' (retired)' if component.is_retired else ''}"
    told = [f"{status.label(aspect).lower()} {_short(card, aspect)}".strip() for aspect in card.requirements]
    return Hit("", name, lambda _names: ", ".join(told), blocks.spoken(button, f"Open the card of {component.name}"))


def _short(card: Card, aspect: str) -> str:
    """Return how much is required of an aspect, as far as that is said."""
    said = next(each.said.values for name, each in card.requirements.items() if name == aspect)
    return f"{said.get('bound', '')} {said.get('amount', '')}".strip()


_FAST = ("latency",)
_ALIKE = {
    **dict.fromkeys(("fast", "slow", "speed", "quick", "delay"), _FAST),
    **dict.fromkeys(("response time", "reaction time", "answer time"), _FAST),
    **dict.fromkeys(("uptime", "downtime", "outage", "reliable"), ("availability",)),
    **dict.fromkeys(("accuracy", "accurate", "performance", "quality", "good", "precise"), ("adequacy",)),
    **dict.fromkeys(("sla", "slo", "service level", "limit", "target", "threshold", "bar"), ("requirements",)),
    **dict.fromkeys(("price", "expensive", "budget", "cheap"), ("cost",)),
    **dict.fromkeys(("load", "scale", "volume"), ("throughput",)),
    **dict.fromkeys(("bias", "unfair", "discrimination"), ("fairness",)),
    **dict.fromkeys(("api", "schema", "signature"), ("interface",)),
    **dict.fromkeys(("fallback", "outage"), ("away", "usage")),
}

FINDS = Finds({"card": tell}, alike=_ALIKE)
