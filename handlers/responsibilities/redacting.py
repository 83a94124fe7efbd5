"""Takes the text of a component and of its duties out for good; who has which duty stays."""

from collections.abc import Sequence

from handlers.redactable import Redactable, Redacts
from storage import responsibilities
from storage.database import Reader, Transaction
from storage.glossary import look_up_key


def find(reader: Reader, team_id: str, text: str, visible: Sequence[str]) -> Sequence[Redactable]:
    key = look_up_key(text)
    return [
        Redactable("component", each.id, each.name, each.visibility, (each.created_by, each.lead), (each.name,))
        for each in responsibilities.components(reader, team_id, visible)
        if key and each.look_up_key == key
    ]


def take_out(transaction: Transaction, team_id: str, record: Redactable, _by: str, _at: str) -> None:
    responsibilities.take_out_texts(transaction, team_id, record.id, f"redacted {record.id[-6:]}")


REDACTS = Redacts(("component",), find, take_out)
