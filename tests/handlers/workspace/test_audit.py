"""The audit trail over Slack's doors: noted by ids, and read by admins as far as it is theirs."""

import json

import pytest

from bot.trial.run import Trial
from storage.workspaces import audit
from storage.workspaces.audit import Entry
from tests.conftest import StartTrial
from tests.playing import play
from tests.sent import told

TEAM = "T0LOCAL"
MARKER = "quicksilver"
SECRET = "CSECRETLAUNCH"
SETTINGS = ("chloe in #general: /common-ground settings",)
SAVED = ("chloe submits", "chloe closes")
LOGGED = ("submits", "closes")


def noted(trial: Trial) -> list[Entry]:
    return audit.entries(trial.bot.store.reader, TEAM, None)


def last(trial: Trial) -> tuple[str, str, str, tuple[str, ...], str]:
    """Return who did what to what at last."""
    entry = noted(trial)[-1]
    return entry.actor, entry.action, entry.target_kind, entry.details, entry.outcome


def secret_channel(trial: Trial) -> str:
    return next(each.id for each in trial.slack.workspace.channels.values() if each.name == "secret-launch")


async def log(trial: Trial, who: str, where: str, title: str = "Falcon flies") -> str:
    """Log a decision, and return its id."""
    await play(trial, f"{who} in {where}: /decision {title}", *(f"{who} {each}" for each in LOGGED))
    rows = trial.bot.store.reader.all("SELECT id FROM decisions ORDER BY created_at, id")
    return str(rows[-1]["id"])


async def pry(trial: Trial, who: str, action: str, value: str) -> str:
    """Press a button that somebody alone sees, after its value was changed to another: one that somebody copied."""
    await play(trial, f"{who} in #general: /common-ground help")
    for message in trial.slack.workspace.channels["CGENERAL"].ephemerals.values():
        button = {"type": "button", "text": {"type": "plain_text", "text": "Pry"}, "action_id": action, "value": value}
        message.blocks = [{"type": "actions", "block_id": "b", "elements": [button]}]
    return await play(trial, f'{who} presses "Pry"')


async def test_settings_and_stewards_are_noted_by_name_and_the_stewards_hear_once(running: Trial) -> None:
    await play(
        running,
        *SETTINGS,
        'chloe enters "Stewards of product": ben, chloe',
        'chloe enters "Stewards of domain": ben',
        'chloe enters "Holidays": 2026-12-24',
        *SAVED,
    )
    assert [(each.action, each.target_id, each.details) for each in noted(running)] == [
        ("settings-changed", TEAM, ("holidays",)),
        ("steward-added", "UBEN", ()),
        ("steward-added", "UCHLOE", ()),
    ]
    (heard,) = told(running, "UBEN", "steward")
    assert "You're a steward of domain, product now" in heard
    assert "made you a steward of domain, product: you look after those words." in heard
    assert told(running, "UCHLOE", "steward") == []
    await play(running, *SETTINGS, 'chloe enters "Stewards of product": chloe', *SAVED)
    assert told(running, "UBEN", "no longer a steward of product")
    assert last(running) == ("UCHLOE", "steward-removed", "person", (), "success")
    count = len(noted(running))
    await play(running, *SETTINGS, *SAVED)
    assert len(noted(running)) == count
    assert len(told(running, "UBEN", "steward")) == 2


async def test_a_steward_who_has_left_hears_nothing(running: Trial) -> None:
    await play(running, *SETTINGS, 'chloe enters "Stewards of product": ben, eli', *SAVED)
    assert (len(told(running, "UBEN", "steward")), len(told(running, "UELI", "steward"))) == (1, 1)
    running.slack.people.change(running.slack.workspace.user_named("eli"), deleted=True)
    await play(running, "wait 11 minutes", *SETTINGS, 'chloe enters "Stewards of product": ', *SAVED)
    assert (len(told(running, "UBEN", "steward")), len(told(running, "UELI", "steward"))) == (2, 1)


