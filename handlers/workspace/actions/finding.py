"""Where a form opens in which anything can be looked for; what it asks is answered as a command is."""

from handlers.framework.context import Context
from handlers.slack.interactions import BlockAction
from handlers.slack.replies import Open, Reply
from handlers.workspace.forms.finding import finding


async def open_form(_context: Context[BlockAction]) -> Reply:
    return Reply(Open(finding()))
