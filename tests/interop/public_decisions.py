"""How many of other people's decision records come in, and with the right state and day.

python tests/interop/public_decisions.py FOLDER... [--expected FILE]

Each folder is imported by itself into nothing. FILE is YAML that somebody wrote after reading the files: by the path of
each, beginning with its folder's name, its state and its date. The folders and that file are kept elsewhere.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import typer
import yaml

from bot.cli import decision_files
from handlers.decisions.rules import importing
from handlers.decisions.rules.importing import Log, Plan
from storage.decisions.decisions import Decision

NOW = datetime(1999, 1, 1, tzinfo=UTC)
ENOUGH = 95


def planned(folder: Path) -> Plan:
    return importing.plan(decision_files.read(folder)[0], Log("T1", {}, [], 0), NOW)


def as_told(decision: Decision) -> tuple[str, str]:
    """Return the state that a file says, and its day; a decision waits as deprecated until its successor comes."""
    waits = decision.state == "deprecated" and decision.reason.startswith("superseded by ")
    day = decision.created_at[:10]
    return "superseded" if waits else decision.state, "" if day == f"{NOW:%Y-%m-%d}" else day


def wrong_in(made: Plan, folder: str, expected: Mapping[str, Mapping[str, object]]) -> list[str]:
    """Say of each file what came in otherwise than somebody reads it."""
    wrong = []
    for each in made.added:
        told = expected.get(f"{folder}/{each.origin}")
        for name, is_so in zip(("state", "date"), as_told(each), strict=True):
            if told is not None and str(told.get(name) or "") != is_so:
                wrong.append(f"wrong {name}: {folder}/{each.origin}: {is_so}, not {told.get(name)}")
    return wrong


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--expected", type=Path)
    told = parser.parse_args(arguments)
    expected = yaml.safe_load(told.expected.read_text(encoding="utf-8")) if told.expected else {}
    total: Counter[str] = Counter()
    for folder in told.folders:
        made = planned(folder)
        wrong = wrong_in(made, folder.name, expected)
        judged = sum(f"{folder.name}/{each.origin}" in expected for each in made.added)
        count = Counter(files=len(made.added) + len(made.refused), came_in=len(made.added), judged=judged)
        count.update(each.split(":")[0].replace(" ", "_") for each in wrong)
        total += count
        refused = [f"    refused: {each.file}: {each.error}" for each in made.refused]
        typer.echo("\n".join([line(folder.name, count), *refused, *(f"    {each}" for each in wrong)]))
    typer.echo(line("all", total))
    share = 100 * total["came_in"] / total["files"]
    typer.echo(f"{share:.1f} % came in")
    return int(share < ENOUGH or total["wrong_state"] + total["wrong_date"] > 0)


def line(name: str, count: Mapping[str, int]) -> str:
    names = ("files", "came_in", "judged", "wrong_state", "wrong_date")
    return f"{name:24}" + "  ".join(f"{count[each]:4} {each.replace('_', ' ')}" for each in names)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
