"""Keeps the settings of a workspace, and takes texts and people out of records for good; each inside one write."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.access.guests import ALLOWED
from handlers.access.recipients import Destination, Facts, edit, notify
from handlers.checks.outcomes import Refused
from handlers.hooks.offers import Hooks
from handlers.hooks.redaction import Redactable
from handlers.slack.blocks import Message
from handlers.workspace import messages
from handlers.workspace.retention_rules import held
from handlers.workspace.rules import Settings, StewardMove, may_redact, not_theirs, steward_moves
from storage.engine.interface import Reader, Transaction, to_text
from storage.outbox import redactions
from storage.outbox.deliveries import OTHERWISE, Delivery
from storage.outbox.redactions import Redaction, Said
from storage.records import former
from storage.workspaces import audit, holds, personal_data, preferences, summaries
from storage.workspaces.personal_data import Touched
from storage.workspaces.workspaces import Workspace, choose_settings, known_workspace, stewards_of

_PERSON = re.compile(r"[UW][A-Z0-9]+")


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was touched to forget a person, also by name, and the new forms of the messages that named them."""

    name: str
    touched: Sequence[Touched]
    edits: Sequence[Delivery]


@dataclass(frozen=True, slots=True)
class Redacted:
    """A record without its text, and the new forms of the messages that told of it."""

    record: Redactable
    edits: Sequence[Delivery]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The workspace as it is now, and what people are told of it."""

    workspace: Workspace
    messages: Sequence[Delivery]


def choose(transaction: Transaction, team_id: str, asked: Settings, facts: Facts) -> Chosen:
    """Keep what an admin chose, and tell who is a steward from now on, or no longer."""
    old, stewards = known_workspace(transaction, team_id), stewards_of(transaction, team_id)
    told = {preferences.HOLIDAYS: " ".join(asked.holidays), preferences.CONFIRM_AFTER: asked.confirm_after}
    revision = old.preferences_revision
    kept = {name: preferences.chosen(transaction, team_id, revision, name).get(team_id, "") for name in told}
    choose_settings(transaction, team_id, asked.disciplines, asked.data_channel, asked.stewards)
    for name, value in told.items():
        preferences.choose(transaction, team_id, team_id, name, value)
    names = [name for name, value in told.items() if kept[name] != value]
    names += [name for name in ("disciplines", "data_channel") if getattr(old, name) != getattr(asked, name)]
    if names:
        audit.note(transaction, audit.settings_changed(team_id, facts.by, facts.now, *sorted(names)))
    moves = steward_moves(stewards, asked.stewards)
    _note_stewards(transaction, team_id, moves, facts)
    words = {person: messages.tell_steward(facts.by, *move) for person, move in moves.items()}
    return Chosen(known_workspace(transaction, team_id), notify(transaction, team_id, words, facts))


def allow_guests(transaction: Transaction, team_id: str, channel_id: str, facts: Facts, *, is_allowed: bool) -> None:
    """Let guests read the workspace's records in what is posted in a channel, or no longer."""
    preferences.choose(transaction, team_id, channel_id, preferences.GUESTS_READ, ALLOWED if is_allowed else "")
    about = {"target_kind": "channel", "target_id": channel_id, "details": (preferences.GUESTS_READ,)}
    audit.note(transaction, audit.Entry(action="settings-changed", **_by(team_id, facts), **about))


def note_own_data(transaction: Transaction, team_id: str, facts: Facts) -> None:
    """Note that somebody took out all that is kept of them."""
    target = {"target_kind": "person", "target_id": facts.by}
    audit.note(transaction, audit.Entry(action="person-exported", **_by(team_id, facts), **target))


def note_admins(
    transaction: Transaction, team_id: str, admins: frozenset[str], by: str, now: datetime
) -> list[Delivery]:
    """Note whom the setting ADMINS names since the last start, and whom no longer, and tell them.

    ``by`` is the system's user that starts the bot.
    """
    revision = known_workspace(transaction, team_id).preferences_revision
    before = frozenset(preferences.chosen(transaction, team_id, revision, preferences.ADMINS).get(team_id, "").split())
    if before == admins:
        return []
    preferences.choose(transaction, team_id, team_id, preferences.ADMINS, " ".join(sorted(admins)))
    facts, told = Facts(by, now), dict[str, Message]()
    for person in sorted(before ^ admins):
        who = {**_by(team_id, facts), "target_kind": "person", "target_id": person}
        is_new = person in admins
        audit.note(transaction, audit.Entry(action="admin-added" if is_new else "admin-removed", **who))
        told[person] = messages.tell_admin(is_new=is_new)
    return notify(transaction, team_id, told, facts)


