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

_SHOWN = 5
_FIRST = {"draft": ("Approve", stewarding.APPROVE), "disputed": ("Keep as it is", stewarding.KEEP)}
_WHY = {
    "draft": "A draft, not approved yet.",
    "disputed": "Disputed: somebody means something else.",
    "steward left": "Its steward has left.",
    "source gone": "The message it comes from was deleted.",
}


def review(due: Sequence[Due] | None) -> Message:
    """List what somebody should look at; None where they are no steward."""
    if due is None:
        return Message("Only stewards and admins review definitions. An admin can make you a steward.")
    if not due:
        return Message("Nothing to review.")
    said = [blocks.sentence(f"{len(due)} to review:", "bold")]
    for each in due[:_SHOWN]:
        said += [_one(each), blocks.buttons(_buttons(each))]
    if len(due) > _SHOWN:
        said.append(blocks.small_print(f"And {len(due) - _SHOWN} more, once these are done."))
    return Message(f"{len(due)} definitions to review", blocks.apart(said))


def verified(sense: Sense) -> Message:
    return Message(
        blocks.escape(f"“{sense.word}” ({sense.discipline}) is still right: it now shows your name and today.")
    )


def dispute_sent(sense: Sense) -> Message:
    shown = f" Until then “{sense.word}” shows as disputed." if sense.status == "disputed" else ""
    told = f"Sent. A steward of {sense.discipline} will decide, and I'll let you know.{shown}"
    return Message(blocks.escape(told))


def imported(discipline: str, count: int, by: str = "") -> Message:
    """Tell a steward of drafts that a file brought, or a table that somebody (``by``) pasted, all at once."""
    drafts = "a draft" if count == 1 else f"{count} drafts"
    who = blocks.person(by) if by else blocks.words("An import")
    line = blocks.line(who, blocks.words(f" added {drafts} for {discipline}. Please approve."))
    told = f"Please approve {drafts} for {discipline}" if by else f"An import added {drafts} for {discipline}."
    return Message(blocks.escape(told), (blocks.paragraphs(line), blocks.buttons([blocks.button("Review", REVIEW)])))


def _one(due: Due) -> Block:
    head, gloss = blocks.words(f"{due.sense.word}, {due.sense.discipline}", "bold"), f"\n{due.sense.gloss}\n"
    return blocks.paragraphs(blocks.line(head, blocks.words(gloss), blocks.words(_why(due), "italic")))


def _why(due: Due) -> str:
    if due.reason == "not clear":
        return f"Not clear to {due.count} people." + "".join(f"\n“{each}”" for each in due.said)
    if due.reason == "often asked, never verified":
        return f"Looked up {due.count} times, never reviewed."
    return _WHY[due.reason]


def _buttons(due: Due) -> list[Block]:
    label, action_id = _FIRST.get(due.reason, ("Still right", VERIFY))
    first = blocks.button(label, action_id, stewarding.pin(due.sense, is_listed=True), "primary")
    deprecate = blocks.button("No longer used", stewarding.DEPRECATE, due.sense.id)
    return [first, blocks.button("Edit", EDIT, due.sense.id), deprecate]
