"""``try``: the unchanged bot against a Slack on this machine, with gestures read from the terminal or from a file."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TextIO, TypedDict, Unpack

import typer
from pydantic import SecretStr

from bot.app import Bot, running
from bot.clock import Clock
from bot.local_slack.start import serving
from bot.local_slack.wire.server import LocalSlack
from bot.local_slack.workspace.seed import seeded
from bot.manifest import manifest_for
from bot.outbox.rate_limits import RateLimits
from bot.sealing import new_key
from bot.settings import Settings
from bot.transport.http import EVENTS_PATH
from bot.trial.companies import HARBOUR, Company
from bot.trial.faults import heeds
from bot.trial.history import Past
from bot.trial.reporting import report
from bot.trial.screen import Screen
from bot.trial.script import BEGINS, Script, ScriptError
from handlers import FEATURES
from handlers.framework.routing import Feature

_WELCOME = """\
A Slack on this machine, with the workspace {name}. Its people: {people}.
Its channels: {channels}.

Open {url} in a browser and be any of them. Or type here who does what, such as
    ana in #general: /define bias
    ana presses "Share"
    ben in #general: @Common Ground what does drift mean?
    chloe in #general: /common-ground settings
    wait 3 days
and end with Ctrl-D. Web hooks report to {hooks}. Everybody's view is shown as text.
"""
_WRONG_LINE = 1


@dataclass(frozen=True, slots=True)
class Trial:
    """A bot in the local Slack of a company, and the script that acts in it."""

    bot: Bot
    slack: LocalSlack
    script: Script
    screen: Screen
    company: Company = HARBOUR

    async def do(self, line: str) -> list[str]:
        """Carry out a line, wait until all is quiet, and return what people see of it. Raises ScriptError."""
        await self.act(line)
        return self.screen.news()

    async def act(self, line: str) -> None:
        """Carry out a line, and wait until all is quiet. Raises ScriptError."""
        if not heeds(self.slack, line):
            await self.script.act(line)
        if line.startswith("wait "):
            await self.pass_time()
        await self.quiet()

    async def pass_time(self, by: timedelta = timedelta()) -> None:
        """Move the clock on, and do what has become due on both sides."""
        self.bot.clock.move(by)
        self.slack.wire.retry_due()
        await self.bot.tick()
        await self.quiet()

    async def live_through_the_past(self, watch: Callable[[], None] = lambda: None) -> None:
        """Play what happened in the weeks before now, beginning with a clock that stands then, and come back to now.

        ``watch`` is called at the end of each day.
        """
        clock, end = self.bot.clock, self.bot.clock.now()
        clock.move(self.company.begins(end) - end)
        names = {each.id: each.real_name for each in self.slack.workspace.users.values()}
        about = (self.company, names, self.bot.store, self.bot.identity.team_id, end)
        past = Past(*about, clock.now, self.act, partial(report, self.bot), watch)
        await past.play()
        await self.pass_time(end - clock.now())
        for channel in self.slack.workspace.channels.values():
            channel.ephemerals.clear()

    async def quiet(self) -> None:
        """Return once every event is acknowledged and everything due is said."""
        await self.slack.wire.idle()
        await self.bot.idle()


class How(TypedDict, total=False):
    """How a bot is started: which way requests come in, how fast it sends, what it does, and what it is told.

    ``mcp``: agents may ask it; ``hooks``: other programs may report to it, by secrets that this key seals.
    """

    use_http: bool
    rate_limits: RateLimits | None
    features: Sequence[Feature]
    reads_channels: bool
    mcp: bool
    hooks: str
    company: Company


@asynccontextmanager
async def trial(clock: Clock, database: Path | str, **how: Unpack[How]) -> AsyncIterator[Trial]:
    """Start the local Slack with the people of a company, Harbour if none is named, and the bot connected to it.

    ``database`` is a file, or the URL of a store.
    """
    use_http, limits, company = how.get("use_http", False), how.get("rate_limits"), how.get("company", HARBOUR)
    url = "https://bot.example" if use_http else None
    manifest = manifest_for(url, "", reads_channels=how.get("reads_channels", False))
    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context(serving(seeded(company.people(), manifest, clock.now)))
        settings = settings_for(slack, database, use_http=use_http).model_copy(update=_doors(how))
        bot = await stack.enter_async_context(
            running(settings, clock, features=how.get("features", FEATURES), rate_limits=limits)
        )
        if use_http:
            slack.wire.request_url = f"http://127.0.0.1:{bot.port}{EVENTS_PATH}"
        script = Script(slack.workspace, slack.people, slack.interactions, clock.move)
        begun = Trial(bot, slack, script, Screen(slack.workspace), company)
        slack.pass_time = begun.pass_time
        yield begun


def _doors(how: How) -> dict[str, object]:
    """Return the settings of the doors besides Slack's."""
    key = how.get("hooks", "")
    return {"mcp": how.get("mcp", False), **({"hooks": True, "token_keys": SecretStr(key)} if key else {})}


