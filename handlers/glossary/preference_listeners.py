"""Where people say which discipline's meanings they want to read first, for themselves or for a channel."""

from datetime import datetime

from handlers.answers import Reply, Say
from handlers.gestures import Ask
from handlers.glossary import command_views
from handlers.visibility import Viewpoint
from storage import preferences
from storage.database import Transaction
from storage.workspaces import Workspace


async def choose_for_me(ask: Ask, workspace: Workspace) -> Reply:
    return _choose(ask, workspace, ask.user_id, "you")


async def choose_for_here(ask: Ask, workspace: Workspace, viewpoint: Viewpoint) -> Reply:
    if viewpoint.is_limited:
        return Reply(Say(command_views.not_here()))
    return _choose(ask, workspace, ask.place.channel_id, "this channel")


def _choose(ask: Ask, workspace: Workspace, subject: str, whom: str) -> Reply:
    wanted = " ".join(ask.text.casefold().split())
    if wanted and wanted != "none" and wanted not in workspace.disciplines:
        return Reply(Say(command_views.no_discipline(wanted, workspace.disciplines)))
    value = "" if wanted == "none" else wanted
    if not wanted:
        return Reply(Say(command_views.which_discipline(workspace.disciplines)))

    def keep(transaction: Transaction, _now: datetime) -> None:
        preferences.choose(transaction, ask.team_id, subject, preferences.DISCIPLINE, value)

    return Reply(Say(command_views.discipline_chosen(value, whom)), keep)
