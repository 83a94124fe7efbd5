"""Words that were asked for and never defined; their time begins anew each time somebody asks."""

from handlers.hooks.retention import Retained
from storage.records.retention import Ended

_WHERE = ("visibility", "look_up_key")
_NEVER_ANSWERED = Ended(
    "glossary_misses", "state IN ('miss', 'open', 'closed')", "last_at", _WHERE, {"glossary_askers": _WHERE}
)
RETAINS = (Retained("questions", "unanswered glossary questions", _NEVER_ANSWERED),)
