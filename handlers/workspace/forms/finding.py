"""The form in which anything can be looked for."""

from handlers.slack import blocks
from handlers.slack.action_ids import FIND
from handlers.slack.blocks import Modal

_HINT = "A word, a number such as D-12, or a question such as “who owns monitoring?”"


def finding() -> Modal:
    wanted = blocks.field(FIND, "What are you looking for?", blocks.text_input(max_length=300), _HINT)
    return Modal(FIND, "Find", (wanted,), submit="Find")
