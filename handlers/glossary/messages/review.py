"""What stewards read: the meanings to look at, each with its reason and its buttons."""

from collections.abc import Sequence

from handlers.glossary.messages import stewarding
from handlers.glossary.messages.definitions import EDIT
from handlers.glossary.rules.review import Due
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message
from storage.glossary.glossary import Sense

VERIFY = "glossary_verify"
REVIEW = "glossary_review"

_SHOWN = 15
_FIRST = {"draft": ("Approve", stewarding.APPROVE), "disputed": ("Keep as it is", stewarding.KEEP)}
_WHY = {
    "draft": "A draft that waits for approval.",
    "disputed": "Somebody says that this is not what is meant.",
    "steward left": "Whoever looked after it has left.",
    "source gone": "The message that it comes from was deleted.",
}


def review(due: Sequence[Due] | None) -> Message:
    """List what somebody should look at; None where they look after no words."""
    if due is None:
        return Message("You are no steward here, so there is nothing for you to review. Admins choose the stewards.")
    if not due:
        return Message("Nothing to review: no drafts, no disputes, and nothing that people found unclear.")
    said = [blocks.sentence(f"{len(due)} to look at:", "bold")]
    for each in due[:_SHOWN]:
        said += [_one(each), blocks.buttons(_buttons(each))]
    if len(due) > _SHOWN:
        said.append(blocks.small_print(f"and {len(due) - _SHOWN} more; they come up when these are done"))
    return Message(f"{len(due)} meanings to look at", blocks.apart(said))


def verified(sense: Sense) -> Message:
    told = f"Verified: {sense.word} ({sense.discipline}). The date and your name stand below the meaning from now on."
    return Message(blocks.escape(told))


def dispute_sent(sense: Sense) -> Message:
    shown = f" Until it is settled, “{sense.word}” is shown as disputed there." if sense.status == "disputed" else ""
    told = f"Sent to those who look after the words of {sense.discipline}.{shown}"
    return Message(blocks.escape(told))


def imported(discipline: str, count: int) -> Message:
    """Tell a steward of drafts that a file brought, all at once."""
    what = "a draft, which waits" if count == 1 else f"{count} drafts, which wait"
    told = f"An import added {what} for your approval: what {discipline} means by its words."
    return blocks.offer(told, blocks.button("Show what to review", REVIEW))


def _one(due: Due) -> Block:
    head, gloss = blocks.words(f"{due.sense.word}, {due.sense.discipline}", "bold"), f"\n{due.sense.gloss}\n"
    return blocks.paragraphs(blocks.line(head, blocks.words(gloss), blocks.words(_why(due), "italic")))


def _why(due: Due) -> str:
    if due.reason == "not clear":
        return f"{due.count} people found it not clear." + "".join(f"\n“{each}”" for each in due.said)
    if due.reason == "often asked, never verified":
        return f"Asked for {due.count} times, and nobody has verified it."
    return _WHY[due.reason]


def _buttons(due: Due) -> list[Block]:
    label, action_id = _FIRST.get(due.reason, ("Still right: verify", VERIFY))
    first = blocks.button(label, action_id, stewarding.pin(due.sense, is_listed=True), "primary")
    deprecate = blocks.button("Deprecate", stewarding.DEPRECATE, due.sense.id)
    return [first, blocks.button("Edit", EDIT, due.sense.id), deprecate]
