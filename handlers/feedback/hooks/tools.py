"""What agents may offer their person to report."""

from typing import Annotated

from pydantic import Field

from handlers.feedback import messages
from handlers.framework import tools
from handlers.framework.context import Context
from handlers.framework.tools import Arguments, Proposed, Tool
from handlers.slack.interactions import Ask

_ABOUT, _GOT = 80, 1000
_LOOKED_AT = "Your person is sent that in Slack. Nothing is written before they send it."


class NewFeedback(Arguments):
    about: Annotated[
        str, Field(min_length=1, max_length=_ABOUT, description="The component that it is about, by name.")
    ]
    got: Annotated[str, Field(min_length=1, max_length=_GOT, description="What was seen, without names of people.")]


async def report(_context: Context[Ask], asked: NewFeedback) -> Proposed:
    """Offer a person to report a problem: by a button that opens the form, filled in."""
    told = messages.Offered(about=tools.plain(asked.about, _ABOUT), got=tools.plain(asked.got, _GOT))
    return Proposed(tools.answer(_LOOKED_AT), messages.offered(told))


TOOLS = (
    Tool(
        "report_feedback",
        "Report a problem",
        "Offer your person to report a problem to the team of a model. They look at it in Slack, and send it or not.",
        NewFeedback,
        report,
        proposes=True,
    ),
)
