"""Who is told what when something becomes of a record: everybody concerned who may hear of it and is still there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from handlers.access.visibility import may_hear
from handlers.agreements.clauses import Names
from handlers.slack.blocks import Message
from handlers.slack.replies import direct
from storage.engine.interface import Reader
from storage.outbox.deliveries import Delivery
from storage.workspaces.people import gone_people


@dataclass(frozen=True, slots=True)
class At:
    """Who does something and when; ``members`` may be told of it, with None everybody.

    ``visible`` are the visibilities of which this person is shown records there, ``names`` those of people whom the
    store may not know, and ``admins`` are asked where nobody else is left.
    """

    by: str
    members: frozenset[str] | None
    now: datetime
    names: Names = field(default_factory=dict)
    visible: tuple[str, ...] = ()
    admins: tuple[str, ...] = ()


def messages(reader: Reader, team_id: str, told: Mapping[str, Message], at: At) -> list[Delivery]:
    """Return direct messages to those who may hear of it, but for who did it."""
    gone = gone_people(reader, team_id)
    return [
        direct(team_id, who, message, at.now)
        for who, message in told.items()
        if who and who != at.by and who not in gone and may_hear(at.members, who)
    ]
