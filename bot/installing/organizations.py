"""Organisations of Enterprise Grid that have let the app in: to which of their workspaces they add it.

https://docs.slack.dev/enterprise/developing-for-enterprise-orgs. What Slack lists counts: it is asked where it tells of
a change, however late, and once an hour, since what it tells may be lost.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.installing.installed import Installed
from bot.installing.oauth import Welcome
from bot.outbox.slack_calls import code_of
from handlers.framework.middleware import Identity
from handlers.framework.routing import Ended
from handlers.slack import addressees
from handlers.slack.cache import NO_ANSWER
from handlers.slack.payloads import Payload
from storage.engine.interface import Database, StoreUnavailableError, Transaction, to_text
from storage.workspaces import installations
from storage.workspaces.installations import NEVER, Installation
from storage.workspaces.workspaces import held, uninstall

_log = structlog.get_logger(__name__)
_OK, _TRY_AGAIN = 200, 503
_OF_WORKSPACES, _OF_TOKENS = ("team_access_granted", "team_access_revoked"), ("app_uninstalled", "tokens_revoked")
#: With these Slack meets a token of an organisation that has taken the app out.
_GONE = ("account_inactive", "token_revoked")
_EVERY, _PAGE = timedelta(hours=1), 200

#: Begins work that nobody waits for.
Start = Callable[[Coroutine[None, None, None]], None]


class Organizations:
    """Keeps to what Slack says of the workspaces of each."""

    def __init__(self, installed: Installed, store: Database, clock: Clock, welcome: Welcome) -> None:
        self._installed, self._store, self._clock, self._welcome = installed, store, clock, welcome
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self.start: Start = _start

    async def heard(self, body: Payload) -> int:
        """Take what Slack tells of an organisation's installation; return the status for it, 0 for anything else.

        It is written down first; Slack isn't kept waiting for what follows from it.
        """
        try:
            organization = await self._told_of(body)
            if not organization:
                return 0
            await self._store.write(partial(installations.note_listed, organization=organization, at=NEVER))
        except StoreUnavailableError:
            return _TRY_AGAIN
        self.start(self._follow(organization))
        return _OK

    async def _told_of(self, body: Payload) -> str:
        """Return the organisation of whose installation an event tells, empty for none.

        What is told of tokens is for the workspace that it names where that has one of its own.
        """
        kind = (body.get("event") or {}).get("type")
        if kind not in (*_OF_WORKSPACES, *_OF_TOKENS):
            return ""
        team_id = addressees.installed_in(body)
        place = await self._store.read(installations.installation, team_id) if team_id else None
        if place is not None and (kind in _OF_TOKENS or place.organization):
            return place.organization
        for each in addressees.organizations_in(body):
            found = await self._store.read(installations.installation, each)
            if found is not None and body.get("api_app_id") in (None, found.app_id):
                return found.organization
        return ""

    async def keep_up(self, now: datetime) -> Ended:
        """Ask what was not asked for an hour."""
        due = await self._store.search(partial(installations.not_listed, since=now - _EVERY))
        await asyncio.gather(*map(self._follow, due))
        return "done"

    async def follow(self, organization: str, patience: float) -> None:
        """Ask Slack where the app is, and keep to it; it goes on where that takes longer than who asks can wait."""
        is_done = asyncio.Event()
        self.start(self._follow_and_tell(organization, is_done))
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                await is_done.wait()

    async def _follow_and_tell(self, organization: str, is_done: asyncio.Event) -> None:
        try:
            await self._follow(organization)
        finally:
            is_done.set()

    async def _follow(self, organization: str) -> None:
        """Keep to what Slack says; where it or the store does not answer, it is asked again at the next tick."""
        async with self._locks[organization]:
            try:
                found = await self._store.read(installations.installation, organization)
                reach = await self._installed.reach(organization)
                if reach is None or found is None:
                    return
                before = await self._store.read(installations.of_organization, found.organization)
                listed = await _listed(reach.slack)
                if listed is not None:
                    await self._keep_to(found, before, listed)
                elif not await self._is_back(found):
                    await self._end(found)
            except (StoreUnavailableError, *NO_ANSWER) as error:
                told = {"organization": organization, "error": error}
                _log.warning("it is not known to which workspaces an organization has added the app", **told)

    async def _is_back(self, was: Installation) -> bool:
        """Tell whether an organisation has let the app in anew, since Slack was asked with the token of before."""
        found = await self._store.read(installations.installation, was.team_id)
        return found is not None and found.sealed != was.sealed

    async def _keep_to(
        self, organization: Installation, before: Sequence[Installation], listed: Mapping[str, str]
    ) -> None:
        """Let the app into the workspaces that were added, and take it out of those that were there ``before``."""
        whose = organization.organization
        for team_id, name in listed.items():
            now = self._clock.now()
            kept = _in_workspace(organization, team_id, now)
            named = Identity(team_id, name, kept.bot_user_id, kept.bot_id, kept.team_url, kept.app_id)
            if await self._store.write(held(team_id, partial(self._add, kept=kept, named=named))):
                self._installed.look_again(team_id)
                _log.info("the app was added to a workspace", team_id=team_id, organization=whose)
        await self._take_out(each for each in before if each.team_id not in listed)
        at = to_text(self._clock.now())
        await self._store.write(partial(installations.note_listed, organization=whose, at=at))

    async def _end(self, organization: Installation) -> None:
        """Take the app out of all workspaces of an organisation."""
        whose = organization.organization
        await self._take_out(await self._store.read(installations.of_organization, whose))
        await self._store.write(partial(installations.forget_as, was=organization))
        self._installed.look_again(whose)
        _log.warning("an organization has uninstalled the app", organization=whose)

    async def _take_out(self, workspaces: Iterable[Installation]) -> None:
        for each in workspaces:
            out = partial(_uninstall, was=each, now=self._clock.now())
            if await self._store.write(held(each.team_id, out)):
                self._installed.look_again(each.team_id)
                told = {"team_id": each.team_id, "organization": each.organization}
                _log.warning("the app was taken out of a workspace", **told)

    def _add(self, transaction: Transaction, kept: Installation, named: Identity) -> bool:
        """Have a workspace use the organisation's token, unless it does; what let itself in later keeps its own."""
        was = installations.installation(transaction, kept.team_id)
        holder = installations.installation(transaction, kept.organization)
        if holder is None or (was is not None and _is_newer(was, holder)):
            return False
        self._welcome(transaction, named)
        installations.install(transaction, kept)
        return True


