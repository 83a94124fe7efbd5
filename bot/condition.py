"""What the probe for readiness goes by: writes are possible, requests taken, and what works by itself still does."""

import asyncio
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import structlog

from bot.outbox.slack_calls import TOKEN_ERRORS
from storage.engine.interface import Database, StoreUnavailableError
from storage.workspaces import workspaces

if TYPE_CHECKING:
    from bot.installing.oauth import OAuth
    from bot.metrics import Metrics
    from bot.transport.http import HttpTransport, Takes
    from bot.transport.socket_mode import SocketModeTransport

_log = structlog.get_logger(__name__)
_TO_MEND = "copy it again from OAuth & Permissions into SLACK_BOT_TOKEN, and restart"
#: Calls that don't show whether Slack takes the bot token.
_WITHOUT_BOT_TOKEN = ("apps.connections.open", "other")
#: Seconds that whoever asks for readiness waits for the store, and for which its last answer is good.
_PATIENCE, _FRESH = 2.5, 1.0
#: Seconds after which something that works by itself has stopped: the relay looks every second, the ticker every 20.
_LONGEST = {"outbox": 15.0, "clock": 90.0}


class Condition:
    """How the bot is; ``seconds`` counts on, whatever the clock on the wall is set to."""

    def __init__(self, store: Database, seconds: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._seconds = seconds
        self._turns: dict[str, float] = {}
        self._probe: asyncio.Task[None] | None = None
        self._probed_at = 0.0
        self._store_problem = ""
        self.team_id = ""
        self.slack_answered = False
        self.token_error = ""
        self.metrics: Metrics | None = None
        self.oauth: OAuth | None = None
        self.http: HttpTransport | None = None
        self.agents: Takes | None = None
        self.reports: Takes | None = None
        self.socket: SocketModeTransport | None = None

    def turned(self, what: str) -> None:
        """Note that something that works by itself, ``outbox`` or ``clock``, has done another round."""
        self._turns[what] = self._seconds()

    def heard(self, method: str, error: str) -> None:
        """Note whether Slack takes the bot token; a connection is opened with another one."""
        if method in _WITHOUT_BOT_TOKEN or error == self.token_error:
            return
        if error in TOKEN_ERRORS:
            self.token_error = error
            if self.team_id:
                # One that is rejected at the start ends that, in one line.
                _log.error(
                    "Slack rejects the bot token; nothing is sent until that is mended", error=error, fix=_TO_MEND
                )
        elif self.token_error and not error:
            self.token_error = ""
            _log.info("Slack takes the bot token again")

    async def problem(self, patience: float = _PATIENCE) -> str:
        """Return what is not ready, or an empty text.

        Who waits for a write for less than is normal hears how the last one ended, while that is not too long ago.
        """
        if problem := await self._problem_of_store(patience):
            return problem
        if self._turns.keys() != _LONGEST.keys():
            return "starting"
        for what, longest in _LONGEST.items():
            if (since := self._seconds() - self._turns[what]) > longest:
                return f"the {what} was last looked at {since:.0f} seconds ago; restart the bot"
        if self.socket is not None and not await self.socket.is_connected():
            return "there is no connection to Slack"
        if self.token_error:
            return f"Slack rejects the bot token ({self.token_error}); {_TO_MEND}"
        return "" if self.slack_answered else "Slack did not answer when it was last called"

    async def _problem_of_store(self, patience: float) -> str:
        try:
            async with asyncio.timeout(patience):
                await self._probed()
                is_active = not self.team_id or await self._store.read(workspaces.is_active, self.team_id)
        except TimeoutError:
            if self._seconds() - self._probed_at < _PATIENCE - patience:
                return self._store_problem
            return f"the store doesn't answer: no write was done in {_PATIENCE} seconds"
        except StoreUnavailableError as error:
            return f"the store doesn't answer: {error}"
        if not is_active:
            return "the app was uninstalled from the workspace; install it again, and start with the new token"
        return ""

    async def _probed(self) -> None:
        """Write nothing, down to the disk; whoever asks meanwhile or soon after gets the same answer."""
        if self._probe is None or (self._probe.done() and self._seconds() - self._probed_at > _FRESH):
            self._probed_at = self._seconds()
            self._probe = asyncio.create_task(self._store.probe())
            self._probe.add_done_callback(self._note_probe)
        await asyncio.shield(self._probe)

    def _note_probe(self, probe: asyncio.Task[None]) -> None:
        """Keep how it ended, also where whoever asked has gone."""
        error = None if probe.cancelled() else probe.exception()
        self._store_problem = "" if error is None else f"the store doesn't answer: {error}"
