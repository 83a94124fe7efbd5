"""Letting the app into a workspace or an organisation: to Slack, which asks whether it may, and back with a code.

https://docs.slack.dev/authentication/installing-with-oauth. Whoever comes back must be who was sent, once, and soon:
the state is sealed by our key, tells which browser has the cookie, and is used up by its first use.
"""

import hashlib
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import structlog
from aiohttp import web
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.installing.pages import leading, page
from bot.manifest import read_manifest, scopes
from bot.outbox.slack_calls import code_of
from bot.sealing import Seal, Tokens
from bot.transport.http import INSTALL_PATH, REDIRECT_PATH
from handlers.framework.middleware import Identity
from handlers.slack.cache import NO_ANSWER
from storage.engine.interface import Database, StoreUnavailableError, Transaction, to_text
from storage.workspaces import installations
from storage.workspaces.installations import NEVER, Installation

_log = structlog.get_logger(__name__)
_COOKIE = "common-ground-install"
_LIFE = timedelta(minutes=10)
_OK, _BAD_REQUEST, _BAD_GATEWAY, _UNAVAILABLE = 200, 400, 502, 503
_AGAIN = (INSTALL_PATH, "Try again")
_NOT_DONE = "Common Ground isn’t installed"
#: https://docs.slack.dev/enterprise/developing-for-enterprise-orgs
_ADDING = "https://app.slack.com/manage/{organization}/integrations/profile/{app}/workspaces/add"


class RefusedError(Exception):
    """The app does not come in; what is told is shown in the browser."""

    def __init__(self, told: str, status: int = _BAD_REQUEST) -> None:
        super().__init__(told)
        self.status = status


@dataclass(frozen=True, slots=True)
class Client:
    """Who the app is to Slack, and where it is on the internet."""

    client_id: str
    client_secret: str
    public_url: str

    @property
    def redirect_url(self) -> str:
        return f"{self.public_url}{REDIRECT_PATH}"

    def as_fields(self) -> dict[str, str]:
        return {"client_id": self.client_id, "client_secret": self.client_secret}


#: What is done once the app is in a workspace.
Welcome = Callable[[Transaction, Identity], None]
#: What is told of a workspace in which the app is otherwise now.
Changed = Callable[[str], None]
#: Lets the app into the workspaces to which an organisation has added it.
Came = Callable[[str], Awaitable[None]]


