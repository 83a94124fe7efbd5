"""The servers that are compared, each a process that prints a line when it is ready."""

import asyncio
import json
import signal
import sys
import time
from typing import Any

from aiohttp import ClientSession, web
from pydantic import SecretStr
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.app import running
from bot.clock import Clock
from bot.logs import set_up_logging
from bot.outbox.rate_limits import RateLimits
from bot.settings import Settings
from handlers.glossary.messages.answers import Shown, answer
from handlers.glossary.rules.naming import Found
from handlers.glossary.starter import starter_senses
from handlers.slack.placing import as_body
from storage.glossary.glossary import Sense

SECRET = "local-signing-secret"
_BEAT = 0.001
_SECRETS = ("slack_bot_token", "slack_app_token", "slack_signing_secret", "slack_client_secret", "token_keys")


def main() -> None:
    """Run the server that the arguments name: ``bot`` with settings as JSON, or a floor with an API's address."""
    name, argument = sys.argv[1:]
    servers = {"bot": serve_bot, "floor": serve_floor, "commands": serve_commands, "mentions": serve_mentions}
    asyncio.run(servers[name](argument))


async def serve_bot(told: str) -> None:
    set_up_logging("CRITICAL", "console")
    settings = Settings.model_construct(**typed(json.loads(told)))
    async with running(settings, Clock(), rate_limits=RateLimits(burst=10**9)) as bot:
        await _serve_and_tell_longest_hold(bot.port)


async def _serve_and_tell_longest_hold(port: int) -> None:
    """Print, when a signal asks for it, for how long (ms) something has kept the loop since the last time.

    To look every millisecond costs some per cent of what a request does, so that it begins only when it is asked for.
    """
    longest, is_asked = 0.0, asyncio.Event()

    def tell(*_: object) -> None:
        nonlocal longest
        sys.stdout.write(f"{longest * 1000:.2f}\n")
        sys.stdout.flush()
        longest = 0.0
        is_asked.set()

    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, tell)
    _ready(port)
    await is_asked.wait()
    while True:
        before = time.perf_counter()
        await asyncio.sleep(_BEAT)
        longest = max(longest, time.perf_counter() - before - _BEAT)


async def serve_floor(told: str) -> None:
    """The floor for long texts: a Bolt app that acknowledges all that comes, by HTTP or by Socket Mode."""
    settings = json.loads(told)
    client = AsyncWebClient("xoxb-local", base_url=settings["slack_api_url"])
    app, port = _bolt(client), 0

    @app.middleware
    async def acknowledge() -> BoltResponse:
        return BoltResponse(status=200)

    if "slack_app_token" in settings:
        await AsyncSocketModeHandler(app, "xapp-local", web_client=client).connect_async()
    else:
        port = await _listening(app)
    await _serve_and_tell_longest_hold(port)


async def serve_commands(api_url: str) -> None:
    """The floor for commands: a Bolt app that only acknowledges."""
    app = _bolt(AsyncWebClient(base_url=api_url))

    @app.command("/define")
    async def define(ack) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - Bolt injects it by name
        await ack()

    _ready(await _listening(app))
    await asyncio.Event().wait()


async def _listening(app: AsyncApp) -> int:
    runner = web.AppRunner(app.web_app("/slack/events"), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return int(runner.addresses[0][1])


async def serve_mentions(api_url: str) -> None:
    """The floor for mentions: a Bolt app that posts a fixed answer, over one shared session.

    The answer is as long as the bot's, so that what is compared is the work and not the size.
    """
    senses = [sense for sense in starter_senses() if sense.word == "bias"]
    kept = [
        Sense(
            id=sense.discipline,
            team_id="",
            look_up_key="",
            version=1,
            updated_at="",
            **sense.model_dump(exclude={"aliases"}),
        )
        for sense in senses
    ]
    said = as_body(answer(Found("bias", tuple(kept)), "", {}, Shown(is_private=False, is_limited=False)))
    async with ClientSession() as session:
        client = AsyncWebClient("xoxb-local", base_url=api_url, session=session)
        app = _bolt(client)

        @app.event("app_mention")
        async def post(event, client) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
            await client.chat_postMessage(
                channel=event["channel"], thread_ts=event.get("thread_ts") or event["ts"], **said
            )

        handler = AsyncSocketModeHandler(app, "xapp-local", web_client=client)
        await handler.connect_async()
        _ready(0)
        await asyncio.Event().wait()


def _bolt(client: AsyncWebClient) -> AsyncApp:
    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None, team_id="T0LOCAL", bot_token="xoxb-local", bot_id="B0BOT", bot_user_id="U0BOT"
        )

    return AsyncApp(client=client, authorize=authorize, signing_secret=SECRET, process_before_response=True)


def typed(told: dict[str, Any]) -> dict[str, Any]:
    """Settings that skip the checks, so that any free port can be asked for."""
    return {name: SecretStr(value) if name in _SECRETS else value for name, value in told.items()}


def _ready(port: int) -> None:
    sys.stdout.write(f"ready {port}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
