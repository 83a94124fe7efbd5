"""Who is at work now, by their own hours, time zones and the workspace's holidays."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from handlers.checks.hours import is_working_time, read_hours
from storage.engine.interface import Reader
from storage.workspaces import preferences, workspaces
from storage.workspaces.people import known_people


def at_work(reader: Reader, team_id: str, zones: Mapping[str, str], now: datetime) -> set[str]:
    """Return those of some people, each with a time zone, whose working hours it is."""
    revision = workspaces.known_workspace(reader, team_id).preferences_revision
    hours = preferences.chosen(reader, team_id, revision, preferences.HOURS)
    holidays = preferences.chosen(reader, team_id, revision, preferences.HOLIDAYS).get(team_id, "").split()
    return {who for who, tz in zones.items() if is_working_time(read_hours(hours.get(who, "")), tz, holidays, now)}


def known_at_work(reader: Reader, team_id: str, people: Iterable[str], now: datetime) -> set[str]:
    """Return the same by the time zones that the bot knows; of whom it knows none, UTC goes."""
    known = known_people(reader, team_id)
    zones = {who: known[who].tz if who in known else "UTC" for who in people}
    return at_work(reader, team_id, zones, now)
