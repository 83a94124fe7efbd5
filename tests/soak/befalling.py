"""What befalls the machine that the bot runs on, its store and the workspace, in one turn of a week."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from bot.local_slack.web_api.apps import forget_token
from tests.soak.happening import happen
from tests.soak.journal import Journal
from tests.soak.machine import Machine
from tests.soak.stores import File, Served
from tests.soak.troubles import Kind, Trouble

_WRONG = timedelta(days=2)
_Way = Callable[[int], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Befalling:
    """Lets troubles come, one after another, in a turn that began at a time stamp of Slack's."""

    machine: Machine
    journal: Journal
    began: str

    async def meet(self, trouble: Trouble) -> None:
        """Let one come; what is no trouble of the machine's happens in the workspace."""
        ways: dict[Kind, _Way] = {
            "kill": self._kill,
            "kill in the middle": self._kill_in_the_middle,
            "restart": self._restart,
            "set back": lambda _after: self._set_clock(-_WRONG),
            "set ahead": lambda _after: self._set_clock(_WRONG),
            "put right": lambda _after: self.machine.set_clock(timedelta()),
            "disk full": self._fill_disk,
            "restore": self._restore,
            "kill the server": self._kill_server,
            "move the store": self._move_store,
            "refresh": lambda _after: self.machine.slack.wire.refresh(),
            "refuse the token": self._refuse_token,
            "revoke the token": self._revoke_token,
        }
        way = ways.get(trouble.kind)
        if way is None:
            self.journal.note_deleted(happen(self.machine.slack, trouble))
        else:
            await way(trouble.after)

    async def _after(self, changes: int) -> None:
        """Return after so many changes in Slack, or after a moment without any."""
        with suppress(TimeoutError):
            async with asyncio.timeout(2):
                for _ in range(changes):
                    await self.machine.slack.changed()

    async def _kill(self, _after: int = 0) -> None:
        await self.machine.kill()
        await self.machine.start()

    async def _kill_in_the_middle(self, after: int) -> None:
        await self._after(after)
        await self._kill()

    async def _restart(self, _after: int = 0) -> None:
        await self.machine.stop()
        await self.machine.start()

    async def _set_clock(self, wrong: timedelta) -> None:
        await self.machine.set_clock(wrong)
        await self._restart()

    async def _fill_disk(self, after: int) -> None:
        self.machine.fill_disk()
        await self._after(after)
        self.machine.empty_disk()

    async def _refuse_token(self, after: int) -> None:
        app = self.machine.slack.workspace.app
        app.refusal = "token_revoked"
        await self._after(after)
        app.refusal = ""

    async def _revoke_token(self, after: int) -> None:
        """Take the token from the bot, which stops then; later it is installed again and started with a new one."""
        workspace = self.machine.slack.workspace
        forget_token(workspace, "token_revoked")
        await self._after(after)
        workspace.app.bot_token, workspace.app.refusal = "xoxb-again", ""
        await self._restart()
        self.journal.undo(self.began, workspace.new_ts())

    async def _restore(self, _after: int = 0) -> None:
        """Back up while the bot works, let it go on for a while, and go back to the backup.

        What was acknowledged before the backup was begun is in it.
        """
        machine, began = self.machine, self.machine.slack.workspace.new_ts()
        file = machine.folder / "backup.db"
        file.unlink(missing_ok=True)
        await machine.command("backup", str(file))
        await machine.kill_all()
        await machine.command("restore", str(file))
        await machine.start()
        self.journal.undo(began, machine.slack.workspace.new_ts())

    async def _kill_server(self, after: int) -> None:
        """Kill the store's server at work, and begin it again after some more changes in Slack."""
        store = self.machine.store
        if isinstance(store, Served):
            await self._after(after)
            await store.kill()
            await self._after(after)
            await store.begin()

    async def _move_store(self, _after: int = 0) -> None:
        """Move the store into a file, and from there into another database."""
        machine, before = self.machine, self.machine.store
        if isinstance(before, Served):
            between, target = File(machine.folder / "moved.db"), before.make_next()
            await machine.stop()
            await machine.command("store", "copy", before.url, between.url)
            await machine.command("store", "copy", between.url, target.url)
            target.follow(before)
            machine.store = target
            await machine.start()
