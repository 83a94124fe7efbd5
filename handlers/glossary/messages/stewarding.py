"""What stewards, authors and those who disputed read of a meaning, and what writers read of theirs."""

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
GONE = "That meaning is not there any more, or you may not see it here."
_LISTED = "listed"
_PICKED = 250


def to_approve(sense: Sense, by: str) -> Message:
    """Ask a steward about a draft."""
    discipline, word = blocks.words(sense.discipline, "bold"), blocks.words(sense.word, "bold")
    wrote = [blocks.person(by), blocks.words(" wrote what "), discipline, blocks.words(" means by "), word]
    line = blocks.line(*wrote, blocks.words(". You look after these words."))
    below = draft_buttons(sense, pin(sense))
    told = f"A draft waits for you: what {sense.discipline} means by {sense.word}"
    return Message(blocks.escape(told), (blocks.paragraphs(line), _in_full(sense), blocks.buttons(below)))


def disputed(sense: Sense, by: str, reason: str) -> Message:
    """Tell a steward that somebody means something else."""
    told, where = blocks.words(" says that this is not what is meant by "), blocks.words(f" in {sense.discipline}:")
    line = blocks.line(blocks.person(by), told, blocks.words(sense.word, "bold"), where)
    below = dispute_buttons(sense, pin(sense))
    top = blocks.paragraphs(line, blocks.quotation(blocks.words(reason)))
    fallback = f"Somebody disputes what {sense.discipline} means by {sense.word}: {reason}"
    return Message(blocks.cut(blocks.escape(fallback), 500), (top, _in_full(sense), blocks.buttons(below)))


def draft_buttons(sense: Sense, pinned: str) -> list[Block]:
    return [
        blocks.button("Approve", APPROVE, pinned, "primary"),
        blocks.button("Edit", EDIT, sense.id),
        blocks.button("Not this", DEPRECATE, sense.id),
    ]


def dispute_buttons(sense: Sense, pinned: str) -> list[Block]:
    return [
        blocks.button("Edit", EDIT, sense.id, "primary"),
        blocks.button("Keep as it is", KEEP, pinned),
        blocks.button("Deprecate", DEPRECATE, sense.id),
    ]


def approved(sense: Sense) -> Message:
    return blocks.said(f"Approved: what {sense.discipline} means by “{sense.word}”. Thank you.")


def kept(sense: Sense) -> Message:
    told = f"Kept as it is: what {sense.discipline} means by “{sense.word}”."
    return blocks.said(f"{told} Those who disputed it are told.")


def changed_since(sense: Sense | None) -> Message:
    """Say how a meaning reads now that somebody was asked about as it was; None where it is not there any more."""
    if sense is None:
        return blocks.said(GONE)
    is_used = sense.status != "deprecated"
    state = "It was changed since you were asked" if is_used else "It is shown as no longer used"
    told = blocks.line(blocks.words(f"{state}. This is how it reads now:"))
    below = [blocks.button("Edit", EDIT, sense.id)]
    if sense.status == "draft":
        below = [blocks.button("Approve", APPROVE, pin(sense), "primary"), *below]
    return Message("It was changed since.", (blocks.paragraphs(told), _in_full(sense), blocks.buttons(below)))


def tell_author(sense: Sense, by: str) -> Message:
    words = f" approved what you wrote: what {sense.discipline} means by “{sense.word}”."
    return blocks.said(words, _who(by))


def tell_disputer(sense: Sense, by: str, what: str) -> Message:
    words = f" {what} what {sense.discipline} means by “{sense.word}”, which you disputed."
    if sense.visibility == WORKSPACE:
        words += f" Now: {sense.gloss}"
    return blocks.said(words, _who(by))


def tell_declined(sense: Sense, by: str, reason: str) -> Message:
    words = f" did not keep what you wrote for “{sense.word}” ({sense.discipline}){f': {reason}' if reason else '.'}"
    return blocks.said(words, _who(by))


def _who(by: str) -> Block:
    """Name who settled a meaning; a file, where nobody did it in Slack."""
    return blocks.person(by) if by else blocks.words("An import")


def looks_after(sense: Sense, by: str, *, is_new: bool) -> Message:
    """Tell somebody that they are the steward of a meaning from now on, or no longer."""
    told = "made you the steward" if is_new else "removed you as the steward"
    meaning = f"of what {sense.discipline} means by “{sense.word}”."
    return blocks.said(f" {told} {meaning}", _who(by))


def only_stewards(sense: Sense) -> NotAllowed:
    told = f"Only the stewards of {sense.discipline} and the admins can do that. You can add a meaning of your own."
    return NotAllowed(told, kind="meaning", id=sense.id, visibility=sense.visibility)


def not_theirs_to_give(sense: Sense, to: str) -> NotAllowed:
    """Say why an approved meaning cannot be handed to another discipline; this stands in the form."""
    told = f"Only a steward of {to} or an admin can take it over. You can add a new meaning for {to}."
    return NotAllowed(told, "discipline", "meaning", sense.id, sense.visibility)


def saved(sense: Sense) -> Message:
    told = "Whoever asks in the channel sees it now."
    if sense.status == "draft":
        told = "It is a draft until a steward approves it, and shown as one."
        told += " Only the channel sees it." if sense.visibility != WORKSPACE else ""
    elif sense.visibility == WORKSPACE:
        told = "Everybody who asks sees it now."
    return blocks.said(f"Saved what {sense.discipline} means by “{sense.word}”. {told} {_warning(sense)}".rstrip())


def deprecated(sense: Sense) -> Message:
    instead = f" Say “{sense.replaced_by}” instead." if sense.replaced_by else ""
    return blocks.said(f"“{sense.word}” ({sense.discipline}) is shown as no longer used.{instead}")


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
    prose = [each for each in (sense.definition, sense.example) if each]
    prose += [told] if (told := _warning(sense)) else []
    lines = [short(sense), *(blocks.line(blocks.words(blocks.cut(each, _PICKED))) for each in prose)]
    return blocks.paragraphs(*lines)
