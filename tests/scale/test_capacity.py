"""The table of capacity is what the measured figures come to, and nobody has typed it."""

import json
from dataclasses import replace

from tests.scale.capacity import MEASURED, PAGE, Costs, costs, table, written

ROWS = json.loads(MEASURED.read_text(encoding="utf-8"))
ROUND = Costs(0.001, 0.001, 0.002, 0.002, 0.00002, 0.0001, 0.0031, 2**20)


def row(computed: str, workspaces: str) -> list[str]:
    found = next(line for line in computed.splitlines() if line.startswith(f"| {workspaces} |"))
    return [cell.strip() for cell in found.strip("|").split("|")]


def test_the_page_has_the_table_that_the_measured_figures_come_to() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert written(page, table(costs(ROWS))) == page


def test_what_workspaces_take_follows_from_what_each_request_and_tick_computes() -> None:
    # A workspace's busiest hour: 80 look-ups and 20 changes, which are 120 ms of either side, and 180 ticks.
    assert row(table(ROUND), "1,000") == ["1,000", "22", "5.56", "1", "1", "1", "1000.0 MiB"]
    assert row(table(ROUND), "1,000,000")[3:] == ["71", "67", "100", "976.6 GiB"]
    twice = replace(ROUND, change=0.022, change_of_store=0.022)
    assert row(table(twice), "1,000,000")[3:6] == ["293", "289", "100"]
