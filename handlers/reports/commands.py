"""Where admins see which programs report of what, and begin with another one."""

from handlers.framework.asker import Asker, asking
from handlers.framework.context import Context
from handlers.reports import messages, service
from handlers.slack.interactions import Ask
from handlers.slack.replies import Reply, Say


async def show(context: Context[Ask]) -> Reply:
    """List the web hooks that report of what an admin may see."""
    if context.services.seals is None:
        return Reply(Say(messages.SWITCHED_OFF))
    ask = context.interaction
    if not ask.is_private or not ask.response_url:
        return Reply(messages.typed_alone(context.command_prefix))
    it = await asking(Asker, context)
    if not it.actor.is_admin:
        return Reply(messages.ONLY_ADMINS)
    return Reply(Say(messages.listed(await context.read(service.seen, it.team_id, it.visible))))
