"""Once the app is uninstalled nothing is answered or sent; its data waits for a reinstall, and then goes."""

import asyncio
import json
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from aiohttp import ClientSession

from bot.app import running
from bot.clock import Clock
from bot.local_slack.faults import Fault
from bot.local_slack.start import serving
from bot.local_slack.wire.delivery import signature
from bot.local_slack.workspace.seed import sample, seeded
from bot.manifest import manifest_for
from bot.settings import SettingsError
from bot.transport.http import EVENTS_PATH
from bot.trial.run import Trial, settings_for
from handlers.access.recipients import Destination, post
from handlers.framework.context import Context
from handlers.framework.routing import Command, Feature
from handlers.slack.blocks import Message
from handlers.slack.interactions import Ask
from handlers.slack.replies import Reply, Say
from storage import open_store
from storage.change_notices.change_notices import NOTICES, ChangeNotice
from storage.engine.interface import Reader, Transaction, to_text
from storage.glossary import near, sessions
from storage.glossary.misses import count_miss
from storage.launches import launches
from storage.outbox import deliveries, redactions
from storage.records.versioned import HistoryEntry
from storage.responsibilities import links, teams
from storage.workspaces import audit, deletion, heard, holds, installations, leases, rests, tokens, webhooks, workspaces
from storage.workspaces.rests import Rest
from storage.workspaces.workspaces import connect_workspace, uninstall
from tests.conftest import StartTrial
from tests.handlers.data_requests.playing import ask, responds
from tests.playing import play
from tests.storage.stores import dumping
from tests.storage.workspaces.test_webhooks import webhook
from tests.writing import write

TEAM = "T0LOCAL"
AT = "2026-01-05T09:00:00.000000+00:00"
NOTICE = webhooks.Notice(team_id=TEAM, webhook_id="w1", kind="version", person="UANA", was="", at=AT)
SESSION = sessions.Session(
    id="s1", team_id=TEAM, owner="UANA", held_on="2026-01-06", words=("drift",), planned_by="UANA", planned_at=AT
)
LINK = links.Link(
    id="l1", team_id=TEAM, source_id="c1", kind="feeds", target_id="c2", created_at=AT, changed_at=AT, version=1
)
OPS = teams.Team(
    id="o1",
    team_id=TEAM,
    name="Ops",
    look_up_key="ops",
    accountable="UANA",
    created_by="UBEN",
    created_at=AT,
    changed_at=AT,
)
CHANGE = ChangeNotice(id="n1", team_id=TEAM, kind="interface", component_id="c1", created_at=AT, changed_at=AT)
TOKEN = tokens.Token(id="t1", team_id=TEAM, user_id="UANA", digest="d", created_at="2026-01-05", ends_at="2026-04-05")
PAST = next((Path(__file__).parents[2] / "storage" / "stores").glob("*.sql*"))
INSTALLED = installations.Installation(
    team_id=TEAM, team_url="", bot_user_id="U0BOT", bot_id="B0BOT", app_id="A0LOCAL", scopes="chat:write",
    sealed="sealed", sealed_by="a key", installed_at="2026-01-05T09:00:00.000000+00:00",
)  # fmt: skip
COMMAND = {
    "command": "/decision", "text": "D-1", "user_id": "UBEN", "team_id": TEAM, "channel_id": "CGENERAL",
    "channel_name": "general", "trigger_id": "t1",
}  # fmt: skip


async def uninstalled(trial: Trial) -> None:
    """Take the app out of the workspace, as an admin does on Slack's pages."""
    app = trial.slack.workspace.app
    await trial.bot.relay.slack.apps_uninstall(client_id=app.client_id, client_secret=app.client_secret)
    await trial.quiet()


def event(kind: str, number: int, **more: object) -> str:
    told = {"type": "event_callback", "event_id": f"Ev{number}", "team_id": TEAM, "api_app_id": "A0LOCAL"}
    return json.dumps({**told, "event": {"type": kind, **more}, "authorizations": []})


async def send(trial: Trial, body: str, kind: str = "application/json") -> tuple[int, str]:
    """Send a signed request as Slack does, past what the local Slack would let through."""
    headers = {"Content-Type": kind, **signature(trial.slack.workspace.app.signing_secret, body)}
    url = f"http://127.0.0.1:{trial.bot.port}{EVENTS_PATH}"
    async with ClientSession() as session, session.post(url, data=body, headers=headers) as response:
        return response.status, await response.text()


async def probe(trial: Trial) -> tuple[int, str]:
    async with ClientSession() as session, session.get(f"http://127.0.0.1:{trial.bot.port}/readyz") as response:
        return response.status, await response.text()