async def test_admins_read_the_trail_in_sentences_and_others_do_not(running: Trial) -> None:
    await play(
        running, "ben in #general: /summary here weekly monday 09:00", "chloe in #general: /decision reaction gem"
    )
    refused = await play(running, "ben in #general: /common-ground audit")
    assert "Only workspace admins can read the audit trail." in refused
    assert "turned" not in refused
    assert last(running) == ("UBEN", "access-denied", "audit trail", (), "denied")
    shown = await play(running, "chloe in #general: /common-ground audit")
    assert "Common Ground (only visible to Chloe Martin)" in shown
    lines = [line.strip() for line in shown.splitlines() if "today" in line]
    assert lines == [
        "today 9:00 AM  Ben Okafor was denied access to the audit trail.",
        "today 9:00 AM  Chloe Martin changed the emoji for decisions.",
        "today 9:00 AM  Ben Okafor set up the weekly summary of #general.",
    ]
    assert "Use /common-ground audit: only you see its answer." in await play(
        running, "chloe in #general: @Common Ground common-ground audit"
    )


async def test_the_trail_is_read_page_by_page_and_its_button_is_checked_again(running: Trial) -> None:
    emoji = [f"chloe in #general: /decision reaction e{number}" for number in range(17)]
    await play(running, *emoji)
    first = await play(running, "chloe in #general: /common-ground audit")
    assert (first.count("changed the emoji"), "[Older]" in first) == (15, True)
    older = await play(running, 'chloe presses "Older"')
    assert (older.count("changed the emoji"), "[Older]" in older) == (2, False)
    forged = await pry(running, "ben", "audit_older", "9999 ")
    assert "Only workspace admins can read the audit trail." in forged
    assert "emoji" not in forged
    assert last(running) == ("UBEN", "access-denied", "audit trail", ("audit_older",), "denied")


async def test_an_admin_outside_a_private_channel_reads_nothing_of_it(start: StartTrial) -> None:
    async with start() as trial:
        trial.slack.workspace.users["UDEV"].is_admin = True
        await log(trial, "ana", "#secret-launch")
        await play(trial, "chloe in #secret-launch: /summary here weekly monday 09:00")
        await play(trial, "ana in #secret-launch: /summary off", "chloe in #general: /decision reaction gem")
        assert {each.visibility for each in noted(trial)} == {secret_channel(trial), "workspace"}
        inside = await play(trial, "chloe in #general: /common-ground audit")
        assert "Ana Ruiz turned off the weekly summary of #secret-launch." in inside
        outside = await play(trial, "dev in #general: /common-ground audit")
        assert "changed the emoji for decisions." in outside
        assert "summary" not in outside
        assert "Ana" not in outside


@pytest.mark.parametrize(
    ("who", "action", "kind"),
    [("ben", "decision_pin", "decision"), ("ben", "decision_deprecate", "decision")],
)
async def test_what_somebody_may_not_do_with_a_record_is_noted_with_its_id(
    running: Trial, who: str, action: str, kind: str
) -> None:
    decision = await log(running, "chloe", "#general")
    told_them = await pry(running, who, action, decision)
    assert "Only Chloe Martin, who decided it, and admins can do that with D-1." in told_them
    (entry,) = noted(running)
    assert (entry.actor, entry.target_kind, entry.target_id) == ("UBEN", kind, decision)
    assert (entry.details, entry.outcome, entry.visibility) == ((action,), "denied", "workspace")
    shown = await play(running, "chloe in #general: /common-ground audit")
    assert "Ben Okafor was denied access to decision D-1." in shown


async def test_a_copied_button_to_what_somebody_may_not_see_is_noted_without_saying_what(running: Trial) -> None:
    await play(running, "ana in #secret-launch: /owner add falcon", 'ana enters "Who leads it?": ana')
    await play(running, 'ana enters "What is it?": model', "ana submits", "ana closes")
    (component,) = running.bot.store.reader.all("SELECT id FROM components")
    assert "falcon" in await pry(running, "ana", "owner_map", component["id"])
    assert noted(running) == []
    assert "falcon" not in await pry(running, "ben", "owner_map", component["id"])
    assert last(running) == ("UBEN", "access-denied", "", ("owner_map",), "denied")
    shown = await play(running, "chloe in #general: /common-ground audit")
    assert "Ben Okafor was denied access to something that is gone or that they may not see." in shown