def settings_for(slack: LocalSlack, database: Path | str, *, use_http: bool) -> Settings:
    """Return the settings that connect the bot to a local Slack."""
    app = slack.workspace.app
    return Settings.model_construct(
        slack_bot_token=SecretStr(app.bot_token),
        slack_app_token=None if use_http else SecretStr(app.app_token),
        slack_signing_secret=SecretStr(app.signing_secret),
        slack_api_url=slack.api_url,
        database_url=database if isinstance(database, str) else f"sqlite:///{database}",
        port=0,
        read_channels="message.channels" in app.manifest["settings"]["event_subscriptions"]["bot_events"],
    )


@dataclass(frozen=True, slots=True)
class Course:
    """How a trial goes: what is played, where the store is kept, where a transcript is written."""

    script: list[str] | None = None
    database: Path | None = None
    transcript: Path | None = None
    use_http: bool = False
    company: Company = HARBOUR

    @property
    def has_past(self) -> bool:
        """Whether the company begins with a past: not in a script, nor in a store that is there already."""
        is_there = self.database is not None and self.database.exists()
        return self.company.weeks > 0 and self.script is None and not is_there


async def run_trial(typed: TextIO, course: Course) -> int:
    """Carry out gestures from a script, or from the terminal until its end, and print what people see.

    Where nothing can be typed, as in the background, the page is served until the program is told to stop.
    """
    # A script names days that lie ahead, so it begins when it was written for; nothing waits but where it says so.
    clock = Clock(frozen_at=BEGINS if course.script is not None else None)
    with tempfile.TemporaryDirectory(prefix="common-ground-") as folder:
        # At Slack's own pace an answer could come after a later line; here nobody has to wait for it.
        at_once, has_past = RateLimits(burst=10_000), course.has_past
        store = course.database or Path(folder) / "try.db"
        how = How(
            use_http=course.use_http,
            rate_limits=at_once,
            reads_channels=True,
            hooks=new_key(),
            company=course.company,
        )
        started = trial(clock, store, **how)
        async with started as running_trial:
            if course.database is not None:
                running_trial.slack.workspace.start_run(Clock().now())
            if has_past:
                await running_trial.live_through_the_past()
                running_trial.screen.news()
            ended = await _run(running_trial, typed, course.script)
            if course.transcript is not None:
                said = Screen(running_trial.slack.workspace).news()
                course.transcript.write_text("\n".join(said) + "\n", encoding="utf-8")
    return ended


async def _run(running_trial: Trial, typed: TextIO, script: list[str] | None) -> int:
    if script is not None:
        return await _run_script(running_trial, script)
    _welcome(running_trial)
    is_typed = await _run_typed(running_trial, typed.readline, is_terminal=typed.isatty())
    if not is_typed and not typed.isatty():
        await asyncio.Event().wait()
    return 0


async def _run_script(running_trial: Trial, lines: list[str]) -> int:
    for number, line in enumerate(lines, start=1):
        typer.echo(line)
        try:
            _show(await running_trial.do(line))
        except ScriptError as error:
            typer.echo(f"line {number}: {error}", err=True)
            return _WRONG_LINE
    return 0


async def _run_typed(running_trial: Trial, read: Callable[[], str], *, is_terminal: bool) -> bool:
    """Carry out what is typed until its end; return whether anything was."""
    is_typed = False
    while True:
        if is_terminal:
            typer.echo("> ", nl=False)
        line = await asyncio.get_running_loop().run_in_executor(None, read)
        if not line:
            return is_typed
        is_typed = True
        try:
            _show(await running_trial.do(line.strip()))
        except ScriptError as error:
            typer.echo(f"{error}", err=True)


def _welcome(running_trial: Trial) -> None:
    workspace = running_trial.slack.workspace
    people = [f"{user.name} ({user.title.lower()})" for user in workspace.users.values() if not user.is_bot]
    named = [each for each in workspace.channels.values() if each.kind != "im"]
    channels = [f"#{each.name}{' (private)' if each.is_private else ''}" for each in named]
    hooks = f"http://127.0.0.1:{running_trial.bot.port}/hooks/…"
    typer.echo(
        _WELCOME.format(
            name=workspace.name,
            people=", ".join(people),
            channels=", ".join(channels),
            url=running_trial.slack.url,
            hooks=hooks,
        )
    )


def _show(lines: list[str]) -> None:
    for line in lines:
        typer.echo(line)
