"""What is open to whoever reaches the port shows nothing that a workspace has, and no workspace that is there."""

from pathlib import Path

from aiohttp import ClientSession

from bot.clock import Clock
from bot.transport.half_sent import HalfSent
from bot.transport.http import web_application
from tests.bot.installing.spaces import HARBOUR, QUAY, Spaces, spaces
from tests.playing import play
from tests.privacy.doors import paths

SECRETS = ("moonlight", "Harbour", "Quay", HARBOUR, QUAY)


async def shown_at(both: Spaces, path: str) -> list[str]:
    """Return all that is shown to who comes without a right: pages, and where they lead."""
    url, told = f"http://127.0.0.1:{both.bot.port}{path}", []
    for method in ("GET", "POST"):
        async with ClientSession() as session:
            query = {"code": "code-T0QUAY-1", "state": "x", "team": QUAY}
            async with session.request(
                method, url, params=query, data="team_id=T0QUAY", allow_redirects=False
            ) as answer:
                told += [await answer.text(), str(answer.headers)]
    return told


async def test_every_path_has_a_line_here_and_shows_nothing_that_a_workspace_has(clock: Clock, tmp_path: Path) -> None:
    async with spaces(clock, tmp_path / "bot.db") as both:
        await both.install(HARBOUR, QUAY)
        assert "moonlight" in await play(both.quay, "ben in #general: @Common Ground decided: Sail by moonlight")
        routes = web_application(both.bot.condition, HalfSent(), takes_requests=True).router.resources()
        assert {each.canonical for each in routes} == paths()
        shown = {path: await shown_at(both, path) for path in paths()}
    assert [(path, each) for path, told in shown.items() for each in SECRETS if each in str(told)] == []
    assert shown["/healthz"][0] == "ok\n"
