"""What people read of the answers to a change, beside the ids of the buttons and the form."""

from dataclasses import dataclass

from handlers.checks.dates import day
from handlers.checks.outcomes import Refused
from handlers.slack import blocks
from handlers.slack.action_ids import (
    CHANGE_BLOCKED,
    CHANGE_FINE,
    CHANGE_NEEDS_WORK,
    OPEN_CARD,
    OPEN_COMPONENT,
    OPEN_REQUEST,
)
from handlers.slack.blocks import Block, Message
from storage.change_notices.change_notices import Answer, Answered, ChangeNotice
from storage.responsibilities.responsibilities import Component

FINE, NEEDS_WORK, BLOCKED = CHANGE_FINE, CHANGE_NEEDS_WORK, CHANGE_BLOCKED
#: The form in which somebody says what must be done, or what blocks them.
ANSWER = "change_answer"
GONE = "I can't find that change, or you can't see it here."
NOT_ASKED = Refused("Only those who were asked can answer this.")
OVER = Refused("This was taken back, or said anew: it needs no answer any more.")
_DID: dict[Answer, str] = {
    "fine": " said that this is fine.",
    "needs work": " said that this needs work.",
    "blocked": " said that this is in the way.",
}
_TEXT = 900


@dataclass(frozen=True, slots=True)
class About:
    """A notice with what changed, as people call it, and its component where it has one."""

    notice: ChangeNotice
    name: str
    component: Component | None

    @property
    def what(self) -> str:
        return "retirement" if self.notice.kind == "retirement" else "change"

    @property
    def opens(self) -> blocks.Block:
        if self.notice.request_id:
            return blocks.button("Open the request", OPEN_REQUEST, self.notice.request_id)
        if self.notice.kind in ("version", "retirement"):
            return blocks.button("Open", OPEN_COMPONENT, self.notice.component_id)
        sheet = ":interface" if self.notice.kind == "interface" else ""
        return blocks.button("Open the card", OPEN_CARD, f"{self.notice.component_id}:{sheet}")


def did(said: Answered) -> str:
    return _DID[said.answer]


def told(about: About, said: Answered, by: str) -> Message:
    """Tell whoever made a change, and its lead, what must be done or what it blocks."""
    until = f" They need it by {day(said.until)}." if said.until else ""
    does = "blocks them" if said.answer == "blocked" else "needs work"
    head = blocks.line(blocks.person(by), blocks.words(f" says that the {about.what} of {about.name} {does}:"))
    quoted = blocks.quotation(blocks.words(blocks.cut(said.note, _TEXT)))
    more = [blocks.line(blocks.words(until.strip()))] if until else []
    state = "blocks somebody" if said.answer == "blocked" else "needs work"
    title = f"{about.name}: the {about.what} {state}"
    return Message(blocks.escape(title), (blocks.paragraphs(head, quoted, *more), blocks.in_row([about.opens])))


def needs(opens: Block) -> Message:
    """Say to who said that a change needs work what they can do about it now."""
    return blocks.offer("Saved. It stands on the record. What you need next:", opens)


ANSWERED = blocks.said("Saved. It stands on the record.")
