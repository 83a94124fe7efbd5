"""What an agent would have its person log, and the button that opens the form with it."""

from handlers.slack import blocks, carried
from handlers.slack.blocks import Message
from storage.engine.interface import Record

PROPOSE = "decision_by_agent"
#: A button holds 2,000 characters.
TITLE, WHY = 200, 1000


class Offered(Record):
    """A decision as an agent puts it."""

    title: str
    why: str = ""


def offered(told: Offered) -> Message:
    text = f"An agent that asks in your name would propose a decision: “{told.title}”. Look at it before you log it."
    return blocks.offer(text, blocks.button("Look at it", PROPOSE, carried.written(told, "why")))
