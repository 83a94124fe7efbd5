"""Components of the register, as every feature knows them: which one is named, and when it launches."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from rapidfuzz import fuzz, process

from handlers.checks.dates import day_in
from storage.engine.interface import Reader
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import Component, new_key

#: How near a launch is when what is open must be settled before it.
LAUNCH_NEAR = timedelta(days=28)
#: A name so much like one in the register (in per cent) is taken for a slip of the hand.
_ALIKE = 80.0
_WORD = re.compile(r"\w+")


def seen(reader: Reader, team_id: str, component_id: str, visible: Sequence[str]) -> Component | None:
    """Return a component, as far as it may be seen."""
    found = responsibilities.component(reader, team_id, component_id)
    return found if found is not None and found.visibility in visible else None


def current(known: Sequence[Component]) -> list[Component]:
    """Return the components that have not retired."""
    return [each for each in known if not each.is_retired]


def named(text: str, known: Sequence[Component]) -> list[Component]:
    """Return the components that a text names: by their name, wherever it stands, else by one that it misspells."""
    keys = {each.look_up_key for each in known}
    wanted = new_key(text)
    if wanted not in keys and (standing := _standing_in(text, known)):
        wanted = standing.look_up_key
    elif wanted not in keys:
        nearest = process.extractOne(wanted, sorted(keys), scorer=fuzz.ratio, score_cutoff=_ALIKE) if wanted else None
        wanted = nearest[0] if nearest is not None else ""
    return [each for each in known if wanted and each.look_up_key == wanted]


def _standing_in(text: str, known: Sequence[Component]) -> Component | None:
    """Return the component whose name stands among other words, the longest name of several."""
    row = f" {' '.join(_WORD.findall(text.casefold()))} "
    there = [each for each in known if f" {' '.join(_WORD.findall(each.name.casefold()))} " in row]
    return max(there, key=lambda each: len(each.name), default=None)


def may_edit(component: Component, user_id: str, *, is_admin: bool) -> bool:
    people = (component.lead, component.created_by, *component.model_side, *component.product_side)
    return is_admin or user_id in people


def launches_soon(component: Component, now: datetime) -> bool:
    launch = day_in(component.launch_on)
    return launch is not None and now.date() <= launch <= (now + LAUNCH_NEAR).date()
