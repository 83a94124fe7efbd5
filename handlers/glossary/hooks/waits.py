"""How long questions about words are open."""

from collections.abc import Sequence

from handlers.hooks.digest import Span
from handlers.hooks.waits import Wait
from storage.engine.interface import Reader
from storage.glossary import questions
from storage.responsibilities import responsibilities


def waits(reader: Reader, team_id: str, span: Span) -> Sequence[Wait]:
    """Return when words that may be seen were asked for and not defined, by the component in whose channel that was."""
    of_channel = {each.channel: each.id for each in responsibilities.components(reader, team_id, span.visible)}
    return [
        Wait("question", of_channel.get(each.channel, "") if each.channel else "", each.opened_at, each.ended_at)
        for each in questions.open_since(reader, team_id, span.visible, span.begin)
    ]
