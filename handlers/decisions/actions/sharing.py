"""Where somebody shows to everybody in a channel what answered them alone."""

from dataclasses import replace

from handlers.decisions.context import Asker, asking
from handlers.decisions.messages import lists, record
from handlers.decisions.messages.lines import Shown
from handlers.decisions.service import showing
from handlers.framework.context import Context
from handlers.slack import blocks
from handlers.slack.interactions import BlockAction
from handlers.slack.replies import Reply, Say, Share
from storage.decisions import decisions
from storage.decisions.decisions import Decision
from storage.engine.interface import WORKSPACE, Reader


async def share(context: Context[BlockAction]) -> Reply:
    """Show a decision, or a list of some, as far as everybody in the channel may see it now."""
    viewpoint, (kind, _, named) = await context.viewpoint_now(), context.interaction.value.partition(":")
    channel_id = context.interaction.place.channel_id
    is_limited = await context.is_limited(channel_id)
    visible = tuple(each for each in viewpoint.shown_to_all if each != WORKSPACE or not is_limited)
    it = replace(await asking(context), visible=visible)
    told = await context.store.search(lambda reader: _to_share(reader, it, kind, named))
    if not told:
        return Reply(Say(blocks.said(lists.NOT_WITH_GUESTS if is_limited else lists.NOT_TO_SHARE)))
    if isinstance(told, Shown):
        message = record.public(told, await it.names_of(told.people))
    else:
        title = lists.FOUND if kind == lists.SEARCH else lists.LATEST
        message = lists.listed(told, title, await it.names_of(lists.people(told)))
    is_member = context.directory.knows_bot_in(context.team_id, channel_id)
    return Reply(Share(lists.shared(message, it.user_id), is_member))


def _to_share(reader: Reader, it: Asker, kind: str, named: str) -> Shown | list[Decision]:
    """Return the decision that a button names, or the list that it stands for; nothing where none may be shown."""
    if kind == lists.ONE:
        decision = it.seen(reader, named)
        return showing.shown(reader, decision) if decision is not None else []
    found = it.found_by(reader, named) if kind == lists.SEARCH else decisions.latest(reader, it.team_id, it.visible)
    return [] if isinstance(found, str) else found
