"""The command line, as the person who runs the bot meets it."""

import asyncio
import os
import re
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from aiohttp import ClientSession
from typer.testing import CliRunner

from bot.__main__ import cli
from bot.clock import Clock
from bot.local_slack.faults import Fault
from bot.local_slack.start import serving
from bot.local_slack.wire.server import LocalSlack
from bot.local_slack.workspace.seed import sample, seeded
from bot.manifest import read_manifest
from storage import open_store
from storage.outbox import deliveries
from storage.outbox.deliveries import Delivery
from tests.conftest import START
from tests.ports import free_port
from tests.writing import write

ROOT = Path(__file__).parents[2]


@pytest.fixture
async def slack(clock: Clock) -> AsyncIterator[LocalSlack]:
    async with serving(seeded(sample(), read_manifest(), clock.now)) as served:
        yield served


def environment(slack: LocalSlack, folder: Path, **more: str) -> dict[str, str]:
    app = slack.workspace.app
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("SLACK_")},
        "PYTHONPATH": str(ROOT),
        "SLACK_BOT_TOKEN": app.bot_token,
        "SLACK_APP_TOKEN": app.app_token,
        "SLACK_API_URL": slack.api_url,
        "DATABASE_URL": f"sqlite:///{folder / 'bot.db'}",
        "PORT": str(free_port()),
        **more,
    }


async def program(*words: str, env: dict[str, str], folder: Path) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *words, env=env, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


async def told(*words: str, env: dict[str, str], folder: Path) -> tuple[int | None, str, str]:
    process = await program(*words, env=env, folder=folder)
    out, err = await process.communicate()
    return process.returncode, out.decode(), err.decode()


async def line_with(process: asyncio.subprocess.Process, words: str) -> str:
    assert process.stderr is not None
    seen = ""
    while words not in seen:
        line = (await process.stderr.readline()).decode()
        assert line, seen
        seen += line
    return seen


@pytest.mark.parametrize("form", ["console", "json"])
async def test_it_runs_until_it_is_told_to_stop_and_exits_with_0(slack: LocalSlack, tmp_path: Path, form: str) -> None:
    env = environment(slack, tmp_path, LOG_FORMAT=form)
    process = await program("run", env=env, folder=tmp_path)
    assert "Harbour" in await line_with(process, "ready")
    user = slack.workspace.user_named("ana")
    await slack.interactions.run_command(user, slack.workspace.channel_named("#general"), "/define bias")
    (answer,) = slack.workspace.channels["CGENERAL"].ephemerals.values()
    assert answer.text.startswith("bias · data science: ")
    async with ClientSession() as session, session.get(f"http://127.0.0.1:{env['PORT']}/healthz") as response:
        assert response.status == 200
    process.send_signal(signal.SIGTERM)
    process.send_signal(signal.SIGINT)
    _, err = await process.communicate()
    assert (process.returncode, b"Traceback" in err) == (0, False)


async def test_over_http_it_takes_signed_requests(slack: LocalSlack, tmp_path: Path) -> None:
    env = environment(slack, tmp_path, SLACK_APP_TOKEN="", SLACK_SIGNING_SECRET=slack.workspace.app.signing_secret)
    process = await program("run", env=env, folder=tmp_path)
    await line_with(process, "ready")
    slack.wire.request_url = f"http://127.0.0.1:{env['PORT']}/slack/events"
    user = slack.workspace.user_named("ana")
    await slack.interactions.run_command(user, slack.workspace.channel_named("#general"), "/define bias")
    assert [(entry.kind, entry.problem) for entry in slack.wire.record] == [("slash_commands", "")]
    (answer,) = slack.workspace.channels["CGENERAL"].ephemerals.values()
    assert answer.text.startswith("bias · data science: ")
    process.terminate()
    await process.communicate()
    assert process.returncode == 0


async def test_it_waits_for_a_slack_that_does_not_answer_yet_and_can_be_stopped(
    slack: LocalSlack, tmp_path: Path
) -> None:
    slack.faults.arm("auth.test", *[Fault("server_error")] * 50)
    process = await program("run", env=environment(slack, tmp_path), folder=tmp_path)
    await line_with(process, "Slack does not answer yet")
    process.terminate()
    await process.communicate()
    assert process.returncode == 0


def refuse_token(env: dict[str, str], _folder: Path) -> None:
    env["SLACK_BOT_TOKEN"] = "xoxb-old"


def spoil_database(_env: dict[str, str], folder: Path) -> None:
    (folder / "bot.db").write_text("no database, but long enough to look like one at first sight " * 20)


def refuse_app_token(env: dict[str, str], _folder: Path) -> None:
    env["SLACK_APP_TOKEN"] = "xapp-old"


