"""The words of /glossary: how to use it, what was chosen, what it needs to know, and what became of a word."""

from collections.abc import Sequence

from handlers.checks.outcomes import NotAllowed
from handlers.glossary.context import Past
from handlers.glossary.messages.definitions import ADD, EDIT, nothing_left
from handlers.glossary.rules.naming import Found
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message
from storage.glossary.changes import SenseVersion

WHICH_TO_EDIT = Message("Name a word, such as `edit drift`.")
WHICH_HISTORY = Message("Name a word and, if you like, a day: `history drift`, or `history drift 2026-01-31`.")
NOT_HERE = Message("That can be chosen by members of the workspace, in its own channels.")
EXPORT_FOR_STEWARDS = NotAllowed(
    "Stewards and admins can take the glossary out as a file. Ask one of them.", kind="glossary"
)
_MEANINGS_SHOWN, _CHANGES_SHOWN = 12, 20


def open_form(word: str) -> Message:
    """Say it after a mention, which cannot open a form."""
    told = "A mention cannot open a form, but this button can."
    return blocks.offer(told, blocks.button("Add a meaning", ADD, word))


def which_to_edit(found: Found) -> Message:
    said: list[Block] = []
    for place, sense in enumerate(found.senses[:_MEANINGS_SHOWN]):
        line = blocks.line(blocks.words(sense.discipline.capitalize(), "bold"), blocks.words(f"\n{sense.gloss}"))
        button = blocks.button(f"Edit ({sense.discipline})", blocks.numbered(EDIT, place), sense.id)
        said += [blocks.paragraphs(line), blocks.buttons([button])]
    return Message(blocks.escape(f"Which meaning of {found.word}?"), tuple(said))


def how_to_add(command_prefix: str) -> Message:
    command = f"/{command_prefix}glossary"
    lines = (
        f"`{command} add WORD`: say what you mean by a word; it is a draft until a steward approves it",
        f"`{command} edit WORD`, `{command} history WORD [2026-01-31]`: change a meaning, or see how it changed",
        f"`{command} unanswered`: words that were asked for in vain",
        f"`{command} review`: what its stewards should look at",
        f"`{command} me DISCIPLINE`, `{command} here DISCIPLINE`: whose meanings come first, for you or this channel",
        f"`{command} export [csv, yaml, json, openmetadata, datahub]`: the glossary as a file",
    )
    return Message("The shared glossary:\n" + "\n".join(f"• {line}" for line in lines))


def which_discipline(disciplines: Sequence[str]) -> Message:
    return Message(f"Name a discipline: {blocks.escape(', '.join(disciplines))}. Or `none` for the workspace's order.")


def no_discipline(wanted: str, disciplines: Sequence[str]) -> Message:
    told = f"“{wanted}” is no discipline here. There are: {', '.join(disciplines)}. Or none, for the workspace's order."
    return Message(blocks.escape(told))


def discipline_chosen(discipline: str, whom: str) -> Message:
    if not discipline:
        return Message(f"From now on {whom} will see meanings in the workspace's order.")
    told = f"From now on {whom} will see what {discipline} means first. All meanings are still shown."
    return Message(blocks.escape(told))


def which_format(formats: Sequence[str]) -> Message:
    return Message(f"Name a format: {', '.join(formats)}.")


def too_many_to_export(form: str) -> Message:
    told = "There are too many meanings to write here in time. Whoever runs me can write them all:"
    return blocks.said(f"{told} python -m bot glossary export --format {form}")


def export_on_its_way(count: int) -> Message:
    return Message(f"{count} meanings are on their way to you as a file, in a direct message.")


def history(past: Past | None, word: str, day: str = "") -> Message:
    """Say who changed what when, newest first; or what the word meant on a day (ISO)."""
    if past is None:
        return nothing_left(word)
    if day:
        then = (next((each for each in versions if past.day(each) <= day), None) for versions in past.senses)
        return _as_of(past.word, day, [each for each in then if each])
    listed = sorted((each for versions in past.senses for each in versions), key=lambda each: each.at, reverse=True)
    lines = [_line(past, each) for each in listed[:_CHANGES_SHOWN]]
    if len(listed) > _CHANGES_SHOWN:
        lines.append(blocks.line(blocks.words(f"and {len(listed) - _CHANGES_SHOWN} earlier changes")))
    return Message(blocks.escape(f"The history of {past.word}"), (blocks.paragraphs(*lines),))


def _line(past: Past, each: SenseVersion) -> Block:
    told = f" {each.sense.discipline}, v{each.version}: {each.what} by {past.names.get(each.by, 'Common Ground')}"
    note = f" ({each.note})" if each.note else ""
    return blocks.line(blocks.words(past.day(each), "bold"), blocks.words(f"{told}{note}\n{each.sense.gloss}"))


def _as_of(word: str, day: str, versions: list[SenseVersion]) -> Message:
    if not versions:
        return Message(blocks.escape(f"On {day}, “{word}” had no meaning here yet."))
    head = blocks.line(blocks.words(f"What “{word}” meant on {day}:", "bold"))
    told = [(blocks.words(f"{each.sense.discipline}: ", "bold"), blocks.words(each.sense.gloss)) for each in versions]
    said = blocks.paragraphs(head, *(blocks.line(*each) for each in told))
    return Message(blocks.escape(f"What {word} meant on {day}"), (said,))
