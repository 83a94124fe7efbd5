"""Plays what people do with decisions, and reads all that they are told."""

import json

from bot.trial.run import Trial
from storage.decisions import decisions
from storage.decisions.decisions import Decision
from tests.playing import play

TEAM = "T0LOCAL"
SECRET = "falcon launch"
PROPOSED = (
    '"Decided or proposed?": Proposed: people can agree or object',
    '"Who decides?": eli',
    '"Answer by": 2026-01-09',
)


async def log(trial: Trial, title: str, who: str = "chloe", where: str = "#general", *more: str) -> str:
    """Log a decision with the whole form."""
    lines = [f"{who} enters {each}" for each in (f'"What was decided?": {title}', *more)]
    opened = [f'{who} presses "More"'] if more else []
    return await play(trial, f"{who} in {where}: /decision", *opened, *lines, f"{who} submits", f"{who} closes")


def every(trial: Trial) -> list[Decision]:
    return decisions.all_decisions(trial.bot.store.reader, TEAM)


def one(trial: Trial, number: str = "D-1") -> Decision:
    return next(each for each in every(trial) if each.number == number)


def told(trial: Trial) -> list[tuple[str, str]]:
    """Return every message to a person or a channel so far: whom it goes to, and all that stands in it."""
    rows = trial.bot.store.reader.all("SELECT lane, body FROM outbox WHERE act = 'post' ORDER BY id")
    return [(row["lane"], str(json.loads(row["body"]))) for row in rows]