def _start(_work: Coroutine[None, None, None]) -> None:
    """Begin nothing: the bot has not started yet."""
    _work.close()


def _uninstall(transaction: Transaction, was: Installation, now: datetime) -> bool:
    """Stop a workspace, unless it was added anew, or has let the app in by itself, since it was read."""
    found = installations.installation(transaction, was.team_id)
    is_same = found is not None and (found.organization, found.installed_at) == (was.organization, was.installed_at)
    if is_same:
        uninstall(transaction, was.team_id, now)
    return is_same


def _is_newer(was: Installation, holder: Installation) -> bool:
    is_theirs = was.organization == holder.organization
    return was.installed_at >= holder.installed_at if is_theirs else was.installed_at > holder.installed_at


def _in_workspace(organization: Installation, team_id: str, now: datetime) -> Installation:
    """Return how the app is in a workspace by its organisation's token, of which nothing stands there."""
    own = {"team_id": team_id, "sealed": "", "sealed_by": "", "token_ends_at": NEVER, "renewing_until": NEVER}
    return organization.model_copy(update={**own, "listed_at": NEVER, "installed_at": to_text(now)})


async def _listed(slack: AsyncWebClient) -> dict[str, str] | None:
    """Return the names of the workspaces to which an organisation has added the app; None where it has taken it out.

    Raises one of NO_ANSWER.
    """
    found: dict[str, str] = {}
    try:
        async for page in await slack.auth_teams_list(limit=_PAGE):
            found |= {each["id"]: each["name"] for each in page["teams"]}
    except SlackApiError as error:
        if code_of(error) in _GONE:
            return None
        raise
    return found
