"""Where admins read the audit trail, of what they may see themselves."""

from collections.abc import Sequence

from handlers.checks.outcomes import Refused
from handlers.framework.asker import Asker, asking
from handlers.framework.context import Context
from handlers.slack.interactions import Ask, BlockAction
from handlers.slack.replies import Reply, Say
from handlers.workspace import audit_messages
from storage.data_requests.data_requests import REQUESTS
from storage.decisions.decisions import DECISIONS
from storage.engine.interface import Reader
from storage.feedback.feedback import ITEMS
from storage.workspaces import audit
from storage.workspaces.audit import Entry

_PAGE = 15
#: Later than every time that is noted.
_NOW = "9999"


async def show(context: Context[Ask]) -> Reply:
    if not context.interaction.is_private:
        return Reply(Refused("Read it with the slash command, so that nobody else does."))
    return await _page(context, (_NOW, ""))


async def show_older(context: Context[BlockAction]) -> Reply:
    at, _, entry_id = context.interaction.value.partition(" ")
    return await _page(context, (at, entry_id))


async def _page(context: Context[Ask] | Context[BlockAction], before: tuple[str, str]) -> Reply:
    """Show what was noted before an entry, newest first; nothing of conversations that the admin is not in."""
    it = await asking(Asker, context)
    if not it.actor.is_admin:
        return Reply(audit_messages.ONLY_ADMINS)
    found = await context.read(audit.newest, it.team_id, it.visible, before, _PAGE + 1)
    listed, has_more = found[:_PAGE], len(found) > _PAGE
    names = await it.names_of(person for each in listed for person in audit_messages.people_in(each))
    numbers = await context.read(_numbers, it, listed)
    return Reply(Say(audit_messages.trail(listed, names, numbers, has_more=has_more)))


def _numbers(reader: Reader, it: Asker, listed: Sequence[Entry]) -> dict[str, str]:
    """Return what people call the decisions, requests and feedback that were acted on, by their ids."""
    wanted = {kind: [each.target_id for each in listed if each.target_kind == kind] for kind in audit_messages.NUMBERED}
    found = [
        *(DECISIONS.one(reader, it.team_id, it.visible, id=each) for each in wanted["decision"]),
        *(REQUESTS.one(reader, it.team_id, it.visible, id=each) for each in wanted["data request"]),
        *(ITEMS.one(reader, it.team_id, it.visible, id=each) for each in wanted["feedback"]),
    ]
    return {each.id: each.number for each in found if each is not None}
