"""Tokens that end are changed for new ones in time, and all of them sealed by the operator's newest key.

https://docs.slack.dev/authentication/using-token-rotation: what is changed works once, so of many processes one does
it, the one that holds the workspace's row; the others read the new token from there. Slack takes what was used once
more for a short time. So who died between Slack's answer and the store is followed soon, and with the same token.
"""

import asyncio
from datetime import datetime, timedelta
from functools import partial

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.installing.oauth import Changed, Client
from bot.outbox.slack_calls import TOKEN_ERRORS, code_of
from bot.sealing import Seal, SealError, Tokens
from handlers.framework.routing import Ended
from handlers.slack.cache import NO_ANSWER
from storage.engine.interface import Database, to_text
from storage.workspaces import installations
from storage.workspaces.installations import Installation

_log = structlog.get_logger(__name__)
#: A token of twelve hours is changed so long before its end; whoever does it is given up for dead after a while.
_BEFORE_ITS_END, _LEASE = timedelta(hours=2), timedelta(seconds=20)
#: After these errors only an admin can mend it; Slack is asked no more often than this.
_LOST, _SELDOM = {*TOKEN_ERRORS, "invalid_refresh_token"}, timedelta(minutes=10)
#: Slack takes no state back that is older than ten minutes.
_STATES_KEPT = timedelta(hours=1)
_PATIENCE_SECONDS = 10


class Renewing:
    """Renews tokens: those that end soon, at each tick, and one that has ended, when it is wanted."""

    def __init__(self, client: Client, slack: AsyncWebClient, store: Database, seal: Seal, clock: Clock) -> None:
        self._client, self._slack, self._store, self._seal, self._clock = client, slack, store, seal, clock
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._unwritten: dict[str, Installation] = {}
        self._looked_at = ""
        self.changed: Changed = lambda _team_id: None

    async def keep_up(self, now: datetime) -> Ended:
        """Renew what ends soon, and seal by the newest key what another has sealed."""
        ending = await self._store.search(partial(installations.end_soon, before=now + _BEFORE_ITS_END, now=now))
        await asyncio.gather(*map(self.renew, {*ending, *self._unwritten}))
        await self._seal_anew()
        if await self._store.search(partial(installations.has_states, before=now - _STATES_KEPT)):
            await self._store.write(partial(installations.forget_states, before=now - _STATES_KEPT))
        return "done"

    async def renew(self, team_id: str) -> None:
        """Change a workspace's token for a new one, unless another process does; who asks meanwhile waits for it."""
        task = self._under_way.get(team_id)
        if task is None:
            task = self._under_way[team_id] = asyncio.create_task(self._renew(team_id))
            task.add_done_callback(lambda _: self._under_way.pop(team_id, None))
        await asyncio.shield(task)

    async def _renew(self, team_id: str) -> None:
        """Change a token, and keep the new one until it is written: Slack takes the old one no second time."""
        renewed = self._unwritten.get(team_id) or await self._asked_anew(team_id)
        if renewed is None:
            return
        self._unwritten[team_id] = renewed
        is_written = await self._store.write(partial(installations.end_renewal, renewed=renewed))
        del self._unwritten[team_id]
        if is_written:
            self.changed(team_id)

    async def _asked_anew(self, team_id: str) -> Installation | None:
        now = self._clock.now()
        begin = partial(installations.begin_renewal, team_id=team_id, now=now, until=now + _LEASE)
        if not await self._store.write(begin):
            return None
        found = await self._store.read(installations.installation, team_id)
        return await self._renewed(found, now) if found is not None else None

    async def _renewed(self, found: Installation, now: datetime) -> Installation | None:
        """Ask Slack for a new token; None where there is none, and it is asked again once the lease is over."""
        try:
            refresh = self._seal.open(found.sealed).refresh
            asked = {**self._client.as_fields(), "grant_type": "refresh_token", "refresh_token": refresh}
            async with asyncio.timeout(_PATIENCE_SECONDS):
                told = await self._slack.api_call("oauth.v2.access", data=asked)
            tokens = Tokens(bot=told["access_token"], refresh=told["refresh_token"])
            ends_at = now + timedelta(seconds=int(told["expires_in"]))
        except SealError:
            _log.error("no key in TOKEN_KEYS opens the tokens of a workspace", team_id=found.team_id)
            return None
        except NO_ANSWER as error:
            code = code_of(error) if isinstance(error, SlackApiError) else ""
            fix = "have an admin there install the app again" if code in _LOST else "it is tried again"
            _log.warning("a token was not renewed", team_id=found.team_id, error=code or error, fix=fix)
            if code in _LOST:
                refuse = partial(installations.refuse_renewal, found=found, error=code, until=now + _SELDOM)
                await self._store.write(refuse)
            return None
        sealed = {"sealed": self._seal.seal(tokens), "sealed_by": self._seal.name, "token_ends_at": to_text(ends_at)}
        return found.model_copy(update=sealed)

    async def _seal_anew(self) -> None:
        """Seal some tokens by the newest key; what none opens is passed over."""
        others = partial(installations.sealed_otherwise, key=self._seal.name, after=self._looked_at)
        found = await self._store.search(others)
        self._looked_at = found[-1].team_id if found else ""
        for each in found:
            try:
                sealed = self._seal.seal(self._seal.open(each.sealed))
            except SealError:
                continue
            await self._store.write(partial(installations.seal_anew, was=each, sealed=sealed, key=self._seal.name))
