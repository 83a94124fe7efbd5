"""`make soak`: weeks of 200 people in fast motion, in which much goes wrong; judged by an oracle of its own."""

import argparse
import asyncio
import sys
import tempfile
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

from bot.logs import set_up_logging
from tests.soak.figures import Figures, Seen, counted, to_json, write_all, write_one
from tests.soak.keeping import folder_of, keep
from tests.soak.machine import ROOT
from tests.soak.one_process import replayed
from tests.soak.oracle.verdict import verdict
from tests.soak.processes import How, lived
from tests.soak.release import last_release
from tests.soak.stores import migrated_server

_ACTS = 300
#: Of a steady week, the first of so many parts is not looked at: what is kept in memory is loaded then.
_WARM_UP = 5


def soak(seed: int, how: How, kept: Path | None = None) -> Figures:
    """Live through the week of a seed with the bot as a process of its own."""
    with folder_of(seed, kept) as folder:
        week = asyncio.run(lived(seed, folder, how))
        told = week.journal.transcript(week.machine.store)
        if kept is not None:
            keep(folder, told, week.machine.logged)
        struck = Counter(each.kind for each in week.machine.slack.faults.struck)
        return counted(seed, told, verdict(told), Seen(week.met, struck, week.machine.memory))


def steady(seed: int, acts: int) -> Figures:
    """Live through a week in which nothing befalls the machine, with one process from its beginning to its end.

    After it people ask what they asked before: who writes nothing new leaves nothing in memory.
    """
    with tempfile.TemporaryDirectory(prefix="common-ground-soak-") as name:
        week = asyncio.run(lived(seed, Path(name), How(acts, is_steady=True)))
        told = week.journal.transcript(week.machine.store)
        struck = Counter(each.kind for each in week.machine.slack.faults.struck)
        memory = week.memory_of_week[len(week.memory_of_week) // _WARM_UP :]
        return counted(seed, told, verdict(told), Seen(week.met, struck, memory, week.machine.memory))


def replay(seed: int, acts: int, transcript: Path | None) -> Figures:
    """Live through the week of a seed in this process, the same way each time."""
    set_up_logging("CRITICAL", "console")
    with tempfile.TemporaryDirectory(prefix="common-ground-soak-") as name:
        week = asyncio.run(replayed(seed, Path(name), acts))
        if transcript is not None:
            transcript.write_text(week.text, encoding="utf-8")
        told = week.journal.transcript(week.store)
        struck = Counter(each.kind for each in week.stage.slack.faults.struck)
        return counted(seed, told, verdict(told), Seen(week.met, struck))


def main() -> int:
    told = _arguments()
    weeks = []
    with ExitStack() as stack:
        how = _how(told, stack)
        for seed in range(told.seed, told.seed + told.seeds):
            weeks.append(_found(seed, told, how))
            write_one(sys.stdout, weeks[-1])
    write_all(sys.stdout, weeks)
    if told.json is not None:
        told.json.write_text(to_json(weeks), encoding="utf-8")
    return min(sum(len(each.findings) for each in weeks), 1)


def _how(told: argparse.Namespace, stack: ExitStack) -> How:
    """Say how the weeks are lived: on a server no older bot comes first, for the last release may know no servers."""
    if told.engine == "postgres":
        return How(told.acts, server=stack.enter_context(migrated_server()), replicas=told.replicas)
    name = stack.enter_context(tempfile.TemporaryDirectory(prefix="common-ground-release-"))
    return How(told.acts, (last_release(Path(name)) if not told.one_process else None) or ROOT)


def _found(seed: int, told: argparse.Namespace, how: How) -> Figures:
    if told.steady:
        return steady(seed, told.acts)
    return replay(seed, told.acts, told.transcript) if told.one_process else soak(seed, how, told.keep)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make soak", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="which week to begin with")
    parser.add_argument("--seeds", type=int, default=1, help="how many weeks")
    parser.add_argument("--acts", type=int, default=_ACTS, help="how much people do in a week")
    parser.add_argument("--engine", choices=("sqlite", "postgres"), default="sqlite", help="where the bot's store is")
    parser.add_argument("--replicas", type=int, default=1, help="with --engine postgres: how many bots share the store")
    parser.add_argument(
        "--one-process", action="store_true", help="replay it exactly, with bot and Slack in one process"
    )
    parser.add_argument("--steady", action="store_true", help="measure memory: one process all week, without a kill")
    parser.add_argument("--transcript", type=Path, help="with --one-process: write what people saw into this file")
    parser.add_argument(
        "--keep", type=Path, help="keep each week's store, log and what people did and saw in this folder"
    )
    parser.add_argument("--json", type=Path, help="write the figures into this file too")
    told = parser.parse_args()
    if told.replicas > 1 and told.engine != "postgres":
        parser.error("replicas share a store only on PostgreSQL: --engine postgres")
    return told


if __name__ == "__main__":
    sys.exit(main())
