"""What time does to data requests: samples are checked, lost threads told of, and what nobody agreed on ends."""

import pytest

from bot.local_slack.faults import Fault
from bot.trial.run import Trial
from handlers.data_requests.samples import forms
from storage.data_requests import checks
from storage.outbox import threads
from tests.handlers.data_requests.playing import TEAM, one, outbox, put
from tests.handlers.data_requests.requests import a_request
from tests.playing import play

GOOD = "ship,berth,arrived / A1,North,2025-01-01 / A2,South,2025-01-02"
BROKEN = "ship,berth,arrived / A1,,2025-01-01 / A1,South,soon"


async def check(trial: Trial, name: str, content: str, *then: str) -> str:
    return await play(
        trial, "dev in #data: /data-request DR-1 check", f'dev attaches "{name}": {content}', "dev submits",
        *then or ("dev closes", "wait 1 minute"),
    )  # fmt: skip


async def test_a_sample_is_checked_in_the_thread_and_no_value_of_it_is_said(running: Trial) -> None:
    await put(running, state="delivered")
    told = await check(running, "arrivals.csv", BROKEN)
    assert "Checking arrivals.csv. The result will be in the thread of DR-1 in a minute or two." in told
    assert "*Dev Patel checked arrivals.csv against the contract: 3 passed, 3 failed (berth filled in: at least" in told
    assert "berth filled in: at least 90 % | 50 %: 1 of 2 | failed" in told
    assert "Correct labels: at least 80 % | needs a human check | not checkable on a sample" in told
    assert "soon" in BROKEN
    assert "soon" not in told
    told = await play(running, "ana in #data: /data-request DR-1", "dev in #data: /data-request DR-1 history")
    assert "arrivals.csv, checked today: 3 passed, 3 failed" in told
    assert "Dev Patel, checked arrivals.csv: 3 passed, 3 failed" in told
    (kept,) = checks.of_request(running.bot.store.reader, TEAM, one(running).id)
    assert "soon" not in kept.model_dump_json()
    told = await check(running, "more.csv", GOOD)
    assert "all 6 checks passed" in told


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("arrivals.xlsx", "! I read CSV, TSV, JSON, JSON Lines (.jsonl) and Parquet, and each of them gzipped."),
        ("empty.csv", "! This file is empty."),
    ],
)
async def test_a_file_that_cannot_be_checked_is_refused_at_its_field(running: Trial, name: str, told: str) -> None:
    await put(running, state="delivered")
    assert told in await check(running, name, "" if "empty" in name else GOOD, "dev closes")


