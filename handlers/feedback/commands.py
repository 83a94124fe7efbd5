"""Where feedback is given, read by its number, and listed."""

import re

from handlers.feedback import messages, service
from handlers.feedback.context import asking
from handlers.feedback.forms import FormNote
from handlers.framework.context import Context
from handlers.slack.interactions import Ask
from handlers.slack.replies import Reply, Say

_NUMBER = re.compile(r"fb[- ]?(?P<rest>[0-9a-z]+)", re.IGNORECASE)


async def give(context: Context[Ask]) -> Reply:
    """Show feedback by its number, list what is open, or open the form with the component that was named."""
    it, ask = await asking(context), context.interaction
    if match := _NUMBER.fullmatch(ask.text):
        found = await it.wanted(service.numbered, f"FB-{match['rest']}", messages.GONE)
        return Reply(Say(await it.read(found)))
    if ask.text.casefold() == "list":
        return Reply(Say(await it.listed()))
    if ask.thread_ts is not None:
        return Reply(Say(messages.open_form(ask.text)))
    return await it.opened(FormNote(place=ask.place.channel_id), ask.text)
