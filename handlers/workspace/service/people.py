"""Takes a person out of all that is kept, and says what is kept of one; each function inside one write."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from handlers.access.recipients import Facts
from handlers.checks.outcomes import Refused
from handlers.workspace.rules.retention import held
from handlers.workspace.service.redaction import edited
from storage.engine.interface import Transaction
from storage.glossary import near
from storage.outbox import redactions
from storage.outbox.deliveries import Delivery
from storage.records import former
from storage.workspaces import audit, holds, personal_data
from storage.workspaces.personal_data import Touched
from storage.workspaces.workspaces import known_workspace

_PERSON = re.compile(r"[UW][A-Z0-9]+")


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was touched to forget a person, also by name, and the new forms of the messages that named them."""

    name: str
    touched: Sequence[Touched]
    edits: Sequence[Delivery]


def forget(transaction: Transaction, team_id: str, user_id: str, facts: Facts) -> Forgotten | Refused:
    """Take a person out of all that is kept, and of the messages that name them; the records stay.

    Where the facts have a name for them, that one goes too, instead of the one that is known.
    """
    if not _PERSON.fullmatch(user_id) or former.is_former(user_id):
        return Refused(f"{user_id} is not the id of a person; ids of people begin with U or W, such as U024BE7LH")
    if user_id == known_workspace(transaction, team_id).bot_user_id:
        return Refused(f"{user_id} is my own id")
    hold = holds.hold(transaction, team_id)
    if hold is not None:
        return Refused(held(hold, facts.names))
    removed = f"This message was removed because it named {former.NAME}."
    taken = personal_data.forget(transaction, team_id, user_id, removed, facts.names.get(user_id, ""))
    if not taken.touched:
        return Refused(f"nothing is kept about {user_id}")
    if any(each.what == "names of words" for each in taken.touched):
        near.file_anew(transaction, team_id)
    redactions.scrub_later(transaction, team_id)
    target = {"target_kind": "person", "target_id": taken.placeholder}
    audit.note(transaction, audit.Entry(action="person-forgotten", **audit.who(team_id, facts.by, facts.now), **target))
    return Forgotten(taken.name, taken.touched, [edited(team_id, each, facts) for each in taken.said])


def note_own_data(transaction: Transaction, team_id: str, facts: Facts) -> None:
    """Note that somebody took out all that is kept of them."""
    target = {"target_kind": "person", "target_id": facts.by}
    audit.note(transaction, audit.Entry(action="person-exported", **audit.who(team_id, facts.by, facts.now), **target))
