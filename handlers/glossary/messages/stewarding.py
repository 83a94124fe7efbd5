"""What stewards, authors and those who disputed read of a definition, and what writers read of theirs."""

from collections.abc import Iterable

from handlers.checks import lookalikes
from handlers.checks.outcomes import NotAllowed
from handlers.glossary.messages.definitions import EDIT, short
from handlers.slack import blocks, carried
from handlers.slack.blocks import Block, Message
from storage.engine.interface import WORKSPACE
from storage.glossary.glossary import Sense

APPROVE = "glossary_approve"
KEEP = "glossary_keep"
DEPRECATE = "glossary_deprecate"
GONE = "That definition is gone, or you can't see it here."
_LISTED = "listed"
_PICKED = 250
_ASKED = 3


def to_approve(sense: Sense, by: str) -> Message:
    """Ask a steward about a draft."""
    word = blocks.words(sense.word, "bold")
    line = blocks.line(blocks.person(by), blocks.words(" defined "), word, blocks.words(f" for {sense.discipline}:"))
    below = draft_buttons(sense, pin(sense))
    told = f"Please approve: “{sense.word}” for {sense.discipline}: {sense.gloss}"
    return Message(
        blocks.escape(told), (blocks.paragraphs(line), _in_full(sense), blocks.buttons(below)), asks=(sense.id,)
    )


def disputed(sense: Sense, by: str, reason: str) -> Message:
    """Tell a steward that somebody means something else."""
    told, where = blocks.words(" means something else by "), blocks.words(f" ({sense.discipline}):")
    line = blocks.line(blocks.person(by), told, blocks.words(sense.word, "bold"), where)
    below = dispute_buttons(sense, pin(sense))
    top = blocks.paragraphs(line, blocks.quotation(blocks.words(reason)))
    fallback = f"“{sense.word}” ({sense.discipline}) is disputed: {reason}"
    said = (top, _in_full(sense), blocks.buttons(below))
    return Message(blocks.cut(blocks.escape(fallback), 500), said, asks=(sense.id,))


def draft_buttons(sense: Sense, pinned: str) -> list[Block]:
    return [
        blocks.button("Approve", APPROVE, pinned, "primary"),
        blocks.button("Edit", EDIT, sense.id),
        blocks.button("Decline", DEPRECATE, sense.id),
    ]


def dispute_buttons(sense: Sense, pinned: str) -> list[Block]:
    return [
        blocks.button("Edit", EDIT, sense.id, "primary"),
        blocks.button("Keep as it is", KEEP, pinned),
        blocks.button("No longer used", DEPRECATE, sense.id),
    ]


def approved(sense: Sense) -> Message:
    return blocks.said(f"Approved: “{sense.word}” for {sense.discipline}.")


def kept(sense: Sense) -> Message:
    return blocks.said(f"Kept: “{sense.word}” for {sense.discipline}. I've told whoever disputed it.")


def changed_since(sense: Sense | None) -> Message:
    """Say how a definition reads now that somebody was asked about as it was; None where it is gone."""
    if sense is None:
        return blocks.said(GONE)
    is_used = sense.status != "deprecated"
    state = "It has changed since you were asked" if is_used else "It's no longer used"
    told = blocks.line(blocks.words(f"{state}. Now it reads:"))
    below = [blocks.button("Edit", EDIT, sense.id)]
    if sense.status == "draft":
        below = [blocks.button("Approve", APPROVE, pin(sense), "primary"), *below]
    return Message(
        "It has changed since you were asked.", (blocks.paragraphs(told), _in_full(sense), blocks.buttons(below))
    )


def tell_author(sense: Sense, by: str) -> Message:
    words = f" approved your definition of “{sense.word}” for {sense.discipline}."
    return blocks.said(words, _who(by))


def tell_disputer(sense: Sense, by: str, what: str) -> Message:
    words = f" {what} the definition of “{sense.word}” ({sense.discipline}) that you disputed."
    if sense.visibility == WORKSPACE:
        words += f" It now reads: {sense.gloss}"
    return blocks.said(words, _who(by))


def tell_declined(sense: Sense, by: str, reason: str) -> Message:
    words = f" declined your definition of “{sense.word}” ({sense.discipline}){f': {reason}' if reason else '.'}"
    return blocks.said(words, _who(by))


def _who(by: str) -> Block:
    """Name who settled a definition; a file, where nobody did it in Slack."""
    return blocks.person(by) if by else blocks.words("An import")


def looks_after(sense: Sense, by: str, *, is_new: bool) -> Message:
    """Tell somebody that they are the steward of a definition from now on, or no longer."""
    told = "made you the steward of" if is_new else "removed you as the steward of"
    return blocks.said(f" {told} “{sense.word}” for {sense.discipline}.", _who(by))


def only_stewards(sense: Sense, names: Iterable[str] = ()) -> NotAllowed:
    """Say who can settle a definition; ``names`` are those of its stewards."""
    ask = " or ".join(sorted(names)[:_ASKED])
    told = f"Only a steward of {sense.discipline} or an admin can do that. "
    told += f"Ask {ask}." if ask else "You can add a definition of your own."
    return NotAllowed(told, kind="meaning", id=sense.id, visibility=sense.visibility)


def not_theirs_to_give(sense: Sense, to: str) -> NotAllowed:
    """Say why an approved definition cannot be handed to another discipline; this stands in the form."""
    told = f"Only a steward of {to} or an admin can move it there. You can add a new definition for {to}."
    return NotAllowed(told, "discipline", "meaning", sense.id, sense.visibility)


def saved(sense: Sense) -> Message:
    told = "This channel can see it" if sense.visibility != WORKSPACE else "Everybody can see it"
    if sense.status == "draft":
        told += f" as a draft until a steward of {sense.discipline} approves it"
    return blocks.said(f"Saved “{sense.word}” for {sense.discipline}. {told}. {_warning(sense)}".rstrip())


def deprecated(sense: Sense) -> Message:
    instead = f" Say “{sense.replaced_by}” instead." if sense.replaced_by else ""
    return blocks.said(f"“{sense.word}” ({sense.discipline}) now shows as no longer used.{instead}")


def pin(sense: Sense, *, is_listed: bool = False) -> str:
    """Return what a button carries: a meaning as it was shown, and whether it stands in a list with others."""
    return f"{sense.id}:{sense.version}" + (f":{_LISTED}" if is_listed else "")


def read_pin(value: str) -> tuple[str, int]:
    sense_id, version, *_ = (*value.split(":"), "")
    return sense_id, carried.number(version)


def is_listed(value: str) -> bool:
    return value.endswith(f":{_LISTED}")


def _warning(sense: Sense) -> str:
    return lookalikes.warning((sense.word, *sense.aliases))


def _in_full(sense: Sense) -> Block:
    prose = [each for each in (sense.definition, f"“{sense.example}”" if sense.example else "") if each]
    prose += [told] if (told := _warning(sense)) else []
    lines = [short(sense), *(blocks.line(blocks.words(blocks.cut(each, _PICKED))) for each in prose)]
    return blocks.paragraphs(*lines)