class OAuth:
    """The two doors: ``begin`` sends a browser to Slack, ``finish`` takes it back."""

    def __init__(self, client: Client, slack: AsyncWebClient, store: Database, seal: Seal, clock: Clock) -> None:
        self._client, self._slack, self._store, self._seal, self._clock = client, slack, store, seal, clock
        self.welcome: Welcome = lambda _transaction, _identity: None
        self.changed: Changed = lambda _team_id: None
        self.organization_came: Came = _leave

    @property
    def install_url(self) -> str:
        return f"{self._client.public_url}{INSTALL_PATH}"

    async def begin(self, _request: web.Request) -> web.Response:
        """Send a browser to Slack, where somebody chooses a workspace and what the app may do there."""
        browser = secrets.token_urlsafe(32)
        needed, optional = scopes(read_manifest())
        asked = {
            "client_id": self._client.client_id,
            # Slack itself shows apart what its manifest calls optional, and lets people leave it out.
            "scope": ",".join([*needed, *optional]),
            "redirect_uri": self._client.redirect_url,
            "state": self._seal.state(browser, self._clock.now()),
        }
        response = leading(f"{self._slack.base_url.removesuffix('api/')}oauth/v2/authorize?{urlencode(asked)}")
        is_secure = self._client.public_url.startswith("https://")
        life = int(_LIFE.total_seconds())
        response.set_cookie(
            _COOKIE, browser, max_age=life, path="/slack", secure=is_secure, httponly=True, samesite="Lax"
        )
        return response

    async def finish(self, request: web.Request) -> web.Response:
        """Let the app into the workspace that a browser comes back from, and say so there."""
        try:
            identity = await self._let_in(request)
        except RefusedError as error:
            return _back(page(error.status, _NOT_DONE, str(error), _AGAIN))
        except StoreUnavailableError as error:
            _log.error("the store does not answer", error=error)
            told = "My store can’t be written right now. Nothing was kept; please try again in a few minutes."
            return _back(page(_UNAVAILABLE, _NOT_DONE, told, _AGAIN))
        return _back(await self._welcomed(identity))

    async def _welcomed(self, identity: Identity) -> web.Response:
        """Return the page that says where the app is now: in an organisation, an admin adds it to workspaces."""
        place, title = identity.team_id, f"Common Ground is in {identity.team_name}"
        told = "Open its Home in Slack to set it up, or type /define drift in any channel."
        found = await self._store.read(installations.installation, place)
        if found is None or not found.is_organization:
            return page(_OK, title, told, (identity.team_url, f"Open {identity.team_name}"))
        await self.organization_came(place)
        added = len(await self._store.read(installations.of_organization, place))
        link = (_ADDING.format(organization=place, app=identity.app_id), f"Add it to {'more ' * bool(added)}workspaces")
        return page(_OK, title, f"{_so_far(added)} In each, open its Home to set it up, or type /define drift.", link)

    async def _let_in(self, request: web.Request) -> Identity:
        """Return who the app is where it was let in. Raises RefusedError, StoreUnavailableError."""
        await self._check(request)
        code = {"code": request.query.get("code", ""), "redirect_uri": self._client.redirect_url}
        told = await self._ask("oauth.v2.access", {**self._client.as_fields(), **code})
        granted = str(told.get("scope", ""))
        if missing := sorted({*scopes(read_manifest())[0]} - {*granted.split(",")}):
            raise RefusedError(f"Slack didn’t grant what I can’t do without: {', '.join(missing)}. Allow all of it.")
        slack = AsyncWebClient(
            told["access_token"], base_url=self._slack.base_url, session=self._slack.session, retry_handlers=[]
        )
        it = await self._ask("auth.test", {}, slack)
        # Of a whole organisation's token Slack names no team.
        place = told["enterprise"] if told.get("is_enterprise_install") else {"id": it["team_id"], "name": it["team"]}
        named = (place["id"], place.get("name") or place["id"])
        identity = Identity(*named, it["user_id"], it["bot_id"], it["url"], told["app_id"])
        await self._keep(identity, granted, told)
        return identity

    async def _check(self, request: web.Request) -> None:
        """Raise RefusedError where nobody allowed the app, or whoever comes was not sent, or comes late or again."""
        state, now = request.query.get("state", ""), self._clock.now()
        if not self._seal.is_state_of(state, request.cookies.get(_COOKIE, ""), now, _LIFE):
            raise RefusedError("This link isn’t yours, or it is older than ten minutes. Please begin anew.")
        if error := request.query.get("error", ""):
            is_declined = error == "access_denied"
            raise RefusedError("You didn’t allow it in Slack." if is_declined else f"Slack says: {error}.")
        used = hashlib.sha256(state.encode()).hexdigest()
        if not await self._store.write(lambda transaction: installations.use_state(transaction, used, now)):
            raise RefusedError("This link was used already. Please begin anew.")

    async def _ask(self, method: str, fields: Mapping[str, str], slack: AsyncWebClient | None = None) -> Any:
        """Return what Slack answers. Raises RefusedError."""
        try:
            return (await (slack or self._slack).api_call(method, data=dict(fields))).data
        except NO_ANSWER as error:
            code = code_of(error) if isinstance(error, SlackApiError) else ""
            _log.warning("the app was not let into a workspace", method=method, error=code or error)
            if code:
                raise RefusedError(f"Slack refused it: {code}. Please begin anew.") from None
            raise RefusedError(
                "Slack doesn’t answer right now. Please begin anew in a few minutes.", _BAD_GATEWAY
            ) from None

    async def _keep(self, identity: Identity, granted: str, told: Mapping[str, Any]) -> None:
        now, whole = self._clock.now(), identity if told.get("is_enterprise_install") else None
        tokens = Tokens(bot=told["access_token"], refresh=told.get("refresh_token", ""))
        life = told.get("expires_in")
        kept = Installation(
            team_id=identity.team_id,
            team_url=identity.team_url,
            bot_user_id=identity.bot_user_id,
            bot_id=identity.bot_id,
            app_id=identity.app_id,
            scopes=granted,
            sealed=self._seal.seal(tokens),
            sealed_by=self._seal.name,
            token_ends_at=to_text(now + timedelta(seconds=int(life))) if life else NEVER,
            installed_at=to_text(now),
            organization=whole.team_id if whole is not None else "",
            organization_name=whole.team_name if whole is not None else "",
        )

        def write(transaction: Transaction) -> None:
            if whole is None:
                self.welcome(transaction, identity)
            installations.install(transaction, kept)

        await self._store.write(write)
        self.changed(identity.team_id)
        _log.info("the app was installed", team_id=identity.team_id)


async def _leave(_organization: str) -> None:
    """Leave an organisation as it is."""


def _so_far(added: int) -> str:
    """Say in how many workspaces of an organisation the app is."""
    if not added:
        return "It isn’t in any workspace yet: next, add it to some in Slack."
    return f"It is in {added} workspace{'s' * (added != 1)} now."


def _back(response: web.Response) -> web.Response:
    """Return a page to whoever comes back; the cookie has done its work."""
    response.del_cookie(_COOKIE, path="/slack")
    return response
