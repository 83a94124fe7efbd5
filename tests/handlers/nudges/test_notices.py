"""What people hear of a summary that will list something of theirs: once, on the working day before it."""

from datetime import timedelta

import pytest

from bot.trial.run import Trial
from tests.handlers.nudges.looking import pass_days
from tests.handlers.nudges.test_reached import add
from tests.playing import play
from tests.sent import told

HERE = "ben in #general: /summary here weekly monday 09:00"
WEDNESDAY, THURSDAY, FRIDAY, WEEKEND = 2, 3, 4, 2
LISTS = "summary will list"


async def until_friday_morning(running: Trial) -> None:
    """Add a component on a Wednesday, so that its duties are nobody's business for a week, and wait."""
    await pass_days(running, WEDNESDAY)
    await add(running, "churn data")
    await pass_days(running, FRIDAY - WEDNESDAY, timedelta(hours=6))


async def test_a_summary_is_announced_on_friday_and_lists_it_on_monday(running: Trial) -> None:
    await play(running, HERE)
    await until_friday_morning(running)
    (said,) = told(running, "UANA", LISTS)
    assert said.startswith("Monday's summary will list one open item of yours.")
    assert "Show them" in said
    # The day itself brings the summary alone, and the next days nothing that was announced.
    await pass_days(running, WEEKEND + 4)
    assert len(told(running, "UANA", "")) == 1
    await pass_days(running, 1)
    assert told(running, "UANA", "churn data  6 duties") == []
    assert len(told(running, "UANA", "needs you")) == 1


async def test_a_holiday_before_the_summary_brings_it_forward(running: Trial) -> None:
    await play(running, HERE, "chloe in #general: /common-ground settings")
    await play(running, 'chloe enters "Holidays": 2026-01-09', "chloe submits", "chloe closes")
    await pass_days(running, WEDNESDAY)
    await add(running, "churn data")
    await pass_days(running, THURSDAY - WEDNESDAY + 0.4)
    assert len(told(running, "UANA", LISTS)) == 1


@pytest.mark.parametrize("why", ["none is set", "it was ended", "the bot is gone"])
async def test_what_will_not_come_is_not_announced(running: Trial, why: str) -> None:
    await play(running, *([] if why == "none is set" else [HERE]))
    await add(running, "churn data")
    if why == "it was ended":
        await play(running, "ben in #general: /summary off")
    if why == "the bot is gone":
        running.slack.workspace.channels["CGENERAL"].members.discard(running.slack.workspace.app.bot_user_id)
    await pass_days(running, FRIDAY + 1)
    assert told(running, "UANA", LISTS) == []


async def test_the_next_summary_is_not_announced_where_nothing_is_new_to_the_person(running: Trial) -> None:
    await play(running, HERE)
    await add(running, "churn data")
    await pass_days(running, 15)
    assert len(told(running, "UANA", LISTS)) == 1


async def test_who_was_reminded_this_week_hears_no_notice_besides(running: Trial) -> None:
    await add(running, "berth data")
    await pass_days(running, 8)
    assert len(told(running, "UANA", "needs you")) == 1
    await play(running, HERE)
    await add(running, "churn data")
    await pass_days(running, 4)
    assert told(running, "UANA", LISTS) == []


async def test_a_notice_of_a_private_channel_s_summary_goes_to_its_members(running: Trial) -> None:
    await play(running, "ana in #secret-launch: /summary here weekly monday 09:00")
    await pass_days(running, WEDNESDAY)
    await add(running, "falcon data", "ana", "#secret-launch")
    await pass_days(running, FRIDAY - WEDNESDAY + 0.2)
    assert len(told(running, "UANA", LISTS)) == 1
    assert [to for to in ("UBEN", "UDEV", "UELI", "UCHLOE") if told(running, to, LISTS)] == []
