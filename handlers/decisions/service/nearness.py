"""Finds the decision in force that looks like one that is being written down (for searches)."""

from collections.abc import Sequence
from itertools import chain

from handlers.checks import nearness
from handlers.checks.nearness import Names
from handlers.decisions.rules.nearness import Found, nearest
from storage.decisions import decisions, search
from storage.decisions.decisions import Decision, NewDecision
from storage.decisions.search import Filters
from storage.engine.interface import Reader
from storage.glossary.synonyms import other_names

#: So many of a new decision's words, and of their other names, are looked for.
_SOUGHT = 40


def names_in(reader: Reader, team_id: str, new: NewDecision, places: Sequence[str]) -> Names:
    """Return what the glossary calls the words of a new decision, as those who read it may see."""
    return other_names(reader, team_id, f"{new.title} {new.why}", places)


def find(reader: Reader, team_id: str, new: NewDecision, places: Sequence[str], but: str) -> Found | None:
    """Return the decision that looks most like a new one, of those in some places, ``but`` that of an id."""
    names = names_in(reader, team_id, new, places)
    there = {each.id: each for each in _candidates(reader, team_id, new, names, places)}
    return nearest(new, [each for each in there.values() if each.id != but], names)


def _candidates(reader: Reader, team_id: str, new: NewDecision, names: Names, places: Sequence[str]) -> list[Decision]:
    """Return the decisions that share a word with a new one, and those about the same of the same component."""
    said = " ".join(chain([new.title, new.why], *names.values()))
    words, about = nearness.telling(said)[:_SOUGHT], Filters(component_id=new.component_id)
    found = search.find(reader, team_id, words, Filters(), places) if words else []
    for each in new.attributes if new.component_id else ():
        found += search.find(reader, team_id, (), about.model_copy(update={"attribute": each}), places)
    return found


def latest_ids(reader: Reader, team_id: str, places: Sequence[str]) -> frozenset[str]:
    return frozenset(each.id for each in decisions.latest(reader, team_id, places))


def find_new(
    reader: Reader, team_id: str, new: NewDecision, places: Sequence[str], known: frozenset[str]
) -> Found | None:
    """Return the same of the latest alone that were not ``known`` yet: for use inside a write, where it is short."""
    since = [each for each in decisions.latest(reader, team_id, places) if each.id not in known]
    return nearest(new, since, names_in(reader, team_id, new, places)) if since else None
