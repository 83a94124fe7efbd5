"""Keeps how long records are kept, and deletes those whose time is over; each function inside one write."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from handlers.hooks.retention import Retained
from handlers.workspace.rules.retention import Retention, as_known
from storage.engine.interface import Reader, Transaction
from storage.outbox.redactions import scrub_later
from storage.records import retention
from storage.records.retention import Key
from storage.workspaces import audit, holds, preferences
from storage.workspaces.audit import Entry
from storage.workspaces.workspaces import known_workspace


def chosen(reader: Reader, kinds: Sequence[Retained], team_id: str) -> Retention:
    """Return what was chosen for every kind that there is."""
    revision = known_workspace(reader, team_id).preferences_revision
    named = {each.kind: preferences.chosen(reader, team_id, revision, _name(each.kind)) for each in kinds}
    return Retention({kind: as_known(by_subject.get(team_id, "")) for kind, by_subject in named.items()})


def choose(transaction: Transaction, team_id: str, asked: Retention, by: str, now: datetime) -> None:
    """Keep what an admin (a user id) chose."""
    revision = known_workspace(transaction, team_id).preferences_revision
    was = {
        kind: preferences.chosen(transaction, team_id, revision, _name(kind)).get(team_id, "") for kind in asked.days
    }
    changed = [kind for kind, days in asked.days.items() if as_known(days) != as_known(was[kind])]
    for kind in changed:
        preferences.choose(transaction, team_id, team_id, _name(kind), as_known(asked.days[kind]))
    who = {**audit.who(team_id, by, now), "target_kind": "workspace", "target_id": team_id}
    if changed:
        audit.note(transaction, Entry(action="retention-changed", details=tuple(sorted(changed)), **who))
    if asked.hold:
        audit.note(transaction, Entry(action="legal-hold-changed", details=(asked.hold,), **who))
    if asked.hold == "set":
        holds.put_on_hold(transaction, team_id, by, now)
    elif asked.hold == "lift":
        holds.lift(transaction, team_id)


def counts(
    reader: Reader, kinds: Sequence[Retained], team_id: str, before: Mapping[str, str], visible: Sequence[str]
) -> dict[str, int]:
    """Return how many records that may be seen would be deleted now, by the kinds that are deleted at all."""
    return {
        each.kind: retention.count(reader, each.ended, team_id, before[each.kind], visible)
        for each in kinds
        if each.kind in before
    }


def forget(transaction: Transaction, team_id: str, kind: Retained, before: str, keys: Sequence[Key]) -> int:
    """Delete those of some records whose time is over; none while there is a legal hold. Return how many they were."""
    if holds.hold(transaction, team_id) is not None:
        return 0
    gone = retention.forget(transaction, kind.ended, team_id, before, keys)
    if gone:
        scrub_later(transaction, team_id)
    return gone


def _name(kind: str) -> str:
    return f"retention:{kind}"
