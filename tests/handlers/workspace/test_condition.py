"""Admins hear how the bot runs when they ask, and when something needs somebody: once a day, of each loss once."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.trial.run import Trial
from handlers.checks.dates import day
from handlers.framework.services import Health
from handlers.workspace.messages import condition
from storage.outbox import deliveries
from storage.outbox.deliveries import Delivery
from storage.outbox.losses import Lost
from tests.bot.outbox.sending import a_post
from tests.conftest import START
from tests.playing import play
from tests.sent import sent
from tests.storage.workspaces.test_installations import installed
from tests.writing import write

#: Chloe, who is the admin, lives in New York: her day begins five hours after the tests do.
DAY, TO_WORK = timedelta(days=1), timedelta(hours=5)
HEALTH = Health("0.9.0", "Socket Mode", is_backed_up=True, last_backup=START.isoformat())
FAILED = "I couldn't back up my records. Ask whoever runs me to look at the log."
STATUS = "`/common-ground status` shows how I'm doing."


def lost(reason: str, lane: str = "CSECRETLAUNCH") -> Delivery:
    return a_post("Falcon flies", lane).model_copy(update={"state": "failed", "reason": reason})


def news(trial: Trial) -> list[tuple[str, str]]:
    """Return all that was said but what the test itself put into the outbox, and forget it."""
    return [each for each in sent(trial) if "Falcon" not in each[1]]


@pytest.mark.parametrize(
    ("backlog", "told"),
    [
        ({}, "No messages are waiting."),
        ({"person": (1, START.isoformat())}, "1 message is waiting, the oldest for 90 seconds."),
    ],
)
def test_what_waits_is_told_with_its_age(backlog: Mapping[str, tuple[int, str]], told: str) -> None:
    lines = condition.status(HEALTH, backlog, [], START + timedelta(seconds=90))
    assert told.replace("90 seconds", "1 minute") in lines


@pytest.mark.parametrize(
    ("more", "whose", "again"),
    [
        ({}, [], "Install me again at https://bot.example/slack/install."),
        (
            {"organization": "E1", "organization_name": "Harbour Group"},
            ["Harbour Group installed me for its workspaces."],
            "An admin of Harbour Group has to install me again at https://bot.example/slack/install.",
        ),
    ],
)
def test_who_let_the_bot_in_is_named_and_has_to_do_it_again_where_its_token_is_not_renewed(
    more: dict[str, str], whose: list[str], again: str
) -> None:
    health = replace(HEALTH, install_url="https://bot.example/slack/install")
    fine, refused = (condition.in_workspace(health, installed("T1", **more, refused=each)) for each in ("", "late"))
    assert condition.status(fine, {}, [], START)[1:-2] == whose
    assert condition.status(refused, {}, [], START)[-1].endswith(f"(late), and without it I can’t answer. {again}")
    assert condition.in_workspace(health, None) == health


@pytest.mark.parametrize(
    ("health", "told"),
    [
        (replace(HEALTH, is_backed_up=False), "Backups aren't set up."),
        (replace(HEALTH, last_backup=""), "No backup yet."),
        (replace(HEALTH, is_backup_failed=True, last_backup=""), f"No backup yet: {FAILED}"),
        (replace(HEALTH, is_backup_failed=True), f"Last backup: {day(START.isoformat())}. Since then {FAILED}"),
    ],
)
def test_how_it_is_backed_up_is_told(health: Health, told: str) -> None:
    lines = condition.status(health, {}, [], START)
    assert [line for line in lines if "ackup" in line or "back up" in line] == [told]


def test_that_a_backup_failed_is_what_an_alert_tells_and_whom_to_ask() -> None:
    assert condition.needs(replace(HEALTH, is_backup_failed=True), []) == [FAILED]


@pytest.mark.parametrize(
    ("reasons", "told"),
    [
        (["is_archived"], "1 message from the last two days didn't arrive: the channel is archived (1)."),
        (
            ["given up: not_in_channel", "odd_code", "odd_code"],
            "3 messages from the last two days didn't arrive: Slack says odd_code (2), I'm not in the channel (1).",
        ),
        (
            ["ValueError: Falcon flies"],
            "1 message from the last two days didn't arrive: Slack gave no clear answer (1).",
        ),
    ],
)
def test_why_messages_were_lost_is_told_in_words_of_ours(reasons: Sequence[str], told: str) -> None:
    found = [Lost(id=str(place), reason=reason, is_told=False) for place, reason in enumerate(reasons)]
    assert condition.needs(HEALTH, found) == [told]


async def test_admins_read_in_the_status_how_the_bot_runs_and_others_do_not(running: Trial) -> None:
    await write(running.bot.store, deliveries.add, [lost("is_archived")])
    admin = await play(running, "chloe in #general: /common-ground status")
    member = await play(running, "ben in #general: /common-ground status")
    in_public = await play(running, "chloe in #general: @Common Ground status")
    for told in ("connected by Socket Mode.", "No messages are waiting.", "Backups aren't set up.", "archived (1)."):
        assert (told in admin, told in member, told in in_public) == (True, False, False)
    assert "Falcon" not in admin


async def test_nobody_is_told_while_nothing_needs_anybody(running: Trial) -> None:
    for _ in range(3):
        await running.pass_time(DAY)
    assert news(running) == []


async def test_each_loss_is_told_once_to_every_admin_and_to_nobody_else(running: Trial) -> None:
    await write(running.bot.store, deliveries.add, [lost("is_archived"), lost(deliveries.READER_LEFT, "UBEN")])
    told = f"1 message from the last two days didn't arrive: the channel is archived (1).\n{STATUS}"
    await running.pass_time(TO_WORK)
    first = news(running)
    assert [who for who, _ in first] == ["UCHLOE"]
    assert told in first[0][1]
    await running.pass_time(DAY)
    assert news(running) == first


async def test_a_second_loss_of_the_same_day_waits_for_the_next(running: Trial) -> None:
    await write(running.bot.store, deliveries.add, [lost("is_archived")])
    await running.pass_time(TO_WORK)
    await write(running.bot.store, deliveries.add, [lost("not_in_channel")])
    await running.pass_time(timedelta(hours=3))
    assert len(news(running)) == 1
    await running.pass_time(timedelta(hours=21))
    assert "didn't arrive: I'm not in the channel (1)." in news(running)[1][1]


async def test_an_alert_that_is_lost_brings_no_other(running: Trial) -> None:
    await write(running.bot.store, deliveries.add, [lost("is_archived")])
    await running.pass_time(TO_WORK)
    (alert,) = running.bot.store.reader.all("SELECT id FROM outbox WHERE lane = 'UCHLOE'")
    ended = deliveries.Outcome(id=alert["id"], state="failed", reason="messages_tab_disabled")
    await write(running.bot.store, deliveries.record_outcomes, [ended])
    await running.pass_time(DAY)
    assert len(news(running)) == 1


async def test_at_night_an_admin_hears_only_of_what_cannot_wait_and_in_the_morning_of_the_rest(
    running: Trial, tmp_path: Path
) -> None:
    await write(running.bot.store, deliveries.add, [lost("is_archived")])
    await running.pass_time()
    assert news(running) == []
    with (tmp_path / "bot.db").open("r+b") as file:
        size = file.seek(0, os.SEEK_END)
        file.truncate(2**43)
    for _ in range(3):
        await running.pass_time(timedelta(minutes=20))
    with (tmp_path / "bot.db").open("r+b") as file:
        file.truncate(size)
    (first,) = news(running)
    assert first[0] == "UCHLOE"
    assert "nearly full" in first[1]
    assert "arrive" not in first[1]
    await running.pass_time(timedelta(hours=3))
    assert news(running) == [first]
    for _ in range(3):
        await running.pass_time(timedelta(hours=2))
    (_, second) = news(running)
    assert ("nearly full" in second[1], "1 message from the last two days" in second[1]) == (False, True)
