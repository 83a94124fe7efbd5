"""A trial opens on a company in which four weeks have passed, and every command has something to show."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.trial.companies import EMPTY
from bot.trial.run import Course, Trial
from storage.data_requests import data_requests
from storage.decisions import decisions
from storage.feedback.feedback import ITEMS
from storage.outbox.losses import ended_badly
from storage.responsibilities import links, responsibilities
from tests.conftest import START, StartTrial
from tests.playing import play

TEAM = "T0LOCAL"
SHOWN = {
    "/define drift": "Users get worse answers over time",
    "/glossary unanswered": "flaky label",
    "/glossary agenda": "*fallback*  disputed once",
    "/owner map churn model": "Ben Okafor",
    "/owner map berth planner": "Latency missed",
    "/owner mine": "churn model",
    "/owner card berth model": "420 ms",
    "/owner feedback list": "FB-1",
    "/data-request list": "tug positions",
    "/decision list": "Drop the weather feed",
    "/summary preview": "berth model",
}


@pytest.fixture
async def lived(start: StartTrial) -> AsyncIterator[Trial]:
    async with start() as running:
        await running.live_through_the_past()
        running.screen.news()
        yield running


async def test_the_store_holds_four_weeks_of_records(lived: Trial) -> None:
    reader = lived.bot.store.reader
    parts = responsibilities.all_components(reader, TEAM)
    assert sorted((each.name, each.kind) for each in parts) == [
        ("berth arrivals", "dataset"),
        ("berth model", "model"),
        ("berth planner", "product"),
        ("churn model", "model"),
        ("prediction service", "service"),
    ]
    joined = [(each.kind, each.state) for each in links.links(reader, TEAM)]
    assert sorted(joined) == [("deployed by", "confirmed"), ("feeds", "confirmed"), ("serves", "confirmed")]
    owners = [each.owner for each in responsibilities.duties_of(reader, TEAM, [each.id for each in parts])]
    assert all(who in owners for who in ("", "UANA", "UBEN", "UCHLOE", "UDEV", "UELI"))
    requests = data_requests.in_states(reader, TEAM, data_requests.STATES)
    assert sorted((each.entity, each.state) for each in requests) == [
        ("berth arrivals", "agreed"),
        ("tug positions", "negotiating"),
    ]
    past_review = [each.title for each in decisions.all_decisions(reader, TEAM) if "" < each.review_on < "2026-01-05"]
    assert past_review == ["Drop the weather feed"]
    assert [(each.severity, each.state) for each in ITEMS.some(reader, TEAM)] == [("high", "new")]


async def test_slack_holds_its_threads_and_last_weeks_summary_and_all_was_sent(lived: Trial) -> None:
    workspace, now = lived.slack.workspace, lived.bot.clock.now()
    general, data = workspace.channel_named("general"), workspace.channel_named("data")
    bot = workspace.app.bot_user_id
    said = [each for each in general.messages.values() if each.user == bot and "latency" in str(each.blocks).lower()]
    assert max(datetime.fromtimestamp(float(each.ts), tz=now.tzinfo) for each in said) > now - timedelta(days=8)
    assert {"berth arrivals", "tug positions"} <= {
        entity
        for entity in ("berth arrivals", "tug positions")
        for each in data.messages.values()
        if each.user == bot and each.thread_ts is None and entity in each.text
    }
    assert ended_badly(lived.bot.store.reader, TEAM) == []
    assert workspace.warnings == []
    assert [each.ephemerals for each in workspace.channels.values() if each.ephemerals] == []
    assert now == START


async def test_every_command_shows_something_at_once(lived: Trial) -> None:
    seen = {typed: await play(lived, f"ana in #general: {typed}") for typed in SHOWN}
    assert [(typed, seen[typed]) for typed, shown in SHOWN.items() if shown not in seen[typed]] == []


@pytest.mark.parametrize(
    ("course", "has_past"),
    [
        (Course(), True),
        (Course(database=Path("nowhere.db")), True),
        (Course(database=Path(__file__)), False),
        (Course(company=EMPTY), False),
        (Course(script=[]), False),
    ],
)
def test_a_script_a_store_that_is_there_and_the_empty_company_begin_without_a_past(
    course: Course, *, has_past: bool
) -> None:
    assert course.has_past is has_past
