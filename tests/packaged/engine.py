"""A container of the image, by the command line of an engine: docker and podman take the same words."""

import asyncio
import json
from dataclasses import dataclass
from pathlib import Path

#: As compose.yaml and deploy/kubernetes run it: nothing can be written but the volume and /tmp, and no right is held.
_CONFINED = ("--read-only", "--tmpfs", "/tmp", "--cap-drop", "ALL", "--security-opt", "no-new-privileges")  # noqa: S108 - in the container
_VOLUME = "/var/lib/common-ground"


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended, and what it said."""

    code: int | None
    said: str


@dataclass(frozen=True, slots=True)
class Container:
    """One container, which may be started anew; ``settings`` is the file of its environment."""

    engine: str
    image: str
    name: str
    volume: str
    settings: Path

    async def start(self) -> Ended:
        """Start it in the background, on the machine's network: the local Slack listens nowhere else."""
        return await self._ask("run", "--detach", "--name", self.name, *self._confined(), self.image)

    async def run_second(self) -> Ended:
        """Run another one on the same volume until it ends."""
        return await self._ask("run", "--rm", *self._confined(), self.image)

    async def run(self, *words: str) -> Ended:
        """Run the image's command with other words, away from the volume."""
        return await self._ask("run", "--rm", "--network", "host", self.image, *words)

    async def inside(self, *words: str) -> Ended:
        """Run a program beside the bot."""
        return await self._ask("exec", self.name, *words)

    async def is_healthy(self) -> bool:
        """Do what the engine does at each turn: the image's health check."""
        told = await self._ask("inspect", "--format", "{{json .Config.Healthcheck.Test}}", self.name)
        _, *words = json.loads(told.said)
        return (await self.inside(*words)).code == 0

    async def kill(self) -> None:
        await self._ask("kill", "--signal", "KILL", self.name)
        await self._ask("wait", self.name)

    async def start_again(self) -> Ended:
        return await self._ask("start", self.name)

    async def stop(self) -> str:
        """Stop it, and return the code with which the bot ended."""
        await self._ask("stop", "-t", "20", self.name)
        return (await self._ask("inspect", "--format", "{{.State.ExitCode}}", self.name)).said.strip()

    async def log(self) -> str:
        process = await self._start("logs", self.name, err=asyncio.subprocess.STDOUT)
        out, _ = await process.communicate()
        return out.decode()

    async def remove(self) -> None:
        await self._ask("rm", "--force", self.name)
        await self._ask("volume", "rm", self.volume)

    def _confined(self) -> tuple[str, ...]:
        given = ("--env-file", str(self.settings), "--volume", f"{self.volume}:{_VOLUME}")
        return ("--network", "host", *_CONFINED, *given)

    async def _ask(self, *words: str) -> Ended:
        process = await self._start(*words, err=asyncio.subprocess.PIPE)
        out, err = await process.communicate()
        return Ended(process.returncode, out.decode() or err.decode())

    async def _start(self, *words: str, err: int) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(self.engine, *words, stdout=asyncio.subprocess.PIPE, stderr=err)
