"""What Slack tells of people and conversations, of which only the directory takes note."""

from handlers.framework.context import Context
from handlers.slack.interactions import SlackEvent
from handlers.slack.replies import Reply


async def take_note(_context: Context[SlackEvent]) -> Reply:
    """Do nothing more about what the directory has heard: that a person or a conversation changed."""
    return Reply()
