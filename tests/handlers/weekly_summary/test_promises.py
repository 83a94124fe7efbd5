"""What a summary promises: nothing is lost when Slack is away, all is said, and to nobody whom it is not for."""

from functools import partial

import pytest

from bot.local_slack.faults import Fault
from bot.trial.run import Trial
from storage.engine.interface import Transaction
from storage.workspaces import summaries
from storage.workspaces.summaries import Schedule
from tests.handlers.data_requests.playing import put
from tests.handlers.weekly_summary.test_summaries import HERE, MONDAY_AT_NINE, TEAM, decide, posts, runs
from tests.playing import play

OWN = "eli in #general: /summary me weekly monday 09:00"


def choose(schedule: Schedule, transaction: Transaction) -> None:
    summaries.choose(transaction, schedule)


@pytest.mark.parametrize("method", ["conversations.info", "users.info"])
async def test_a_summary_waits_until_slack_says_who_reads_it(running: Trial, method: str) -> None:
    await play(running, HERE, f"{OWN} always")
    await decide(running, "Batch only because it is cheap", who="eli")
    await play(running, "wait 6 days", "wait 23 hours")
    running.slack.faults.arm(method, *[Fault("server_error")] * 6)
    told = await play(running, "wait 2 hours", *["wait 1 minute"] * 8)
    assert "A quiet week" not in told
    assert runs(running) == [("2026-01-12", "posted")]
    assert runs(running, "UELI") == [("2026-01-12", "posted")]


async def test_channels_that_are_gone_keep_no_other_summary_waiting(running: Trial) -> None:
    store, reader = running.bot.store, running.bot.store.reader
    await play(running, HERE)
    (here,) = summaries.schedules(reader, TEAM)
    # They come before the channel that is there.
    for number in range(12):
        await store.write(partial(choose, here.model_copy(update={"subject": f"C0{number:03d}"})))
    await decide(running, "Batch only because it is cheap")
    await play(running, MONDAY_AT_NINE, *["wait 1 minute"] * 3)
    assert runs(running) == [("2026-01-12", "posted")]
    assert runs(running, "C0000") == [("2026-01-12", "nothing")]


async def test_a_preview_says_that_slack_did_not_answer(running: Trial) -> None:
    await decide(running, "Batch only because it is cheap")
    await play(running, "wait 11 minutes")
    running.slack.faults.arm("conversations.info", *[Fault("server_error")] * 6)
    told = await play(running, "ben in #general: /summary preview")
    assert "Slack didn't tell me who can read this channel." in told


async def test_what_is_late_is_told_again_when_it_becomes_so(running: Trial) -> None:
    await play(running, HERE)
    await put(running, needed_by="2026-01-22")
    await play(running, MONDAY_AT_NINE, MONDAY_AT_NINE)
    assert runs(running)[-1] == ("2026-01-19", "nothing")
    assert "DR-1  berth arrivals (open), needed by Thu 22 Jan · Ana Ruiz · 4 days · new" in await play(
        running, MONDAY_AT_NINE
    )


async def test_a_quiet_summary_of_ones_own_is_not_sent(running: Trial) -> None:
    await play(running, OWN)
    await decide(running, "Batch only because it is cheap")
    assert "needs you" not in await play(running, MONDAY_AT_NINE)
    assert runs(running, "UELI") == [("2026-01-12", "nothing")]
    await put(running, owner="UELI")
    assert "1 thing needs you" in await play(running, MONDAY_AT_NINE)


async def test_its_day_is_that_of_who_chose_it(running: Trial) -> None:
    running.slack.people.change(running.slack.workspace.users["UELI"], tz="Australia/Sydney")
    await play(running, "wait 11 minutes", "eli in #general: /summary here monday 9")
    await decide(running, "Batch only because it is cheap")
    # It is Sunday evening in UTC by then, and Monday in Sydney.
    await play(running, "wait 6 days", "wait 13 hours")
    assert posts(running) == ["Chloe Martin decided: Batch only."]


async def test_only_who_reads_a_private_channel_is_notified_there(running: Trial) -> None:
    await play(running, "ana in #secret-launch: /summary here naming always")
    await put(running, owner="UBEN")
    await put(running, owner="UANA")
    told = await play(running, "ana in #secret-launch: /decision Falcon", "ana submits", "ana closes", "wait 8 days")
    assert "Waiting on @Ana Ruiz (1), Ben Okafor (1)." in told


async def test_a_private_channel_with_a_summary_is_no_business_of_the_stewards(running: Trial) -> None:
    await play(running, "chloe in #general: /common-ground settings", 'chloe enters "Stewards of domain": eli')
    await play(running, "chloe submits", "chloe closes", "ana in #secret-launch: /summary here", HERE)
    told = await play(running, "eli opens the Home", 'eli presses "All settings"')
    assert "#general gets a summary" in told
    assert "secret-launch" not in told


async def test_what_is_chosen_says_what_it_takes_the_place_of(running: Trial) -> None:
    await play(running, HERE)
    told = await play(running, "eli in #general: /summary here weekly friday 17")
    assert "at 17:00" in told
    assert "Until now it came every Monday at 09:00 (Europe/London), set up by Ben Okafor." in told
    assert "Type /summary off to end this channel's summary" in await play(
        running, "eli in #general: /summary off monday"
    )
    assert "This channel's weekly summary is off." in await play(running, "eli in #general: /summary here off")
    await play(running, OWN)
    assert "Your weekly summary is off." in await play(running, "eli in #general: /summary me off")


async def test_what_is_named_is_a_link_to_its_thread(running: Trial) -> None:
    await play(running, HERE)
    await put(running)
    (opener,) = running.slack.workspace.channels["CDATA"].messages.values()
    await play(running, "wait 1 minute", "ana in #data: /data-request DR-1 ask which berths?", MONDAY_AT_NINE)
    first = next(iter(running.slack.workspace.channels["CGENERAL"].messages.values()))
    assert f"/archives/CDATA/p{opener.ts.replace('.', '')}" in str(first.blocks)


async def test_nobody_is_counted_for_what_belongs_to_a_private_channel(running: Trial) -> None:
    await play(running, HERE)
    await put(running, visibility="CSECRETLAUNCH", channel="CSECRETLAUNCH", requester="UCHLOE", owner="UANA")
    await decide(running, "Batch only because it is cheap")
    assert "Waiting on" not in await play(running, MONDAY_AT_NINE)
    await put(running, owner="UANA")
    await decide(running, "Drop the feed")
    assert "Waiting on Ana Ruiz (1)." in await play(running, MONDAY_AT_NINE)
