"""A bot that any workspace can let in, two workspaces of one local Slack, and a browser that goes between them."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

from aiohttp import ClientSession
from pydantic import SecretStr

from bot.app import Bot, running
from bot.clock import Clock
from bot.local_slack.start import serving
from bot.local_slack.wire.server import LocalSlack
from bot.local_slack.workspace.seed import sample, seeded
from bot.manifest import manifest_for
from bot.outbox.rate_limits import RateLimits
from bot.sealing import new_key
from bot.settings import Settings
from bot.transport.http import EVENTS_PATH, INSTALL_PATH, REDIRECT_PATH
from bot.trial.run import Trial
from bot.trial.screen import Screen
from bot.trial.script import Script

PUBLIC = "https://bot.example"
HARBOUR, QUAY = "T0LOCAL", "T0QUAY"


@dataclass
class Browser:
    """Somebody's browser: it keeps cookies, and goes where it is led by hand."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    async def get(self, path: str) -> tuple[int, str, str]:
        """Return status, where it leads, and what is shown."""
        url = f"http://127.0.0.1:{self.port}{path}"
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        async with ClientSession() as session, session.get(url, headers=headers, allow_redirects=False) as response:
            self.cookies |= {name: morsel.value for name, morsel in response.cookies.items()}
            return response.status, response.headers.get("Location", ""), await response.text()

    async def to_slack(self) -> str:
        """Return the address at Slack to which the bot leads."""
        status, location, _ = await self.get(INSTALL_PATH)
        assert status == 302
        return location

    async def allow(self, slack: LocalSlack, at_slack: str, team: str) -> str:
        """Allow the bot into a workspace, and return the path with which Slack leads back."""
        async with (
            ClientSession() as session,
            session.get(f"{at_slack}&team={team}", allow_redirects=False) as response,
        ):
            back = response.headers.get("Location", await response.text())
        assert at_slack.startswith(f"{slack.url}/oauth/v2/authorize?")
        assert back.startswith(f"{PUBLIC}{REDIRECT_PATH}?")
        return back.removeprefix(PUBLIC)

    async def install(self, slack: LocalSlack, team: str) -> tuple[int, str]:
        """Let the bot into a workspace; return the status of the page at the end, and the page."""
        status, _, shown = await self.get(await self.allow(slack, await self.to_slack(), team))
        return status, shown


@dataclass
class Spaces:
    """Both workspaces with the bot, which is in neither at first; each has its people and its screen."""

    bot: Bot
    harbour: Trial
    quay: Trial

    def browser(self) -> Browser:
        return Browser(self.bot.port)

    async def install(self, *teams: str) -> None:
        for team in teams:
            status, shown = await self.browser().install(self.harbour.slack, team)
            assert (status, "Common Ground is in" in shown) == (200, True)

    async def pass_time(self, by: timedelta) -> None:
        self.bot.clock.move(by)
        for each in (self.harbour, self.quay):
            each.slack.wire.retry_due()
        await self.bot.tick()
        await self.harbour.quiet()
        await self.quay.quiet()


def query_of(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def path_with(path: str, **changed: str) -> str:
    """Return a path with other values in its query; without those that are empty."""
    told = {name: value for name, value in {**query_of(path), **changed}.items() if value}
    return f"{urlsplit(path).path}?{urlencode(told)}"


def settings_for_many(slack: LocalSlack, store: Path | str, keys: Sequence[str], *, use_http: bool = True) -> Settings:
    app = slack.workspace.app
    return Settings.model_construct(
        slack_client_id=app.client_id,
        slack_client_secret=SecretStr(app.client_secret),
        slack_signing_secret=SecretStr(app.signing_secret) if use_http else None,
        slack_bot_token=None,
        slack_app_token=None if use_http else SecretStr(app.app_token),
        token_keys=SecretStr(",".join(keys)),
        public_url=PUBLIC,
        slack_api_url=slack.api_url,
        database_url=store if isinstance(store, str) else f"sqlite:///{store}",
        port=0,
    )


@asynccontextmanager
async def two_slacks(clock: Clock, *, rotates: bool = False) -> AsyncIterator[tuple[LocalSlack, LocalSlack]]:
    """Two workspaces with people and channels of the same ids, neither with the app yet."""
    manifest = manifest_for(PUBLIC, "")
    manifest["settings"]["token_rotation_enabled"] = rotates
    harbour, quay = (seeded(sample(), manifest, clock.now) for _ in range(2))
    quay.team_id, quay.name, quay.domain, quay.app.bot_token = QUAY, "Quay", "quay", "xoxb-quay"
    quay.start_run(clock.now())
    for each in (harbour, quay):
        each.app.refusal = "account_inactive"
    async with serving(harbour) as first, serving(quay) as second:
        first.neighbours.append(second)
        yield first, second


@asynccontextmanager
async def spaces(
    clock: Clock, store: Path | str, keys: Sequence[str] = (), *, rotates: bool = False
) -> AsyncIterator[Spaces]:
    async with AsyncExitStack() as stack:
        slacks = await stack.enter_async_context(two_slacks(clock, rotates=rotates))
        settings = settings_for_many(slacks[0], store, keys or [new_key()])
        yield await stack.enter_async_context(serve(clock, settings, slacks))


@asynccontextmanager
async def serve(clock: Clock, settings: Settings, slacks: Sequence[LocalSlack]) -> AsyncIterator[Spaces]:
    """Start the bot for workspaces that are there."""
    async with running(settings, clock, rate_limits=RateLimits(burst=10_000)) as bot:
        trials = []
        for each in slacks:
            if settings.slack_app_token is None:
                each.wire.request_url = f"http://127.0.0.1:{bot.port}{EVENTS_PATH}"
            script = Script(each.workspace, each.people, each.interactions, clock.move)
            trials.append(Trial(bot, each, script, Screen(each.workspace)))
        yield Spaces(bot, *trials)
