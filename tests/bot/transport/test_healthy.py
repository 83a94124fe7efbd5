"""What a container engine asks of the bot: it is answered by a program of its own, which tells by how it ends."""

import asyncio
import sys

from bot.trial.run import Trial
from tests.bot.test_main import ROOT
from tests.ports import free_port

_NAMED_BY_THE_IMAGE = ("-m", "bot.transport.healthy")


async def ended(port: int, *probe: str) -> int | None:
    env = {"HOST": "0.0.0.0", "PORT": str(port)}  # noqa: S104 - as in the image; nothing listens there
    asking = await asyncio.create_subprocess_exec(sys.executable, *_NAMED_BY_THE_IMAGE, *probe, env=env, cwd=ROOT)
    return await asking.wait()


async def test_it_ends_with_0_where_the_bot_lives(running: Trial) -> None:
    assert await ended(running.bot.port) == 0


async def test_it_ends_with_1_where_nothing_listens() -> None:
    assert await ended(free_port()) == 1


async def test_it_ends_with_1_where_something_else_than_the_bot_answers(running: Trial) -> None:
    assert await ended(int(running.slack.url.rpartition(":")[2])) == 1


async def test_asked_whether_it_works_it_ends_with_1_while_the_bot_lives_and_does_not_work(running: Trial) -> None:
    assert await ended(running.bot.port, "/readyz") == 0
    running.bot.condition.token_error = "token_revoked"
    assert (await ended(running.bot.port, "/readyz"), await ended(running.bot.port)) == (1, 0)
