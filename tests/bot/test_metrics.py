"""What Prometheus is told: each kind of thing that goes well or badly, and nothing of who, where, or about what."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.app import Bot, running
from bot.clock import Clock
from bot.local_slack.faults import Fault
from bot.local_slack.start import serving
from bot.local_slack.wire.server import LocalSlack
from bot.local_slack.workspace.seed import sample, seeded
from bot.manifest import manifest_for
from bot.trial.run import Trial, settings_for
from storage.engine.interface import StoreUnavailableError
from storage.engine.sqlite_connection import sqlite3
from storage.outbox import deliveries
from tests.bot.outbox.sending import a_post
from tests.conftest import START
from tests.postgres import Server
from tests.writing import write

DASHBOARD = Path(__file__).parents[2] / "docs" / "grafana.json"


@asynccontextmanager
async def measured(
    clock: Clock, folder: Path, database: Path | str | None = None
) -> AsyncIterator[tuple[LocalSlack, Bot]]:
    """Start a bot with metrics, and with backups, in a local Slack."""
    async with serving(seeded(sample(), manifest_for(None, ""), clock.now)) as slack:
        settings = settings_for(slack, database or folder / "bot.db", use_http=False)
        wanted = {"metrics": True, "backup_folder": folder / "backups", "backup_every_hours": 24, "backups_kept": 7}
        async with running(settings.model_copy(update={**wanted, "backup_recipient": ""}), clock) as bot:
            yield slack, bot


async def exposed(port: int) -> str:
    async with ClientSession() as session, session.get(f"http://127.0.0.1:{port}/metrics") as response:
        assert (response.status, response.content_type) == (200, "text/plain")
        return await response.text()


async def scraped(port: int) -> dict[str, float]:
    """Return what Prometheus reads, by name and labels."""
    lines = (await exposed(port)).splitlines()
    return {name: float(value) for name, value in (each.rsplit(" ", 1) for each in lines if not each.startswith("#"))}


async def test_without_the_setting_there_are_none(running: Trial) -> None:
    async with ClientSession() as session, session.get(f"http://127.0.0.1:{running.bot.port}/metrics") as response:
        assert response.status == 404


async def test_gestures_and_calls_are_counted_by_kind_and_by_how_they_ended(clock: Clock, tmp_path: Path) -> None:
    async with measured(clock, tmp_path) as (slack, bot):
        ana, general = slack.workspace.user_named("ana"), slack.workspace.channel_named("#general")
        for line in ("/define recall", "/common-ground settings", "/common-ground settings"):
            await slack.interactions.run_command(ana, general, line)
        await slack.wire.idle()
        assert (await scraped(bot.port))["common_ground_token_rejected"] == 0
        bot.condition.heard("chat.postMessage", "token_revoked")
        assert (await scraped(bot.port))["common_ground_token_rejected"] == 1
        slack.faults.arm("chat.postMessage", Fault("server_error"), Fault("rate_limited", retry_after=30))
        for text in ("one", "two"):
            await write(bot.store, deliveries.add, [a_post(text)])
            await bot.relay.look_for_all_due()
            await bot.relay.idle()
        told = await scraped(bot.port)
    assert told['common_ground_gestures_total{kind="Ask",outcome="done"}'] == 1
    assert told['common_ground_gestures_total{kind="Ask",outcome="refused"}'] == 2
    assert told['common_ground_acknowledgement_seconds_count{kind="Ask"}'] == 3
    assert told['common_ground_slack_calls_total{error="",method="auth.test"}'] == 1
    assert told['common_ground_slack_calls_total{error="http_503",method="chat.postMessage"}'] == 1


async def test_the_outbox_the_store_and_the_backups_are_told_as_they_are(clock: Clock, tmp_path: Path) -> None:
    async with measured(clock, tmp_path) as (slack, bot):
        slack.faults.arm("chat.postMessage", *[Fault("rate_limited", retry_after=900)] * 9)
        waiting = [a_post("one"), a_post("two"), a_post("three", lane="UANA")]
        await write(bot.store, deliveries.add, waiting)
        await bot.tick()
        lost = a_post("lost").model_copy(update={"state": "failed", "reason": "is_archived"})
        await write(bot.store, deliveries.add, [lost])
        clock.move(timedelta(seconds=90))
        told = await scraped(bot.port)
    depth = {lane: told[f'common_ground_outbox_depth{{lane="{lane}"}}'] for lane in ("channel", "person", "response")}
    age = {lane: told[f'common_ground_outbox_age_seconds{{lane="{lane}"}}'] for lane in ("channel", "response")}
    assert (depth, age) == ({"channel": 2, "person": 1, "response": 0}, {"channel": 90, "response": 0})
    assert told["common_ground_outbox_lost"] == 1
    assert told["common_ground_ready"] == 1
    assert told["common_ground_backup_timestamp_seconds"] == START.timestamp()
    assert told["common_ground_backup_failed"] == 0
    assert told['common_ground_store_bytes{file="store"}'] > 0
    assert told["common_ground_disk_free_bytes"] > 0
    assert told['common_ground_jobs_total{job_name="back up",outcome="done"}'] == 1
    assert told['common_ground_jobs_total{job_name="nudges",outcome="done"}'] == 1


async def test_a_backup_that_fails_and_what_slack_puts_off_count_as_such(clock: Clock, tmp_path: Path) -> None:
    async with measured(clock, tmp_path) as (slack, bot):
        (tmp_path / "backups").touch()
        slack.faults.arm("views.publish", Fault("server_error"), Fault("server_error"))
        slack.people.open_home(slack.workspace.user_named("ana"))
        await slack.wire.idle()
        await bot.tick()
        told = await scraped(bot.port)
    assert told['common_ground_jobs_total{job_name="back up",outcome="failed"}'] >= 1
    assert told['common_ground_jobs_total{job_name="homes",outcome="put off"}'] == 1
    assert 'common_ground_jobs_total{job_name="back up",outcome="done"}' not in told


async def test_of_a_store_in_a_server_all_is_told_but_its_files(
    clock: Clock, tmp_path: Path, postgres: Server, installed_postgres: str
) -> None:
    with postgres.database(installed_postgres) as url:
        async with measured(clock, tmp_path, url) as (_, bot):
            await bot.tick()
            told = await scraped(bot.port)
    assert told["common_ground_ready"] == 1
    assert told['common_ground_outbox_depth{lane="channel"}'] == 0
    assert not [each for each in told if each.startswith("common_ground_store_bytes{")]


async def test_a_store_that_is_locked_leaves_the_rest_to_be_told(clock: Clock, tmp_path: Path) -> None:
    async with measured(clock, tmp_path) as (_, bot):
        other = sqlite3.connect(tmp_path / "bot.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        # The first is told at once, as the last write ended; nobody waits for one that may not end.
        told = [await scraped(bot.port)]
        with pytest.raises(StoreUnavailableError):
            await bot.store.probe()
        told.append(await scraped(bot.port))
        other.execute("ROLLBACK")
        other.close()
    assert [each["common_ground_ready"] for each in told] == [1, 0]
    assert [each['common_ground_store_bytes{file="store"}'] > 0 for each in told] == [True, True]


async def test_no_label_names_a_person_a_place_or_a_word(clock: Clock, tmp_path: Path) -> None:
    async with measured(clock, tmp_path) as (slack, bot):
        ana, secret = slack.workspace.user_named("ana"), slack.workspace.channel_named("#secret-launch")
        await slack.interactions.run_command(ana, secret, "/define falcon")
        await slack.interactions.run_command(ana, secret, "/common-ground help")
        await slack.wire.idle()
        await bot.tick()
        await bot.idle()
        told = await scraped(bot.port)
    labels = {each for name in told for each in re.findall(r'(\w+)="', name)}
    assert labels == {"kind", "outcome", "method", "error", "job_name", "lane", "file", "le"}
    assert [name for name in told if re.search(r"UANA|CSECRET|T0LOCAL|falcon|secret", name, re.IGNORECASE)] == []


async def test_the_dashboard_shows_what_is_told_and_nothing_else(clock: Clock, tmp_path: Path) -> None:
    async with measured(clock, tmp_path) as (_, bot):
        kinds = re.findall(r"^# TYPE (\S+) (\S+)", await exposed(bot.port), re.MULTILINE)
    known = {f"{name}_bucket" if kind == "histogram" else name for name, kind in kinds}
    shown = set(re.findall(r"\b(?:common_ground|process)_\w+", DASHBOARD.read_text(encoding="utf-8")))
    assert len(shown) > 10
    assert shown <= known
