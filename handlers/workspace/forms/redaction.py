"""Whether a text is to be redacted."""

from handlers.hooks.redaction import Redactable
from handlers.slack import blocks
from handlers.slack.blocks import Modal

REDACT = "redact_form"


def redaction(record: Redactable, value: str) -> Modal:
    """Ask once more, since it cannot be undone."""
    told = (
        f"Take the text out of {record.told} for good? It goes from the record, its history, search, exports and my "
        "own messages, and cannot be brought back. Files that I gave, copies of a request, and definitions shared in "
        "channels that I am not in stay until they are deleted. That you redacted it, and when, stays."
    )
    fields = (blocks.paragraphs(blocks.line(blocks.words(told))),)
    return Modal(REDACT, "Redact", fields, submit="Redact", private_metadata=value)
