"""What is counted in a week, and in many; as a table and as JSON."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from statistics import mean
from typing import TextIO

from tests.soak.oracle.transcript import Finding, Transcript
from tests.soak.oracle.verdict import KINDS

_MIB = 2**20


@dataclass(frozen=True, slots=True)
class Figures:
    """A week in numbers. ``memory`` is what the bot's process had at each turn, in bytes: its own, and mapped files.

    ``asked_again`` is the same of days after the week in which nothing new is written.
    """

    seed: int
    door: str
    acts: int
    acknowledged: int
    kept_private: int
    messages: int
    met: dict[str, int]
    faults: dict[str, int]
    findings: list[Finding]
    memory: list[tuple[int, int]] = field(default_factory=list)
    asked_again: list[tuple[int, int]] = field(default_factory=list)

    def wrong(self, kind: str) -> int:
        return sum(each.kind == kind for each in self.findings)

    def as_json(self) -> dict[str, object]:
        return {**asdict(self), "wrong": {kind: self.wrong(kind) for kind in KINDS}}


@dataclass(frozen=True, slots=True)
class Seen:
    """What befell the machine, what went wrong in Slack, and how much memory the bot had."""

    met: Counter[str]
    faults: Counter[str]
    memory: Sequence[tuple[int, int]] = ()
    asked_again: Sequence[tuple[int, int]] = ()


def counted(seed: int, told: Transcript, findings: list[Finding], seen: Seen) -> Figures:
    private = sum(each.place in told.private for each in told.deeds)
    acknowledged, said = sum(each.is_acknowledged for each in told.deeds), sum(each.is_bots for each in told.said)
    counts = (len(told.deeds), acknowledged, private, said)
    door = "HTTP" if seed % 2 else "Socket Mode"
    memory = (list(seen.memory), list(seen.asked_again))
    return Figures(seed, door, *counts, dict(seen.met), dict(seen.faults), findings, *memory)


def write_one(out: TextIO, found: Figures) -> None:
    wrong = sum(found.wrong(kind) for kind in KINDS)
    told = f"{found.acts} acts, {found.acknowledged} acknowledged, {found.messages} messages"
    kills = sum(count for kind, count in found.met.items() if kind.startswith("kill"))
    out.write(f"seed {found.seed:>3}  {found.door:<11}  {told}, {kills} kills, {sum(found.faults.values())} faults: ")
    out.write("nothing wrong\n" if not wrong else f"{wrong} wrong\n")
    out.writelines(f"    {each.kind}: {each.what}\n" for each in found.findings)
    out.flush()


def write_all(out: TextIO, weeks: Sequence[Figures]) -> None:
    """Write the sums of all weeks."""
    met: Counter[str] = sum((Counter(each.met) for each in weeks), Counter())
    faults: Counter[str] = sum((Counter(each.faults) for each in weeks), Counter())
    rows = {
        "weeks": len(weeks),
        "acts": sum(each.acts for each in weeks),
        "of these acknowledged": sum(each.acknowledged for each in weeks),
        "of these in private": sum(each.kept_private for each in weeks),
        "messages of the bot": sum(each.messages for each in weeks),
        **{f"machine: {kind}": count for kind, count in sorted(met.items())},
        **{f"Slack: {kind}": count for kind, count in sorted(faults.items())},
        **{kind: sum(each.wrong(kind) for each in weeks) for kind in KINDS},
    }
    out.writelines(f"{name:<32} {value:>8,}\n" for name, value in rows.items())
    _write_growth(out, "", [each.memory for each in weeks])
    _write_growth(out, " when asked again", [each.asked_again for each in weeks])


def _write_growth(out: TextIO, when: str, weighed: Sequence[Sequence[tuple[int, int]]]) -> None:
    for what, place in (("own memory", 0), ("memory of mapped files", 1)):
        grown = [found for each in weighed if (found := growth([sizes[place] for sizes in each])) is not None]
        if grown:
            out.write(f"{f'{what}{when}, last quarter to first':<32} {mean(grown):>8.2f}\n")


def growth(sizes: Sequence[int]) -> float | None:
    """Return the last quarter's mean against the first's; None where there are too few to tell."""
    quarter = len(sizes) // 4
    return mean(sizes[-quarter:]) / mean(sizes[:quarter]) if quarter else None


def to_json(weeks: Sequence[Figures]) -> str:
    return json.dumps([each.as_json() for each in weeks], indent=2) + "\n"
