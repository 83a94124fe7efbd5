"""An organisation of two workspaces with a bot that it can let in; no id is that of two people or channels."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.app import Bot
from bot.clock import Clock
from bot.local_slack.oauth.organization import add, found, take_out
from bot.local_slack.start import serving
from bot.local_slack.wire.server import LocalSlack
from bot.local_slack.workspace.installed import App
from bot.sealing import new_key
from bot.trial.run import Trial
from storage.workspaces import installations
from tests.bot.installing.spaces import Spaces, serve, settings_for_many, two_slacks
from tests.local_slack.apps import renumbered

GROUP = "E0LOCAL"


@dataclass
class Grid:
    """The organisation, and its workspaces, which are Harbour and Quay."""

    group: LocalSlack
    spaces: Spaces

    @property
    def bot(self) -> Bot:
        return self.spaces.bot

    @property
    def harbour(self) -> Trial:
        return self.spaces.harbour

    @property
    def quay(self) -> Trial:
        return self.spaces.quay

    async def install(self) -> str:
        """Let the bot into the organisation; return the page at the end."""
        status, shown = await self.spaces.browser().install(self.harbour.slack, GROUP)
        assert (status, "Common Ground is in Harbour Group" in shown) == (200, True)
        return shown

    async def add(self, *places: Trial) -> None:
        add(self.group.workspace, *(each.slack.workspace for each in places))
        await self.quiet()

    async def take_out(self, *places: Trial) -> None:
        take_out(self.group.workspace, *(each.slack.workspace for each in places))
        await self.quiet()

    async def quiet(self) -> None:
        await self.group.wire.idle()
        await self.bot.idle()
        self.bot.boundary.forget_settings()

    async def pass_time(self, by: timedelta) -> None:
        await self.spaces.pass_time(by)
        await self.quiet()

    def installed(self) -> list[str]:
        return [each.team_id for each in installations.all_installed(self.bot.store.reader)]


@asynccontextmanager
async def grid(
    clock: Clock, store: Path | str, keys: Sequence[str] = (), *, rotates: bool = False, use_http: bool = True
) -> AsyncIterator[Grid]:
    async with two_slacks(clock, rotates=rotates) as slacks:
        harbour, quay = slacks
        renumbered(quay.workspace, "Q")
        app = App(harbour.workspace.app.manifest, bot_token="xoxb-group", refusal="account_inactive")
        organization = found(app, "Harbour Group", harbour.workspace, quay.workspace)
        settings = settings_for_many(harbour, store, keys or [new_key()], use_http=use_http)
        async with serving(organization) as group:
            harbour.neighbours.insert(0, group)
            async with serve(clock, settings, slacks) as begun:
                group.wire.request_url = harbour.wire.request_url
                yield Grid(group, begun)