async def test_what_guests_see_is_noted_where_it_changes(running: Trial) -> None:
    said = ("limit", "allow", "allow", "limit", "limit")
    shown = await play(running, *(f"chloe in #churn-model: /common-ground guests {each}" for each in said))
    assert shown.count("Saved.") == len(said)
    shown = await play(running, "chloe in #general: /common-ground audit")
    assert shown.count("Chloe Martin changed what guests see in #churn-model.") == len(noted(running)) == 2


async def test_a_flood_of_presses_is_noted_once(running: Trial) -> None:
    decision = await log(running, "chloe", "#general")
    for _ in range(30):
        await pry(running, "ben", "decision_pin", decision)
    assert len(noted(running)) == 1


async def test_a_redaction_is_noted_and_so_is_one_that_was_refused(running: Trial) -> None:
    decision = await log(running, "chloe", "#general")
    asked = await play(running, "ben in #general: /common-ground redact D-1")
    assert "Redact D-1" in asked
    assert "Only whoever wrote D-1" in await play(running, 'ben presses "Redact D-1"')
    await play(running, "chloe in #general: /common-ground redact D-1", 'chloe presses "Redact D-1"', *SAVED)
    found = [(each.actor, each.action, each.target_id, each.outcome) for each in noted(running)]
    assert found == [
        ("UBEN", "access-denied", decision, "denied"),
        ("UCHLOE", "redacted", decision, "success"),
    ]


async def test_no_word_that_anybody_typed_stands_in_the_trail(running: Trial) -> None:
    await play(
        running,
        *SETTINGS,
        f'chloe enters "Disciplines": product / {MARKER}',
        *SAVED,
        *SETTINGS,
        f'chloe enters "Stewards of {MARKER}": ben',
        *SAVED,
        f"chloe in #general: /decision reaction {MARKER}",
        f"chloe in #general: /glossary here {MARKER}",
        f"ben in #general: /common-ground {MARKER}",
        f"ben in #general: /common-ground audit {MARKER}",
        "ben in #general: /summary here weekly monday 09:00",
        f"ben in #general: /common-ground settings {MARKER}",
    )
    decision = await log(running, "chloe", "#general", MARKER)
    await play(
        running, f"chloe in #general: /decision The price of {MARKER} falls on Friday", "chloe submits", "chloe closes"
    )
    await pry(running, "ben", "decision_pin", decision)
    await pry(running, "ben", "decision_pin", MARKER)
    await pry(running, "ben", f"owner_map:{MARKER}", MARKER)
    await pry(running, "ben", f"{MARKER}", MARKER)
    await play(running, "ben in #general: /common-ground redact D-1", 'ben presses "Redact D-1"')
    await play(running, "chloe in #general: /common-ground redact D-1", 'chloe presses "Redact D-1"', *SAVED)
    rows = json.dumps(running.bot.store.reader.all("SELECT * FROM audit"))
    assert MARKER in json.dumps(running.bot.store.reader.all("SELECT * FROM decisions"))
    assert len(noted(running)) >= 9
    assert MARKER not in rows


async def test_the_trail_is_kept_for_400_days(running: Trial) -> None:
    await play(running, "chloe in #general: /decision reaction gem", "wait 399 days", "wait 1 hour")
    assert len(noted(running)) == 1
    await play(running, "wait 2 days", "wait 1 hour")
    assert noted(running) == []


async def test_what_guests_read_in_a_private_channel_is_noted_for_its_admins_alone(running: Trial) -> None:
    running.slack.people.change(running.slack.workspace.users["UDEV"], is_admin=True)
    await play(running, *(f"chloe in {each}: /common-ground guests allow" for each in ("#secret-launch", "#general")))
    assert [each.visibility for each in noted(running)] == [SECRET, "workspace"]
    for who, channels in (("dev", 1), ("chloe", 2)):
        told = await play(running, f"{who} in #general: /common-ground audit")
        assert (told.count("changed what guests see in #"), "secret-launch" in told) == (channels, channels > 1)