def messages(trial: Trial) -> str:
    """Return all that stands in conversations now."""
    return "".join(f"{each.messages}" for each in trial.slack.workspace.channels.values())


def held(reader: Reader, team_id: str = TEAM) -> set[str]:
    return set(deletion.counts(reader, team_id))


async def test_nothing_is_answered_or_sent_from_then_on_and_the_process_says_why(start: StartTrial) -> None:
    async with start() as trial:
        assert "Drop the feed" in await play(trial, "ben in #general: @Common Ground decided: Drop the feed")
        assert "Drop the feed" in await play(trial, "ben in #general: /decision D-1")
        assert await probe(trial) == (200, "ready\n")
        trial.slack.faults.arm("chat.postMessage", Fault("rate_limited", retry_after=60))
        await play(trial, "eli in #general: @Common Ground what does drift mean?")
        await uninstalled(trial)
        trial.slack.workspace.app.refusal = ""
        asked = (
            "ben in #general: /decision D-1",
            "ben in #general: @Common Ground decided: Keep the feed",
            'ben uses "Log as decision" on "Drop the feed"',
            "ben opens the Home",
            "wait 8 days",
        )
        seen = [line for line in (await play(trial, *asked)).splitlines() if "Common Ground" in line]
        assert seen == ["    @Common Ground decided: Keep the feed"]
        assert len(trial.bot.store.reader.all("SELECT id FROM decisions")) == 1
        assert trial.bot.store.reader.all("SELECT id FROM outbox WHERE state IN ('waiting', 'sending', 'unsure')") == []
        status, told = await probe(trial)
        assert (status, told.startswith("the app was uninstalled from the workspace")) == (503, True)


@pytest.mark.parametrize("order", [(0, 1), (1, 0), (0, 0, 1), (1,), (0,), (2,)])
async def test_the_two_events_stop_it_in_any_order_and_twice(start: StartTrial, order: tuple[int, ...]) -> None:
    events = (
        event("app_uninstalled", 1),
        event("tokens_revoked", 2, tokens={"oauth": [], "bot": ["U0BOT"]}),
        event("team_access_revoked", 3, team_ids=["T2", TEAM]),
    )
    async with start(use_http=True) as trial:
        await play(trial, "ben in #general: @Common Ground decided: Drop the feed")
        form = urlencode(COMMAND)
        assert "Drop the feed" in (await send(trial, form, "application/x-www-form-urlencoded"))[1]
        trial.slack.workspace.app.refusal = "account_inactive"
        for number in order:
            assert await send(trial, events[number]) == (200, "")
        trial.slack.workspace.app.refusal = ""
        later = urlencode({**COMMAND, "trigger_id": "t2"})
        assert await send(trial, later, "application/x-www-form-urlencoded") == (200, "")


@pytest.mark.parametrize("kind", ["app_uninstalled", "tokens_revoked"])
async def test_an_event_of_an_uninstall_that_comes_once_the_app_is_back_stops_nothing(
    start: StartTrial, kind: str
) -> None:
    async with start(use_http=True) as trial:
        await play(trial, "ben in #general: @Common Ground decided: Drop the feed")
        assert await send(trial, event(kind, 1, tokens={"oauth": [], "bot": ["U0BOT"]})) == (200, "")
        form = urlencode(COMMAND)
        assert "Drop the feed" in (await send(trial, form, "application/x-www-form-urlencoded"))[1]


@pytest.mark.parametrize("fault", [Fault("account_inactive"), Fault("server_error"), Fault("empty")])
async def test_where_slack_does_not_say_that_it_takes_the_token_an_uninstall_is_believed(
    start: StartTrial, fault: Fault
) -> None:
    async with start(use_http=True) as trial:
        trial.slack.faults.arm("auth.test", fault)
        assert (await send(trial, event("app_uninstalled", 1)))[0] in (200, 503)
        await trial.quiet()
        assert not workspaces.is_active(trial.bot.store.reader, TEAM)


async def test_what_was_revoked_of_others_stops_nothing(start: StartTrial) -> None:
    async with start(use_http=True) as trial:
        await play(trial, "ben in #general: @Common Ground decided: Drop the feed")
        assert await send(trial, event("tokens_revoked", 1, tokens={"oauth": ["UANA"], "bot": []})) == (200, "")
        assert await send(trial, event("tokens_revoked", 2, tokens={"bot": ["UOTHERBOT"]})) == (200, "")
        assert await send(trial, event("team_access_revoked", 3, team_ids=["T2"])) == (200, "")
        form = urlencode(COMMAND)
        assert "Drop the feed" in (await send(trial, form, "application/x-www-form-urlencoded"))[1]


