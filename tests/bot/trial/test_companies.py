"""The companies of a trial: who is in them, when their past begins, and that their files fit together."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from bot.__main__ import cli
from bot.trial.companies import COMPANIES, HARBOUR, RAIL, Company
from tests.conftest import START

EACH = pytest.mark.parametrize("company", [HARBOUR, RAIL], ids=lambda company: company.name)


def of_kind(company: Company, kind: str) -> list[dict[str, Any]]:
    return [each[kind] for each in company.records(START).values() if kind in each]


@EACH
@pytest.mark.parametrize("later", [timedelta(days=day, hours=hour) for day in range(7) for hour in (-2, 0, 2, 14)])
def test_the_past_begins_on_a_monday_so_many_weeks_ago_or_up_to_one_more(company: Company, later: timedelta) -> None:
    now = START + later
    begun = company.begins(now)
    assert (begun.weekday(), begun.hour) == (0, 10)
    assert timedelta(weeks=company.weeks) <= now - begun < timedelta(weeks=company.weeks + 1)


def test_days_are_counted_from_today_and_from_the_day_on_which_the_weeks_began() -> None:
    records = RAIL.records(START)
    assert records["delay model"]["component"]["launch_on"] == "2025-12-03"
    assert records["answer model"]["component"]["launch_on"] == "2026-01-15"
    assert 'amara enters "By when is it over?": 2026-01-10' in RAIL.happened(START)
    assert HARBOUR.records(START)["card"]["card"]["aspects"]["adequacy"]["baseline"] == "the rule of today, 81 %"


@EACH
def test_each_record_is_used_once_and_no_other_is_named(company: Company) -> None:
    named = [each.removeprefix("record ") for each in company.happened(START) if each.startswith("record ")]
    assert sorted(named) == sorted(company.records(START))


@EACH
def test_everybody_who_is_named_is_a_person_there(company: Company) -> None:
    told = yaml.safe_load(company.people())
    people = {f"U{each['name'].upper()}" for each in told["people"]}
    parts = of_kind(company, "component")
    assert {who for each in parts for who in (each["lead"], *each.get("model_side", ()))} <= people
    assert {who for each in told["channels"] for who in each["members"]} <= {
        each["name"] for each in told["people"]
    } | {"bot"}


def test_the_railway_has_forty_people_twelve_components_and_all_three_ways_to_begin() -> None:
    parts = of_kind(RAIL, "component")
    assert len(yaml.safe_load(RAIL.people())["people"]) == 40
    assert len(parts) == 12
    assert {each["kind"] for each in parts} == {
        "dataset", "pipeline", "model", "language model", "service", "product"
    }  # fmt: skip
    assert {each.get("set_up", "parallel") for each in parts} == {"model first", "product first", "parallel"}
    assert len({each["team"] for each in parts}) >= 8


@pytest.mark.parametrize(("name", "called"), [("empty", "Harbour"), ("harbour", "Harbour"), ("rail", "Meridian Rail")])
def test_each_can_be_chosen_by_its_name(name: str, called: str, tmp_path: Path) -> None:
    kept = tmp_path / "there.db"
    kept.touch()
    told = CliRunner().invoke(cli, ["try", "--company", name, "--database", str(kept)], input="dances\n")
    assert told.exit_code == 0
    assert f"with the workspace {called}." in told.output


def test_a_company_that_is_not_there_is_refused_with_those_that_are() -> None:
    told = CliRunner().invoke(cli, ["try", "--company", "circus"])
    assert told.exit_code == 2
    assert all(name in told.output for name in COMPANIES)
