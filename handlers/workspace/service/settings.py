"""Keeps the settings of a workspace, and tells who becomes what by them; each function inside one write."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.access.guests import ALLOWED
from handlers.access.recipients import Facts, notify
from handlers.slack.blocks import Message
from handlers.workspace.messages import answers
from handlers.workspace.rules.settings import Settings, StewardMove, steward_moves
from storage.engine.interface import Transaction
from storage.outbox.deliveries import Delivery
from storage.workspaces import audit, preferences
from storage.workspaces.workspaces import Workspace, choose_settings, known_workspace, stewards_of


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
    words = {person: answers.tell_steward(facts.by, *move) for person, move in moves.items()}
    return Chosen(known_workspace(transaction, team_id), notify(transaction, team_id, words, facts))


def allow_guests(transaction: Transaction, made: audit.Entry, *, is_allowed: bool) -> None:
    """Let guests read the workspace's records in what is posted in a channel, or no longer; ``made`` names it."""
    wanted = ALLOWED if is_allowed else ""
    if preferences.choice(transaction, made.team_id, made.target_id, preferences.GUESTS_READ) == wanted:
        return
    preferences.choose(transaction, made.team_id, made.target_id, preferences.GUESTS_READ, wanted)
    audit.note(transaction, made)


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
        who = {**audit.who(team_id, facts.by, facts.now), "target_kind": "person", "target_id": person}
        is_new = person in admins
        audit.note(transaction, audit.Entry(action="admin-added" if is_new else "admin-removed", **who))
        told[person] = answers.tell_admin(is_new=is_new)
    return notify(transaction, team_id, told, facts)


def _note_stewards(transaction: Transaction, team_id: str, moves: Mapping[str, StewardMove], facts: Facts) -> None:
    for person, (added, removed) in moves.items():
        who = {**audit.who(team_id, facts.by, facts.now), "target_kind": "person", "target_id": person}
        if added:
            audit.note(transaction, audit.Entry(action="steward-added", **who))
        if removed:
            audit.note(transaction, audit.Entry(action="steward-removed", **who))
