"""Reads what somebody looks for in the log: words, and filters such as component:churn. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.checks.dates import day_in
from storage.decisions.decisions import ATTRIBUTES, STATES
from storage.decisions.search import Filters
from storage.responsibilities.responsibilities import Component, new_key

_FILTER = re.compile(r"\b(component|part|attribute|by|person|state|since):(\"[^\"]+\"|\S+)", re.IGNORECASE)
_PERSON = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
_WORD = re.compile(r"\w[\w-]*")
#: Words of a question that say nothing of what is looked for.
_EMPTY_WORDS = (
    "a an the we i did do does is are was were to of on in for about what why when who which how our us and or it that "
    "decide decided decision decisions"
)
_EMPTY = frozenset(_EMPTY_WORDS.split())


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: words, and what narrows the search."""

    words: tuple[str, ...]
    filters: Filters


def wanted(text: str, me: str, parts: Sequence[Component], people: Mapping[str, str]) -> Wanted | str:
    """Read a search, or say what of it cannot be read. ``people`` is user id by name in small letters."""
    told: dict[str, str] = {}
    for kind, raw in _FILTER.findall(text):
        name, value = _read(kind.casefold(), raw.strip('"'), me, parts, people)
        if not name:
            return value
        told[name] = value
    return Wanted(telling_words(_FILTER.sub(" ", text)), Filters.model_validate(told))


def telling_words(text: str) -> tuple[str, ...]:
    """Return the words by which a text is looked for, in small letters."""
    return tuple(each for each in _WORD.findall(text.casefold()) if each not in _EMPTY)


def _read(kind: str, value: str, me: str, parts: Sequence[Component], people: Mapping[str, str]) -> tuple[str, str]:
    """Return the filter's name and value; an empty name with a sentence where it cannot be read."""
    if kind in ("component", "part"):
        found = [each for each in parts if new_key(value) in each.look_up_key]
        return ("component_id", found[0].id) if found else ("", f"I can't find a component called “{value}”.")
    if kind == "attribute":
        is_one = value.casefold() in ATTRIBUTES
        return ("attribute", value.casefold()) if is_one else ("", f"Attributes are {', '.join(ATTRIBUTES)}.")
    if kind == "state":
        is_one = value.casefold() in STATES
        return ("state", value.casefold()) if is_one else ("", f"States are {', '.join(STATES)}.")
    if kind == "since":
        return ("since", value) if day_in(value) else ("", "Write the day like this: since:2026-01-31")
    match = _PERSON.fullmatch(value)
    user = me if value.casefold() == "me" else match[1] if match else people.get(value.lstrip("@").casefold(), "")
    return ("person", user) if user else ("", f"I can't find anybody called “{value}”. Try by:me, or mention them.")