def spoil_env_file(_env: dict[str, str], folder: Path) -> None:
    (folder / ".env").write_bytes(b"ADMINS=\xff\xfe")


def take_port(env: dict[str, str], _folder: Path) -> None:
    env["PORT"] = env["SLACK_API_URL"].split(":")[2].split("/")[0]


def drop_token(env: dict[str, str], _folder: Path) -> None:
    env["SLACK_BOT_TOKEN"] = ""


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (drop_token, "common-ground: SLACK_BOT_TOKEN is missing: Bot token of the app, starts with `xoxb-`\n"),
        (
            refuse_token,
            ("common-ground: SLACK_BOT_TOKEN: Slack rejects it (invalid_auth); copy it again from OAuth & "
            "Permissions\n"),
        ),
        (spoil_database, ("common-ground: the database {folder}/bot.db is not a database; name another file in "
         "DATABASE_URL\n")),
        (spoil_env_file, "common-ground: the file .env isn't UTF-8; save it as UTF-8\n"),
        (
            refuse_app_token,
            (
                "common-ground: SLACK_APP_TOKEN: Slack rejects it (invalid_auth); make a new one under Basic "
                "Information, App-Level Tokens, with the scope connections:write\n"
            ),
        ),
        (take_port, "common-ground: HOST and PORT: cannot listen on 127.0.0.1:{port}: address already in use\n"),
    ],
)  # fmt: skip
async def test_what_is_wrong_is_one_line_beside_where_to_see_all_and_exit_code_2(
    slack: LocalSlack, tmp_path: Path, spoil: Callable[[dict[str, str], Path], None], expected: str
) -> None:
    env = environment(slack, tmp_path)
    spoil(env, tmp_path)
    code, out, err = await told("run", env=env, folder=tmp_path)
    wrong, doctor = err.splitlines()
    assert (code, out, f"{wrong.lower()}\n") == (2, "", expected.format(folder=tmp_path, port=env["PORT"]).lower())
    assert doctor == "Run `common-ground doctor` to see everything that is wrong, and how to fix it."


async def test_the_doctor_finds_all_well(slack: LocalSlack, tmp_path: Path) -> None:
    code, out, _ = await told("doctor", env=environment(slack, tmp_path), folder=tmp_path)
    assert (code, out.splitlines()) == (
        0,
        [
            "ok    The settings are complete, for Socket Mode.",
            f"ok    No database at {tmp_path}/bot.db yet; the bot creates it at its start, or --create now.",
            "ok    Slack accepts the bot token: common-ground in Harbour.",
            "ok    All required scopes are granted.",
            "ok    Slack accepts the app-level token.",
            "All is well: common-ground run",
        ],
    )


async def test_the_doctor_has_slack_judge_all_that_scripts_show(slack: LocalSlack, tmp_path: Path) -> None:
    scripts = tmp_path / "scripts"
    scripts.mkdir()
    (scripts / "one.txt").write_text(
        "ana in #general: /define bias\nana in #general: /define add\nana opens the Home\n"
    )
    asked = ("doctor", "--blocks", str(scripts))
    code, out, _ = await told(*asked, env=environment(slack, tmp_path), folder=tmp_path)
    assert (code, out.splitlines()[-2:]) == (
        0,
        ["ok    Slack takes 4 of 4 kinds of messages, forms and Homes.", "All is well: common-ground run"],
    )


async def test_the_doctor_names_what_is_missing_and_what_fixes_it(slack: LocalSlack, tmp_path: Path) -> None:
    from storage.workspaces.workspaces import connect_workspace  # noqa: PLC0415

    slack.workspace.app.refused_scopes = {"users:read", "groups:history"}
    store = open_store(f"sqlite:///{tmp_path / 'bot.db'}")
    lost = Delivery(
        act="post",
        team_id="T0LOCAL",
        visibility="CGENERAL",
        lane="CGENERAL",
        body={},
        state="failed",
        reason="is_archived",
        **deliveries.due_at_once(START, START - START),
    )
    await write(store, connect_workspace, "T0LOCAL", "Harbour", "U0BOT", START)
    await write(store, deliveries.add, [lost])
    await store.close()
    env = environment(slack, tmp_path, SLACK_APP_TOKEN="", SLACK_SIGNING_SECRET="s")
    code, out, _ = await told("doctor", env=env, folder=tmp_path)
    assert (code, out.splitlines()) == (
        1,
        [
            f"ok    The settings are complete, for HTTP on 127.0.0.1:{env['PORT']}.",
            "ok    The store opens and knows 1 workspace; no messages to be sent.",
            (
                "fix   A message for CGENERAL in Harbour, written 2026-01-05T09:00 UTC, was not sent: is_archived. "
                "Whoever it was for hasn't read it."
            ),
            "      Look in that conversation; if it isn't there, tell them yourself.",
            "ok    Slack accepts the bot token: common-ground in Harbour.",
            (
                "fix   Scopes are missing: users:read. Without users:read I don't know names, time zones, or who is an "
                "admin or a guest, and show little."
            ),
            (
                "      Paste the output of `common-ground manifest` into App Manifest at "
                "https://api.slack.com/apps, your app, and reinstall the app."
            ),
            (
                "ok    Optional scopes aren't granted: groups:history. Without groups:history I don't know what a "
                "thread in a private channel is about, or whether a message arrived in it."
            ),
            "2 things to fix.",
        ],
    )


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (drop_token, "SLACK_BOT_TOKEN is missing"),
        (refuse_token, "Slack refuses the bot token: invalid_auth. The bot can't sign in"),
        (spoil_database, "The store can't be opened: the database"),
        (
            lambda env, _: env.update(SLACK_API_URL="http://127.0.0.1:1"),
            "Slack can't be reached at http://127.0.0.1:1/",
        ),
    ],
)
async def test_the_doctor_tells_what_cannot_be_checked(
    slack: LocalSlack, tmp_path: Path, spoil: Callable[[dict[str, str], Path], None], expected: str
) -> None:
    env = environment(slack, tmp_path)
    spoil(env, tmp_path)
    code, out, _ = await told("doctor", env=env, folder=tmp_path)
    assert code == 1
    assert f"fix   {expected}" in out


