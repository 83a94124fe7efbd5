"""What is kept of a person as a file, and a person forgotten while the bot is running."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import cli
from bot.trial.run import Trial
from handlers.hooks.reminders import Known
from handlers.requirements.hooks import reminders as cards
from handlers.responsibilities.hooks.reminders import open_reminders
from storage.data_requests.data_requests import Term
from storage.decisions import decisions
from storage.records import former
from storage.records.offers import Offer
from storage.requirements.requirements import Plan
from storage.workspaces import audit, holds
from storage.workspaces.people import KnownPerson, gone_people, note_people
from tests.conftest import StartTrial
from tests.handlers.data_requests.playing import TEAM, put
from tests.handlers.data_requests.requests import PARTS
from tests.handlers.requirements.playing import LATENCY, a_model, plan, say
from tests.handlers.responsibilities.test_commands import add
from tests.handlers.workspace.test_redacting import all_messages, everything
from tests.playing import play
from tests.sent import sent
from tests.writing import write

FORMER = "a former member"


@pytest.fixture
async def running(start: StartTrial, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Trial]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'bot.db'}")
    async with start() as started:
        await write(started.bot.store, note_people, [a_person("UANA", "Ana Ruiz"), a_person("UBEN", "Ben Okafor")])
        yield started


def a_person(user_id: str, name: str) -> KnownPerson:
    read_at = "2026-01-05T09:00:00.000000+00:00"
    return KnownPerson(
        team_id=TEAM, user_id=user_id, name=name, tz="UTC", is_gone=False, is_away=False, read_at=read_at
    )


async def run(*told: str, typed: str = "") -> Result:
    return await asyncio.to_thread(CliRunner().invoke, cli, ["people", *told], input=typed)


async def forget(trial: Trial, user_id: str = "UANA") -> Result:
    """Forget somebody, and let the bot go on until the moment that the command line has."""
    told = await run("forget", user_id, "--yes")
    await trial.pass_time(datetime.now(UTC) - trial.bot.clock.now())
    return told


async def decide(trial: Trial) -> None:
    """Let Ana decide something in the open, and Ben ask for it there."""
    await play(trial, "ana in #general: @Common Ground decided: The feed goes because it is late")
    await play(trial, "ben in #general: @Common Ground decision D-1")


def of_the_bot(trial: Trial) -> str:
    """Return all that the bot has said and Slack shows to several people."""
    channels, bot = trial.slack.workspace.channels.values(), trial.slack.workspace.app.bot_user_id
    messages = [each for channel in channels for each in channel.messages.values() if each.user == bot]
    return json.dumps([[message.text, message.blocks] for message in messages])


async def test_somebody_is_gone_from_store_and_messages_and_their_records_stay(running: Trial) -> None:
    await decide(running)
    await put(running, requester="UBEN", owner="UANA", purpose="To ask Ana Ruiz and <@UANA|ana> when they land")
    assert ("UANA" in everything(running), "UANA" in of_the_bot(running)) == (True, True)
    told = await forget(running)
    assert (told.exit_code, "UANA is forgotten. " in told.output) == (0, True)
    assert [each for each in ("UANA", "Ana Ruiz") if each in everything(running)] == []
    assert [each for each in ("UANA", "Ana Ruiz") if each in of_the_bot(running)] == []
    assert FORMER in of_the_bot(running)
    assert running.slack.workspace.warnings == []
    running.screen.news()
    shown = await play(running, "ben in #general: /decision D-1")
    assert ("The feed goes" in shown, FORMER in shown, "Ana" in shown) == (True, True, False)
    shown = await play(running, "ben in #data: /data-request DR-1")
    assert f"To ask {FORMER} and {FORMER} when they land" in shown


async def test_messages_that_the_outbox_has_forgotten_are_taken_back(running: Trial) -> None:
    await decide(running)
    await play(running, "wait 32 days")
    rows = running.bot.store.reader.all("SELECT body FROM outbox WHERE body LIKE '%The feed goes%'")
    assert (rows, "Ana Ruiz" in of_the_bot(running)) == ([], True)
    await forget(running)
    assert "Ana Ruiz" not in of_the_bot(running)
    assert f"it named {FORMER}." in of_the_bot(running)
    assert "UANA" not in everything(running)


async def test_who_is_deactivated_after_they_were_forgotten_is_not_noted_again(running: Trial) -> None:
    for who, is_noted in (("UANA", False), ("UBEN", True)):
        await forget(running, "UANA")
        running.slack.people.change(running.slack.workspace.users[who], deleted=True)
        await running.quiet()
        assert (f'"{who}"' in everything(running)) is is_noted


async def test_what_it_will_touch_is_shown_first_and_asked(running: Trial) -> None:
    await decide(running)
    before, said = everything(running), all_messages(running)
    told = await run("forget", "UANA", "--dry-run")
    assert told.exit_code == 0
    lines = [line.split() for line in told.output.splitlines()]
    assert ["name", "and", "time", "zone", "1", "0"] in lines
    assert ["decisions", "0", "1"] in lines
    assert "What stays: nicknames and single words for them in texts" in told.output
    assert told.output.endswith("Nothing changed.\n")
    assert (await run("forget", "UANA", typed="n\n")).exit_code == 1
    assert (everything(running) == before, all_messages(running) == said) == (True, True)
    assert "UANA is forgotten. " in (await run("forget", "UANA", typed="y\n")).output
    assert "UANA" not in everything(running)


async def test_who_comes_back_is_new(running: Trial) -> None:
    await decide(running)
    await run("forget", "UANA", "--yes")
    await play(running, "ana in #general: @Common Ground decided: the feed comes back")
    first, second = decisions.all_decisions(running.bot.store.reader, TEAM)
    assert (first.decider == "UANA", second.decider) == (False, "UANA")
    assert "UANA is forgotten. " in (await run("forget", "UANA", "--yes")).output
    first, second = decisions.all_decisions(running.bot.store.reader, TEAM)
    assert len({first.decider, second.decider, "UANA"}) == 3


@pytest.mark.parametrize(
    ("user_id", "told"),
    [
        ("UNOBODY", "nothing is kept about UNOBODY"),
        ("ana", "ana is not the id of a person; ids of people begin with U or W, such as U024BE7LH"),
        ("U%", "U% is not the id of a person"),
        ("U0BOT", "U0BOT is my own id"),
        ("UFORMERMEMBER1", "UFORMERMEMBER1 is not the id of a person"),
    ],
)
async def test_who_cannot_be_forgotten_is_said_in_one_line(running: Trial, user_id: str, told: str) -> None:
    await decide(running)
    before = everything(running)
    done = await run("forget", user_id, "--yes")
    assert (done.exit_code, f"common-ground: {told}" in done.output) == (2, True)
    assert everything(running) == before


async def test_all_that_is_kept_is_written_as_json(running: Trial, tmp_path: Path) -> None:
    await decide(running)
    await play(running, "ana in #secret-launch: /decision Falcon in May", "ana submits", "ana closes")
    await run("export", "UANA", "--output", str(tmp_path / "ana.json"))
    text = (tmp_path / "ana.json").read_text(encoding="utf-8")
    found = json.loads(text)
    assert [each["title"] for each in found["decisions"]] == ["The feed goes", "Falcon in May"]
    assert found["name and time zone"][0]["name"] == "Ana Ruiz"
    again = json.loads((await run("export", "UANA")).output)
    (noted,) = again.pop("audit trail")
    assert (noted["action"], noted["target_id"], again == found) == ("person-exported", "UANA", True)
    refused = await run("export", "UNOBODY")
    assert (refused.exit_code, refused.output) == (2, "common-ground: nothing is kept about UNOBODY\n")


async def test_the_duty_of_a_former_member_goes_to_who_can_hand_it_over(running: Trial) -> None:
    await add(running)
    fairness = "in #general: /owner churn model fairness"
    await play(running, f"dev {fairness}", 'dev presses "I\'ll take it"', "wait 8 days")
    await forget(running, "UDEV")
    known = Known(gone=gone_people(running.bot.store.reader, TEAM))
    found = open_reminders(running.bot.store.reader, TEAM, known, running.bot.clock.now())
    (left,) = [each for each in found if each.kind == "owner left"]
    assert ("fairness" in left.subject, FORMER in await play(running, f"ben {fairness}")) == (True, True)
    assert [text for to, text in sent(running) if "UDEV" in f"{to} {text}"] == []


async def test_what_a_former_member_was_to_measure_falls_to_the_lead_and_no_plan_names_them(running: Trial) -> None:
    model = await a_model(running)
    await say(running, model, "latency", Offer(parts=LATENCY), by="UBEN")
    live = Plan(stages=("in production",), every="weekly", by="UDEV", set_by="UBEN")
    await plan(running, model, "latency", live)
    assert "UDEV" in everything(running)
    await forget(running, "UDEV")
    assert "UDEV" not in everything(running)
    known = Known(gone=gone_people(running.bot.store.reader, TEAM))
    found = cards.open_reminders(running.bot.store.reader, TEAM, known, running.bot.clock.now())
    assert [each.people for each in found if "yours to measure" in each.told] == [("UCHLOE",)]
    assert [text for to, text in sent(running) if "UDEV" in f"{to} {text}"] == []


async def test_a_name_that_is_not_known_or_is_somebody_elses_is_given(running: Trial) -> None:
    await play(
        running, "eli in #general: @Common Ground decided: the tides stay", "dev in #general: @Common Ground D-1"
    )
    assert "Eli Berg" in of_the_bot(running)
    await running.bot.store.write(lambda each: each.run("DELETE FROM people WHERE user_id = 'UELI'"))
    assert "their name isn't known, or others have it too" in (await run("forget", "UELI", "--dry-run")).output
    told = await run("forget", "UELI", "--yes", "--name", "Eli Berg")
    await running.pass_time(datetime.now(UTC) - running.bot.clock.now())
    assert "UELI is called Eli Berg here." in told.output
    assert ("Eli Berg" in of_the_bot(running), "The tides stay" in of_the_bot(running)) == (False, True)


async def test_a_legal_hold_keeps_people_too_until_it_is_lifted_and_the_trail_names_nobody(running: Trial) -> None:
    await decide(running)
    await write(running.bot.store, holds.put_on_hold, TEAM, "UCHLOE", running.bot.clock.now())
    before = everything(running)
    told = await run("forget", "UANA", "--yes")
    assert (told.exit_code, "so nothing can be deleted until an admin lifts it." in told.output) == (2, True)
    assert everything(running) == before
    await write(running.bot.store, holds.lift, TEAM)
    await forget(running)
    (entry,) = audit.entries(running.bot.store.reader, TEAM, None)
    assert (entry.action, entry.target_id, "UANA" in everything(running)) == (
        "person-forgotten",
        former.placeholder(1),
        False,
    )


async def test_a_name_that_two_have_is_nobodys_to_take_out(running: Trial) -> None:
    await decide(running)
    await write(running.bot.store, note_people, [a_person("UELI", "Ana Ruiz")])
    assert "others have it too" in (await forget(running)).output
    assert "UANA" not in everything(running)
    assert "Ana Ruiz" in of_the_bot(running)


async def test_who_is_asked_about_a_contract_is_in_no_row_of_the_store_once_forgotten(running: Trial) -> None:
    named = {"expert": {"person": "UANA", "hours": "2"}, "access": {**PARTS["access"], "approver": "UANA"}}
    terms = {term_id: Term(asked=Offer(parts=parts, by="UDEV")) for term_id, parts in {**PARTS, **named}.items()}
    await put(running, terms=terms, owner="UBEN", requester="UDEV", turn="owner")
    assert "UANA" in str(running.bot.store.reader.all("SELECT asks FROM outbox"))
    assert (await run("forget", "UANA", "--yes")).exit_code == 0
    for table in ("outbox", "data_requests", "data_request_events", "old_messages"):
        assert "UANA" not in str(running.bot.store.reader.all(f"SELECT * FROM {table}")), table
