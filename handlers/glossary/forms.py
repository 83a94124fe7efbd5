"""The forms in which meanings are written, and what their stewards, authors and askers are told."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from handlers.slack import blocks
from handlers.slack.blocks import Block, Message, Modal
from storage.engine.interface import WORKSPACE
from storage.glossary.glossary import GLOSS_LENGTH, PROSE_LENGTH, WORD_LENGTH, Meaning, Sense

MEANING = "glossary_meaning"
MORE = "glossary_more"
SEEN_BY = "seen_by"
CHANGED_MEANWHILE = "Somebody changed this meaning while you wrote. Copy your text, close this form, and start again."


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
    return [blocks.paragraphs(*lines, *(short(sense) for sense in senses))]


def no_longer_used() -> list[Block]:
    """Say above the form that saving changes more than the words."""
    told = "This meaning is shown as no longer used. Saving takes it into use again."
    return [blocks.paragraphs(blocks.line(blocks.words(told, "bold")))]


def there_already(senses: Sequence[Sense]) -> list[Block]:
    lines = [blocks.line(blocks.words("What this word means so far:", "bold"))]
    return [blocks.paragraphs(*lines, *(short(sense) for sense in senses[:6]))] if senses else []


def saved(sense: Sense, *, is_draft: bool) -> Message:
    if is_draft:
        told = "It is a draft until a steward approves it, and shown as one."
    elif sense.visibility == WORKSPACE:
        told = "Everybody who asks sees it now."
    else:
        told = "Whoever asks in the channel sees it now."
    if is_draft and sense.visibility != WORKSPACE:
        told += " Only the channel sees it."
    return blocks.said(f"Saved what {sense.discipline} means by “{sense.word}”. {told}")


def gone() -> Message:
    return blocks.said("That meaning is not there any more, or you may not see it here.")


def not_theirs_to_give(discipline: str) -> str:
    """Say why an approved meaning cannot be handed to another discipline; this stands in the form."""
    return f"Only a steward of {discipline} or an admin can take it over. You can add a new meaning for {discipline}."


def thanks(told: str) -> Message:
    return blocks.said(told)


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


def short(sense: Sense) -> Block:
    return blocks.line(blocks.words(f"{sense.word}, {sense.discipline}: ", "bold"), blocks.words(sense.gloss))
