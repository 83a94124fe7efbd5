"""Starts programs of a version of the bot by its nursery, and holds what a started one is known by."""

import asyncio
import json
import os
import signal
import socket
import sys
from asyncio.subprocess import Process
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

_NURSERY = Path(__file__).with_name("nursery.py")
_LONGEST = 64


@dataclass
class Child:
    """A process that the nursery forked off; its standard files are pipes to here."""

    pid: int
    stdin: int
    stdout: asyncio.StreamReader
    stderr: asyncio.StreamReader
    _ended: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def is_alive(self) -> bool:
        return not self._ended.is_set()

    def watch(self) -> None:
        """Notice its end."""
        loop, file = asyncio.get_running_loop(), os.pidfd_open(self.pid)

        def end() -> None:
            loop.remove_reader(file)
            os.close(file)
            os.close(self.stdin)
            self._ended.set()

        loop.add_reader(file, end)

    def tell(self, line: str) -> None:
        """Write a line to its standard input. Raises ConnectionError where it reads no more."""
        if not self.is_alive:
            raise BrokenPipeError
        os.write(self.stdin, line.encode())

    async def end(self, how: signal.Signals) -> None:
        """End it, and return once it has ended."""
        if self.is_alive:
            os.kill(self.pid, how)
            await self._ended.wait()


@dataclass
class Nursery:
    """Starts programs of the bot whose code is in a folder."""

    code: Path
    _orders: socket.socket | None = None
    _process: Process | None = None
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def start(self, argv: list[str], environment: Mapping[str, str], folder: Path) -> Child:
        """Start a program; a path, or the name of a module, with its arguments."""
        pipes = [os.pipe() for _ in range(3)]
        theirs, (stdin, *read) = [pipes[0][0], pipes[1][1], pipes[2][1]], [pipes[0][1], pipes[1][0], pipes[2][0]]
        told = {"argv": argv, "environment": dict(environment), "folder": str(folder), "is_waited_for": False}
        pid = await self._ask(told, theirs)
        stdout, stderr = [await _reader(each) for each in read]
        child = Child(pid, stdin, stdout, stderr)
        child.watch()
        return child

    async def run(self, argv: list[str], environment: Mapping[str, str], folder: Path) -> tuple[int, str]:
        """Run a program to its end, and return how it ended and what it said."""
        (nothing, end), (read, said) = os.pipe(), os.pipe()
        os.close(end)
        told = {"argv": argv, "environment": dict(environment), "folder": str(folder), "is_waited_for": True}
        reading = asyncio.create_task((await _reader(read)).read())
        ended = await self._ask(told, [nothing, said, said])
        return ended, (await reading).decode()

    async def _ask(self, told: object, files: list[int]) -> int:
        """Have the nursery do it; its answer is a number."""
        loop = asyncio.get_running_loop()
        async with self._one_at_a_time:
            orders = await self._open()
            await loop.run_in_executor(None, socket.send_fds, orders, [json.dumps(told).encode()], files)
            for file in set(files):
                os.close(file)
            return int(await loop.run_in_executor(None, orders.recv, _LONGEST))

    async def _open(self) -> socket.socket:
        if self._orders is None:
            self._orders, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, str(_NURSERY), str(theirs.fileno()),
                pass_fds=[theirs.fileno()], env={**os.environ, "PYTHONPATH": str(self.code)},
            )  # fmt: skip
            theirs.close()
        return self._orders

    async def close(self) -> None:
        if self._orders is not None and self._process is not None:
            self._orders.close()
            await self._process.wait()


async def _reader(file: int) -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    pipe = os.fdopen(file, "rb", 0)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), pipe)
    return reader
