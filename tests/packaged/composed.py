"""The services of compose.postgres.yaml, by the words of a compose, and a way from there to the local Slack."""

import asyncio
import shlex
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import yaml
from aiohttp import ClientSession, web
from multidict import CIMultiDictProxy

from bot.local_slack.wire.server import LocalSlack
from tests.packaged.engine import Ended
from tests.test_packaging import ROOT

FILE = ROOT / "compose.postgres.yaml"
#: Nothing is sent there; it tells by which address containers reach this machine.
_ELSEWHERE = ("192.0.2.1", 9)
#: What is between two hops alone.
_OF_A_HOP = {"connection", "content-length", "content-encoding", "host", "transfer-encoding"}


@dataclass(frozen=True, slots=True)
class Composed:
    """The services of one folder, by the words of a compose: ``docker compose``, ``podman-compose``."""

    compose: str
    folder: Path

    async def is_ready(self, replica: str) -> bool:
        probe = ("python3", "-I", "-m", "bot.transport.healthy", "/readyz")
        return (await self.ask("exec", "-T", replica, *probe)).code == 0

    async def tell(self, statement: str) -> str:
        """Return what PostgreSQL says, to who may do everything."""
        psql = ("psql", "--username", "postgres", "--dbname", "common_ground", "--no-align", "--tuples-only")
        return (await self.ask("exec", "-T", "database", *psql, "--command", statement)).said.strip()

    async def ask(self, *words: str) -> Ended:
        command = (*shlex.split(self.compose), "--file", FILE.name, *words)
        process = await asyncio.create_subprocess_exec(
            *command, cwd=self.folder, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
        )
        out, err = await process.communicate()
        return Ended(process.returncode, out.decode() or err.decode())


@asynccontextmanager
async def composed(compose: str, folder: Path, slack_url: str, port: int) -> AsyncIterator[Composed]:
    """Lay a folder out as the documents say, but for the port; take away at the end what was started."""
    told = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    told["name"] = folder.name
    told["services"]["replica-1"].pop("build")
    told["services"]["proxy"]["ports"] = [f"127.0.0.1:{port}:80"]
    (folder / FILE.name).write_text(yaml.safe_dump(told), encoding="utf-8")
    shutil.copytree(ROOT / "deploy", folder / "deploy")
    (folder / ".env").write_text(
        "SLACK_BOT_TOKEN=xoxb-local\nSLACK_SIGNING_SECRET=local-signing-secret\n"
        f"SLACK_API_URL={slack_url}/api/\nPUBLIC_URL=http://127.0.0.1:80\nPGPASSWORD=for-this-try\n"
    )
    made = Composed(compose, folder)
    try:
        yield made
    finally:
        await made.ask("down", "--volumes")


@asynccontextmanager
async def reachable(slack: LocalSlack) -> AsyncIterator[str]:
    """Have containers reach the local Slack, which takes nothing but from this machine; yield its address for them."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as looking:
        looking.connect(_ELSEWHERE)
        address = looking.getsockname()[0]
    inner = slack.url
    async with ClientSession(auto_decompress=False) as session:

        async def pass_on(request: web.Request) -> web.Response:
            to, headers = f"{inner}{request.rel_url}", _but_of_the_hop(request.headers)
            async with session.request(request.method, to, headers=headers, data=await request.read()) as answer:
                return web.Response(
                    status=answer.status, headers=_but_of_the_hop(answer.headers), body=await answer.read()
                )

        application = web.Application()
        application.router.add_route("*", "/{path:.*}", pass_on)
        runner = web.AppRunner(application, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, address, 0).start()
        slack.workspace.url = f"http://{address}:{runner.addresses[0][1]}"
        try:
            yield slack.workspace.url
        finally:
            await runner.cleanup()


def _but_of_the_hop(headers: CIMultiDictProxy[str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.lower() not in _OF_A_HOP}
