"""How feedback looks to who looks through all records."""

from collections.abc import Mapping, Sequence
from functools import partial

from handlers.checks.dates import day
from handlers.feedback.messages import OPEN, state_of, title
from handlers.hooks.finding import Finds, Hit
from handlers.slack import blocks
from storage.engine.interface import Reader
from storage.feedback.feedback import ITEMS, Feedback
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import Component


def tell(reader: Reader, team_id: str, ids: Sequence[str], visible: Sequence[str]) -> Mapping[str, Hit]:
    parts = {each.id: each for each in responsibilities.components(reader, team_id, visible)}
    found = ITEMS.by_id(reader, team_id, visible, ids)
    return {name: _hit(each, parts[each.component_id]) for name, each in found.items() if each.component_id in parts}


def _hit(item: Feedback, component: Component) -> Hit:
    button = blocks.spoken(blocks.button("Open", OPEN, item.id), f"Open {item.number}")
    return Hit("Feedback", title(item, component), partial(_stands, item), button, (item.reporter,))


def _stands(item: Feedback, names: Mapping[str, str]) -> str:
    reported = f"reported by {names.get(item.reporter, 'somebody')}"
    return f"{state_of(item)}, {item.severity}, {reported}, {day(item.created_at)}"


FINDS = Finds({"feedback": tell})
