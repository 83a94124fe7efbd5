"""Checks an installation and says in plain words what is wrong and how to mend it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.manifest import read_manifest, scopes
from bot.outbox.slack_calls import TOKEN_ERRORS, code_of
from bot.settings import Settings, SettingsError, read_settings
from storage import open_store
from storage.engine.interface import Reader, StoreError
from storage.outbox.deliveries import count_open, ended_badly
from storage.workspaces.workspaces import all_workspaces


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked; ``mend`` is what to do about it, empty when all is well."""

    told: str
    mend: str = ""

    def as_line(self) -> str:
        return f"mend  {self.told}. {self.mend}" if self.mend else f"ok    {self.told}."


async def examine() -> AsyncIterator[Finding]:
    """Check settings, store, deliveries, token and scopes, as far as each can be checked."""
    try:
        settings = read_settings()
    except SettingsError as error:
        yield Finding(f"The settings are not complete: {error}", "Set it in the environment or in .env.")
        return
    door = "Socket Mode" if settings.slack_app_token else f"HTTP on {settings.host}:{settings.port}"
    yield Finding(f"The settings are complete, for {door}")
    async for finding in _examine_store(settings.database_url):
        yield finding
    async for finding in _examine_slack(settings):
        yield finding


async def _examine_store(url: str) -> AsyncIterator[Finding]:
    try:
        store = open_store(url)
    except StoreError as error:
        yield Finding(f"The store does not open: {error}", "Nothing can be remembered until it does.")
        return
    for finding in _deliveries(store.reader):
        yield finding
    await store.close()


def _deliveries(reader: Reader) -> list[Finding]:
    places = all_workspaces(reader)
    told = f"The store opens and knows {len(places)} workspace{'s' * (len(places) != 1)}"
    findings = [Finding(f"{told}; {count_open(reader)} messages wait to be sent")]
    for place in places:
        findings += [
            Finding(
                f"A message for {each.visibility} in {place.name}, written {each.created_at[:16]} UTC, is "
                f"{'lost' if each.state == 'failed' else 'uncertain'}: {each.reason}",
                "Look in that conversation and, if it is missing there, say it again.",
            )
            for each in ended_badly(reader, place.team_id)
        ]
    return findings


async def _examine_slack(settings: Settings) -> AsyncIterator[Finding]:
    slack = AsyncWebClient(settings.slack_bot_token.get_secret_value(), base_url=settings.slack_api_url)
    try:
        answer = await slack.auth_test()
    except SlackApiError as error:
        code = code_of(error)
        if code in TOKEN_ERRORS:
            mend = "Copy it anew from OAuth & Permissions into SLACK_BOT_TOKEN."
            yield Finding(f"Slack does not take the bot token: {code}", mend)
        else:
            told = code or "what came back is not Slack's"
            mend = f"Check SLACK_API_URL ({settings.slack_api_url}), and try again in a few minutes."
            yield Finding(f"Slack does not answer well: {told}", mend)
        return
    except (SlackClientError, ClientError, TimeoutError, OSError) as error:
        yield Finding(
            f"Slack cannot be reached at {settings.slack_api_url}: {error}", "Check the network and SLACK_API_URL."
        )
        return
    yield Finding(f"Slack takes the bot token: {answer['user']} in {answer['team']}")
    header = next((value for name, value in answer.headers.items() if name.lower() == "x-oauth-scopes"), "")
    granted = {scope.strip() for scope in header.split(",")}
    needed, optional = scopes(read_manifest())
    yield _scopes_finding(sorted(set(needed) - granted))
    if settings.slack_app_token is not None:
        yield await _app_token_finding(slack, settings.slack_app_token.get_secret_value())
    if missing := sorted(set(optional) - granted):
        yield Finding(
            f"Optional scopes are not granted: {', '.join(missing)}. After a lost connection the bot cannot look "
            "whether a message has arrived, and lists it here as uncertain"
        )


async def _app_token_finding(slack: AsyncWebClient, token: str) -> Finding:
    try:
        await slack.apps_connections_open(app_token=token)
    except SlackApiError as error:
        return Finding(
            f"Slack gives no Socket Mode connection: {code_of(error) or error}",
            "Make a new app-level token with the scope connections:write under Basic Information, App-Level Tokens, "
            "put it into SLACK_APP_TOKEN, and see that Socket Mode is on.",
        )
    except (SlackClientError, ClientError, TimeoutError, OSError) as error:
        return Finding(f"Slack could not be asked for a Socket Mode connection: {error}", "Try again in a minute.")
    return Finding("Slack takes the app-level token")


def _scopes_finding(missing: list[str]) -> Finding:
    if not missing:
        return Finding("All scopes that the bot needs are granted")
    return Finding(
        f"Scopes are missing: {', '.join(missing)}",
        "Paste the output of `python -m bot manifest` into App Manifest and reinstall the app.",
    )
