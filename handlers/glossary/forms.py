"""The forms in which meanings are written, questioned and settled, and how an outcome is shown in them."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass

from handlers.access.placement import is_alone
from handlers.checks.nearness import reason
from handlers.framework.context import Context
from handlers.glossary.context import glossary_for
from handlers.glossary.messages.definitions import short
from handlers.glossary.messages.questions import key_of
from handlers.glossary.messages.stewarding import GONE
from handlers.glossary.rules.naming import Found
from handlers.glossary.rules.writing import Alike
from handlers.glossary.service.meanings import Outcome, Saved
from handlers.slack import blocks, carried
from handlers.slack.blocks import Block, Message, Modal
from handlers.slack.interactions import Interaction, ViewSubmission
from handlers.slack.replies import Answer, Refuse, Say, Wrote
from storage.engine.interface import WORKSPACE
from storage.glossary.glossary import GLOSS_LENGTH, PROSE_LENGTH, WORD_LENGTH, Meaning, Sense
from storage.glossary.questions import Question
from storage.records.versioned import Overtaken

MEANING, MORE, DEPRECATION = "glossary_meaning", "glossary_more", "glossary_deprecation"
OBJECTION, UNCLEAR, MERGED = "glossary_objection", "glossary_unclear", "glossary_merged"
SEEN_BY, WHICH, REASON, REPLACEMENT, INTO = "seen_by", "which", "reason", "replacement", "into"
TABLES, TABLE = "glossary_tables", "table"
SAME_AS, DIFFERENT = "same_as", "different"
_CHANGED_MEANWHILE = "Somebody changed this while you were writing. Copy your text, close this form and start again."
#: Slack takes so many radio buttons.
_RADIO_BUTTONS = 10
_NOT_FILLED_IN = "Please fill this in."
RESEMBLES = "Already in the glossary. If yours is different, press Save again:"
USED_AGAIN = "This definition is no longer used. Saving brings it back."


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
    return carried.read(Note, text or "{}")


async def new_form(context: Context[Interaction], word: str = "", example: str = "", link: str = "") -> Modal:
    """Return the form for a new meaning, below what its word means so far; ``link`` is where the example was said."""
    viewpoint, glossary, word = await context.viewpoint(), await glossary_for(context), word[:WORD_LENGTH]
    found = await context.read(glossary.found, word) if word else None
    first = await context.read(glossary.first)
    told = {"word": word, "example": example[:PROSE_LENGTH], "discipline": "".join(first[:1])}
    is_decided = viewpoint.is_limited or is_alone(context.interaction.place.channel_id)
    is_private = not is_decided and await viewpoint.home() != WORKSPACE
    note, disciplines = Note(link=link, is_shown=bool(found)), context.workspace.disciplines
    return meaning_form(told, disciplines, note, is_private=is_private, top=so_far(found))


def meaning_form(
    meaning: Mapping[str, object],
    disciplines: Sequence[str],
    note: Note,
    *,
    is_private: bool,
    top: Sequence[Block] = (),
) -> Modal:
    """The form for one meaning; ``meaning`` is what its fields start with."""
    told = {name: _as_text(value) for name, value in meaning.items()}
    chosen = told.get("discipline", "")
    options = [(each.capitalize(), each) for each in dict.fromkeys([*disciplines, chosen]) if each]
    word = blocks.text_input(told.get("word", ""), max_length=WORD_LENGTH)
    gloss = blocks.text_input(told.get("gloss", ""), max_length=GLOSS_LENGTH)
    fields = [
        blocks.field("word", "Word", word),
        blocks.field("discipline", "Discipline", blocks.choice(options, chosen)),
        blocks.field("gloss", "Definition in one line", gloss, "What sets it apart from other uses of the word."),
        _long("definition", "More detail", told),
        _long("example", "Example sentence", told),
        _long("aliases", "Other names", told, "Abbreviations and synonyms, separated by commas. Skip plurals."),
        *(_more_fields(told) if note.has_more else [blocks.buttons([blocks.button("More fields", MORE)])]),
        *([_where()] if is_private else []),
    ]
    title = "Edit a definition" if note.sense_id else "Add a definition"
    return Modal(MEANING, title, (*top, *fields), submit="Save", private_metadata=note.as_text())


async def home_of(context: Context[ViewSubmission]) -> str:
    """Return who will see a new meaning: the place decides, unless its writer opens it to the workspace."""
    viewpoint, fields = await context.viewpoint(), context.interaction.fields
    is_opened = fields.text(SEEN_BY) == WORKSPACE or is_alone(context.interaction.place.channel_id)
    return WORKSPACE if is_opened and not viewpoint.is_limited else await viewpoint.home()


async def new_table_form(context: Context[Interaction]) -> Modal:
    viewpoint, glossary = await context.viewpoint(), await glossary_for(context)
    first = await context.read(glossary.first)
    is_decided = viewpoint.is_limited or is_alone(context.interaction.place.channel_id)
    is_private = not is_decided and await viewpoint.home() != WORKSPACE
    told = {"discipline": "".join(first[:1])}
    return table_form(told, context.workspace.disciplines, "", is_private=is_private)


def table_form(
    told: Mapping[str, object],
    disciplines: Sequence[str],
    shown: str,
    *,
    is_private: bool,
    top: Sequence[Block] = (),
) -> Modal:
    """The form for a table of words; ``shown`` is of which table it says above what comes of it."""
    table = blocks.text_input(str(told.get(TABLE, "")), multiline=True)
    options = [(each.capitalize(), each) for each in disciplines]
    fields = [
        blocks.field(
            TABLE,
            "Table",
            table,
            "From a spreadsheet, a wiki or a canvas, with a first line such as: word, definition.",
        ),
        blocks.field("discipline", "Discipline", blocks.choice(options, str(told.get("discipline", "")))),
        *([_where()] if is_private else []),
    ]
    return Modal(TABLES, "Add from a table", (*top, *fields), submit="Save", private_metadata=shown)


def so_far(found: Found | None) -> list[Block]:
    return above("Defined so far:", found.senses[:6]) if found else []


def above(heading: str, senses: Sequence[Sense] = ()) -> list[Block]:
    """Say above a form what is there already, or what saving does."""
    return [blocks.paragraphs(blocks.line(blocks.words(heading, "bold")), *map(short, senses))]


def alike_above(alike: Sequence[Alike], other: Alike | None) -> list[Block]:
    """Say above a form what is in the glossary already, and ask whether it is ``other`` by another name.

    Saving it as it is says that it is another definition.
    """
    shown = above(RESEMBLES, [each.sense for each in alike])
    if other is None or other.said is None:
        return shown
    word = other.sense.word
    options = [(f"Another name for {word}", other.sense.id), ("A different definition", DIFFERENT)]
    return [*shown, blocks.field(SAME_AS, f"Same as {word}?", blocks.radio(options, DIFFERENT), reason(other.said))]


def deprecation_form(sense: Sense) -> Modal:
    title = "Decline a draft" if sense.status == "draft" else "No longer used"
    word = blocks.text_input(max_length=WORD_LENGTH)
    fields = (
        blocks.paragraphs(short(sense)),
        blocks.field(REASON, "Why?", blocks.text_input(multiline=True, max_length=300)),
        blocks.field(REPLACEMENT, "Word to use instead", word, optional=True),
    )
    return Modal(DEPRECATION, title, fields, submit="Save", private_metadata=Note(sense.id, sense.version).as_text())


def which_form(callback_id: str, senses: Sequence[Sense], word: str) -> Modal:
    """Ask which meaning of a word is not clear, or not what is meant, and why."""
    is_dispute = callback_id == OBJECTION
    options = [(f"{sense.discipline.capitalize()}: {sense.gloss}", sense.id) for sense in senses]
    why, which = blocks.text_input(multiline=True, max_length=500), _one_of(options)
    if is_dispute:
        hint = "Its steward will see this with your name."
        title, reason = "Not what we mean", blocks.field(REASON, "What do you mean instead?", why, hint)
    else:
        title, reason = "Not clear", blocks.field(REASON, "What isn't clear?", why, optional=True)
    fields = (blocks.field(WHICH, "Which definition?", which), reason)
    return Modal(callback_id, title, fields, submit="Send", private_metadata=word)


def merge_form(question: Question) -> Modal:
    told = f"“{question.word}” will lead to a word that is in the glossary."
    word = blocks.field(INTO, "Same as which word?", blocks.text_input(max_length=WORD_LENGTH))
    fields = (blocks.sentence(told), word)
    return Modal(MERGED, "Same as another word", fields, submit="Save", private_metadata=key_of(question))


def unfilled(entered: Mapping[str, str]) -> Refuse | None:
    """Refuse a form at the fields in which something should stand and nothing does."""
    errors = {name: _NOT_FILLED_IN for name, value in entered.items() if not value}
    return Refuse(errors) if errors else None


def ended(outcome: Outcome, said: Callable[[Sense], Message], field: str) -> Answer | Wrote:
    """Say how a form has ended; that its meaning was changed meanwhile stands at this field."""
    if isinstance(outcome, Saved):
        return Wrote(Say(said(outcome.sense)), outcome.messages)
    if isinstance(outcome, Overtaken):
        return Refuse({field: _CHANGED_MEANWHILE}) if outcome.now else Say(blocks.said(GONE))
    return outcome


def fields_of(meaning: Meaning) -> dict[str, object]:
    return {**dict(meaning), "aliases": ", ".join(meaning.aliases)}


def _one_of(options: Sequence[tuple[str, str]]) -> Block:
    chosen = options[0][1] if len(options) == 1 else ""
    return blocks.radio(options, chosen) if len(options) <= _RADIO_BUTTONS else blocks.choice(options, chosen)


def _long(name: str, label: str, told: Mapping[str, str], hint: str = "") -> Block:
    limit = PROSE_LENGTH if name in ("definition", "example") else 1000
    element = blocks.text_input(told.get(name, ""), multiline=name != "aliases", max_length=limit)
    return blocks.field(name, label, element, hint, optional=True)


_SHORT = {
    "say_instead": ("Say this instead", "A clearer word, where this one means too many things."),
    "source_title": ("Source", ""),
    "source_link": ("Link of the source", ""),
    "source_licence": ("Licence of the source", ""),
}


def _more_fields(told: Mapping[str, str]) -> list[Block]:
    steward, hint = blocks.person_select(told.get("steward", "")), "Leave empty for the stewards of the discipline."
    return [
        _long("misspellings", "Common misspellings", told, "One per line. They lead here and are never shown."),
        _long("relations", "Related words", told, "One per line. For example: not the same as: accuracy, recall"),
        *(
            blocks.field(name, label, blocks.text_input(told.get(name, ""), max_length=300), about, optional=True)
            for name, (label, about) in _SHORT.items()
        ),
        blocks.field("steward", "Steward of this definition", steward, hint, optional=True),
    ]


def _where() -> Block:
    options = [("This channel only", "here"), ("Everybody in the workspace", WORKSPACE)]
    return blocks.field(SEEN_BY, "Who sees it?", blocks.radio(options, "here"))


def _as_text(value: object) -> str:
    if isinstance(value, tuple):
        return "\n".join(each if isinstance(each, str) else f"{each.kind}: {each.word}" for each in value)
    return str(value)
