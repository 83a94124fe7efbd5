"""Links to messages, as Slack gives them, and whether what they lead to is still there."""

import re

from slack_sdk.errors import SlackApiError

from handlers.slack.questions import NO_PLACE, Questions, code_of

_PERMALINK = re.compile(r"/archives/(?P<channel>[A-Z0-9]+)/p(?P<seconds>\d{10})(?P<rest>\d{6})")


def message_of(link: str) -> str:
    """Return a message's conversation and time stamp, with a space between; empty for a link to something else."""
    match = _PERMALINK.search(link)
    return f"{match['channel']} {match['seconds']}.{match['rest']}" if match else ""


async def is_deleted(questions: Questions, message: str) -> bool:
    """Tell whether a message is gone from a conversation that is there. Raises one of NO_ANSWER."""
    channel, _, ts = message.partition(" ")
    try:
        await questions.ask("chat.getPermalink", channel=channel, message_ts=ts)
    except SlackApiError as error:
        if code_of(error) in ("message_not_found", *NO_PLACE):
            return code_of(error) == "message_not_found"
        raise
    return False
