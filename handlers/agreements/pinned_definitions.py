"""Meanings of words, pinned as they are today: sense id and version with a colon."""

import re
from collections.abc import Sequence

from storage.engine.interface import WORKSPACE, Reader
from storage.glossary import changes, glossary
from storage.glossary.glossary import Sense

_PIN = re.compile(r"[\n,]")
_SHOWN = 8


def pinned(reader: Reader, team_id: str, words: str, visible: Sequence[str]) -> tuple[str, ...] | str:
    """Return pins of the meanings that somebody named, or what is wrong with a word.

    Of a word with several meanings it must be said whose, since that is what pinning is for.
    """
    pins: list[str] = []
    for word, discipline in _named(words):
        named = glossary.senses_named(reader, team_id, glossary.look_up_key(word), visible)
        senses = [each for each in named if each.status != "deprecated" and discipline in ("", each.discipline)]
        if not senses:
            return f"“{word}” isn't in the glossary. Leave it out, or add it first."
        if len(senses) > 1:
            whose = ", ".join(f"{word} ({each.discipline})" for each in senses)
            return f"“{word}” has several definitions. Say which one, as in: {whose}"[:300]
        pins.append(f"{senses[0].id}:{senses[0].version}")
    return tuple(pins)


def senses_of(reader: Reader, team_id: str, pins: Sequence[str], visibility: str) -> list[tuple[Sense, int]]:
    """Return the pinned meanings as they were then, with their versions, as far as a record may show them."""
    found = []
    for pin in pins:
        sense_id, _, version = pin.partition(":")
        then = changes.version_of(reader, team_id, sense_id, int(version)) if version.isdigit() else None
        if then is not None and then.visibility in (WORKSPACE, visibility):
            found.append((then, int(version)))
    return found


def lines_of(reader: Reader, team_id: str, pins: Sequence[str], visibility: str) -> list[str]:
    """Say what the words that a record uses meant when they were pinned."""
    return [
        f"“{sense.word}”, as {sense.discipline} means it, v{version}: {sense.gloss}"
        for sense, version in senses_of(reader, team_id, pins[:_SHOWN], visibility)
    ]


def _named(words: str) -> list[tuple[str, str]]:
    """Return the words that somebody named, and whose meaning where they said so."""
    found = []
    for each in _PIN.split(words):
        name = each.strip()
        word, _, discipline = name.removesuffix(")").rpartition("(")
        is_whose = name.endswith(")") and word.strip() and discipline and ")" not in discipline
        if name:
            found.append((word.strip(), discipline.casefold()) if is_whose else (name, ""))
    return found
