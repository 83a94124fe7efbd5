"""A bot serves the one workspace of its token, or all that have let it in."""

from pathlib import Path

from bot.clock import Clock
from storage.engine.interface import Reader
from storage.glossary.importing import UNCLAIMED
from tests.bot.installing.spaces import HARBOUR, QUAY, spaces
from tests.conftest import StartTrial
from tests.writing import write


def senses(reader: Reader) -> dict[str, int]:
    rows = reader.all("SELECT team_id, count(*) AS number FROM senses GROUP BY team_id ORDER BY team_id")
    return {row["team_id"]: row["number"] for row in rows}


async def test_each_workspace_that_comes_has_a_starter_glossary_of_its_own(clock: Clock, tmp_path: Path) -> None:
    async with spaces(clock, tmp_path / "bot.db") as begun:
        assert senses(begun.bot.store.reader) == {}
        await begun.install(QUAY)
        await write(begun.bot.store, lambda it: it.run("UPDATE senses SET team_id = :to", to=UNCLAIMED))
        before = senses(begun.bot.store.reader)[UNCLAIMED]
        await begun.install(HARBOUR)
        assert senses(begun.bot.store.reader) == {UNCLAIMED: before, HARBOUR: before}


async def test_the_one_workspace_of_a_token_is_known_from_the_start(start: StartTrial) -> None:
    async with start() as trial:
        assert trial.bot.identity.team_id == HARBOUR
        assert {*senses(trial.bot.store.reader)} == {HARBOUR}
