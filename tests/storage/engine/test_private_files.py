"""The files of a store are their owner's alone, also where they were not before."""

from pathlib import Path

import pytest

from bot.clock import Clock
from bot.trial.run import trial
from storage import folder_of_others, open_store


def modes(folder: Path) -> dict[str, str]:
    return {each.name: rights_of(each) for each in folder.iterdir()}


def rights_of(path: Path) -> str:
    return oct(path.stat().st_mode)[-3:]


async def test_a_new_store_is_its_owners_alone(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    assert modes(tmp_path) == {"store.db": "600", "store.db-wal": "600", "store.db-shm": "600"}
    await store.close()


async def test_a_store_that_others_could_read_is_its_owners_from_now_on(tmp_path: Path) -> None:
    await open_store(f"sqlite:///{tmp_path / 'store.db'}").close()
    (tmp_path / "store.db").chmod(0o644)
    store = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    assert set(modes(tmp_path).values()) == {"600"}
    await store.close()


@pytest.fixture(params=["755", "700"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    tmp_path.chmod(int(request.param, 8))
    return tmp_path


async def test_the_start_says_how_to_close_a_folder_that_others_may_enter(
    folder: Path, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    rights = rights_of(folder)
    async with trial(clock, folder / "store.db", use_http=False):
        pass
    assert (f"chmod 700 {folder}" in "".join(capsys.readouterr())) is (rights == "755")
    assert rights_of(folder) == rights
    assert bool(folder_of_others(f"sqlite:///{folder / 'store.db'}")) is (rights == "755")
