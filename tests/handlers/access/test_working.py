"""Who is at work: by their own hours, their time zone, and the workspace's holidays."""

from datetime import UTC, datetime

from bot.trial.run import Trial
from handlers.access.working import at_work, known_at_work
from storage.workspaces import preferences
from storage.workspaces.people import KnownPerson, note_people
from tests.writing import write

TEAM = "T0LOCAL"
#: A Tuesday.
MORNING = datetime(2026, 1, 6, 9, 0, tzinfo=UTC)
ZONES = {"UANA": "Europe/Amsterdam", "UDEV": "Asia/Kolkata", "UCHLOE": "America/New_York"}


async def test_each_goes_by_their_own_zone_and_hours(running: Trial) -> None:
    store = running.bot.store
    assert at_work(store.reader, TEAM, ZONES, MORNING) == {"UANA", "UDEV"}
    await write(store, preferences.choose, TEAM, "UCHLOE", preferences.HOURS, "3-12")
    assert at_work(store.reader, TEAM, ZONES, MORNING) == set(ZONES)
    assert at_work(store.reader, TEAM, ZONES, MORNING.replace(day=10)) == set()


async def test_nobody_works_on_a_holiday(running: Trial) -> None:
    store = running.bot.store
    await write(store, preferences.choose, TEAM, TEAM, preferences.HOLIDAYS, "2026-01-06")
    assert at_work(store.reader, TEAM, ZONES, MORNING) == set()


async def test_of_whom_no_zone_is_known_utc_goes(running: Trial) -> None:
    store, told = running.bot.store, {"is_gone": False, "is_away": False, "read_at": ""}
    zone = KnownPerson.model_validate({"team_id": TEAM, "user_id": "UDEV", "name": "Dev", "tz": "Asia/Tokyo", **told})
    await write(store, note_people, [zone])
    assert known_at_work(store.reader, TEAM, ["UDEV", "UNEW"], MORNING) == {"UNEW"}
    assert known_at_work(store.reader, TEAM, ["UDEV", "UNEW"], MORNING.replace(hour=4)) == {"UDEV"}
