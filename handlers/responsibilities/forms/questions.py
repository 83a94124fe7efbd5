"""The form behind "Who is responsible for this?"."""

from collections.abc import Sequence

from handlers.responsibilities.catalogue import DutyKind, Topic
from handlers.responsibilities.messages.register import capital
from handlers.slack import blocks
from handlers.slack.blocks import Modal
from storage.engine.interface import Record
from storage.responsibilities.responsibilities import Component

QUESTION = "owner_question"
WHICH, DUTY = "which", "duty"


class Note(Record):
    """What the form remembers: the thread of the message, and where everybody there can be told."""

    thread_ts: str = ""
    response_url: str = ""


def question_form(known: Sequence[Component], kinds: Sequence[DutyKind], topic: Topic, note: Note) -> Modal:
    """Ask which part and which duty a message is about; what the message names is chosen already."""
    parts = [(each.name, each.id) for each in known]
    duties = [(capital(each.name), each.id) for each in kinds]
    part, duty = topic.component.id if topic.component else "", topic.duty.id if topic.duty else ""
    fields = (
        blocks.field(WHICH, "Which component is it about?", blocks.choice(parts, part)),
        blocks.field(DUTY, "Which duty?", blocks.choice(duties, duty)),
        blocks.small_print("If it has no owner, I'll ask the lead and say so in the thread."),
    )
    return Modal(QUESTION, "Who owns this?", fields, submit="Ask", private_metadata=note.model_dump_json())
