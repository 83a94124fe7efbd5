"""Who reads what first: admins how to set the bot up, whoever invites it what it does, and nobody twice."""

import pytest

from bot.trial.run import Trial
from storage.workspaces import summaries
from storage.workspaces.summaries import Schedule
from storage.workspaces.workspaces import Steward, choose_settings
from tests.playing import play
from tests.sent import sent, told
from tests.writing import write

HELLO = "Hi, I'm Common Ground."
STEPS = "Three steps to set me up. Everything works meanwhile."


async def test_whoever_invites_it_reads_what_it_does_and_the_admins_how_to_set_it_up(running: Trial) -> None:
    await play(running, "ben invites the bot to #random")
    assert [to for to, _ in sent(running)] == ["UCHLOE", "UBEN"]
    assert STEPS in told(running, "UCHLOE", HELLO)[0]
    (welcome,) = told(running, "UBEN", HELLO)
    assert (
        "Type /define drift, mention me in a thread, or open my Home. I only speak up when something needs" in welcome
    )
    assert STEPS not in welcome
    await play(running, "ben invites the bot to #churn-model", "chloe opens the Home", "ben opens the Home")
    assert len(sent(running)) == 2


async def test_an_admin_who_invites_it_reads_one_message(running: Trial) -> None:
    shown = await play(running, "chloe invites the bot to #random")
    assert [to for to, _ in sent(running)] == ["UCHLOE"]
    assert "[1 Stewards] [2 Data channel] [3 Weekly summary]" in shown
    assert "Stewards of product" in await play(running, 'chloe presses "1 Stewards"')


async def test_who_opens_the_home_hears_nothing_more_and_a_guest_sets_nothing_off(running: Trial) -> None:
    await play(running, "gus opens the Home")
    assert sent(running) == []
    await play(running, "ana opens the Home", "ben opens the Home")
    assert [(to, STEPS in words) for to, words in sent(running)] == [("UCHLOE", True)]


async def test_the_third_step_chooses_the_channel_and_the_time_of_the_weekly_summary(running: Trial) -> None:
    await play(running, "chloe opens the Home", 'chloe presses "3 Weekly summary"')
    refused = await play(running, 'chloe enters "Channel": #random', "chloe submits")
    assert "in a channel I'm in" in refused
    chosen = await play(running, 'chloe enters "Channel": #general', 'chloe enters "Day": Friday', "chloe submits")
    assert "#general gets a summary every Friday at 09:00" in chosen


STEWARD = Steward(discipline="product", user_id="UBEN")
OF_CHANNEL, OF_PERSON = (
    Schedule(
        team_id="T0LOCAL", subject=subject, weekday=0, at="09:00", tz="UTC", set_by="UBEN",
        set_at="2026-01-05T09:00:00.000000+00:00",
    )
    for subject in ("CGENERAL", "UBEN")
)  # fmt: skip


@pytest.mark.parametrize(
    ("stewards", "data_channel", "schedule", "is_offered"),
    [
        ([STEWARD], "CDATA", OF_CHANNEL, False),
        ([], "CDATA", OF_CHANNEL, True),
        ([STEWARD], "", OF_CHANNEL, True),
        ([STEWARD], "CDATA", OF_PERSON, True),
    ],
)
async def test_an_admin_is_offered_to_set_it_up_only_where_something_is_left_to_do(
    running: Trial, stewards: list[Steward], data_channel: str, schedule: Schedule, *, is_offered: bool
) -> None:
    store = running.bot.store
    await write(store, choose_settings, "T0LOCAL", ("product",), data_channel, stewards)
    await write(store, summaries.choose, schedule)
    await play(running, "chloe opens the Home")
    assert [(to, STEPS in words) for to, words in sent(running)] == [("UCHLOE", True)] * is_offered
