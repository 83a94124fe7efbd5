"""The words of /glossary: how to use it, what was chosen, and what it needs to know."""

from collections.abc import Sequence

from handlers.glossary.messages.definitions import ADD, EDIT
from handlers.glossary.rules.naming import Found
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message

_MEANINGS_SHOWN = 12


def open_form(word: str) -> Message:
    """Say it after a mention, which cannot open a form."""
    told = "A mention cannot open a form, but this button can."
    button = blocks.button("Add a meaning", ADD, word)
    return Message(told, (blocks.paragraphs(blocks.line(blocks.words(told))), blocks.buttons([button])))


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


def which_to_edit_at_all() -> Message:
    return Message("Name a word, such as `edit drift`.")


def which_history() -> Message:
    return Message("Name a word and, if you like, a day: `history drift`, or `history drift 2026-01-31`.")


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


def not_here() -> Message:
    return Message("That can be chosen by members of the workspace, in its own channels.")


def which_format(formats: Sequence[str]) -> Message:
    return Message(f"Name a format: {', '.join(formats)}.")


def too_many_to_export(form: str) -> Message:
    told = "There are too many meanings to write here in time."
    command = f"python -m bot glossary export --format {form}"
    return blocks.said(f"{told} Whoever runs me can write them all: {command}")


def export_for_stewards() -> Message:
    return Message("Stewards and admins can take the glossary out as a file. Ask one of them.")


def export_on_its_way(count: int) -> Message:
    return Message(f"{count} meanings are on their way to you as a file, in a direct message.")
