"""The acceptance scripts, played over the wire: what passes there is tried once for each of its kinds."""

from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from pathlib import Path

from bot.trial.run import Trial
from bot.trial.script import ScriptError
from tests.input.wire import Payload, Wire
from tests.test_acceptance import interactions, read


async def heard_first(
    trial: Trial, wire: Wire, path: Path, is_wanted: Callable[[Payload], bool] = lambda _: True
) -> AsyncIterator[tuple[str, Payload]]:
    """Play a script, and give with each line the payloads whose routes were not heard before."""
    tried: set[str] = set()
    for line in interactions(read(path)):
        # What is sent besides may have ended what the script goes on with.
        with suppress(ScriptError):
            await trial.do(line)
        new = {each.route: each for each in wire.heard if is_wanted(each) and each.route not in tried}
        wire.heard.clear()
        tried |= new.keys()
        for payload in new.values():
            yield line, payload