async def test_reinstalled_in_time_it_finds_everything_and_blurts_out_nothing(start: StartTrial) -> None:
    async with start() as trial:
        await play(trial, "ben in #general: @Common Ground decided: Drop the feed")
        now = trial.bot.clock.now()
        for minutes in (10, 90):
            later = post(Destination(TEAM, "UANA"), Message(f"Ahoy after {minutes}"), now)
            waiting = later.model_copy(update={"not_before": to_text(now + timedelta(minutes=minutes))})
            await write(trial.bot.store, deliveries.add, [waiting])
        await trial.pass_time(timedelta(minutes=10))
        assert "Ahoy after 10" in "\n".join(trial.screen.news())
        await uninstalled(trial)
        trial.bot.clock.move(timedelta(hours=1))
    async with start() as again:
        seen = await play(again, "ben in #general: /decision D-1", "wait 1 hour", "ben in #general: /decision D-1")
        assert "Drop the feed" in seen
        assert "Ahoy" not in seen
        assert await probe(again) == (200, "ready\n")
        await play(again, "wait 40 days")
        assert "Drop the feed" in await play(again, "ben in #general: /decision D-1")


async def test_reinstalled_in_time_it_brings_up_to_date_what_it_was_editing_then(start: StartTrial) -> None:
    async with start() as trial:
        await ask(trial, owner="ana")
        trial.slack.faults.arm("chat.update", Fault("rate_limited", retry_after=60))
        await play(trial, *responds("ana", "Decline"), 'ana enters "Why not?": It is gone', "ana submits")
        await uninstalled(trial)
        assert "berth arrivals · declined" not in messages(trial)
        trial.slack.workspace.app.refusal = ""
        await write(trial.bot.store, connect_workspace, TEAM, "Harbour", "U0BOT", trial.bot.clock.now())
        await trial.pass_time(timedelta(minutes=10))
        assert "berth arrivals · declined" in messages(trial)


async def test_after_the_period_every_row_of_it_is_gone_and_no_row_of_another(
    start: StartTrial, tmp_path: Path
) -> None:
    (tmp_path / "bot.db").unlink()
    dumping.load(dumping.read(PAST), tmp_path / "bot.db")
    async with start() as trial:
        store = trial.bot.store
        await play(trial, "ben in #general: @Common Ground decided: Drop the feed")
        await write(store, lambda each: each.run("UPDATE decisions SET team_id = 'T2' WHERE number = 'D-1'"))
        await write(store, redactions.scrub_later, TEAM)
        await write(store, near.file_later, TEAM, "an import")
        await write(store, installations.install, INSTALLED)
        await write(store, heard.note, TEAM, heard.Heard(kind="channel_left"), trial.bot.clock.now())
        await write(store, leases.take, "another replica", trial.bot.clock.now())
        await write(store, rests.note_rest, Rest(team_id=TEAM, soon=AT, until=AT, seen=0))
        await write(store, tokens.add, TOKEN)
        await write(store, webhooks.add, webhook(team_id=TEAM))
        await write(store, webhooks.tell_later, NOTICE)
        await write(store, sessions.plan, SESSION)
        await write(store, launches.keep, launches.Launch(team_id=TEAM, component_id="c1", launch_on="2026-02-02"))
        await write(store, links.LINKS.add, LINK, HistoryEntry(at=AT, by="UANA", what="proposed"))
        await write(store, teams.TEAMS.add, OPS, HistoryEntry(at=AT, by="UBEN", what="added"))
        await write(store, NOTICES.add, CHANGE, HistoryEntry(at=AT, by="UANA", what="announced"))
        await write(store, audit.note, audit.settings_changed(TEAM, "UCHLOE", trial.bot.clock.now(), "holidays"))
        assert held(store.reader) == deletion.TABLES.keys()
        await uninstalled(trial)
        await trial.pass_time(timedelta(days=30, seconds=-1))
        assert held(store.reader) == deletion.TABLES.keys() - {"installations"}
        await trial.pass_time(timedelta(seconds=2))
        assert held(store.reader) == set()
        assert store.reader.all("SELECT * FROM deletions") == []
        assert deletion.counts(store.reader, "T2") == {"decisions": 1, "revisions": 1}
        assert await play(trial, "ben in #general: /decision D-2", "ben opens the Home") == ""
        assert (await probe(trial))[0] == 503
        assert held(store.reader) == set()
    async with start() as again:
        assert "*bias* · 4 definitions" in await play(again, "ben in #general: /define bias")
        await play(again, "ben in #general: @Common Ground decided: A new beginning")
        rows = again.bot.store.reader.all("SELECT number FROM decisions WHERE team_id = :team_id", team_id=TEAM)
        assert [row["number"] for row in rows] == ["D-1"]


