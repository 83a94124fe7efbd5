"""Makes a store of today, for later versions to open: what is in a store that this version has written.

    python -m tests.storage.stores.make tests/storage/stores/2026-11-28.sql

plays the acceptance scripts and ``weeks.txt`` in one store and writes that as SQL text, with a record of what is in it
beside it (``2026-11-28.yaml``); a name that ends with ``.sql.gz`` is compressed. Make one before each release, and
never anew: a store of the past is as its version left it.
"""

import asyncio
import random
import tempfile
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import typer
import yaml

from bot.clock import Clock
from bot.local_slack.faults import Fault
from bot.logs import set_up_logging
from bot.outbox.rate_limits import RateLimits
from bot.trial.run import Trial, trial
from bot.trial.script import BEGINS
from storage.engine.interface import Transaction
from storage.glossary import glossary, importing
from storage.glossary.glossary import NewSense
from storage.outbox import deliveries
from storage.outbox.deliveries import Delivery
from tests.storage.stores.dumping import dump, load, write
from tests.storage.stores.recording import beside, command, recorded

_HERE = Path(__file__).parent
_SCRIPTS = _HERE.parents[1] / "scripts"
#: What a script settles, another one goes on from; one that is new is played after these.
_ORDER = ("define", "mention", "glossary", "owner", "decision", "data-request", "card", "feedback", "common-ground")
_TEAM = "T0LOCAL"
#: Every record on one line.
_WIDTH = 10_000
_DUTY = """
- id: night-watch
  name: night watch
  why: Nobody hears of it before the morning.
  side: operations
  kinds: [model]
"""


async def live(store: Path) -> datetime:
    """Let people work with the bot for ten weeks, stop it while something is still under way, and return when."""
    clock = Clock(frozen_at=BEGINS)
    async with trial(clock, store, use_http=False, rate_limits=RateLimits(burst=10_000)) as begun:
        for script in (*_ORDER, *sorted({path.stem for path in _SCRIPTS.glob("*.txt")} - set(_ORDER))):
            await _play(begun, _SCRIPTS / f"{script}.txt")
        await _keep_a_note(begun)
        await _play(begun, _HERE / "weeks.txt")
        await _begin_an_import(begun)
        await _say_with_trouble(begun)
    return clock.now()


async def _play(begun: Trial, script: Path) -> None:
    for line in _gestures(script):
        await begun.do(line)


def _gestures(script: Path) -> list[str]:
    return [line for line in script.read_text(encoding="utf-8").splitlines() if not line.startswith("|")]


async def _keep_a_note(begun: Trial) -> None:
    """Say something in the thread of a data request and keep it; the scripts know only threads of people."""
    channel, ana = begun.slack.workspace.channel_named("#data"), begun.slack.workspace.user_named("ana")
    root = next(ts for ts, message in channel.messages.items() if "DR-1" in message.text)
    begun.slack.people.say(ana, channel, "A berth of -1 means that the ship is at anchor.", root)
    await begun.do('dev uses "Keep as a note on data" on "at anchor"')


async def _begin_an_import(begun: Trial) -> None:
    """Leave an import as one that ended early: nobody sees what it has staged."""
    store, now = begun.bot.store, begun.bot.clock.now()
    new = NewSense(word="capstan", discipline="product", gloss="What everything else is pulled with")
    changes = {"gloss": "How far something leans"}

    def stage(transaction: Transaction) -> None:
        importing.begin(transaction, _TEAM, "the batch", now)
        importing.stage(transaction, _TEAM, "the batch", [new], now)
        (bias, *_) = glossary.senses_named(transaction, _TEAM, "bias", ["workspace"])
        importing.stage_changes(transaction, _TEAM, "the batch", [(bias, changes)], now)

    await store.write(stage)


async def _say_with_trouble(begun: Trial) -> None:
    """Leave a delivery in each state: uncertain, failed, unsure, waiting, and being sent."""
    faults, app = begun.slack.faults, begun.slack.workspace.app
    app.refused_scopes = {"channels:history"}
    faults.arm("chat.postMessage", Fault("lost_after"))
    await begun.do("eli in #general: @Common Ground what does drift mean?")
    await begun.pass_time(timedelta(minutes=1))
    app.refused_scopes = set()
    faults.arm("chat.postMessage", Fault("refused", error="is_archived"))
    await begun.do("dev in #data: @Common Ground what does recall mean?")
    faults.arm("chat.postMessage", Fault("lost_before"))
    await begun.do("ben in #general: @Common Ground what does bias mean?")
    faults.arm("chat.postMessage", Fault("rate_limited", retry_after=300))
    await begun.do("ana in #churn-model: @Common Ground what does precision mean?")
    now = begun.bot.clock.now()
    post = Delivery(
        act="post", team_id=_TEAM, visibility="CGENERAL", lane="CGENERAL", body={"channel": "CGENERAL", "text": "Ahoy"},
        **deliveries.due_at_once(now, timedelta(days=1)),
    )  # fmt: skip
    await begun.bot.store.write(lambda transaction: deliveries.add(transaction, [post]))
    await begun.bot.store.write(partial(_take, post, begun.bot.clock))


def _take(post: Delivery, clock: Clock, transaction: Transaction) -> None:
    deliveries.take(transaction, post, clock.now(), timedelta(minutes=1))


def make(file: Path) -> None:
    """Write a store of today into FILE (.sql or .sql.gz), and what is in it beside that."""
    set_up_logging("ERROR", "console")
    random.seed(0)  # how long the bot waits before it tries again
    with tempfile.TemporaryDirectory() as folder:
        store, again = Path(folder) / "lived.db", Path(folder) / "loaded.db"
        left_at = asyncio.run(live(store))
        catalogue = Path(folder) / "catalogue.yaml"
        catalogue.write_text(command(store, "owner", "catalogue") + _DUTY, encoding="utf-8")
        command(store, "owner", "catalogue", str(catalogue))
        text = dump(store)
        load(text, again)
        told = {"left_at": left_at.isoformat(), **recorded(again)}
    write(file, text)
    beside(file).write_text(yaml.safe_dump(told, sort_keys=False, allow_unicode=True, width=_WIDTH), encoding="utf-8")


if __name__ == "__main__":
    typer.run(make)
