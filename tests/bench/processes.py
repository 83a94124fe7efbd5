"""Starts the servers that are measured, each in a process of its own."""

import asyncio
import json
import sys
import time
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.local_slack.wire.server import LocalSlack
from tests.bench.servers import SECRET


@asynccontextmanager
async def server(name: str, argument: str) -> AsyncIterator[tuple[int, Process, float]]:
    """Start a server; yield its port, its process, and the seconds until it was ready."""
    started = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.servers", name, argument, stdout=asyncio.subprocess.PIPE
    )
    if process.stdout is None:
        raise RuntimeError("no standard output")
    line = (await process.stdout.readline()).decode()
    spent = time.perf_counter() - started
    try:
        yield int(line.split()[1]), process, spent
    finally:
        process.terminate()
        await process.wait()


def bot_settings(slack: LocalSlack, path: Path, *, http: bool) -> str:
    told: dict[str, object] = {
        "slack_bot_token": "xoxb-local",
        "slack_signing_secret": SECRET,
        "slack_api_url": slack.api_url,
        "database_url": f"sqlite:///{path}",
        "port": 0,
    }
    return json.dumps(told if http else {**told, "slack_app_token": "xapp-local"})
