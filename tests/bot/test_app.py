"""The bot as a whole: what its settings change."""

from pathlib import Path

from structlog.testing import capture_logs

from bot.app import running
from bot.clock import Clock
from bot.local_slack.start import serving
from bot.local_slack.workspace.seed import sample, seeded
from bot.manifest import manifest_for
from bot.settings import system_user
from bot.trial.run import settings_for
from storage import back_up_store, open_store
from storage.workspaces import audit, workspaces
from tests.conftest import START

FINISHED = "a restore was cut short and is now finished: the store is the one that was restored"


async def test_commands_with_a_prefix_are_answered_and_help_names_them_so(clock: Clock, tmp_path: Path) -> None:
    async with serving(seeded(sample(), manifest_for(None, "cg-"), clock.now)) as slack:
        settings = settings_for(slack, tmp_path / "bot.db", use_http=False)
        async with running(settings.model_copy(update={"command_prefix": "cg-"}), clock):
            ana, general = slack.workspace.user_named("ana"), slack.workspace.channel_named("#general")
            for line in ("/cg-define recall", "/cg-common-ground"):
                await slack.interactions.run_command(ana, general, line)
    told = [each.text for each in general.ephemerals.values()]
    assert told[0].startswith("recall · ")
    assert "Type `/cg-define drift`" in told[1]


async def test_whom_the_setting_names_may_change_settings(clock: Clock, tmp_path: Path) -> None:
    async with serving(seeded(sample(), manifest_for(None, ""), clock.now)) as slack:
        settings = settings_for(slack, tmp_path / "bot.db", use_http=False)
        async with running(settings.model_copy(update={"admins": frozenset({"UBEN"})}), clock):
            for name in ("ben", "ana"):
                user, general = slack.workspace.user_named(name), slack.workspace.channel_named("#general")
                await slack.interactions.run_command(user, general, "/common-ground settings")
    assert slack.workspace.open_view("UBEN") is not None
    assert slack.workspace.open_view("UANA") is None


async def test_whom_the_setting_admins_names_is_noted_at_a_start_and_told_once(clock: Clock, tmp_path: Path) -> None:
    found: list[list[tuple[str, str]]] = []
    async with serving(seeded(sample(), manifest_for(None, ""), clock.now)) as slack:
        for named in ({"UBEN", "UANA"}, {"UBEN", "UANA"}, {"UANA"}, set[str]()):
            settings = settings_for(slack, tmp_path / "bot.db", use_http=False)
            async with running(settings.model_copy(update={"admins": frozenset(named)}), clock) as bot:
                noted = audit.entries(bot.store.reader, bot.identity.team_id, None)
                found.append([(each.action, each.target_id) for each in noted])
                rows = bot.store.reader.all("SELECT lane, body FROM outbox ORDER BY id")
    added, removed = [("admin-added", "UANA"), ("admin-added", "UBEN")], [("admin-removed", "UBEN")]
    assert found == [added, added, added + removed, [*added, *removed, ("admin-removed", "UANA")]]
    assert {each.actor for each in noted} == {system_user()}
    assert [row["lane"] for row in rows] == ["UANA", "UBEN", "UBEN", "UANA"]
    assert ["named you as an admin" in row["body"] for row in rows] == [True, True, False, False]


async def test_a_restore_that_was_killed_is_finished_at_the_start_which_says_so(clock: Clock, tmp_path: Path) -> None:
    back_up_store(await a_store(tmp_path / "old.db"), tmp_path / ".bot.db-restored")
    async with serving(seeded(sample(), manifest_for(None, ""), clock.now)) as slack:
        settings = settings_for(slack, tmp_path / "bot.db", use_http=False)
        for expected in ([FINISHED], []):
            with capture_logs() as logged:
                async with running(settings, clock) as bot:
                    known = [each.team_id for each in workspaces.all_workspaces(bot.store.reader)]
            told = [each["event"] for each in logged if "restore" in each["event"]]
            assert known == ["T0LOCAL", "TOLD"]
            assert told == expected


async def a_store(path: Path) -> str:
    store = open_store(f"sqlite:///{path}")
    await store.write(lambda it: workspaces.connect_workspace(it, "TOLD", "Harbour", "U0BOT", START))
    await store.close()
    return f"sqlite:///{path}"
