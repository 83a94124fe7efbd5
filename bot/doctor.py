"""Checks an installation: says in plain words all that is wrong, why it matters, and what fixes it."""

from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock_watch import FIX, MOST, ahead_by
from bot.installing.tokens import tokens_of_all
from bot.manifest import read_manifest, scopes
from bot.outbox.slack_calls import TOKEN_ERRORS, code_of
from bot.settings import Problem, Settings, SettingsError, read_all_settings, secret
from bot.transport.http import INSTALL_PATH
from storage import open_store, place_of_new_store
from storage.engine.interface import Reader, StoreError, StoreUnavailableError
from storage.engine.postgres_role import unbound_role
from storage.outbox.backlog import count_open
from storage.outbox.losses import ended_badly
from storage.workspaces.workspaces import all_workspaces

_APPS = "https://api.slack.com/apps, your app"
_BOT_TOKEN = f"Copy the Bot User OAuth Token from {_APPS}, OAuth & Permissions, to SLACK_BOT_TOKEN in .env."
_APP_TOKEN = (
    f"Make a token with the scope connections:write at {_APPS}, Basic Information, App-Level Tokens; put it into "
    "SLACK_APP_TOKEN in .env, and turn Socket Mode on."
)
#: What doesn't work without a scope of the manifest.
_WITHOUT = {
    "app_mentions:read": "mentions aren't heard",
    "channels:history": "I don't know what a thread in a public channel is about, or whether a message arrived in it",
    "channels:read": "I can't tell who is in a public channel, and show nothing that is kept there",
    "chat:write": "I can't post threads, reminders or summaries",
    "commands": "slash commands and the menu of a message don't work",
    "dnd:read": "reminders may come while somebody doesn't want to be disturbed",
    "files:read": "no sample can be read",
    "files:write": "contracts, exports and charts aren't attached",
    "groups:history": "I don't know what a thread in a private channel is about, or whether a message arrived in it",
    "groups:read": "I can't tell who is in a private channel, and show nothing that is kept there",
    "im:history": "direct messages to me aren't heard",
    "im:write": "I can't open a conversation with somebody who has to act",
    "mpim:read": "I can't tell who is in a group message, and show nothing that is kept there",
    "reactions:read": "a reaction doesn't offer to log a decision",
    "usergroups:read": "a team that owns duties is a list of people, and no user group",
    "users:read": "I don't know names, time zones, or who is an admin or a guest, and show little",
    "users:read.email": "nobody is found by their e-mail address",
}
_REPORT = "Report these lines as a bug of Common Ground."
_UNREACHED = (SlackClientError, ClientError, TimeoutError, OSError)
#: For the settings that are not optional: why they matter, and where they come from.
_SETTINGS = {
    "SLACK_BOT_TOKEN": ("Without it the bot can't sign in to Slack", _BOT_TOKEN),
    "SLACK_APP_TOKEN": ("Socket Mode needs it", _APP_TOKEN),
    "SLACK_SIGNING_SECRET": (
        "Without either, Slack's requests can't reach the bot",
        f"{_APP_TOKEN} For HTTP, copy the Signing Secret from Basic Information to SLACK_SIGNING_SECRET instead.",
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked; where it is wrong, ``why`` it matters and what the ``fix`` is, else both empty."""

    told: str
    why: str = ""
    fix: str = ""

    def as_text(self) -> str:
        return f"fix   {self.told}. {self.why}.\n      {self.fix}" if self.fix else f"ok    {self.told}."


async def examine(*, create: bool = False) -> AsyncIterator[Finding]:
    """Check settings, store, deliveries, tokens and scopes; what is wrong hides nothing else that can be checked.

    A store that is not there is made only with ``create``.
    """
    try:
        settings, problems = read_all_settings()
    except SettingsError as error:
        yield Finding(str(error).capitalize(), "No setting can be read", "Save the file as UTF-8 in your editor.")
        return
    for problem in problems:
        yield _setting(problem)
    if not problems:
        door = "Socket Mode" if settings.slack_app_token else f"HTTP on {settings.host}:{settings.port}"
        yield Finding(f"The settings are complete, for {door}")
    async for finding in _examine_store(settings.database_url, create=create):
        yield finding
    async for finding in _examine_slack(settings, {each.name for each in problems}):
        yield finding


def _setting(problem: Problem) -> Finding:
    otherwise = ("The bot doesn't start with it", "Correct it in the environment or in .env.")
    return Finding(str(problem), *_SETTINGS.get(problem.name, otherwise))


async def _examine_store(url: str, *, create: bool) -> AsyncIterator[Finding]:
    try:
        if (path := place_of_new_store(url)) and not create:
            yield Finding(f"No database at {path} yet; the bot creates it at its start, or --create now")
            return
        store = open_store(url)
    except StoreError as error:
        told, _, fix = str(error).partition("; ")
        fix = f"{fix[:1].upper()}{fix[1:]}." if fix else "Name another file in DATABASE_URL."
        yield Finding(f"The store can't be opened: {told}", "The bot can't remember anything without it", fix)
        return
    for finding in _deliveries(store.reader):
        yield finding
    try:
        await store.probe()
        ahead = await ahead_by(store)
    except StoreUnavailableError as error:
        why = "The bot doesn't start, and answers nothing that it must write down"
        yield Finding(f"The store can't be written: {error}", why, "Make room on its disk, or end what locks it.")
    else:
        for finding in (*clocks(ahead), *_role(store.reader)) if store.is_shared else ():
            yield finding
    await store.close()


def _role(reader: Reader) -> Iterator[Finding]:
    if role := unbound_role(reader):
        yield Finding(
            f"The role {role} is a superuser of the database, or has BYPASSRLS",
            "The server doesn't keep workspaces apart for it",
            "Make a role with neither the owner of the database (ALTER DATABASE … OWNER TO); name it in DATABASE_URL.",
        )


def clocks(ahead: timedelta) -> Iterator[Finding]:
    """Say what it means that this machine's clock is ahead of the database server's by so much."""
    if abs(ahead) <= MOST:
        yield Finding("The clock of this machine is right by the database's")
        return
    way = "ahead of" if ahead > timedelta() else "behind"
    told = f"The clock of this machine is {abs(ahead).total_seconds():.0f} seconds {way} the database's"
    why = "Replicas may put messages in the wrong order, or take one another for dead"
    yield Finding(told, why, f"{FIX[:1].upper()}{FIX[1:]}.")


def _deliveries(reader: Reader) -> Iterator[Finding]:
    places = all_workspaces(reader)
    waiting = count_open(reader)
    yield Finding(
        f"The store opens and knows {len(places)} workspace{'s' * (len(places) != 1)}; "
        f"{waiting or 'no'} message{'s' * (waiting != 1)} to be sent"
    )
    for place in places:
        for each in ended_badly(reader, place.team_id):
            how = "was not sent" if each.state == "failed" else "may not have been sent"
            yield Finding(
                f"A message for {each.visibility} in {place.name}, written {each.created_at[:16]} UTC, {how}: "
                f"{each.reason}",
                "Whoever it was for hasn't read it",
                "Look in that conversation; if it isn't there, tell them yourself.",
            )


async def _examine_slack(settings: Settings, wrong: set[str]) -> AsyncIterator[Finding]:
    slack = AsyncWebClient(secret(settings.slack_bot_token), base_url=settings.slack_api_url)
    try:
        if settings.is_for_many:
            if not wrong & {"SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"}:
                yield await _client_finding(settings, slack)
            async for finding in _examine_installed(settings, slack):
                yield finding
        elif "SLACK_BOT_TOKEN" not in wrong:
            async for finding in _examine_bot_token(slack):
                yield finding
        if settings.slack_app_token is not None and "SLACK_APP_TOKEN" not in wrong:
            yield await _app_token_finding(slack, settings.slack_app_token.get_secret_value())
    except _UNREACHED as error:
        told = f"Slack can't be reached at {slack.base_url}: {error}"
        yield Finding(told, "The bot only works with Slack", "Check the network, its proxy, and SLACK_API_URL.")


async def _client_finding(settings: Settings, slack: AsyncWebClient) -> Finding:
    """See whether Slack knows the app by its id and secret: it says then that it doesn't know the code."""
    told = {"client_id": settings.slack_client_id, "client_secret": secret(settings.slack_client_secret)}
    try:
        await slack.api_call("oauth.v2.access", data={**told, "code": "doctor"})
    except SlackApiError as error:
        if (code := code_of(error)) != "invalid_code":
            fix = f"Copy SLACK_CLIENT_ID and SLACK_CLIENT_SECRET from Basic Information, App Credentials, at {_APPS}."
            return Finding(f"Slack refuses the client id or secret: {code}", "No workspace can let the bot in", fix)
    return Finding("Slack knows the app by its client id and secret")


async def _examine_installed(settings: Settings, slack: AsyncWebClient) -> AsyncIterator[Finding]:
    """Sign in to each workspace and organisation that has let the bot in."""
    try:
        places = await tokens_of_all(settings)
    except StoreError:
        return
    again = f"Have an admin install it again at {settings.public_url}{INSTALL_PATH}."
    alone = sum(not each.name for each in places.values())
    yield Finding(f"{alone} workspace{'s have' if alone != 1 else ' has'} let the bot in")
    for team_id, held in places.items():
        if held.name:
            added = ", ".join(held.workspaces) or "none of its workspaces yet"
            yield Finding(f"{held.name} ({team_id}) has let the bot in, and added it to {added}")
        if held.tokens is None:
            told = f"No key in TOKEN_KEYS opens the tokens of {team_id}"
            yield Finding(told, "The bot can't sign in there", f"Put the key back that was there before. {again}")
            continue
        if held.refused:
            told = f"Slack won't renew the token of {team_id}: {held.refused}"
            yield Finding(told, "The bot can't sign in there any more once the token ends", again)
        slack.token = held.tokens.bot
        async for finding in _examine_bot_token(slack, f"{again} ({team_id})"):
            yield finding


async def _examine_bot_token(slack: AsyncWebClient, fix: str = _BOT_TOKEN) -> AsyncIterator[Finding]:
    try:
        answer = await slack.auth_test()
    except SlackApiError as error:
        code = code_of(error)
        if code in TOKEN_ERRORS:
            yield Finding(f"Slack refuses the bot token: {code}", "The bot can't sign in to Slack", fix)
        else:
            yield Finding(
                f"Slack answered {code or 'what Slack would not'} at {slack.base_url}",
                "The bot token and scopes could not be checked",
                "Check SLACK_API_URL, and try again in a few minutes.",
            )
        return
    yield Finding(f"Slack accepts the bot token: {answer['user']} in {answer['team']}")
    header = next((value for name, value in answer.headers.items() if name.lower() == "x-oauth-scopes"), "")
    for finding in _scopes({scope.strip() for scope in header.split(",")}):
        yield finding


def _scopes(granted: set[str]) -> Iterator[Finding]:
    needed, optional = scopes(read_manifest())
    if missing := sorted(set(needed) - granted):
        yield Finding(
            f"Scopes are missing: {', '.join(missing)}",
            _without(missing),
            f"Paste the output of `common-ground manifest` into App Manifest at {_APPS}, and reinstall the app.",
        )
    else:
        yield Finding("All required scopes are granted")
    if missing := sorted(set(optional) - granted):
        yield Finding(f"Optional scopes aren't granted: {', '.join(missing)}. {_without(missing)}")


def _without(missing: list[str]) -> str:
    return ". ".join(f"Without {each} {_WITHOUT[each]}" for each in missing)


async def judge(shown: Mapping[str, Mapping[str, Any]]) -> AsyncIterator[Finding]:
    """Ask Slack whether it would take messages, forms and Homes, by what they are called; only what it refuses is told.

    Each is an argument of https://docs.slack.dev/reference/methods/blocks.validate with its name.
    """
    settings, _ = read_all_settings()
    slack = AsyncWebClient(secret(settings.slack_bot_token), base_url=settings.slack_api_url)
    slack.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=5))
    refused = 0
    for name, each in shown.items():
        try:
            await slack.blocks_validate(**each)
        except SlackApiError as error:
            refused += 1
            yield _refused(name, error)
        except _UNREACHED as error:
            yield Finding(f"Slack didn't judge {name}: {error}", "The rest isn't judged", "Try again in a few minutes.")
            return
    yield Finding(f"Slack takes {len(shown) - refused} of {len(shown)} kinds of messages, forms and Homes")


def _refused(name: str, error: SlackApiError) -> Finding:
    told = error.response.get("errors") or [{"message": code_of(error), "pointer": ""}]
    wrong = "; ".join(f"{each.get('message', '')} {each.get('pointer', '')}".strip() for each in told)
    return Finding(f"Slack wouldn't take {name}: {wrong}", "Nobody would see it as it is meant", _REPORT)


async def _app_token_finding(slack: AsyncWebClient, token: str) -> Finding:
    try:
        await slack.apps_connections_open(app_token=token)
    except SlackApiError as error:
        told = f"Slack refuses a Socket Mode connection: {code_of(error) or error}"
        return Finding(told, "The bot can't hear Slack", _APP_TOKEN)
    return Finding("Slack accepts the app-level token")
