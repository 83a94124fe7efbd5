"""The forms in which meanings are written, and what their stewards, authors and askers are told."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from handlers import blocks
from handlers.blocks import Block, Message, Modal
from handlers.glossary.views import EDIT
from storage.database import WORKSPACE
from storage.glossary import GLOSS_LENGTH, PROSE_LENGTH, WORD_LENGTH, Meaning, Sense

MEANING = "glossary_meaning"
MORE = "glossary_more"
APPROVE = "glossary_approve"
KEEP = "glossary_keep"
DEPRECATE = "glossary_deprecate"
DEPRECATION = "glossary_deprecation"
OBJECTION = "glossary_objection"
UNCLEAR = "glossary_unclear"
SEEN_BY = "seen_by"
WHICH, REASON, REPLACEMENT = "which", "reason", "replacement"

_PICKED = 250


@dataclass(frozen=True, slots=True)
class Note:
    """What a form remembers: the meaning that is edited and its version, the example's link, and what was shown.

    ``home`` is who will see it, where that is decided already.
    """

    sense_id: str = ""
    version: int = 0
    link: str = ""
    home: str = ""
    is_shown: bool = False
    has_more: bool = False

    def as_text(self) -> str:
        return json.dumps(asdict(self))


def read_note(text: str) -> Note:
    return Note(**json.loads(text)) if text else Note()


def meaning_form(
    meaning: Mapping[str, object],
    disciplines: Sequence[str],
    note: Note,
    *,
    is_private: bool,
    above: Sequence[Block] = (),
) -> Modal:
    """The form for one meaning; ``meaning`` is what its fields start with."""
    told = {name: _as_text(value) for name, value in meaning.items()}
    listed = (
        list(disciplines) if told.get("discipline", "") in ("", *disciplines) else [*disciplines, told["discipline"]]
    )
    fields = [
        blocks.field("word", "Word", blocks.text_input(told.get("word", ""), max_length=WORD_LENGTH)),
        blocks.field(
            "discipline",
            "Whose meaning is it?",
            blocks.choice([(each.capitalize(), each) for each in listed], told.get("discipline", "")),
        ),
        blocks.field(
            "gloss",
            "In a few words",
            blocks.text_input(told.get("gloss", ""), max_length=GLOSS_LENGTH),
            "What tells it apart from what others mean by the word.",
        ),
        _long("definition", "Definition", told),
        _long("example", "A sentence in which it is used so", told),
        _long("aliases", "Other names", told, "With commas: abbreviations, synonyms. Plurals are found anyway."),
        *(_more_fields(told) if note.has_more else ()),
        *([] if note.has_more else [blocks.buttons([blocks.button("More fields", MORE)])]),
    ]
    if is_private:
        fields.append(_where())
    title = "Edit a meaning" if note.sense_id else "Add a meaning"
    return Modal(MEANING, title, (*above, *fields), submit="Save", private_metadata=note.as_text())


def resembles(senses: Sequence[Sense]) -> list[Block]:
    """Say what is there already, above the form."""
    lines = [blocks.line(blocks.words("This is there already. If yours differs, save once more:", "bold"))]
    return [blocks.paragraphs(*lines, *(_short(sense) for sense in senses))]


def there_already(senses: Sequence[Sense]) -> list[Block]:
    lines = [blocks.line(blocks.words("What this word means so far:", "bold"))]
    return [blocks.paragraphs(*lines, *(_short(sense) for sense in senses[:6]))] if senses else []


def saved(sense: Sense, *, is_draft: bool) -> Message:
    told = (
        "It is a draft until a steward approves it, and shown as one."
        if is_draft
        else "Everybody who asks sees it now."
    )
    if sense.visibility != WORKSPACE:
        told += " Only this channel sees it."
    return _said(f"Saved what {sense.discipline} means by “{sense.word}”. {told}")


def to_approve(sense: Sense, by: str) -> Message:
    """Ask a steward about a draft."""
    line = blocks.line(
        blocks.person(by), blocks.words(" wrote what "), blocks.words(sense.discipline, "bold"),
        blocks.words(" means by "), blocks.words(sense.word, "bold"), blocks.words(". You look after these words."),
    )  # fmt: skip
    below = [
        blocks.button("Approve", APPROVE, _pin(sense), "primary"),
        blocks.button("Edit", EDIT, sense.id),
        blocks.button("Not this", DEPRECATE, sense.id),
    ]
    told = f"A draft waits for you: what {sense.discipline} means by {sense.word}"
    return Message(blocks.escape(told), (blocks.paragraphs(line), _in_full(sense), blocks.buttons(below)))


def disputed(sense: Sense, by: str, reason: str) -> Message:
    """Tell a steward that somebody means something else."""
    line = blocks.line(
        blocks.person(by), blocks.words(" says that this is not what is meant by "), blocks.words(sense.word, "bold"),
        blocks.words(f" in {sense.discipline}:"),
    )  # fmt: skip
    below = [
        blocks.button("Edit", EDIT, sense.id, "primary"),
        blocks.button("Keep as it is", KEEP, _pin(sense)),
        blocks.button("Deprecate", DEPRECATE, sense.id),
    ]
    said = blocks.paragraphs(line, blocks.quotation(blocks.words(reason)))
    told = f"Somebody disputes what {sense.discipline} means by {sense.word}: {reason}"
    return Message(blocks.cut(blocks.escape(told), 500), (said, _in_full(sense), blocks.buttons(below)))


def approved(sense: Sense) -> Message:
    return _said(f"Approved: what {sense.discipline} means by “{sense.word}”. Thank you.")


def kept(sense: Sense) -> Message:
    return _said(f"Kept as it is: what {sense.discipline} means by “{sense.word}”. Those who disputed it are told.")


def changed_since(sense: Sense) -> Message:
    told = blocks.line(blocks.words("It was changed since you were asked. This is how it reads now:"))
    below = [blocks.button("Approve", APPROVE, _pin(sense), "primary"), blocks.button("Edit", EDIT, sense.id)]
    if sense.status == "approved":
        below = below[1:]
    return Message("It was changed since.", (blocks.paragraphs(told), _in_full(sense), blocks.buttons(below)))


def tell_author(sense: Sense, by: str) -> Message:
    words = f" approved what you wrote: what {sense.discipline} means by “{sense.word}”."
    return _said(words, blocks.person(by))


def tell_disputer(sense: Sense, by: str, what: str) -> Message:
    words = f" {what} what {sense.discipline} means by “{sense.word}”, which you disputed."
    if sense.visibility == WORKSPACE:
        words += f" Now: {sense.gloss}"
    return _said(words, blocks.person(by))


def tell_declined(sense: Sense, by: str, reason: str) -> Message:
    words = f" did not keep what you wrote for “{sense.word}” ({sense.discipline}): {reason}"
    return _said(words, blocks.person(by))


def gone() -> Message:
    return _said("That meaning is not there any more, or you may not see it here.")


def only_stewards(discipline: str) -> Message:
    return _said(f"Only the stewards of {discipline} and the admins can do that. You can add a meaning of your own.")


def deprecation_form(sense: Sense) -> Modal:
    title = "Not this meaning" if sense.status == "draft" else "Deprecate a meaning"
    fields = (
        blocks.paragraphs(_short(sense)),
        blocks.field(REASON, "Why?", blocks.text_input(multiline=True, max_length=300)),
        blocks.field(
            REPLACEMENT, "Which word to use instead", blocks.text_input(max_length=WORD_LENGTH), optional=True
        ),
    )
    return Modal(DEPRECATION, title, fields, submit="Save", private_metadata=Note(sense.id, sense.version).as_text())


def deprecated(sense: Sense) -> Message:
    instead = f" Say “{sense.replaced_by}” instead." if sense.replaced_by else ""
    return _said(f"“{sense.word}” ({sense.discipline}) is shown as no longer used.{instead}")


def which_form(callback_id: str, senses: Sequence[Sense], word: str) -> Modal:
    """Ask which meaning of a word is not clear, or not what is meant, and why."""
    is_dispute = callback_id == OBJECTION
    options = [(f"{sense.discipline.capitalize()}: {sense.gloss}", sense.id) for sense in senses[:10]]
    label = "What do you mean instead?" if is_dispute else "What is not clear?"
    fields = [
        blocks.field(WHICH, "Which meaning?", blocks.radio(options, options[0][1] if len(options) == 1 else "")),
        blocks.field(
            REASON, label, blocks.text_input(multiline=True, max_length=500),
            "The steward of this meaning reads it." if is_dispute else "", optional=not is_dispute,
        ),
    ]  # fmt: skip
    title = "Not what we mean" if is_dispute else "Not clear"
    return Modal(callback_id, title, tuple(fields), submit="Send", private_metadata=word)


def thanks(told: str) -> Message:
    return _said(told)


def _long(name: str, label: str, told: Mapping[str, str], hint: str = "") -> Block:
    is_long = name in ("definition", "example")
    element = blocks.text_input(
        told.get(name, ""), multiline=name != "aliases", max_length=PROSE_LENGTH if is_long else 1000
    )
    return blocks.field(name, label, element, hint, optional=True)


def _more_fields(told: Mapping[str, str]) -> list[Block]:
    short = {
        "say_instead": ("Say this instead", "For a word that means too many things: what to say to be clear."),
        "source_title": ("Source", ""),
        "source_link": ("Link of the source", ""),
        "source_licence": ("Licence of the source", ""),
    }
    return [
        _long("misspellings", "Misspellings that should lead here", told, "One a line. They are never shown."),
        _long("relations", "Related words", told, "One a line, such as: not the same as: accuracy, recall"),
        *(
            blocks.field(name, label, blocks.text_input(told.get(name, ""), max_length=300), hint, optional=True)
            for name, (label, hint) in short.items()
        ),
        blocks.field(
            "steward", "Who looks after this meaning", blocks.person_select(told.get("steward", "")),
            "Nobody chosen: the stewards of the discipline.", optional=True,
        ),
    ]  # fmt: skip


def _where() -> Block:
    options = [("This channel only", "here"), ("Everybody in the workspace", WORKSPACE)]
    return blocks.field(SEEN_BY, "Who sees it?", blocks.radio(options, "here"))


def _as_text(value: object) -> str:
    if isinstance(value, tuple):
        return "\n".join(each if isinstance(each, str) else f"{each.kind}: {each.word}" for each in value)
    return str(value)


def fields_of(meaning: Meaning) -> dict[str, object]:
    told = dict(meaning)
    return {**told, "aliases": ", ".join(meaning.aliases)}


def _pin(sense: Sense) -> str:
    return f"{sense.id}:{sense.version}"


def _short(sense: Sense) -> Block:
    return blocks.line(blocks.words(f"{sense.word}, {sense.discipline}: ", "bold"), blocks.words(sense.gloss))


def _in_full(sense: Sense) -> Block:
    prose = [each for each in (sense.definition, sense.example) if each]
    lines = [_short(sense), *(blocks.line(blocks.words(blocks.cut(each, _PICKED))) for each in prose)]
    return blocks.paragraphs(*lines)


def _said(text: str, *before: Block) -> Message:
    return Message(blocks.escape(text.strip()), (blocks.paragraphs(blocks.line(*before, blocks.words(text))),))
