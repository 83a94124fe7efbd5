"""The table of capacity in docs/scaling.md: what workspaces take, computed from what was measured.

`python -m tests.scale.capacity` writes it anew from tests/scale/measured.json, which
`make bench-scale ARGS="--json tests/scale/measured.json"` writes.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
MEASURED, PAGE = Path(__file__).with_name("measured.json"), ROOT / "docs" / "scaling.md"
MARKS = ("<!-- capacity: written by tests/scale/capacity.py -->\n", "<!-- end of capacity -->")
SIZES = (1, 100, 1_000, 10_000, 100_000, 1_000_000)

#: What is assumed of a workspace: a company of 200 people, a fifth of whose day is its busiest hour.
LOOK_UPS_A_DAY, CHANGES_A_DAY, BUSIEST_HOUR = 400, 100, 0.2
#: What is planned with: so much of a core is used at the busiest hour, a server of a database has so many of them, and
#: so many workspaces at most, for each tick writes their leases.
USED, CORES_OF_DATABASE, WORKSPACES_OF_DATABASE = 0.5, 16, 10_000
#: Slack delivers so many events an hour to an app in one workspace.
EVENTS_OF_SLACK = 30_000
_COLUMNS = (
    "Workspaces", "Look-ups a second", "Changes a second", "Replicas, a core each", "Cores of databases", "Databases",
    "Disk",
)  # fmt: skip
_TICK, _HOUR = 20, 3_600
#: So often in an hour comes what is looked at every ten minutes, beside what comes with the hour.
_LOOKS = 5


@dataclass(frozen=True, slots=True)
class Costs:
    """What was measured on PostgreSQL: seconds of computing for a request and for a workspace's ticks, and bytes."""

    look_up: float
    look_up_of_store: float
    change: float
    change_of_store: float
    tick: float
    look: float
    hour: float
    bytes_kept: float

    def replicas(self, workspaces: int) -> float:
        """Return how many cores the bots compute on in the busiest hour."""
        asked = self.look_up * LOOK_UPS_A_DAY + self.change * CHANGES_A_DAY
        timed = self.tick / _TICK + (_LOOKS * self.look + self.hour) / _HOUR
        return workspaces * (asked * BUSIEST_HOUR / _HOUR + timed)

    def store(self, workspaces: int) -> float:
        asked = self.look_up_of_store * LOOK_UPS_A_DAY + self.change_of_store * CHANGES_A_DAY
        return workspaces * asked * BUSIEST_HOUR / _HOUR


def costs(rows: Sequence[Mapping[str, object]]) -> Costs:
    """Read what the bench has written."""
    told = {str(row["what"]): row for row in rows}

    def figure(what: str, name: str) -> float:
        found = [row[name] for key, row in told.items() if key.startswith(what)]
        return float(str(found[0]))

    ticks = next(key for key in told if key.startswith("PostgreSQL: tick over "))
    workspaces = int(ticks.split()[3].replace(",", ""))
    return Costs(
        look_up=figure("1 on PostgreSQL: look-ups", "computed") / 1000,
        look_up_of_store=figure("1 on PostgreSQL: look-ups", "store") / 1000,
        change=figure("1 on PostgreSQL: acknowledged changes", "computed") / 1000,
        change_of_store=figure("1 on PostgreSQL: acknowledged changes", "store") / 1000,
        tick=_of_tick(told, "40 s later") / workspaces,
        look=_of_tick(told, "twenty minutes later") / workspaces,
        hour=_of_tick(told, "an hour later") / workspaces,
        bytes_kept=figure("PostgreSQL: filled", "bytes"),
    )


def _of_tick(told: Mapping[str, Mapping[str, object]], name: str) -> float:
    return float(str(next(row["computed"] for key, row in told.items() if "PostgreSQL: tick" in key and name in key)))


def table(measured: Costs) -> str:
    """Return the table, a row for each number of workspaces."""
    lines = [f"| {' | '.join(_COLUMNS)} |", f"|{' --- |' * len(_COLUMNS)}"]
    for workspaces in SIZES:
        asked, changed = (workspaces * each * BUSIEST_HOUR / _HOUR for each in (LOOK_UPS_A_DAY, CHANGES_A_DAY))
        cores = measured.store(workspaces) / USED
        databases = max(cores / CORES_OF_DATABASE, workspaces / WORKSPACES_OF_DATABASE)
        shown = (
            f"{workspaces:,}", _rounded(asked), _rounded(changed),
            f"{math.ceil(measured.replicas(workspaces) / USED):,}", f"{math.ceil(cores):,}",
            f"{math.ceil(databases):,}", _bytes(measured.bytes_kept * workspaces),
        )  # fmt: skip
        lines.append(f"| {' | '.join(shown)} |")
    share = (LOOK_UPS_A_DAY + CHANGES_A_DAY) * BUSIEST_HOUR / EVENTS_OF_SLACK
    return "\n".join(
        [*lines, "", f"A workspace takes {share:.1%} of the events that Slack delivers to it in an hour.", ""]
    )


def _rounded(number: float) -> str:
    return f"{number:,.0f}" if number >= 10 else f"{number:.2f}"


def _bytes(number: float) -> str:
    size, units = number / 2**20, iter(("MiB", "GiB", "TiB"))
    unit = next(units)
    while size >= 1024 and unit != "TiB":
        size, unit = size / 1024, next(units)
    return f"{size:.1f} {unit}"


def written(page: str, computed: str) -> str:
    """Return a page with the table between its marks."""
    before, rest = page.split(MARKS[0])
    return f"{before}{MARKS[0]}\n{computed}\n{MARKS[1]}{rest.split(MARKS[1])[1]}"


def main() -> None:
    rows = json.loads(MEASURED.read_text(encoding="utf-8"))
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(written(page, table(costs(rows))), encoding="utf-8")


if __name__ == "__main__":
    main()
