"""A small load generator: raw keep-alive connections, so that the client costs little next to the server."""

import asyncio
import time
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from bot.local_slack.wire.delivery import signature

_DONE, _LATER, _SENT = b"HTTP/1.1 200", b"HTTP/1.1 503", 4


@dataclass(frozen=True, slots=True)
class Figures:
    """Requests a second, latencies in milliseconds, and for how many microseconds the server computes for each."""

    rate: float
    p50: float
    p99: float
    computed: float = 0.0


def command_request(word: str, number: int, secret: str, **more: str) -> bytes:
    """Return a signed HTTP request for `/define WORD`, or with ``more``, as another command in another workspace."""
    body = urlencode(
        {
            "token": "t",
            "team_id": "T0LOCAL",
            "channel_id": "CGENERAL",
            "channel_name": "general",
            "user_id": "UANA",
            "user_name": "ana",
            "command": "/define",
            "text": word,
            "trigger_id": f"trigger.{time.time_ns()}.{number}",
            "response_url": "http://127.0.0.1/respond/none",
            "api_app_id": "A0LOCAL",
            **more,
        }
    )
    return signed_request(body, "application/x-www-form-urlencoded", secret)


def signed_request(body: str, content_type: str, secret: str) -> bytes:
    headers = {
        "Host": "127.0.0.1",
        "Content-Type": content_type,
        "Content-Length": str(len(body)),
        **signature(secret, body),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST /slack/events HTTP/1.1\r\n{head}\r\n{body}".encode()


async def load(port: int, requests: Iterable[bytes], at_once: int) -> Figures:
    """Send the requests over so many connections, each waiting for its answer; which may be made one by one meanwhile.

    What isn't answered in time is sent anew, as Slack does three times. Raises on anything else but a 200.
    """
    waiting = iter(requests)
    spent: list[float] = []

    async def connection() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for request in waiting:
            started = time.perf_counter()
            for _ in range(_SENT):
                writer.write(request)
                head = await _answer(reader)
                if not head.startswith(_LATER):
                    break
            if not head.startswith(_DONE):
                raise RuntimeError(head.decode())
            spent.append((time.perf_counter() - started) * 1000)
        writer.close()
        await writer.wait_closed()

    started = time.perf_counter()
    await asyncio.gather(*(connection() for _ in range(at_once)))
    rate = len(spent) / (time.perf_counter() - started)
    spent.sort()
    return Figures(rate, spent[len(spent) // 2], spent[min(len(spent) - 1, int(len(spent) * 0.99))])


async def _answer(reader: asyncio.StreamReader) -> bytes:
    """Return what stands before the answer."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    await reader.readexactly(int(length.split(b":")[1]))
    return head
