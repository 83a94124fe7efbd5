"""Greets: admins once a workspace, with how to set the bot up; whoever brings it somewhere once, with what it does."""

from dataclasses import dataclass
from datetime import datetime

from handlers.access.recipients import Destination, post
from handlers.app_home.messages import welcome
from storage.engine.interface import Reader, Transaction
from storage.outbox.deliveries import Delivery
from storage.workspaces import preferences, summaries
from storage.workspaces.workspaces import known_workspace, stewards_of


@dataclass(frozen=True, slots=True)
class Greeting:
    """Who is to read how to set the bot up, and who what it does (user ids), as far as they have not yet."""

    team_id: str
    admins: tuple[str, ...]
    newcomer: str
    command_prefix: str


def greet(told: Greeting, transaction: Transaction, now: datetime) -> list[Delivery]:
    """Return what is said to whom for the first time, and keep that it was."""
    revision = known_workspace(transaction, told.team_id).preferences_revision
    before = preferences.chosen(transaction, told.team_id, revision, preferences.GREETED)
    setting_up = () if told.team_id in before or _is_set_up(transaction, told.team_id) else told.admins
    newcomer = told.newcomer if told.newcomer not in (*before, *setting_up) else ""
    for subject in (*([told.team_id] if setting_up else []), *([newcomer] if newcomer else [])):
        preferences.choose(transaction, told.team_id, subject, preferences.GREETED, newcomer or setting_up[0])
    said = [(each, welcome.set_up()) for each in setting_up]
    said += [(newcomer, welcome.welcome(told.command_prefix))] if newcomer else []
    return [post(Destination(told.team_id, who), message, now) for who, message in said]


def _is_set_up(reader: Reader, team_id: str) -> bool:
    """Tell whether all that admins are offered to do has been done: stewards, a data channel, a channel's summary."""
    has_summary = any(summaries.is_of_channel(each.subject) for each in summaries.schedules(reader, team_id))
    return has_summary and bool(known_workspace(reader, team_id).data_channel) and bool(stewards_of(reader, team_id))
