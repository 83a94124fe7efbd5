"""Weekly summaries as people read them: four weeks of them, once each, of nothing that is not theirs to see."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.clock import Clock
from bot.trial.run import Trial
from handlers.slack.interactions import Fields, Place, ViewSubmission
from handlers.weekly_summary.commands import save_form
from handlers.weekly_summary.messages.summary import Shown, trend
from storage.engine.interface import StoreError
from storage.workspaces import summaries
from tests.conftest import START, StartTrial
from tests.handlers.data_requests.playing import put
from tests.handlers.weekly_summary.test_rules import a_run
from tests.playing import play

TEAM = "T0LOCAL"
HERE = "ben in #general: /summary here weekly monday 09:00"
MONDAY_AT_NINE = "wait 7 days"


async def decide(trial: Trial, title: str, where: str = "#general", who: str = "chloe") -> None:
    # The clock stands still here; what is done at the very moment of a summary belongs to it.
    await play(trial, "wait 1 minute", f"{who} in {where}: /decision {title}", f"{who} submits", f"{who} closes")


async def add_dataset(trial: Trial, where: str = "#general", name: str = "berth data", who: str = "chloe") -> None:
    entered = [f'{who} enters "What is it?": dataset', f'{who} enters "Who leads it?": {who}']
    await play(trial, f"{who} in {where}: /owner add {name}", *entered, f"{who} submits", f"{who} closes")


def posts(trial: Trial, channel: str = "CGENERAL") -> list[str]:
    """Return the first messages of what stands in a channel, as they are read; decisions stand there too."""
    said = [each.text for each in trial.slack.workspace.channels[channel].messages.values() if each.thread_ts is None]
    return [each for each in said if not each.startswith("D-")]


def runs(trial: Trial, subject: str = "CGENERAL") -> list[tuple[str, str]]:
    found = summaries.runs(trial.bot.store.reader, TEAM, subject)
    return [(each.period, each.state) for each in reversed(found)]


async def test_four_weeks_are_four_summaries_that_tell_what_changed_and_what_waits_for_whom(running: Trial) -> None:
    told = await play(running, HERE)
    assert "#general gets a summary every Monday at 09:00 (Europe/London)." in told
    await decide(running, "Batch only because it is cheap")
    await add_dataset(running)
    await put(running, needed_by="2026-01-20")
    first = await play(running, "dev in #general: /define bias", MONDAY_AT_NINE)
    assert "*Chloe Martin decided: Batch only.*" in first
    assert "*Owners*  6 duties of berth data have no owner" in first
    assert "Waiting on Ana Ruiz (1), Chloe Martin (1)." in first
    assert "*Duties*  None of 6 duties has an owner." in first
    assert "• D-1  Batch only · Chloe Martin · 7 days" in first
    assert "bias: data science: " in first
    await play(running, "wait 1 minute", "dev in #general: /owner berth data monitoring", 'dev presses "I\'ll take it"')
    await play(running, "ana in #data: /data-request DR-1 ask which berths?")
    second = await play(running, MONDAY_AT_NINE)
    assert "*Data*  berth arrivals: question open" in second
    assert "Dev Patel took on " in second
    assert "*Duties*  1 of 6 duties has an owner (1 more)." in second
    assert "DR-1  berth arrivals (waiting on an answer)" in second
    assert "needed by Tue 20 Jan · Dev Patel · 2 weeks · new" in second
    assert "[a chart: The last 2 summaries]" in second
    assert "Open data requests: 1, 1" in second
    third = await play(running, MONDAY_AT_NINE)
    assert "berth arrivals is overdue: it was needed by Tue 20 Jan." in third
    assert "1 of 6 duties has an owner (unchanged)." in third
    await decide(running, "Drop the feed")
    fourth = await play(running, MONDAY_AT_NINE)
    assert "*Decided*  Drop the feed" in fourth
    assert "[a chart: The last 4 summaries]" in fourth
    assert runs(running) == [(day, "posted") for day in ("2026-01-12", "2026-01-19", "2026-01-26", "2026-02-02")]
    assert running.slack.workspace.warnings == []


async def test_a_quiet_week_is_silent_or_one_line_and_recorded(running: Trial) -> None:
    await play(running, HERE, "ben in #data: /summary here monday 9:00 always")
    told = await play(running, MONDAY_AT_NINE)
    assert told.count("A quiet week: nothing new.") == 1
    assert (posts(running), runs(running), runs(running, "CDATA")) == (
        [], [("2026-01-12", "nothing")], [("2026-01-12", "nothing")],
    )  # fmt: skip


async def test_the_bot_killed_a_second_before_posts_once_when_it_is_back(start: StartTrial, clock: Clock) -> None:
    async with start() as trial:
        await play(trial, HERE)
        await decide(trial, "Batch only because it is cheap")
        clock.move(timedelta(days=6, hours=23, minutes=58, seconds=59))
        await trial.pass_time()
        assert runs(trial) == []
    clock.move(timedelta(minutes=5, seconds=1))
    async with start() as trial:
        await trial.pass_time()
        assert posts(trial) == ["Chloe Martin decided: Batch only."]
    async with start() as trial:
        await trial.pass_time(timedelta(minutes=1))
        assert (posts(trial), runs(trial)) == ([], [("2026-01-12", "posted")])


async def test_a_bot_that_takes_over_posts_it_no_second_time(start: StartTrial, clock: Clock) -> None:
    async with start() as one:
        await play(one, HERE)
        await decide(one, "Batch only because it is cheap")
        clock.move(timedelta(days=7))
        await one.pass_time()
        assert len(posts(one)) == 1
        with pytest.raises(StoreError, match="another bot works on the database"):
            await start().__aenter__()
    async with start() as other:
        await other.pass_time()
        assert posts(other) == []


async def test_a_monday_that_a_wrong_clock_has_seen_already_has_its_summary_once_it_comes(running: Trial) -> None:
    clock, week = running.bot.clock, timedelta(days=7)
    await play(running, HERE)
    await decide(running, "Batch only")
    clock.correct(week)
    assert "Batch only" in await play(running, "wait 1 minute")
    clock.correct(-week)
    await play(running, "wait 1 minute")
    await decide(running, "Drop the feed")
    told = await play(running, "wait 7 days")
    assert "*Chloe Martin decided: Drop the feed.*" in told
    await add_dataset(running)
    assert "[a chart: The last 3 summaries]" in await play(running, "wait 7 days")


async def test_less_than_three_days_late_it_is_posted_and_later_it_is_folded_into_the_next(running: Trial) -> None:
    await play(running, HERE)
    await decide(running, "Batch only because it is cheap")
    running.bot.clock.move(timedelta(days=10))
    await running.pass_time()
    assert (posts(running), runs(running)) == ([], [("2026-01-12", "folded")])
    told = await play(running, "wait 4 days")
    assert "Batch only" not in told
    # What was made before the last summary that was said is told, however long ago.
    await decide(running, "Drop the feed")
    running.bot.clock.move(timedelta(days=9))
    await running.pass_time()
    assert runs(running)[-1] == ("2026-01-26", "posted")


def test_the_chart_has_the_figures_as_a_text_for_where_slack_refuses_it() -> None:
    runs_before = [a_run("2026-01-12", START, "posted")]
    shown = Shown([], {"Open requests": 2, "Decisions": 1}, runs_before, {}, START)
    message = trend(shown)
    assert message is not None
    assert message.otherwise.splitlines() == [
        "The last 2 summaries (12 Jan, 5 Jan)", "Open data requests: 0, 2", "Decisions made: 0, 1",
    ]  # fmt: skip
    assert trend(replace(shown, figures={"Open requests": 0})) is None
    assert trend(Shown([], {}, [], {}, START)) is None


async def test_a_private_channel_is_told_of_in_its_own_summary_alone(running: Trial) -> None:
    await decide(running, "Falcon flies in May", "#secret-launch", "ana")
    await put(running, visibility="GSECRET", channel="GSECRET", requester="UCHLOE", owner="UANA", entity="falcon logs")
    await add_dataset(running, "#secret-launch", "falcon data")
    secret = next(each.id for each in running.slack.workspace.channels.values() if each.name == "secret-launch")
    await decide(running, "Batch only")
    await play(running, HERE, "ana in #secret-launch: /summary here")
    told = await play(running, "ben in #general: /summary preview", "ben in #general: /summary", "wait 8 days")
    before, _, own = told.partition("#secret-launch")
    assert "alcon" not in before
    assert "Falcon flies in May" in own
    assert "alcon" not in "".join(
        str(each.blocks) for each in running.slack.workspace.channels["CGENERAL"].messages.values()
    )
    assert secret in {each.subject for each in summaries.schedules(running.bot.store.reader, TEAM)}


async def test_everybody_reads_their_own_now_and_in_their_own_zone_weekly(running: Trial) -> None:
    await put(running)
    assert "Nothing needs you right now" in await play(running, "eli in #general: /summary")
    mine = await play(running, "ana in #general: /summary")
    assert "*1 thing needs you*" in mine
    assert "*DR-1 berth arrivals*" in mine
    told = await play(running, "ana in #general: /summary me tuesday 8:00", "wait 22 hours")
    assert "You'll get a summary every Tuesday at 08:00 (Europe/Madrid)." in told
    assert "*1 thing needs you*" in told
    ended = await play(running, "ana in #general: /summary off me", "ana in #general: /summary off me", "wait 7 days")
    assert "Your weekly summary is off." in ended
    assert "There's no summary to turn off." in ended
    assert [state for _, state in runs(running, "UANA")] == ["posted"]


async def test_more_of_a_chapter_has_what_opens_each_and_nothing_for_guests(running: Trial) -> None:
    await play(running, HERE)
    for number in range(29):
        await add_dataset(running, name=f"dataset {number}") if number < 5 else None
    told = await play(running, MONDAY_AT_NINE)
    assert told.count("• dataset") == 5
    more = await play(running, 'eli presses "More: Duties"')
    assert more.count("[Map]") == 5
    running.slack.workspace.users["UELI"].is_guest = True
    told = await play(running, "wait 11 minutes", 'eli presses "More: Duties"')
    assert "That list has nothing more to show." in told


async def test_people_are_notified_only_where_that_was_chosen(running: Trial) -> None:
    await play(running, "ben in #general: /summary here naming")
    await put(running)
    assert "Waiting on @Ana Ruiz (1)." in await play(running, MONDAY_AT_NINE)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("ben in #general: /summary dance", "*The weekly summary*"),
        ("ben in #general: /summary help", "*The weekly summary*"),
        ("ben in #general: /summary here noon", "Give a day and a time, such as: monday 09:00"),
        ("ben in #random: /summary here", "Only members can choose that, in a channel I'm in."),
        ("gus in #churn-model: /summary here", "Only members can choose that, in a channel I'm in."),
        ("gus in #churn-model: /summary me", "Only members of this workspace can do that, not guests."),
        ("gus in #churn-model: /summary preview", "Only members can choose that"),
        ("gus in #churn-model: /summary off", "Only members can choose that"),
        ("ben in #general: /summary preview", "Nothing to report here yet."),
        ("ben in #general: /summary off", "There's no summary to turn off."),
    ],
)
async def test_what_cannot_be_done_is_said_with_what_can(running: Trial, line: str, told: str) -> None:
    assert told in await play(running, line)


async def test_a_summary_that_is_ended_is_not_posted(running: Trial) -> None:
    await play(running, HERE)
    await decide(running, "Batch only because it is cheap")
    assert "This channel's weekly summary is off." in await play(running, "ben in #general: /summary off")
    await play(running, MONDAY_AT_NINE)
    assert posts(running) == []


async def test_the_form_chooses_a_summary_of_ones_own(running: Trial) -> None:
    await play(
        running,
        "ana opens the Home",
        'ana presses "My weekly summary"',
        'ana enters "A summary just for you": Every week',
    )
    told = await play(running, 'ana enters "Day": Wednesday', "ana submits")
    assert "You'll get a summary every Wednesday at 09:00 (Europe/Madrid)." in told
    told = await play(
        running,
        "ana closes",
        'ana presses "My weekly summary"',
        'ana enters "A summary just for you": None',
        "ana submits",
    )
    assert "Your weekly summary is off." in told


@pytest.mark.parametrize(("day", "at", "field"), [("7", "09:00", "day"), ("²", "09:00", "day"), ("0", "24:30", "at")])
async def test_a_day_or_a_time_that_the_form_does_not_offer_is_refused_at_its_field(
    running: Trial, day: str, at: str, field: str
) -> None:
    entered = Fields({"wanted": "yes", "day": day, "at": at})
    submitted = ViewSubmission(TEAM, "UANA", Place(""), entered, ("view:1",))
    answer = await running.bot.boundary.handle(submitted, save_form)
    assert json.loads(answer.body) == {"response_action": "errors", "errors": {field: "Choose one of these."}}
    assert await running.bot.store.read(summaries.schedule, TEAM, "UANA") is None
