"""What stewards, authors and those who disputed read of a meaning, and the forms that settle it."""

from collections.abc import Sequence

from handlers.glossary.forms import Note, short
from handlers.glossary.messages.definitions import EDIT
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message, Modal
from storage.engine.interface import WORKSPACE
from storage.glossary.glossary import WORD_LENGTH, Sense

APPROVE = "glossary_approve"
KEEP = "glossary_keep"
DEPRECATE = "glossary_deprecate"
DEPRECATION = "glossary_deprecation"
OBJECTION = "glossary_objection"
UNCLEAR = "glossary_unclear"
WHICH, REASON, REPLACEMENT = "which", "reason", "replacement"
_LISTED = "listed"
_PICKED = 250


def to_approve(sense: Sense, by: str) -> Message:
    """Ask a steward about a draft."""
    line = blocks.line(
        blocks.person(by), blocks.words(" wrote what "), blocks.words(sense.discipline, "bold"),
        blocks.words(" means by "), blocks.words(sense.word, "bold"), blocks.words(". You look after these words."),
    )  # fmt: skip
    below = draft_buttons(sense, pin(sense))
    told = f"A draft waits for you: what {sense.discipline} means by {sense.word}"
    return Message(blocks.escape(told), (blocks.paragraphs(line), _in_full(sense), blocks.buttons(below)))


def disputed(sense: Sense, by: str, reason: str) -> Message:
    """Tell a steward that somebody means something else."""
    line = blocks.line(
        blocks.person(by), blocks.words(" says that this is not what is meant by "), blocks.words(sense.word, "bold"),
        blocks.words(f" in {sense.discipline}:"),
    )  # fmt: skip
    below = dispute_buttons(sense, pin(sense))
    top = blocks.paragraphs(line, blocks.quotation(blocks.words(reason)))
    told = f"Somebody disputes what {sense.discipline} means by {sense.word}: {reason}"
    return Message(blocks.cut(blocks.escape(told), 500), (top, _in_full(sense), blocks.buttons(below)))


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
    return blocks.said(
        f"Kept as it is: what {sense.discipline} means by “{sense.word}”. Those who disputed it are told."
    )


def changed_since(sense: Sense) -> Message:
    is_used = sense.status != "deprecated"
    state = "It was changed since you were asked" if is_used else "It is shown as no longer used"
    told = blocks.line(blocks.words(f"{state}. This is how it reads now:"))
    below = [blocks.button("Edit", EDIT, sense.id)]
    if sense.status == "draft":
        below = [blocks.button("Approve", APPROVE, pin(sense), "primary"), *below]
    return Message("It was changed since.", (blocks.paragraphs(told), _in_full(sense), blocks.buttons(below)))


def tell_author(sense: Sense, by: str) -> Message:
    words = f" approved what you wrote: what {sense.discipline} means by “{sense.word}”."
    return blocks.said(words, blocks.person(by))


def tell_disputer(sense: Sense, by: str, what: str) -> Message:
    words = f" {what} what {sense.discipline} means by “{sense.word}”, which you disputed."
    if sense.visibility == WORKSPACE:
        words += f" Now: {sense.gloss}"
    return blocks.said(words, blocks.person(by))


def tell_declined(sense: Sense, by: str, reason: str) -> Message:
    words = f" did not keep what you wrote for “{sense.word}” ({sense.discipline}): {reason}"
    return blocks.said(words, blocks.person(by))


def only_stewards(discipline: str) -> Message:
    return blocks.said(
        f"Only the stewards of {discipline} and the admins can do that. You can add a meaning of your own."
    )


def deprecation_form(sense: Sense) -> Modal:
    title = "Not this meaning" if sense.status == "draft" else "Deprecate a meaning"
    fields = (
        blocks.paragraphs(short(sense)),
        blocks.field(REASON, "Why?", blocks.text_input(multiline=True, max_length=300)),
        blocks.field(
            REPLACEMENT, "Which word to use instead", blocks.text_input(max_length=WORD_LENGTH), optional=True
        ),
    )
    return Modal(DEPRECATION, title, fields, submit="Save", private_metadata=Note(sense.id, sense.version).as_text())


def deprecated(sense: Sense) -> Message:
    instead = f" Say “{sense.replaced_by}” instead." if sense.replaced_by else ""
    return blocks.said(f"“{sense.word}” ({sense.discipline}) is shown as no longer used.{instead}")


def which_form(callback_id: str, senses: Sequence[Sense], word: str) -> Modal:
    """Ask which meaning of a word is not clear, or not what is meant, and why."""
    is_dispute = callback_id == OBJECTION
    options = [(f"{sense.discipline.capitalize()}: {sense.gloss}", sense.id) for sense in senses]
    label = "What do you mean instead?" if is_dispute else "What is not clear?"
    fields = [
        blocks.field(WHICH, "Which meaning?", _one_of(options)),
        blocks.field(
            REASON, label, blocks.text_input(multiline=True, max_length=500),
            "The steward of this meaning reads it." if is_dispute else "", optional=not is_dispute,
        ),
    ]  # fmt: skip
    title = "Not what we mean" if is_dispute else "Not clear"
    return Modal(callback_id, title, tuple(fields), submit="Send", private_metadata=word)


def _one_of(options: Sequence[tuple[str, str]]) -> Block:
    chosen = options[0][1] if len(options) == 1 else ""
    # Slack takes ten radio buttons, and a hundred options of a select.
    return blocks.radio(options, chosen) if len(options) <= 10 else blocks.choice(options[:100], chosen)  # noqa: PLR2004


def pin(sense: Sense, *, is_listed: bool = False) -> str:
    """Return what a button carries: a meaning as it was shown, and whether it stands in a list with others."""
    return f"{sense.id}:{sense.version}" + (f":{_LISTED}" if is_listed else "")


def read_pin(value: str) -> tuple[str, int]:
    sense_id, version, *_ = value.split(":")
    return sense_id, int(version)


def is_listed(value: str) -> bool:
    return value.endswith(f":{_LISTED}")


def _in_full(sense: Sense) -> Block:
    prose = [each for each in (sense.definition, sense.example) if each]
    lines = [short(sense), *(blocks.line(blocks.words(blocks.cut(each, _PICKED))) for each in prose)]
    return blocks.paragraphs(*lines)
