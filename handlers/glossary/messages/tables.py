"""What people read of a table that they pasted: what comes of it, and what came of it."""

from collections.abc import Sequence

from handlers.glossary.rules.importing import Plan
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message
from storage.glossary.glossary import Sense

_SHOWN, _LINES = 12, 40
_ONE_DRAFT = " One stays a draft until a steward approves it."
NEEDED = "The first line should name the columns, such as: word, definition."


def unreadable(why: str) -> str:
    return NEEDED if "name the columns" in why else f"{why[:1].upper()}{why[1:]}."


def preview(made: Plan) -> list[Block]:
    """Say above the form what saving it will do, and what of the table is left out, line by line."""
    count = len(made.added)
    told = f"Press Save to add {_definitions(count)}." if count else "There's nothing to add."
    there = [each.sense.word for each in made.changed]
    lines = [f"{each.word} ({each.discipline}): {each.gloss}" for each in made.added[:_SHOWN]]
    if count > _SHOWN:
        lines.append(f"and {count - _SHOWN} more")
    if there:
        lines.append(f"Already defined otherwise, and left as it is: {', '.join(there)}")
    if made.unchanged:
        lines.append(f"Already in the glossary: {_definitions(made.unchanged)}")
    lines += [f"{row.place.capitalize()}, not kept: {', '.join(row.lost)}" for row in made.lossy]
    lines += [f"{row.place.capitalize()}, left out: {row.error}" for row in made.refused]
    if len(lines) > _LINES:
        lines = [*lines[:_LINES], f"and {len(lines) - _LINES} more lines of this kind"]
    return [blocks.paragraphs(blocks.line(blocks.words(told, "bold")), *map(_line, lines))]


def added(senses: Sequence[Sense], refused: Sequence[str]) -> Message:
    drafts = sum(each.status == "draft" for each in senses)
    told = f"Added {_definitions(len(senses))}."
    if drafts:
        who = "They" if drafts == len(senses) else f"{drafts} of them"
        told += f" {who} stay drafts until a steward approves them." if drafts > 1 else _ONE_DRAFT
    return blocks.said(" ".join((told, *refused)))


def _definitions(count: int) -> str:
    return "1 definition" if count == 1 else f"{count} definitions"


def _line(text: str) -> Block:
    return blocks.line(blocks.words(text))
