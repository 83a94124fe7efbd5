"""The words of /glossary: how to use it, what was chosen, what it needs to know, and how a word has changed."""

from collections.abc import Sequence

from handlers.checks.dates import day
from handlers.checks.outcomes import NotAllowed
from handlers.glossary.context import Past
from handlers.glossary.messages.definitions import ADD, EDIT, nothing_left
from handlers.glossary.rules.naming import Found
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message
from storage.glossary.changes import SenseVersion
from storage.glossary.glossary import Sense

WHICH_TO_EDIT = Message("Which word? For example `edit drift`.")
WHICH_HISTORY = Message("Which word? For example `history drift`, or `history drift 2026-01-31` for one day.")
NOT_HERE = Message("Only members of the workspace can choose that, in channels no guest or other company reads.")
EXPORT_FOR_STEWARDS = NotAllowed(
    "Only stewards and admins can export the glossary. Ask one of them for the file.", kind="glossary"
)
_MEANINGS_SHOWN, _CHANGES_SHOWN = 12, 20


def open_form(word: str) -> Message:
    """Say it after a mention, which cannot open a form."""
    told = f"Ready to define “{word}”:" if word else "Ready to define a word:"
    return blocks.offer(told, blocks.button("Add a definition", ADD, word))


def paste_a_table(command_prefix: str) -> Message:
    """Say it after a mention, which cannot open a form."""
    return Message(f"Type `/{command_prefix}glossary import` to paste a table of words.")


def which_to_edit(found: Found) -> Message:
    told = f"Which definition of “{found.word}”?"
    rows = [_to_edit(sense, place) for place, sense in enumerate(found.senses[:_MEANINGS_SHOWN])]
    return Message(blocks.escape(told), (blocks.sentence(told), *rows))


def _to_edit(sense: Sense, place: int) -> Block:
    button = blocks.button("Edit", blocks.numbered(EDIT, place), sense.id)
    told = f"{sense.discipline.capitalize()}: {sense.gloss}"
    return blocks.row(told, blocks.spoken(button, f"Edit ({sense.discipline})"))


def how_to_add(command_prefix: str) -> Message:
    command = f"/{command_prefix}glossary"
    lines = (
        f"`{command} add drift`: define a word; it's a draft until a steward approves it",
        f"`{command} import`: add many from a table that you paste",
        f"`{command} edit drift`, `{command} history drift`: change a definition, or see how it changed",
        f"`{command} unanswered`: words that aren't defined yet",
        f"`{command} review`: drafts, disputes and unclear definitions, for stewards",
        f"`{command} agenda`: the words that are misread most, for a session that clarifies them",
        f"`{command} me product`, `{command} here product`: which discipline comes first, for you or this channel",
        f"`{command} passing on`: private hints in this channel, where a word means something else to who hears it",
        f"`{command} export [csv, yaml, json, openmetadata, datahub, skos]`: the glossary as a file",
    )
    return Message("The shared glossary:\n" + "\n".join(f"• {line}" for line in lines))


def which_discipline(disciplines: Sequence[str]) -> Message:
    return Message(f"Which discipline? {blocks.escape(', '.join(disciplines))}, or `none` for the usual order.")


def no_discipline(wanted: str, disciplines: Sequence[str]) -> Message:
    told = f"“{wanted}” isn't a discipline here. Choose {', '.join(disciplines)}, or none for the usual order."
    return Message(blocks.escape(told))


def discipline_chosen(discipline: str, whom: str) -> Message:
    if not discipline:
        return Message(f"From now on, {whom} will see definitions in the usual order.")
    told = f"From now on, {whom} will see {discipline} definitions first, then the others."
    return Message(blocks.escape(told))


def which_format(formats: Sequence[str]) -> Message:
    return Message(f"Which format? {', '.join(formats)}.")


def too_many_to_export(form: str) -> Message:
    told = "The glossary is too large to export from Slack. Whoever runs me can export it:"
    return blocks.said(f"{told} python -m bot glossary export --format {form}")


def exported(count: int, form: str) -> str:
    """Say what is in the file."""
    return f"The glossary as {form}: {count} definitions that everybody can see."


def export_on_its_way(count: int) -> Message:
    return Message(f"I'm sending you {count} definitions as a file, in a direct message.")


def history(past: Past | None, word: str, on: str = "") -> Message:
    """Say who changed what when, newest first; or what the word meant on a day (ISO)."""
    if past is None:
        return nothing_left(word)
    if on:
        then = (next((each for each in versions if past.day(each) <= on), None) for versions in past.senses)
        return _as_of(past.word, on, [each for each in then if each])
    listed = sorted((each for versions in past.senses for each in versions), key=lambda each: each.at, reverse=True)
    lines = [blocks.line(blocks.words(past.word, "bold"), blocks.words(" over time"))]
    lines += [_line(past, each) for each in listed[:_CHANGES_SHOWN]]
    if len(listed) > _CHANGES_SHOWN:
        lines.append(blocks.line(blocks.words(f"And {len(listed) - _CHANGES_SHOWN} earlier changes.")))
    return Message(blocks.escape(f"{past.word} over time"), (blocks.paragraphs(*lines),))


_DID = {
    "added": "added",
    "changed": "changed",
    "approved": "approved",
    "disputed": "disputed",
    "settled": "kept",
    "deprecated": "retired",
    "verified": "confirmed",
    "imported": "imported",
}
#: After these the words of the definition are new.
_WROTE = ("added", "changed", "imported")


def _line(past: Past, each: SenseVersion) -> Block:
    who = past.names.get(each.by, "Common Ground")
    told = f": {who} {_DID[each.what]} the definition for {each.sense.discipline}"
    told += f" ({each.note})" if each.note else ""
    return blocks.line(
        blocks.words(day(each.at), "bold"), blocks.words(f"{told}: {each.sense.gloss}" if each.what in _WROTE else told)
    )


def _as_of(word: str, on: str, versions: list[SenseVersion]) -> Message:
    if not versions:
        return blocks.said(f"“{word}” wasn't defined by {day(on)}.")
    head = blocks.line(blocks.words(word, "bold"), blocks.words(f" as of {day(on)}:"))
    told = [(blocks.words(f"{each.sense.discipline}: ", "bold"), blocks.words(each.sense.gloss)) for each in versions]
    said = blocks.paragraphs(head, *(blocks.line(*each) for each in told))
    return Message(blocks.escape(f"{word} as of {day(on)}"), (said,))
