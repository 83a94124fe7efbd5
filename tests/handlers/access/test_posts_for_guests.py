"""What the bot posts unasked where a guest reads is the channel's own alone, unless an admin allows more there."""

from bot.local_slack.faults import Fault
from bot.trial.run import Trial
from tests.conftest import StartTrial
from tests.handlers.access.test_guests import in_the_open, with_records
from tests.handlers.data_requests.playing import ask, outbox, put
from tests.handlers.decisions.playing import PROPOSED
from tests.handlers.weekly_summary.test_summaries import decide, posts
from tests.playing import play

WEEK = "wait 7 days"
HERE = "ben in #churn-model: /summary here"
ALLOW = "chloe in #churn-model: /common-ground guests allow"
LIMITED = "Guests are in that channel, so the summary only lists what belongs to it."
LEFT_OUT = "Guests or people from other workspaces are in this channel, so I only list what"

ASK_CHLOE = "Only workspace admins can choose what guests see in this channel. Ask Chloe Martin."


async def test_whoever_sets_a_summary_up_is_told_and_it_tells_nothing_of_the_workspace(start: StartTrial) -> None:
    async with start(use_http=True) as trial:
        assert LIMITED in await play(trial, HERE)
        told = await play(trial, "ben in #general: /summary here")
        assert ("#general gets a summary" in told, LIMITED in told) == (True, False)
        await with_records(trial)
        await play(trial, WEEK)
        assert "Batches only" in in_the_open(trial, "CGENERAL")
        assert posts(trial, "CCHURNMODEL") == []


async def test_in_a_private_channel_with_a_guest_it_tells_of_the_channels_own(running: Trial) -> None:
    channel = running.slack.workspace.channel_named("secret-launch")
    await play(running, "ana in #secret-launch: /summary here")
    await with_records(running)
    await decide(running, "Falcon lands in May", "#secret-launch")
    running.slack.people.join(channel, running.slack.workspace.user_named("gus"))
    await play(running, WEEK)
    told = in_the_open(running, channel.id)
    assert ("Falcon lands" in told, "Batches only" in told, "berth" in told) == (True, False, False)
    assert LEFT_OUT in told


async def test_once_a_guest_joins_the_next_summary_is_limited_and_says_so_once(running: Trial) -> None:
    await play(running, "ben in #general: /summary here")
    await with_records(running)
    await play(running, WEEK)
    before = in_the_open(running, "CGENERAL")
    assert ("Batches only" in before, LEFT_OUT in before) == (True, False)
    await play(running, "gus joins #general")
    await decide(running, "Drop the feed", "#data")
    await play(running, WEEK)
    after = in_the_open(running, "CGENERAL").removeprefix(before)
    assert (LEFT_OUT in after, "Drop the feed" in after, "data_visualization" in after) == (True, False, False)
    said = posts(running)
    await play(running, WEEK)
    assert posts(running) == said


async def test_an_admin_and_nobody_else_allows_more_and_takes_it_back(start: StartTrial) -> None:
    async with start(use_http=True) as trial:
        await play(trial, HERE)
        assert ASK_CHLOE in await play(trial, "ben in #churn-model: /common-ground guests allow")
        assert ASK_CHLOE in await play(trial, "ben in #churn-model: @Common Ground common-ground guests allow")
        await with_records(trial)
        await play(trial, WEEK)
        assert "Batches" not in in_the_open(trial)
        assert "Guests in this channel can see the workspace's records" in await play(trial, ALLOW)
        await decide(trial, "Drop the feed")
        await play(trial, WEEK, "ana in #churn-model: @Common Ground D-1")
        told = in_the_open(trial)
        assert ("Drop the feed" in told, "Batches only" in told) == (True, True)
        await play(trial, "chloe in #churn-model: /common-ground guests limit")
        await decide(trial, "Take the feed back")
        await play(trial, WEEK, "ana in #churn-model: @Common Ground D-3")
        assert "Take the feed back" not in in_the_open(trial)


