"""Takes the text of a component and of its duties out for good; who has which duty stays."""

from collections.abc import Sequence

from handlers.agreements.recorded import names_it
from handlers.hooks.redaction import Redactable, Redacts
from storage.decisions import decisions
from storage.engine.interface import Reader, Transaction
from storage.glossary.glossary import look_up_key
from storage.records.versioned import HistoryEntry
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import COMPONENTS, Component


def find(reader: Reader, team_id: str, text: str, visible: Sequence[str]) -> Sequence[Redactable]:
    key = look_up_key(text)
    named = [each for each in responsibilities.components(reader, team_id, visible) if key and each.look_up_key == key]
    return [_redactable(reader, each) for each in named]


def _redactable(reader: Reader, part: Component) -> Redactable:
    """Return a component by all names that it has had, unless another has one of them by now."""
    others = {each.look_up_key for each in responsibilities.all_components(reader, part.team_id) if each.id != part.id}
    had = (each.name for each in COMPONENTS.versions(reader, part.team_id, part.id) if each.look_up_key not in others)
    names, people = tuple(dict.fromkeys((part.name, *had))), (part.created_by, part.lead)
    repeated = _recorded(reader, part, names)
    return Redactable("component", part.id, part.name, part.visibility, people, names, repeated_in=repeated)


def _recorded(reader: Reader, component: Component, names: Sequence[str]) -> tuple[str, ...]:
    """Return the decisions, ended ones too, that were written down of a step with it and carry its name."""
    made = decisions.all_decisions(reader, component.team_id, [component.visibility])
    own = (each for each in made if each.component_id == component.id)
    return tuple(each.number for each in own if any(names_it(each.title, name) for name in names))


def take_out(transaction: Transaction, team_id: str, record: Redactable, by: str, at: str) -> None:
    component = responsibilities.component(transaction, team_id, record.id)
    if component is not None:
        entry = HistoryEntry(at=at, by=by, what="redacted it")
        responsibilities.take_out_texts(transaction, component, f"redacted {record.id[-6:]}", entry)


REDACTS = Redacts(("component",), find, take_out)
