"""What the register knows of who carries too much, and who always gives way."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from handlers.agreements.components import current
from handlers.responsibilities.rules import load as rules
from handlers.responsibilities.rules.load import LOOKED_BACK, Load
from handlers.responsibilities.service.register import all_of
from storage.engine.interface import Reader, to_text
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import DUTIES


def loads(reader: Reader, team_id: str, visible: Sequence[str], now: datetime) -> Mapping[str, Load]:
    """Return how much each person carries, as far as the duties may be seen."""
    parts, since = current(responsibilities.components(reader, team_id, visible)), to_text(now - LOOKED_BACK)
    steps = DUTIES.courses(reader, team_id, [each.id for each in parts])
    past = {f"{part}:{duty}": list(rules.quarrels(found, since)) for (part, duty), found in steps.items()}
    return rules.loads(all_of(reader, parts), past)
