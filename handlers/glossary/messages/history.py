"""What is said of a meaning's past: who changed what when, and what it meant on a date."""

from collections.abc import Iterable, Mapping, Sequence

from handlers.slack import blocks
from handlers.slack.blocks import Message
from storage.glossary.changes import SenseVersion

_SHOWN = 20


def history(word: str, versions: Iterable[SenseVersion], names: Mapping[str, str]) -> Message:
    """Say who changed what when, newest first."""
    listed = sorted(versions, key=lambda each: each.at, reverse=True)
    lines = [
        blocks.line(
            blocks.words(each.at[:10], "bold"),
            blocks.words(
                f" {each.sense.discipline}, v{each.version}: {each.what} by {names.get(each.by, 'Common Ground')}"
                f"{f' ({each.note})' if each.note else ''}\n{each.sense.gloss}"
            ),
        )
        for each in listed[:_SHOWN]
    ]
    if len(listed) > _SHOWN:
        lines.append(blocks.line(blocks.words(f"and {len(listed) - _SHOWN} earlier changes")))
    return Message(blocks.escape(f"The history of {word}"), (blocks.paragraphs(*lines),))


def as_of(word: str, date: str, versions: Sequence[SenseVersion]) -> Message:
    if not versions:
        return Message(blocks.escape(f"On {date}, “{word}” had no meaning here yet."))
    lines = [
        blocks.line(blocks.words(f"What “{word}” meant on {date}:", "bold")),
        *(
            blocks.line(blocks.words(f"{each.sense.discipline}: ", "bold"), blocks.words(each.sense.gloss))
            for each in versions
        ),
    ]
    return Message(blocks.escape(f"What {word} meant on {date}"), (blocks.paragraphs(*lines),))
