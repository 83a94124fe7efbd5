"""Takes the text of a component and of its duties out for good; who has which duty stays."""

from collections.abc import Sequence

from handlers.hooks.redaction import Redactable, Redacts
from storage.decisions import decisions
from storage.engine.interface import Reader, Transaction
from storage.glossary.glossary import look_up_key
from storage.records.versioned import HistoryEntry
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import Component


def find(reader: Reader, team_id: str, text: str, visible: Sequence[str]) -> Sequence[Redactable]:
    key = look_up_key(text)
    named = [each for each in responsibilities.components(reader, team_id, visible) if key and each.look_up_key == key]
    return [_redactable(reader, each) for each in named]


def _redactable(reader: Reader, part: Component) -> Redactable:
    people, repeated = (part.created_by, part.lead), _waivers(reader, part)
    return Redactable("component", part.id, part.name, part.visibility, people, (part.name,), repeated_in=repeated)


def _waivers(reader: Reader, component: Component) -> tuple[str, ...]:
    """Return the decisions, ended ones too, that were written for it and carry its name: what it need not reach."""
    made = decisions.all_decisions(reader, component.team_id, [component.visibility])
    ending = f" is not needed for {component.name}"
    return tuple(each.number for each in made if each.component_id == component.id and each.title.endswith(ending))


def take_out(transaction: Transaction, team_id: str, record: Redactable, by: str, at: str) -> None:
    component = responsibilities.component(transaction, team_id, record.id)
    if component is not None:
        entry = HistoryEntry(at=at, by=by, what="redacted it")
        responsibilities.take_out_texts(transaction, component, f"redacted {record.id[-6:]}", entry)


REDACTS = Redacts(("component",), find, take_out)
