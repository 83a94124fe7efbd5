"""How the bot runs: what it is, how it is connected, when it was backed up, and what somebody should see to."""

from datetime import timedelta
from pathlib import Path

from bot import __version__
from bot.backups import Schedule
from bot.condition import Condition
from bot.health import Checkup
from storage.engine.interface import Database
from tests.conftest import START, on_postgres, on_sqlite

DAY = timedelta(days=1)


def checkup(store: Database, tmp_path: Path, folder: Path | None) -> Checkup:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    return Checkup(url, Condition(store), Schedule(url, folder, DAY, 2, ""))


@on_sqlite
def test_a_bot_that_is_backed_up_nowhere_says_so(store: Database, tmp_path: Path) -> None:
    found = checkup(store, tmp_path, None)()
    assert (found.version, found.connection) == (__version__, "Socket Mode")
    assert (found.is_backed_up, found.last_backup, found.needs) == (False, "", ())


@on_sqlite
async def test_a_backup_that_fails_is_told_until_one_works(store: Database, tmp_path: Path) -> None:
    look = checkup(store, tmp_path, tmp_path / "backups")
    (tmp_path / "backups").touch()
    await look.schedule.keep_up(START)
    assert (look().is_backup_failed, look().last_backup) == (True, "")
    (tmp_path / "backups").unlink()
    await look.schedule.keep_up(START)
    assert (look().is_backup_failed, look().last_backup) == (False, START.isoformat())


@on_sqlite
def test_a_disk_on_which_the_store_cannot_be_written_anew_is_nearly_full(store: Database, tmp_path: Path) -> None:
    look = checkup(store, tmp_path, None)
    with (tmp_path / "store.db").open("r+b") as file:
        file.truncate(2**43)
    (told,) = look().urgent
    with (tmp_path / "store.db").open("r+b") as file:
        file.truncate(4096)
    assert told.startswith("The disk that keeps my records is nearly full: ")


@on_sqlite
def test_a_rejected_token_is_told(store: Database, tmp_path: Path) -> None:
    look = checkup(store, tmp_path, None)
    look.condition.heard("chat.postMessage", "account_inactive")
    assert look().needs == ("Slack rejects my token (account_inactive). Whoever runs me must set a new one.",)


@on_postgres
def test_the_disk_of_a_server_is_its_owners_to_watch(store: Database, store_url: str) -> None:
    look = Checkup(store_url, Condition(store), Schedule(store_url, None, DAY, 2, ""))
    assert (look().needs, look().urgent) == ((), ())
