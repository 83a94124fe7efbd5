"""The form for a new web hook, and what shows its secret, once."""

from handlers.checks.cadence import SPANS
from handlers.slack import blocks
from handlers.slack.blocks import Modal
from handlers.slack.interactions import Fields

ADD = "webhook_form"
ABOUT, LABEL, EVERY = "about", "label", "every"
_TITLE = "New web hook"
_NOT_AGREED = "as agreed"
_ABOUT_HINT = "The name of a component, or the number of a data request such as DR-12."
_EVERY_HINT = "If no report comes for that long, I say so. “As agreed” takes how fresh a data request's data should be."


def new() -> Modal:
    spans = [("As agreed, or any time", _NOT_AGREED), *((each.capitalize(), each) for each in SPANS)]
    return Modal(
        ADD,
        _TITLE,
        (
            blocks.field(ABOUT, "What does it report of?", blocks.text_input(max_length=100), _ABOUT_HINT),
            blocks.field(
                LABEL, "What is it called?", blocks.text_input(max_length=60), "For example: nightly evaluation"
            ),
            blocks.field(EVERY, "How often does it report?", blocks.choice(spans, _NOT_AGREED), _EVERY_HINT),
        ),
        submit="Add",
    )


def every_in(fields: Fields) -> str:
    """Return how often a report is expected; empty where the form leaves that open."""
    told = fields.text(EVERY)
    return told if told in SPANS else ""
