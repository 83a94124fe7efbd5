"""Admins make, list and revoke web hooks; the secret is shown once, and kept where nobody reads it."""

import json
import re
from collections.abc import AsyncIterator

import pytest

from bot.trial.run import Trial
from storage.workspaces import audit, personal_data, webhooks
from tests.conftest import StartTrial
from tests.handlers.access.secrets import SECRET
from tests.handlers.data_requests.playing import put
from tests.handlers.requirements.playing import a_model
from tests.playing import play
from tests.reporting import KEY, hook, report
from tests.sent import sent
from tests.writing import write

TEAM = "T0LOCAL"
IT = re.compile(r"whsec_[A-Za-z0-9+/=]{44}")
OPEN = ("chloe in #general: /common-ground hooks", 'chloe presses "Add a web hook"')


@pytest.fixture
async def trial(start: StartTrial) -> AsyncIterator[Trial]:
    async with start(hooks=KEY) as running:
        await a_model(running)
        yield running


def fills(about: str, *more: str) -> list[str]:
    told = (f'enters "What does it report of?": {about}', 'enters "What is it called?": nightly', *more, "submits")
    return [f"chloe {line}" for line in told]


def stored(trial: Trial) -> str:
    reader = trial.bot.store.reader
    named = [row["name"] for row in reader.all("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return str([[dict(row) for row in reader.all(f"SELECT * FROM [{name}]")] for name in named if "_fts" not in name])


async def test_an_admin_makes_one_and_sees_its_secret_once(trial: Trial) -> None:
    shown = await play(trial, *OPEN, *fills("berth model", 'enters "How often does it report?": Daily'))
    (secret,) = IT.findall(shown)
    (webhook,) = webhooks.every(trial.bot.store.reader, TEAM)
    assert f"/hooks/{webhook.id}" in shown
    assert (webhook.label, webhook.every, webhook.made_by) == ("nightly", "daily", "UCHLOE")
    await trial.quiet()
    assert secret not in stored(trial)
    listed = await play(trial, "chloe closes", OPEN[0])
    assert "There is 1 web hook." in listed
    assert "Of berth model; no report yet, expected daily" in listed
    assert not IT.search(listed)


async def test_a_list_shows_names_as_they_were_written(trial: Trial) -> None:
    await a_model(trial, "R&D <model>")
    await play(trial, *OPEN, *fills("R&D <model>", 'enters "What is it called?": day & night'), "chloe closes")
    assert "day & night\n    Of R&D <model>; no report yet" in await play(trial, OPEN[0])


async def test_what_is_not_there_or_not_seen_is_said_at_its_field(trial: Trial) -> None:
    await a_model(trial, "falcon model", visibility=SECRET, lead="UANA")
    trial.slack.workspace.channels[SECRET].members.discard("UCHLOE")
    trial.bot.boundary.services.directory.clear()
    for about in ("tide model", "falcon model", "DR-9"):
        told = await play(trial, *OPEN, *fills(about))
        assert "Nothing that you can see here is called that." in told
        await play(trial, "chloe closes")
    assert webhooks.every(trial.bot.store.reader, TEAM) == []


async def test_a_data_request_is_named_by_its_number(trial: Trial) -> None:
    request = await put(trial, state="agreed")
    await play(trial, *OPEN, *fills("dr-1"))
    (webhook,) = webhooks.every(trial.bot.store.reader, TEAM)
    assert (webhook.target_kind, webhook.target_id) == ("data request", request.id)
    # Its contract says that data is delivered weekly.
    assert webhook.due_at[:10] == "2026-01-14"


async def test_an_admin_lists_and_revokes_only_what_reports_of_what_they_see(trial: Trial) -> None:
    await a_model(trial, "falcon model", visibility=SECRET, lead="UANA")
    hidden = await hook(trial, "falcon model", label="falcons")
    await hook(trial, "berth model")
    trial.slack.workspace.channels[SECRET].members.discard("UCHLOE")
    trial.bot.boundary.services.directory.clear()
    listed = await play(trial, OPEN[0])
    assert "There is 1 web hook." in listed
    assert "falcon" not in listed
    assert "Revoked." in await play(trial, 'chloe presses "Revoke"')
    assert [each.id for each in webhooks.every(trial.bot.store.reader, TEAM)] == [hidden.webhook.id]
    assert "That web hook is gone already." in await play(trial, 'chloe presses "Revoke"')


async def test_making_and_revoking_stand_in_the_audit_trail_without_the_secret(trial: Trial) -> None:
    await play(trial, *OPEN, *fills("berth model"), "chloe closes", OPEN[0], 'chloe presses "Revoke"')
    found = audit.entries(trial.bot.store.reader, TEAM, None)
    assert [(each.actor, each.action) for each in found] == [("UCHLOE", "webhook-made"), ("UCHLOE", "webhook-revoked")]
    told = await play(trial, "chloe in #general: /common-ground audit")
    assert "made a web hook for a component" in told


async def test_a_report_that_changes_something_stands_in_the_audit_trail(trial: Trial) -> None:
    made = await hook(trial, "berth model")
    for version in ("1", "1", "2"):
        await report(trial, made, {"version": version})
    found = audit.entries(trial.bot.store.reader, TEAM, None, action="reported")
    assert [(each.actor, each.details) for each in found] == [(f"hook:{made.webhook.id}", ("version",))] * 2
    told = await play(trial, "chloe in #general: /common-ground audit")
    assert told.count("A web hook reported of a component.") == 2


async def test_members_and_guests_see_and_make_none(trial: Trial) -> None:
    await hook(trial, "berth model")
    for line in ("ana in #general: /common-ground hooks", "gus in #churn-model: /common-ground hooks"):
        told = await play(trial, line)
        assert "berth model" not in told
        assert "Add a web hook" not in told
    assert "Only workspace admins can see and make web hooks." in await play(
        trial, "ana in #general: /common-ground hooks"
    )


async def test_what_stays_in_slack_shows_nothing(trial: Trial) -> None:
    told = await play(trial, "chloe in #general: @Common Ground common-ground hooks")
    assert "Type /common-ground hooks yourself: only you see its answer." in told


async def test_where_they_are_switched_off_that_is_said(running: Trial) -> None:
    told = await play(running, "chloe in #general: /common-ground hooks")
    assert "Nothing can report to me here: the person who runs me hasn't set HOOKS=true." in told


async def test_two_hundred_are_enough(trial: Trial) -> None:
    first = await hook(trial, "berth model")
    rows = [first.webhook.model_copy(update={"id": f"h{number}"}) for number in range(199)]
    for each in rows:
        await write(trial.bot.store, webhooks.add, each)
    assert "There are 200 web hooks. Revoke one first." in await play(trial, *OPEN, *fills("berth model"))
    assert sent(trial) == []


async def test_who_asks_for_their_data_gets_no_secret(trial: Trial) -> None:
    made = await hook(trial, "berth model")
    told = json.dumps(personal_data.told(trial.bot.store.reader, TEAM, "UCHLOE", ["workspace"]))
    assert "nightly" in told
    assert made.webhook.sealed not in told
