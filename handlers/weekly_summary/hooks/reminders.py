"""Who is told, a day before, that something of theirs will be listed as waiting."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from handlers.hooks.reminders import Known, NudgeKind, Reminder
from handlers.slack import blocks
from handlers.weekly_summary import messages
from storage.engine.interface import WORKSPACE, Reader, to_text
from storage.workspaces import summaries
from storage.workspaces.workspaces import known_workspace

_LISTED = "listed tomorrow"
KINDS = (NudgeKind(_LISTED, "What of yours the coming summary lists", timedelta(days=6), timedelta(hours=1), 52),)
_HARM = 10
MINE = "summary_mine"


def open_reminders(reader: Reader, team_id: str, known: Known, now: datetime) -> Sequence[Reminder]:
    """Return one reminder for each person of each summary that is due within a day."""
    places = known_workspace(reader, team_id).places
    # What was looked at now is ripe at once: it is of use only today.
    active_at = to_text(now - timedelta(days=2))
    return [
        Reminder(
            kind=_LISTED,
            subject=f"{each.subject}:{each.period}",
            visibility=each.subject if each.subject in places else WORKSPACE,
            people=(each.person,),
            lead="",
            since="",
            active_at=active_at,
            harm=_HARM,
            told=messages.listed_soon(each.count, each.period, each.listed),
            buttons=lambda _person: [blocks.button("Show mine", MINE)],
        )
        for each in summaries.notices_ahead(reader, team_id, to_text(now))
        if each.person and each.person not in known.gone
    ]
