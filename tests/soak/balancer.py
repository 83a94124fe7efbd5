"""What stands between Slack and several replicas that are reached by HTTP: each request goes to the next of them."""

from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import ClientConnectorError, ClientError, ClientSession, web

#: What is said of one connection alone, and what a sender works out anew.
_OF_A_CONNECTION = {"connection", "content-length", "host", "keep-alive", "transfer-encoding"}


@dataclass
class Balancer:
    """Remembers nobody: a request goes to any replica, or to the next one where nobody listens."""

    session: ClientSession
    port: int = 0
    _ports: deque[int] = field(default_factory=deque)

    def send_to(self, ports: list[int]) -> None:
        self._ports = deque(ports)

    async def pass_on(self, request: web.Request) -> web.Response:
        body = await request.read()
        for _ in range(len(self._ports)):
            self._ports.rotate()
            try:
                return await self._asked(request, body, self._ports[0])
            except ClientConnectorError:
                continue
            except ClientError:
                return web.Response(status=502)
        return web.Response(status=503)

    async def _asked(self, request: web.Request, body: bytes, port: int) -> web.Response:
        url, headers = f"http://127.0.0.1:{port}{request.rel_url}", request.headers
        told = {name: value for name, value in headers.items() if name.lower() not in _OF_A_CONNECTION}
        async with self.session.request(request.method, url, data=body, headers=told) as answer:
            kept = {name: value for name, value in answer.headers.items() if name.lower() not in _OF_A_CONNECTION}
            return web.Response(status=answer.status, body=await answer.read(), headers=kept)


@asynccontextmanager
async def balancing() -> AsyncIterator[Balancer]:
    """Begin to pass requests on, from a free port."""
    async with ClientSession() as session:
        made, app = Balancer(session), web.Application()
        app.router.add_route("*", "/{path:.*}", made.pass_on)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            made.port = int(runner.addresses[0][1])
            yield made
        finally:
            await runner.cleanup()
