"""Where people say which discipline's meanings they want to read first, for themselves or for a channel."""

from datetime import datetime

from handlers.framework.context import Context
from handlers.glossary.messages import usage
from handlers.slack.interactions import Ask
from handlers.slack.replies import Reply, Say
from storage.engine.interface import Transaction
from storage.workspaces import preferences
from storage.workspaces.workspaces import Workspace


async def choose_for_me(context: Context[Ask]) -> Reply:
    return _choose(context.interaction, context.workspace, context.user_id, "you")


async def choose_for_here(context: Context[Ask]) -> Reply:
    ask, viewpoint = context.interaction, await context.viewpoint()
    if viewpoint.is_limited:
        return Reply(Say(usage.not_here()))
    return _choose(ask, context.workspace, ask.place.channel_id, "this channel")


def _choose(ask: Ask, workspace: Workspace, subject: str, whom: str) -> Reply:
    wanted = " ".join(ask.text.casefold().split())
    if wanted and wanted != "none" and wanted not in workspace.disciplines:
        return Reply(Say(usage.no_discipline(wanted, workspace.disciplines)))
    value = "" if wanted == "none" else wanted
    if not wanted:
        return Reply(Say(usage.which_discipline(workspace.disciplines)))

    def keep(transaction: Transaction, _now: datetime) -> None:
        preferences.choose(transaction, ask.team_id, subject, preferences.DISCIPLINE, value)

    return Reply(Say(usage.discipline_chosen(value, whom)), keep)
