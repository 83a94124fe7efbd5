"""The workspaces that have let the app in: in each it has a client of its own, over the session that all share.

An organisation of Enterprise Grid has let it in for those to which it was added: they use its token.

How the app is in a workspace is read from the store and kept for a moment, so that no request asks Slack who it is for,
and what the command line changes is known soon. With replicas it is read each time: another may have let the app in.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from cachetools import LRUCache
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.sealing import Seal, SealError
from handlers.access.recipients import may_be_sent
from handlers.framework.middleware import Identity
from handlers.framework.services import Reach
from handlers.slack import addressees, changes, payloads
from handlers.slack.directory import Directory
from handlers.slack.hearing import catch_up
from storage.engine.interface import Database, to_text
from storage.outbox.deliveries import Delivery
from storage.workspaces import installations
from storage.workspaces.installations import Installation

_log = structlog.get_logger(__name__)
#: What of so many workspaces is kept at one time, and for how long it is believed.
_AT_MOST, _FRESH = 2_000, timedelta(seconds=10)

#: Changes the token of a workspace for a new one.
Renew = Callable[[str], Awaitable[None]]


@dataclass(slots=True)
class _Kept:
    """How the app is in a workspace, as it was read at a time."""

    installation: Installation
    reach: Reach
    until: datetime | None


class Installed:
    """Finds how the app is in a workspace, and how its Slack is reached."""

    def __init__(self, store: Database, slack: AsyncWebClient, seal: Seal, clock: Clock) -> None:
        self._store, self._slack, self._seal, self._clock = store, slack, seal, clock
        self._kept: LRUCache[str, _Kept] = LRUCache(_AT_MOST)
        self.renew: Renew = _leave

    async def addressed(self, body: payloads.Payload) -> Identity | None:
        """Return who the bot is where a request comes from; None where the app is not there."""
        found = await self._found(addressees.installed_in(body))
        if found is None:
            return None
        if found.installation.organization:
            found = await self._among(found, body)
        it = found.installation
        identity = Identity(it.team_id, "", it.bot_user_id, it.bot_id, it.team_url, it.app_id)
        return identity if identity.is_meant(body) else None

    async def _among(self, found: _Kept, body: payloads.Payload) -> _Kept:
        """Return which of an organisation's workspaces is asked: of a channel that several share, one event comes.

        What changes there is news to each of them.
        """
        event = body.get("event") or {}
        if event.get("type") in changes.HEARD:
            for each in self._kept_of(found.installation.organization):
                each.reach.directory.hear(each.installation.team_id, event)
        team_id = addressees.said_from(body)
        own = await self._found(team_id) if team_id not in ("", found.installation.team_id) else None
        is_sibling = own is not None and own.installation.organization == found.installation.organization
        return own if own is not None and is_sibling else found

    async def reach(self, team_id: str) -> Reach | None:
        found = await self._found(team_id)
        return None if found is None else found.reach

    async def client(self, team_id: str) -> AsyncWebClient | None:
        found = await self._found(team_id)
        return None if found is None else found.reach.slack

    async def may_be_sent(self, delivery: Delivery) -> bool | None:
        """Tell whether whom a delivery is for may still read it; None where nobody can be asked."""
        found = await self._found(delivery.team_id)
        return None if found is None else await may_still_be_sent(self._store, found.reach.directory, delivery)

    def look_again(self, team_id: str) -> None:
        """Read anew how the app is in a workspace, or in those of an organisation: that was just changed."""
        kept = self._kept.get(team_id)
        for each in [*self._kept_of(team_id), *([kept] if kept is not None else [])]:
            each.until = None

    def _kept_of(self, organization: str) -> list[_Kept]:
        return [each for each in self._kept.values() if each.installation.organization == organization]

    async def _found(self, team_id: str) -> _Kept | None:
        kept, now = self._kept.get(team_id), self._clock.steady()
        if kept is not None and kept.until is not None and kept.until > now and not self._store.is_shared:
            return kept
        found = await self._store.read(installations.in_use, team_id) if team_id else None
        if found is not None and found.token_ends_at and found.token_ends_at <= to_text(self._clock.now()):
            await self.renew(found.token_of)
            found = await self._store.read(installations.in_use, team_id)
        if found is None:
            self._kept.pop(team_id, None)
            return None
        return self._as_found(found)

    def _as_found(self, found: Installation) -> _Kept | None:
        """Keep what was read; where only its token has changed, what is known of its people stays."""
        kept, until = self._kept.get(found.team_id), self._clock.steady() + _FRESH
        if kept is not None and kept.installation == found:
            kept.until = until
            return kept
        try:
            token = self._seal.open(found.sealed).bot
        except SealError:
            _log.error("no key in TOKEN_KEYS opens the tokens of a workspace", team_id=found.team_id)
            return None
        if kept is None or kept.installation.installed_at != found.installed_at:
            kept = _Kept(found, self._reach(found, token), until)
            self._kept[found.team_id] = kept
        kept.installation, kept.until, kept.reach.slack.token = found, until, token
        return kept

    def _reach(self, found: Installation, token: str) -> Reach:
        shared = self._slack
        slack = AsyncWebClient(token, base_url=shared.base_url, session=shared.session, retry_handlers=[])
        return Reach(slack, Directory(slack, self._clock.steady, self._clock.now), found.team_url)


async def may_still_be_sent(store: Database, directory: Directory, delivery: Delivery) -> bool | None:
    """Tell whether whom a delivery is for may read it, by what any replica has heard of conversations since."""
    await catch_up(store, directory, delivery.team_id)
    return await may_be_sent(directory, delivery)


async def _leave(_team_id: str) -> None:
    """Leave a token that has ended as it is."""