async def test_a_guest_allows_nothing_and_alone_with_the_bot_it_means_nothing(running: Trial) -> None:
    told = "Members can use this in a channel of this workspace"
    assert told in await play(running, "gus in #churn-model: /common-ground guests allow")
    assert told in await play(running, "chloe to the bot: common-ground guests allow")
    assert "An admin can change this with" in await play(running, "ben in #churn-model: /common-ground guests")


async def test_where_slack_does_not_say_who_reads_the_summary_waits(running: Trial) -> None:
    await play(running, "ben in #general: /summary here")
    await with_records(running)
    before = in_the_open(running, "CGENERAL")
    running.slack.faults.arm("users.list", *[Fault("server_error")] * 4)
    await play(running, WEEK)
    assert in_the_open(running, "CGENERAL") == before
    await play(running, "wait 1 minute")
    told = in_the_open(running, "CGENERAL").removeprefix(before)
    assert ("Batches only" in told, LEFT_OUT in told) == (True, False)


async def test_a_data_channel_with_guests_is_refused_until_an_admin_allows_it(running: Trial) -> None:
    chosen = (
        "chloe in #general: /common-ground settings",
        'chloe enters "Channel for data requests": churn-model',
    )
    told = await play(running, *chosen, "chloe submits")
    assert "! Guests in that channel would see every data request." in told
    assert "Data channel: not set." in await play(running, "chloe closes", "ana in #general: /common-ground status")
    await play(running, ALLOW, *chosen, "chloe submits", "chloe closes")
    assert "Data channel: #churn-model." in await play(running, "ana in #general: /common-ground status")


async def test_no_thread_of_a_workspaces_request_opens_where_a_guest_reads(running: Trial) -> None:
    told = await ask(running, "dev", "#churn-model")
    assert "If guests are in it, an admin has to run /common-ground guests allow there first." in told
    assert in_the_open(running) == ""
    await play(running, "chloe in #churn-model: /common-ground guests allow")
    await ask(running, "dev", "#churn-model")
    assert "berth arrivals" in in_the_open(running)


async def test_what_follows_in_a_thread_that_a_guest_came_to_goes_to_both_sides_alone(running: Trial) -> None:
    await put(running)
    before = in_the_open(running, "CDATA")
    assert "berth arrivals" in before
    await play(running, "gus joins #data", "ana in #data: /data-request DR-1 ask which berths?")
    assert in_the_open(running, "CDATA") == before
    (told,) = [each for each in outbox(running)[-2:] if "which berths?" in str(each.body)]
    assert (told.act, told.lane) == ("post", "UDEV")
    await play(running, "gus leaves #data", "dev in #data: /data-request DR-1 answer all of them")
    assert "all of them" in in_the_open(running, "CDATA")


async def test_a_proposal_is_not_posted_where_a_guest_reads(running: Trial) -> None:
    for channel, title in (("churn-model", "Ship at night"), ("general", "Batch only")):
        await play(running, f"dev in #{channel}: /decision {title}", 'dev presses "More"')
        told = await play(running, *(f"dev enters {each}" for each in PROPOSED), "dev submits", "dev closes")
        assert ("I'm not in it, or guests are." in told) == (channel == "churn-model")
    assert "Batch only" in in_the_open(running, "CGENERAL")
    assert in_the_open(running) == ""


async def test_a_question_about_a_duty_is_not_raised_in_a_thread_that_a_guest_reads(running: Trial) -> None:
    await with_records(running)
    for channel in ("CCHURNMODEL", "CGENERAL"):
        name = running.slack.workspace.channels[channel].name
        asked = 'ana uses "Who is responsible?" on "It broke"'
        which = [
            'ana enters "Which component is it about?": berth model',
            'ana enters "Which duty?": Production monitoring and drift',
        ]
        await play(running, f"ben in #{name}: It broke", asked, *which, "ana submits", "ana closes")
        assert ("berth model" in in_the_open(running, channel)) == (channel == "CGENERAL")