def _note_stewards(transaction: Transaction, team_id: str, moves: Mapping[str, StewardMove], facts: Facts) -> None:
    for person, (added, removed) in moves.items():
        who = {**_by(team_id, facts), "target_kind": "person", "target_id": person}
        if added:
            audit.note(transaction, audit.Entry(action="steward-added", **who))
        if removed:
            audit.note(transaction, audit.Entry(action="steward-removed", **who))


def _by(team_id: str, facts: Facts) -> dict[str, str]:
    return {"team_id": team_id, "actor": facts.by, "at": to_text(facts.now)}


def found(reader: Reader, hooks: Hooks, team_id: str, text: str, visible: Sequence[str]) -> list[Redactable]:
    """Return the records that people call so, of those that may be seen."""
    return [each for redacts in hooks.redacts for each in redacts.find(reader, team_id, text, visible)]


def named(reader: Reader, hooks: Hooks, team_id: str, value: str, visible: Sequence[str]) -> Redactable | None:
    """Return the record that a button names, as far as it may be seen now."""
    kind, record_id, text = json.loads(value)
    listed = found(reader, hooks, team_id, text, visible)
    return next((each for each in listed if (each.kind, each.id) == (kind, record_id)), None)


def redact(transaction: Transaction, hooks: Hooks, team_id: str, value: str, facts: Facts) -> Redacted | Refused:
    """Take the text out of a record, its history, what repeats it, and the messages that tell of it."""
    hold, record = holds.hold(transaction, team_id), named(transaction, hooks, team_id, value, facts.visible)
    if hold is not None:
        return Refused(held(hold, facts.names))
    if record is None:
        return Refused("It is not there any more, or you may not redact it.")
    if not may_redact(record, facts.by, is_admin=facts.is_admin):
        return not_theirs(record)
    target = {"target_kind": record.kind, "target_id": record.id, "visibility": record.visibility}
    audit.note(transaction, audit.Entry(action="redacted", **_by(team_id, facts), **target))
    repeated = (found(transaction, hooks, team_id, name, [record.visibility]) for name in record.repeated_in)
    records = (record, *(each for listed in repeated for each in listed))
    said = [told for each in records for told in _take_out(transaction, hooks, team_id, each, facts)]
    summaries.forget_listed(transaction, team_id)
    return Redacted(record, [_edited(team_id, each, facts) for each in said])


def _take_out(transaction: Transaction, hooks: Hooks, team_id: str, record: Redactable, facts: Facts) -> list[Said]:
    """Take the text out of one record, note that, and return the messages that say from now on that it was redacted."""
    at = to_text(facts.now)
    for redacts in hooks.redacts:
        if record.kind in redacts.kinds:
            redacts.take_out(transaction, team_id, record, facts.by, at)
    what = {"kind": record.kind, "record_id": record.id, "visibility": record.visibility}
    redactions.note(transaction, Redaction(team_id=team_id, by=facts.by, at=at, **what))
    wanted = redactions.sought([record.id], record.texts, record.thread)
    stands = f"Redacted by {facts.names.get(facts.by, 'somebody')} on {at[:10]}."
    return [
        *redactions.take_out_of_messages(transaction, team_id, wanted, stands),
        *redactions.old_messages(transaction, team_id, wanted, stands),
    ]


def _edited(team_id: str, said: Said, facts: Facts) -> Delivery:
    shown = said.body.get("blocks")
    text, otherwise = str(said.body.get("text", "")), str(said.body.get(OTHERWISE, ""))
    message = Message(text, tuple(shown) if isinstance(shown, list) else (), otherwise)
    return edit(Destination(team_id, said.channel, said.ts), message, facts.now)


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
    removed = f"Removed on {to_text(facts.now)[:10]}: it named {former.NAME}."
    taken = personal_data.forget(transaction, team_id, user_id, removed, facts.names.get(user_id, ""))
    if not taken.touched:
        return Refused(f"nothing is kept about {user_id}")
    redactions.scrub_later(transaction, team_id)
    target = {"target_kind": "person", "target_id": taken.placeholder}
    audit.note(transaction, audit.Entry(action="person-forgotten", **_by(team_id, facts), **target))
    return Forgotten(taken.name, taken.touched, [_edited(team_id, each, facts) for each in taken.said])
