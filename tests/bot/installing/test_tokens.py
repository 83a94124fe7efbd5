"""The operator's own commands sign in to each workspace with its own token."""

from pathlib import Path

from bot.clock import Clock
from bot.installing.tokens import Held, token_for, tokens_of_all
from bot.sealing import Tokens, new_key
from bot.trial.run import settings_for
from tests.bot.installing.grid import GROUP, grid
from tests.bot.installing.spaces import HARBOUR, QUAY, serve, settings_for_many, two_slacks


async def test_each_workspace_has_its_own_and_one_alone_that_of_the_setting(clock: Clock, tmp_path: Path) -> None:
    async with two_slacks(clock) as slacks:
        settings = settings_for_many(slacks[0], tmp_path / "bot.db", [new_key()])
        async with serve(clock, settings, slacks) as begun:
            await begun.install(HARBOUR, QUAY)
        assert [await token_for(settings, each) for each in (HARBOUR, QUAY, "T0OTHER")] == [
            "xoxb-local",
            "xoxb-quay",
            "",
        ]
        assert await tokens_of_all(settings) == {
            HARBOUR: Held(Tokens(bot="xoxb-local")),
            QUAY: Held(Tokens(bot="xoxb-quay")),
        }
        one = settings_for(slacks[0], tmp_path / "bot.db", use_http=True)
        assert await token_for(one, HARBOUR) == "xoxb-local"
        lost = settings_for_many(slacks[0], tmp_path / "bot.db", [new_key()])
        assert await tokens_of_all(lost) == {HARBOUR: Held(None), QUAY: Held(None)}
        assert await token_for(lost, QUAY) == ""


async def test_workspaces_of_an_organisation_have_its_token(clock: Clock, tmp_path: Path) -> None:
    key = new_key()
    async with grid(clock, tmp_path / "bot.db", [key]) as it:
        await it.install()
        await it.add(it.harbour, it.quay)
        settings = settings_for_many(it.harbour.slack, tmp_path / "bot.db", [key])
        assert await tokens_of_all(settings) == {
            GROUP: Held(Tokens(bot="xoxb-group"), "", "Harbour Group", (HARBOUR, QUAY))
        }
        assert [await token_for(settings, each) for each in (QUAY, HARBOUR, "T0OTHER")] == ["xoxb-group"] * 2 + [""]