def test_a_trial_carries_out_a_script_and_shows_what_people_see(tmp_path: Path) -> None:
    script = tmp_path / "script.txt"
    script.write_text("# a note\nana in #general: /define recall\n| what was seen\nana in #general: hello\n")
    kept, written = str(tmp_path / "try.db"), tmp_path / "transcript.txt"
    how = ["--http", "--script", str(script), "--database", kept, "--transcript", str(written)]
    told = CliRunner().invoke(cli, ["try", *how])
    assert told.exit_code == 0
    assert "Of the cases that really are positive, the share the model found" in told.output
    assert (tmp_path / "try.db").exists()
    assert written.read_text(encoding="utf-8").endswith("  Ana Ruiz:\n    hello\n")


async def test_where_nothing_can_be_typed_the_page_is_served_until_it_is_told_to_stop(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-u", "-m", "bot", "try", cwd=tmp_path, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert process.stdout is not None
    lines = [await process.stdout.readline() for _ in range(5)]
    address = re.search(rb"http://\S+", b"".join(lines))
    assert address is not None
    async with ClientSession() as session, session.get(address[0].decode()) as response:
        assert "a Slack on this machine" in await response.text()
    process.terminate()
    await process.wait()


@pytest.mark.parametrize("path", sorted((ROOT / "tests" / "scripts").glob("*.txt")), ids=lambda path: path.stem)
def test_every_script_can_be_played_whatever_the_day(path: Path) -> None:
    told = CliRunner().invoke(cli, ["try", "--script", str(path)])
    assert (told.exit_code, told.stderr) == (0, "")
    assert "Common Ground" in told.stdout


def test_a_script_with_a_wrong_line_ends_with_its_number(tmp_path: Path) -> None:
    script = tmp_path / "script.txt"
    script.write_text("ana in #general: /define recall\nana dances\n")
    told = CliRunner().invoke(cli, ["try", "--script", str(script)])
    assert (told.exit_code, "line 2: I don't know that" in told.output) == (1, True)


def test_a_trial_reads_what_is_typed_until_its_end() -> None:
    told = CliRunner().invoke(
        cli, ["try", "--company", "empty"], input="ana in #general: /define recall\nzoe in #general: hello\n"
    )
    assert told.exit_code == 0
    assert "Or type here who does what" in told.output
    assert "the share the model found" in told.output
    assert "nobody here is called 'zoe'" in told.output


def test_a_trial_opens_on_a_company_with_a_past() -> None:
    told = CliRunner().invoke(cli, ["try"], input="ana in #general: /data-request list\n")
    assert (told.exit_code, "tug positions" in told.output, "Drop the weather feed" in told.output) == (0, True, False)


def test_a_trial_with_a_kept_store_answers_again_the_next_time(tmp_path: Path) -> None:
    typed, kept = "ana in #general: @Common Ground define recall\n", str(tmp_path / "try.db")
    for _ in range(2):
        told = CliRunner().invoke(cli, ["try", "--database", kept], input=typed)
        assert "the share the model found" in told.output


def test_a_trial_with_a_store_that_cannot_be_says_so(tmp_path: Path) -> None:
    told = CliRunner().invoke(cli, ["try", "--database", str(tmp_path / "nowhere" / "try.db")])
    assert (told.exit_code, "does not exist; make it, or change DATABASE_URL" in told.output) == (2, True)
