"""The form behind "Who is responsible for this?", and how a question is opened where it was raised."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from handlers.responsibilities.catalogue import Asked, DutyKind
from handlers.responsibilities.context import Seen
from handlers.responsibilities.messages.register import Names, capital, who
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message, Modal
from handlers.slack.interactions import ViewSubmission
from handlers.slack.replies import as_body
from storage.outbox.deliveries import Delivery, due_at_once
from storage.responsibilities.responsibilities import Component

QUESTION = "owner_question"
WHICH, DUTY = "which", "duty"
#: A response_url lives for half an hour from when the form was opened.
_KEPT = timedelta(minutes=25)


@dataclass(frozen=True, slots=True)
class Note:
    """What the form remembers: the thread of the message, and where everybody there can be told."""

    thread_ts: str = ""
    response_url: str = ""


def read_note(text: str) -> Note:
    return Note(**json.loads(text)) if text else Note()


def question_form(known: Sequence[Component], kinds: Sequence[DutyKind], asked: Asked, note: Note) -> Modal:
    """Ask which part and which duty a message is about; what the message names is chosen already."""
    parts = [(each.name, each.id) for each in known[:100]]
    duties = [(capital(each.name), each.id) for each in kinds[:100]]
    fields = (
        blocks.field(
            WHICH, "Which component is it about?", blocks.choice(parts, asked.component.id if asked.component else "")
        ),
        blocks.field(DUTY, "Which duty?", blocks.choice(duties, asked.duty.id if asked.duty else "")),
        blocks.small_print("If nobody has it, I ask the lead, say so in the thread, and tell you who takes it."),
    )
    text = json.dumps(asdict(note))
    return Modal(QUESTION, "Who is responsible?", fields, submit="Ask", private_metadata=text)


def was_asked(person: str, lead: str, names: Names | None) -> Block:
    """Say who was asked: the lead, or somebody else where that one is gone or may not see it."""
    why = ", who leads it" if person == lead else ""
    told = blocks.words("I have asked "), who(person, names), blocks.words(f"{why}. You are told who takes it.")
    return blocks.line(*told)


def nobody_to_ask() -> Block:
    return blocks.line(
        blocks.words("Its lead is not here any more, and I know of nobody else to ask. Edit it to name one.")
    )


def raised(submission: ViewSubmission, note: Note, about: Seen, names: Names) -> Callable[[datetime], list[Delivery]]:
    """Return what everybody in the thread is told once the question is open."""
    asker, lead = (names.get(each, "somebody") for each in (submission.user_id, about.component.lead))
    line = blocks.line(
        blocks.words(f"{asker} asks who has "), blocks.words(about.name, "bold"),
        blocks.words(f". Nobody has it yet; I have asked {lead}, who leads it."),
    )  # fmt: skip
    told = Message(blocks.escape(f"Open question: who has {about.name}?"), (blocks.paragraphs(line),))
    how = {"response_type": "in_channel", "replace_original": False, "thread_ts": note.thread_ts}

    def deliveries(now: datetime) -> list[Delivery]:
        if not note.response_url:
            return []
        return [
            Delivery(
                act="respond",
                team_id=submission.team_id,
                visibility=submission.place.channel_id,
                lane=note.response_url,
                body={**how, **as_body(told)},
                **due_at_once(now, _KEPT),
            )
        ]

    return deliveries


def nothing_yet() -> Message:
    return blocks.said("No component is in the register yet, so I cannot say who is responsible. Add one first.")


def no_such_duty() -> Message:
    return blocks.said("That component does not have this duty: it applies to components of other kinds.")
