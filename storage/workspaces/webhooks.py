"""Web hooks: by each, another program reports of one component or of one data request."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from storage.engine.interface import Reader, Record, Transaction, to_text
from storage.engine.statements import alter, delete, insert_missing, workspaces_with
from storage.records.rows import InColumns
from storage.records.tables import Table

TargetKind = Literal["component", "data request"]
#: In the place of a moment.
NEVER = ""
_IS_DUE = "due_at <> '' AND due_at < :now AND is_late = 0"


class State(Record):
    """How a kind of report stands, as that kind writes it, and since when it has."""

    state: str
    at: str


class Webhook(Record):
    """Who may report of what. Times are ISO 8601 UTC text; ``label`` is how people call it.

    Its secret is ``sealed`` by the operator's key, whose name is ``sealed_by``: a signature can be checked only with
    the secret itself. ``every`` is how often a report is expected, empty where that is not agreed; ``due_at`` is when
    the next one is missed, and ``is_late`` that this was told. ``states`` is how each kind of report stands, as JSON.
    """

    id: str
    team_id: str
    target_kind: TargetKind
    target_id: str
    label: str = ""
    sealed: str
    sealed_by: str
    every: str = ""
    made_by: str
    created_at: str
    last_at: str = NEVER
    due_at: str = NEVER
    is_late: bool = False
    states: str = "{}"

    def stands(self, kind: str) -> State:
        """Return how a kind of report stands; empty where none came yet."""
        return State.model_validate(json.loads(self.states).get(kind, {"state": "", "at": NEVER}))


class Notice(Record):
    """That somebody is to be told how a kind of report stands; ``was`` is how it stood when they heard of it last."""

    team_id: str
    webhook_id: str
    kind: str
    person: str
    was: str
    at: str


_WEBHOOKS = Table(InColumns(Webhook), "webhooks")
_NOTICES = Table(InColumns(Notice), "webhook_notices", "at, person")


def add(transaction: Transaction, webhook: Webhook) -> None:
    _WEBHOOKS.insert(transaction, webhook)


def with_id(reader: Reader, webhook_id: str) -> Webhook | None:
    """Return a web hook of any workspace."""
    row = reader.one("SELECT * FROM webhooks WHERE id = :id", id=webhook_id)
    return None if row is None else _WEBHOOKS.read(row)


def by_id(reader: Reader, team_id: str, webhook_id: str) -> Webhook | None:
    return _WEBHOOKS.one(reader, team_id, id=webhook_id)


def every(reader: Reader, team_id: str) -> list[Webhook]:
    """Return the web hooks of a workspace, the oldest first."""
    return _WEBHOOKS.some(reader, team_id)


def late(reader: Reader, team_id: str, now: datetime) -> list[Webhook]:
    """Return those that should have reported by now, of which nobody was told that yet."""
    return _WEBHOOKS.find(reader, team_id, None, f"AND {_IS_DUE} ORDER BY due_at, id", now=to_text(now))


def where_late(reader: Reader, now: datetime) -> set[str]:
    return workspaces_with(reader, "webhooks", _IS_DUE, now=to_text(now))


def note_report(
    transaction: Transaction, webhook: Webhook, now: datetime, due_at: str, stands: Mapping[str, str]
) -> None:
    """Keep that a report came, when the next is missed, and how each kind in ``stands`` stands now."""
    told = json.loads(webhook.states)
    new = {kind: {"state": state, "at": to_text(now)} for kind, state in stands.items()}
    this = {"team_id": webhook.team_id, "id": webhook.id}
    states = json.dumps({**told, **new}) if new else webhook.states
    alter(transaction, "webhooks", this, last_at=to_text(now), due_at=due_at, is_late=0, states=states)


def note_late(transaction: Transaction, webhook: Webhook) -> None:
    """Keep that it was told that no report came."""
    alter(transaction, "webhooks", {"team_id": webhook.team_id, "id": webhook.id}, is_late=1)


def end(transaction: Transaction, team_id: str, webhook_id: str) -> bool:
    """Take a web hook away, with what is still to be told of it; False where it is gone."""
    delete(transaction, "webhook_notices", team_id=team_id, webhook_id=webhook_id)
    return bool(delete(transaction, "webhooks", team_id=team_id, id=webhook_id))


def sealed_otherwise(reader: Reader, key: str, most: int = 50) -> list[Webhook]:
    """Return web hooks of all workspaces whose secret another key opens, some at a time."""
    such = "SELECT * FROM webhooks WHERE sealed_by <> :key ORDER BY id LIMIT :most"
    return [_WEBHOOKS.read(row) for row in reader.all(such, key=key, most=most)]


def seal_anew(transaction: Transaction, webhook: Webhook, sealed: str, key: str) -> None:
    """Keep the same secret under another key."""
    this = {"team_id": webhook.team_id, "id": webhook.id}
    alter(transaction, "webhooks", this, sealed=sealed, sealed_by=key)


def notices(reader: Reader, team_id: str) -> list[Notice]:
    """Return what is still to be told, the oldest first."""
    return _NOTICES.some(reader, team_id)


def notice_to(reader: Reader, webhook: Webhook, kind: str, person: str) -> Notice | None:
    return _NOTICES.one(reader, webhook.team_id, webhook_id=webhook.id, kind=kind, person=person)


def tell_later(transaction: Transaction, notice: Notice) -> None:
    """Keep that somebody is to be told; what they were to be told before goes with it."""
    insert_missing(transaction, "webhook_notices", notice.model_dump())


def end_notice(transaction: Transaction, notice: Notice) -> None:
    named = {"webhook_id": notice.webhook_id, "kind": notice.kind, "person": notice.person}
    delete(transaction, "webhook_notices", team_id=notice.team_id, **named)


def where_notices(reader: Reader) -> set[str]:
    return workspaces_with(reader, "webhook_notices")
