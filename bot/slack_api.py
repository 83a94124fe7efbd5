"""The way to Slack's Web API: one session for all calls, and who Slack says the bot is."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import structlog
from aiohttp import ClientSession, ClientTimeout, TCPConnector, TraceConfig
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.condition import Condition
from bot.metrics import watching_slack
from bot.outbox.slack_calls import TOKEN_ERRORS, code_of
from bot.settings import Settings, SettingsError, secret
from bot.transport.retries import until_slack_answers
from handlers.framework.measures import Measures
from handlers.framework.middleware import Identity
from handlers.slack.cache import NO_ANSWER

_log = structlog.get_logger(__name__)
_CONNECTIONS = 100
_PATIENCE = ClientTimeout(total=30, connect=10)
#: A token that is good for several workspaces is no answer to which one this is.
_OF_ORGANIZATION = (
    "SLACK_BOT_TOKEN: it is that of a whole organization; install the app in one workspace, "
    "or set SLACK_CLIENT_ID to serve many workspaces"
)


@asynccontextmanager
async def calling_slack(
    settings: Settings, condition: Condition, measures: Measures, watching: Sequence[TraceConfig] = ()
) -> AsyncIterator[AsyncWebClient]:
    """Open the way, which is measured, and watched by what else is given."""
    # A token that one of many workspaces took back says nothing of the bot.
    heard = _unheard if settings.is_for_many else condition.heard
    async with _session(condition, [watching_slack(measures, settings.slack_api_url, heard), *watching]) as session:
        yield AsyncWebClient(
            secret(settings.slack_bot_token) or None,
            base_url=settings.slack_api_url,
            session=session,
            retry_handlers=[],
        )


def _unheard(_method: str, _error: str) -> None:
    pass


@asynccontextmanager
async def _session(condition: Condition, watching: Sequence[TraceConfig]) -> AsyncIterator[ClientSession]:
    """One session for all calls: the SDK would open a connection for each. It notes whether Slack answers."""
    trace = TraceConfig()

    async def answered(*_: object) -> None:
        condition.slack_answered = True

    async def failed(*_: object) -> None:
        condition.slack_answered = False

    trace.on_request_end.append(answered)
    trace.on_request_exception.append(failed)
    async with ClientSession(
        connector=TCPConnector(limit=_CONNECTIONS), timeout=_PATIENCE, trace_configs=[trace, *watching]
    ) as session:
        yield session


async def identity_of(slack: AsyncWebClient) -> Identity:
    """Ask Slack who the bot is, until it answers.

    Raises SettingsError when it does not take the token, or that is of no single workspace.
    """
    try:
        told = await until_slack_answers(slack.auth_test, "Slack does not answer yet", TOKEN_ERRORS)
    except SlackApiError as error:
        message = f"SLACK_BOT_TOKEN: Slack rejects it ({code_of(error)}); copy it again from OAuth & Permissions"
        raise SettingsError(message) from error
    if told.get("is_enterprise_install"):
        raise SettingsError(_OF_ORGANIZATION)
    bot_id, url = told.get("bot_id", ""), told.get("url", "")
    return Identity(told["team_id"], told["team"], told["user_id"], bot_id, url, await _app_id(slack, bot_id))


async def _app_id(slack: AsyncWebClient, bot_id: str) -> str:
    """Ask Slack which app the bot belongs to; empty where it does not say."""
    try:
        told = await slack.bots_info(bot=bot_id)
    except NO_ANSWER as error:
        _log.warning("Slack does not say which app this is, so requests are not compared with it", error=error)
        return ""
    return str(told["bot"].get("app_id", ""))