async def test_a_file_that_is_too_large_is_refused_and_says_how_else(
    running: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    most = 10 * 1024 * 1024
    assert forms.wrong_file("a.csv", most + 1) == "This file is larger than 10 MB. Use a smaller sample."
    assert [forms.wrong_file(name, most) for name in ("a.csv", "A.CSV.GZ", "a.b.tsv", "a.json.gz")] == [""] * 4
    assert forms.wrong_file("a.xlsx.gz", 1) == forms.wrong_file("a.gz", 1) == forms.wrong_file("csv", 1) != ""
    monkeypatch.setattr("handlers.data_requests.hooks.jobs._LIMIT", 10)
    await put(running, state="delivered")
    told = await check(running, "arrivals.csv", GOOD, "dev closes", "wait 1 minute", "wait 62 minutes")
    assert "arrivals.csv could not be checked. Slack didn't give me the file." in told


async def test_what_is_no_file_of_its_kind_is_said_in_the_thread(running: Trial) -> None:
    await put(running, state="delivered")
    told = await check(running, "arrivals.parquet", "no parquet")
    assert "DR-1: arrivals.parquet could not be checked. I can't read this file." in told


async def test_nothing_is_checked_before_anything_is_agreed_or_without_a_file(running: Trial) -> None:
    await put(running, state="declined")
    told = await play(running, "dev in #data: /data-request DR-1 check")
    assert "DR-1 isn't agreed yet, so there is no contract to check a sample against." in told
    running.slack.workspace.users["UBEN"].is_guest = True
    await put(running, state="agreed")
    told = await play(running, "dev in #data: /data-request DR-2 check", "dev submits")
    assert "! Please complete this required field." in told


async def test_a_sample_that_slack_does_not_give_is_asked_for_again_in_a_minute(running: Trial) -> None:
    await put(running, state="delivered")
    running.slack.faults.arm("files.info", Fault("server_error"))
    told = await check(running, "arrivals.csv", GOOD, "dev submits")
    assert "! Slack didn't give me the file. Please try again in a minute." in told
    running.slack.faults.arm("files.info", Fault("server_error"))
    await play(running, "dev closes", "wait 1 minute")
    assert len(checks.waiting(running.bot.store.reader, TEAM)) == 1
    assert "Dev Patel checked arrivals.csv against the contract: all 6 checks passed." in await play(
        running, "wait 1 minute"
    )


async def test_a_lost_thread_is_told_of_once_and_opened_anew(running: Trial) -> None:
    await put(running)
    channel = running.slack.workspace.channels["CDATA"]
    channel.messages.clear()
    told = await play(running, "ana in #data: /data-request DR-1 ask which?", "wait 1 minute", "wait 1 minute")
    assert told.count("DR-1 · berth arrivals: I can't write in its thread any more") == 1
    assert one(running).state == "needs info"
    again = await play(running, "ana in #data: /data-request DR-1 ask and when?", "wait 1 minute", "wait 1 minute")
    assert "any more" not in again
    told = await play(running, 'dev presses "Open a new thread"')
    assert "DR-1 continues in a new thread." in told
    assert "*DR-1 · berth arrivals* · waiting on an answer" in told
    told = await play(running, "dev in #data: /data-request DR-1 answer all of them")
    assert "*Dev Patel* answered." in told


async def test_who_asked_and_has_left_hears_nothing_of_a_lost_thread(running: Trial) -> None:
    await put(running)
    running.slack.workspace.channels["CDATA"].messages.clear()
    running.slack.workspace.users["UDEV"].deleted = True
    await play(running, "ana in #data: /data-request DR-1 ask which?", "wait 11 minutes", "wait 1 minute")
    (lost,) = [each for each in outbox(running) if each.act == "update" and each.state == "failed"]
    assert lost.lane == "CDATA"
    assert "UDEV" not in {each.lane for each in outbox(running)}
    # It is no work that comes back every minute, either.
    assert threads.broken(running.bot.store.reader, TEAM) == []


async def test_a_request_whose_first_message_never_arrived_is_put_anew(running: Trial) -> None:
    running.slack.faults.arm("chat.postMessage", Fault("server_error"))
    await put(running)
    opening = "UPDATE outbox SET act = 'shout' WHERE id = (SELECT min(id) FROM outbox WHERE lane = 'CDATA')"
    assert await running.bot.store.write(lambda transaction: transaction.run(opening)) == 1
    told = await play(running, "ana in #data: /data-request DR-1 ask which?", "wait 1 minute", "wait 1 minute")
    assert "any more (its first message never arrived)" in told
    assert not running.slack.workspace.channels["CDATA"].messages
    await play(running, "dev in #data: /data-request DR-1 repost")
    (opened,) = running.slack.workspace.channels["CDATA"].messages.values()
    assert "DR-1" in opened.text


async def test_a_request_of_an_archived_channel_lives_on_in_another(running: Trial) -> None:
    await put(running)
    running.slack.people.archive(running.slack.workspace.channels["CDATA"], running.slack.workspace.users["UCHLOE"])
    told = await play(running, "ana in #general: /data-request DR-1 ask which?", "wait 1 minute")
    assert "any more (is_archived)" in told
    await play(running, "dev in #general: /data-request DR-1 repost")
    assert one(running).channel == "CGENERAL"
    assert len(running.slack.workspace.channels["CGENERAL"].messages) == 1
    told = await play(running, "eli in #general: /data-request DR-1 repost")
    assert "Only the requester, the owner of the data or an admin can do that." in told


async def test_where_the_bot_was_sent_away_it_says_where_to_invite_it(running: Trial) -> None:
    await put(running)
    running.slack.workspace.channels["CDATA"].members.discard("U0BOT")
    told = await play(running, "ana in #general: /data-request DR-1 ask which?", "wait 1 minute")
    assert "any more (not_in_channel)" in told
    told = await play(running, "dev in #random: /data-request DR-1 repost")
    assert "I can't write in its channel. Invite me there, or type this in an open channel that I'm in" in told
    told = await play(running, "eli in #general: /data-request DR-1 copy", "eli closes")
    draft = await play(
        running, "eli in #general: /data-request DR-2 repost", "eli in #general: /data-request DR-2 send"
    )
    assert "DR-2 is a draft, so it needs no thread." in draft


async def test_what_nobody_agreed_on_ends_a_month_after_its_day(running: Trial) -> None:
    await put(running, needed_by="2026-01-06")
    await play(running, 'eli presses "Follow"')
    told = await play(running, "wait 30 days")
    assert one(running).state == "open"
    told = await play(running, "wait 2 days")
    assert "*Common Ground* closed the request." in told
    assert "*DR-1 · berth arrivals*: Common Ground closed the request." in told
    assert one(running).reason == "no agreement within 30 days of the day it was needed"
    assert a_request().state == "open"
