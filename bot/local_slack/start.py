"""Starts the local Slack on this machine, with its page."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import ClientSession, web

from bot.local_slack.page.view import Page
from bot.local_slack.wire.server import LocalSlack
from bot.local_slack.workspace.state import Workspace


@asynccontextmanager
async def serving(workspace: Workspace, port: int = 0) -> AsyncIterator[LocalSlack]:
    """Serve a workspace on a port of the loopback address (any free one for 0)."""
    async with ClientSession() as session:
        slack = LocalSlack(workspace, session)
        application = slack.application()
        application.add_routes(Page(slack).routes())
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        workspace.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield slack
        finally:
            await slack.wire.close()
            await runner.cleanup()
