"""Whether a text is to be redacted."""

from handlers.hooks.redaction import Redactable
from handlers.slack import blocks
from handlers.slack.blocks import Modal

REDACT = "redact_form"


def redaction(record: Redactable, value: str) -> Modal:
    """Ask once more, since it cannot be undone."""
    told = (
        f"Delete the text of {record.told} for good? It goes from the record, its history, search, exports and my own "
        "messages, and can't be restored. Files I sent, copies of a request, and definitions shared in channels I'm "
        "not in stay until somebody deletes them. The record keeps that you redacted it, and when."
    )
    fields = (blocks.paragraphs(blocks.line(blocks.words(told))),)
    return Modal(REDACT, "Redact", fields, submit="Redact", private_metadata=value)
