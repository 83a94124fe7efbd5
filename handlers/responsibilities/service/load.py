"""What the records of a workspace say of who carries too much, and who always gives way."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from handlers.agreements.components import current
from handlers.hooks.quarrels import QuarrelsHook
from handlers.responsibilities.rules import load as rules
from handlers.responsibilities.rules.load import LOOKED_BACK, Load
from handlers.responsibilities.service.register import all_of
from storage.engine.interface import Reader
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import DUTIES
from storage.workspaces.people import gone_people


def loads(
    reader: Reader, team_id: str, visible: Sequence[str], now: datetime, hooks: Sequence[QuarrelsHook]
) -> Mapping[str, Load]:
    """Return how much each person carries, as far as the records may be seen."""
    known, since = responsibilities.components(reader, team_id, visible), (now - LOOKED_BACK).date().isoformat()
    parts, gone = current(known), gone_people(reader, team_id)
    steps = DUTIES.courses(reader, team_id, [each.id for each in parts])
    past = {f"{part}:{duty}": list(rules.quarrels(found, since)) for (part, duty), found in steps.items()}
    leads = {each.id: each.lead for each in known if each.lead not in gone}
    others = [each for hook in hooks for each in hook(reader, team_id, visible, since)]
    return rules.loads(all_of(reader, parts), past, [(each, leads.get(each.component_id, "")) for each in others])