async def test_a_deletion_that_was_cut_short_goes_on_at_the_next_start(start: StartTrial) -> None:
    async with start() as trial:
        await play(trial, "ben in #general: @Common Ground decided: Drop the feed")
        await uninstalled(trial)
        await write(trial.bot.store, deletion.begin, TEAM, trial.bot.clock.now())
        assert await trial.bot.store.write(lambda each: deletion.delete_some(each, TEAM))
        assert "decisions" in held(trial.bot.store.reader)
    async with start() as again:
        reader = again.bot.store.reader
        assert (reader.all("SELECT * FROM decisions"), reader.all("SELECT * FROM deletions")) == ([], [])


async def test_who_connects_again_in_the_middle_of_a_deletion_begins_anew(start: StartTrial) -> None:
    async with start() as trial:
        await play(trial, "ben in #general: @Common Ground decided: Drop the feed")
        store = trial.bot.store
        await write(store, deletion.begin, TEAM, trial.bot.clock.now())
        await store.write(lambda each: deletion.delete_some(each, TEAM))
        assert await write(store, connect_workspace, TEAM, "Harbour", "U0BOT", trial.bot.clock.now())
        assert held(store.reader) == {"workspaces"}
        assert not await store.write(lambda each: deletion.delete_some(each, TEAM))
        assert held(store.reader) == {"workspaces"}


async def test_a_legal_hold_keeps_an_uninstalled_workspace_until_it_is_lifted(start: StartTrial) -> None:
    async with start() as trial:
        await play(trial, "ben in #general: @Common Ground decided: Drop the feed")
        store = trial.bot.store
        await write(store, holds.put_on_hold, TEAM, "UCHLOE", trial.bot.clock.now())
        await uninstalled(trial)
        await trial.pass_time(timedelta(days=900))
        assert "decisions" in held(store.reader)
        await write(store, holds.lift, TEAM)
        await trial.pass_time()
        assert held(store.reader) == set()


async def test_another_process_on_the_same_store_stops_too(start: StartTrial) -> None:
    async with start(use_http=True) as trial:
        await play(trial, "ben in #general: @Common Ground decided: Drop the feed")
        await write(trial.bot.store, uninstall, TEAM, trial.bot.clock.now())
        trial.bot.boundary.forget_settings()
        assert await send(trial, urlencode(COMMAND), "application/x-www-form-urlencoded") == (200, "")
        await asyncio.gather(*(trial.bot.jobs.start() for _ in range(2)))
        await trial.bot.jobs.done()
        assert "decisions" in held(trial.bot.store.reader)


async def test_a_start_with_the_old_token_deletes_what_is_due_before_it_ends(
    start: StartTrial, clock: Clock, tmp_path: Path
) -> None:
    async with start() as trial:
        await play(trial, "ben in #general: @Common Ground decided: Drop the feed")
        await uninstalled(trial)
    for days, left in ((29, True), (1, False)):
        clock.move(timedelta(days=days))
        async with serving(seeded(sample(), manifest_for(None, ""), clock.now)) as slack:
            slack.workspace.app.refusal = "account_inactive"
            settings = settings_for(slack, tmp_path / "bot.db", use_http=False)
            with pytest.raises(SettingsError, match="account_inactive"):
                await running(settings, clock).__aenter__()
        store = open_store(settings.database_url)
        assert ("decisions" in held(store.reader)) == left
        await store.close()


async def test_what_is_under_way_when_it_is_uninstalled_writes_and_says_nothing(start: StartTrial) -> None:
    async def stop_and_write(context: Context[Ask]) -> Reply:
        await context.store.write(lambda transaction: uninstall(transaction, TEAM, context.now))
        return Reply(Say(Message("never said")), keep)

    def keep(transaction: Transaction, now: datetime) -> None:
        count_miss(transaction, TEAM, "workspace", "never kept", now)

    feature = Feature("late", commands=[Command("common-ground", stop_and_write, "Late")])
    async with start(features=[feature]) as trial:
        assert "never said" not in await play(trial, "ben in #general: /common-ground now")
        assert await play(trial, "ben in #general: /common-ground again") == ""
        assert trial.bot.store.reader.all("SELECT word FROM glossary_misses") == []
