"""How long records are kept once they have ended is chosen by admins, and a legal hold stops every deletion."""

import asyncio
import re
from datetime import timedelta

from bot.local_slack.workspace.state import Channel
from bot.trial.run import Trial
from storage.data_requests import checks, notes
from storage.data_requests.checks import Check
from storage.data_requests.notes import Note
from storage.engine.interface import WORKSPACE, Transaction, to_text
from storage.glossary.misses import count_miss
from storage.workspaces import holds
from tests.conftest import START
from tests.handlers.data_requests.playing import OWNER, PAGE, TEAM, fills_in, put
from tests.handlers.feedback.playing import lines, reported
from tests.handlers.requirements.playing import a_model
from tests.handlers.workspace.test_redacting import everything, redact
from tests.playing import play
from tests.writing import write

REQUESTS = "Delete declined, withdrawn or expired data requests"
QUESTIONS = "Delete unanswered glossary questions"
DECISIONS = "Delete rejected, replaced or deprecated decisions"
FEEDBACK = "Delete closed feedback"
ACCEPTED = "Delete accepted data requests and their contracts"
NOTES = "Delete notes on data"
OPEN = "chloe in #general: /common-ground retention"
YEAR = timedelta(days=365)


async def choose(trial: Trial, *chosen: tuple[str, str]) -> str:
    """Choose for an admin what is deleted when; return what they see."""
    made = [f'chloe enters "{label}": {what}' for label, what in chosen]
    return await play(trial, OPEN, *made, "chloe submits", "chloe submits", "chloe closes")


async def close(trial: Trial, purpose: str, number: str) -> None:
    """Ask for data and withdraw it again, all in Slack."""
    await ask(trial, purpose)
    await play(trial, f"dev in #data: /data-request {number} withdraw it was a dream")


async def ask(trial: Trial, purpose: str) -> None:
    """Ask for data that is needed in three years: nothing ends by itself before."""
    page = fills_in("dev", {**PAGE, "What is it for?": purpose, "Needed by": "2029-01-05"})
    steps = ("dev submits", "dev submits", "dev submits", "dev closes")
    await play(trial, "dev in #data: /data-request", *page, *steps)


async def seen(trial: Trial, number: str) -> str:
    return await play(trial, f"dev in #data: /data-request {number}")


async def test_what_closed_before_the_limit_goes_and_what_is_younger_or_open_stays(running: Trial) -> None:
    await close(running, "The oldest of all", "DR-1")
    await ask(running, "Open as ever")
    await running.pass_time(timedelta(days=200))
    await close(running, "The younger one", "DR-3")
    told = await choose(running, (REQUESTS, "After 1 year"))
    assert "Delete declined, withdrawn or expired data requests after 1 year: none now." in told
    assert "Everything else is kept." in told
    assert "closed feedback after" not in told
    await running.pass_time(YEAR - timedelta(days=201))
    assert "The oldest of all" in await seen(running, "DR-1")
    assert "The oldest of all" in everything(running)
    await running.pass_time(timedelta(days=2))
    assert "No data request here has that number, or you can't see it here." in await seen(running, "DR-1")
    assert "DR-1" not in await play(running, "dev in #data: /data-request list")
    assert "The younger one" in await seen(running, "DR-3")
    assert "Open as ever" in await seen(running, "DR-2")
    await close(running, "The next", "DR-4")
    assert "The next" in await seen(running, "DR-4")


async def test_without_a_choice_nothing_is_ever_deleted(running: Trial) -> None:
    await close(running, "The oldest of all", "DR-1")
    await running.pass_time(20 * YEAR)
    assert "The oldest of all" in await seen(running, "DR-1")
    await choose(running, (REQUESTS, "After 90 days"))
    await choose(running, (REQUESTS, "Never"))
    await running.pass_time(YEAR)
    assert "The oldest of all" in await seen(running, "DR-1")


async def test_a_deleted_record_leaves_no_word_and_no_number_in_the_store(running: Trial) -> None:
    await close(running, "zzyzx is the purpose", "DR-1")
    await choose(running, (REQUESTS, "After 90 days"))
    assert "zzyzx" in everything(running)
    await running.pass_time(timedelta(days=40))
    await running.pass_time(timedelta(days=60))
    assert "zzyzx" not in everything(running)


async def test_a_replaced_decision_goes_with_its_votes_and_is_found_no_more(running: Trial) -> None:
    await play(running, "chloe in #general: /decision Batch zzyzx only", "chloe submits", "chloe closes")
    await play(running, "chloe in #general: /decision D-1", 'chloe presses "Supersede"')
    await play(running, 'chloe presses "Write a new one instead"')
    await play(running, 'chloe enters "What was decided?": Both ways', "chloe submits", "chloe closes", "chloe closes")
    assert "Batch zzyzx only" in await play(running, "ana in #general: /decision find zzyzx")
    assert "Replaces D-1." in await play(running, "ana in #general: /decision D-2")
    told = await choose(running, (DECISIONS, "After 90 days"))
    assert "Delete rejected, replaced or deprecated decisions after 90 days: none now." in told
    await running.pass_time(timedelta(days=91))
    assert "zzyzx" not in await play(
        running, "ana in #general: /decision find zzyzx", "ana in #general: /decision list"
    )
    assert "I can't find that decision" in await play(running, "ana in #general: /decision D-1")
    left = await play(running, "ana in #general: /decision D-2", "chloe in #general: /decision D-2")
    assert "Both ways" in left
    assert "Replaces" not in left
    assert [row["number"] for row in running.bot.store.reader.all("SELECT number FROM decisions")] == ["D-2"]
    await play(running, "chloe in #general: /decision Another one", "chloe submits", "chloe closes")
    assert "Another one" in await play(running, "ana in #general: /decision D-3")


async def test_feedback_that_a_data_request_came_from_goes_and_the_request_stays(running: Trial) -> None:
    item = await reported(running, await a_model(running), got="zzyzx was shown")
    await put(running, feedback_id=item.id)
    answer = ('presses "Answer"', 'enters "Your answer": Mended', "submits", "closes")
    await play(running, "ana in #general: /owner feedback FB-1", *lines("ana", *answer))
    assert "zzyzx" in await play(running, "ben in #general: /owner feedback FB-1")
    await choose(running, (FEEDBACK, "After 90 days"))
    await running.pass_time(timedelta(days=91))
    assert "zzyzx" not in await play(running, "ben in #general: /owner feedback FB-1")
    assert "FB-1" not in await play(
        running, "ben in #general: /owner feedback list", "dev in #data: /data-request DR-1"
    )
    assert [row["number"] for row in running.bot.store.reader.all("SELECT number FROM data_requests")] == ["DR-1"]


async def test_a_question_goes_once_nobody_has_asked_again_for_so_long(running: Trial) -> None:
    await play(running, "ben in #general: /define zzyzx", 'ben presses "Ask the team"')
    await play(running, "ben in #general: /define capstan")
    await choose(running, (QUESTIONS, "After 90 days"))
    await running.pass_time(timedelta(days=60))
    await play(running, "eli in #general: /define capstan")
    await running.pass_time(timedelta(days=31))
    told = await play(running, "chloe in #general: /glossary unanswered")
    assert ("capstan" in told, "zzyzx" in told) == (True, False)
    assert running.bot.store.reader.all("SELECT * FROM glossary_askers WHERE look_up_key = 'zzyzx'") == []


async def test_only_admins_choose_and_only_they_are_asked(running: Trial) -> None:
    await close(running, "The oldest of all", "DR-1")
    assert "Only workspace admins can change settings." in await play(
        running, "ben in #general: /common-ground retention"
    )
    assert running.slack.workspace.open_view("UBEN") is None
    await play(running, OPEN, f'chloe enters "{REQUESTS}": After 90 days')
    running.slack.people.change(running.slack.workspace.user_named("chloe"), is_admin=False)
    assert "Only workspace admins can change settings." in await play(running, "wait 11 minutes", "chloe submits")
    running.slack.people.change(running.slack.workspace.user_named("chloe"), is_admin=True)
    assert "none now." in await play(running, "wait 11 minutes", "chloe submits")
    running.slack.people.change(running.slack.workspace.user_named("chloe"), is_admin=False)
    assert "Only workspace admins can change settings." in await play(running, "wait 11 minutes", "chloe submits")
    await running.pass_time(YEAR)
    assert "The oldest of all" in await seen(running, "DR-1")


async def in_private(trial: Trial) -> Channel:
    """Withdraw a data request of a private channel, in Slack."""
    page = fills_in("ana", {**PAGE, "What is it for?": "zzyzx", OWNER: "chloe"})
    steps = ("ana submits", "ana submits", "ana submits", "ana closes")
    told = await play(trial, "ana in #secret-launch: /data-request", *page, *steps)
    await play(
        trial, f"ana in #secret-launch: /data-request {re.findall('DR-[A-Z]{5}', told)[0]} withdraw it was a dream"
    )
    return trial.slack.workspace.channel_named("#secret-launch")


async def test_records_of_private_channels_are_counted_to_an_admin_who_is_in_them(running: Trial) -> None:
    await in_private(running)
    await running.pass_time(timedelta(days=100))
    months = f'chloe enters "{REQUESTS}": After 90 days'
    told = await play(running, OPEN.replace("#general", "#secret-launch"), months, "chloe submits")
    assert "declined, withdrawn or expired data requests after 90 days: 1 now." in told


async def test_records_of_private_channels_go_too_where_an_admin_outside_is_told_of_none(running: Trial) -> None:
    secret = await in_private(running)
    running.slack.people.leave(secret, running.slack.workspace.user_named("chloe"))
    await running.pass_time(timedelta(days=100))
    assert "zzyzx" in str(running.bot.store.reader.all("SELECT body FROM data_requests"))
    told = await choose(running, (REQUESTS, "After 90 days"))
    assert "declined, withdrawn or expired data requests after 90 days: none now." in told
    assert "Only records that you can see are counted." in told
    await running.pass_time(timedelta(days=1))
    assert running.bot.store.reader.all("SELECT body FROM data_requests") == []
    assert running.bot.store.reader.all("SELECT body FROM data_request_events") == []


async def test_a_legal_hold_stops_retention_and_redaction_until_it_is_lifted(running: Trial) -> None:
    await close(running, "The oldest of all", "DR-1")
    told = await choose(running, (REQUESTS, "After 90 days"), ("Legal hold", "On: keep everything"))
    assert "While a legal hold is on, nothing is deleted" in told
    await running.pass_time(YEAR)
    assert "The oldest of all" in await seen(running, "DR-1")
    told = await play(running, "dev in #data: /common-ground redact DR-1", 'dev presses "Redact DR-1"')
    assert "Chloe Martin set a legal hold, so nothing can be deleted until an admin lifts it." in told
    assert "Chloe Martin set a legal hold" in await play(running, OPEN, "chloe closes")
    assert "This lifts the legal hold." in await choose(running, ("Legal hold", "Off"))
    assert holds.hold(running.bot.store.reader, TEAM) is None
    await running.pass_time(timedelta(days=1))
    assert "No data request here has that number" in await seen(running, "DR-1")


async def test_a_redaction_that_was_begun_before_the_hold_is_refused(running: Trial) -> None:
    await close(running, "The oldest of all", "DR-1")
    await play(running, "dev in #data: /common-ground redact DR-1", 'dev presses "Redact DR-1"')
    await write(running.bot.store, holds.put_on_hold, TEAM, holds.OPERATOR, running.bot.clock.now())
    told = await play(running, "dev submits", "dev closes")
    assert "The person who runs me set a legal hold, so nothing can be deleted until an admin lifts it." in told
    assert "The oldest of all" in await seen(running, "DR-1")
    await write(running.bot.store, holds.lift, TEAM)
    assert "DR-1 is redacted." in await redact(running, "dev", "DR-1")


async def test_a_form_that_was_opened_before_a_hold_was_set_does_not_lift_it(running: Trial) -> None:
    await play(running, OPEN)
    await write(running.bot.store, holds.put_on_hold, TEAM, "UANA", running.bot.clock.now())
    assert "This lifts the legal hold." not in await play(running, "chloe submits")
    await play(running, "chloe submits", "chloe closes")
    assert holds.hold(running.bot.store.reader, TEAM) == holds.Hold(by="UANA", at=to_text(running.bot.clock.now()))


async def test_where_everything_is_kept_nobody_is_warned(running: Trial) -> None:
    told = await play(running, OPEN, "chloe submits")
    assert "Everything is kept." in told
    assert "can't be undone" not in told
    assert "can't be undone" in await play(running, OPEN, f'chloe enters "{NOTES}": After 1 year', "chloe submits")


async def test_a_mention_is_told_where_the_form_is(running: Trial) -> None:
    told = await play(running, "chloe in #general: @Common Ground common-ground retention")
    assert "Use /common-ground retention." in told


def ask_in_vain(transaction: Transaction, times: int) -> None:
    for number in range(times):
        count_miss(transaction, TEAM, WORKSPACE, f"word {number}", START)


async def test_many_go_in_small_writes_also_where_they_are_looked_for_twice_at_once(running: Trial) -> None:
    store, clock = running.bot.store, running.bot.clock
    await write(store, ask_in_vain, 250)
    await choose(running, (QUESTIONS, "After 90 days"))
    clock.move(timedelta(days=60))
    await write(store, count_miss, TEAM, WORKSPACE, "capstan", clock.now())
    clock.move(timedelta(days=31))
    assert len(store.reader.all("SELECT * FROM glossary_misses")) == 251
    await asyncio.gather(running.bot.tick(), running.bot.tick())
    assert [row["word"] for row in store.reader.all("SELECT word FROM glossary_misses")] == ["capstan"]


async def test_accepted_requests_and_notes_go_by_choices_of_their_own(running: Trial) -> None:
    request = await put(running, state="accepted", turn="")
    check = Check(
        id="c", team_id=TEAM, request_id=request.id, file_id="F", file_name="a.csv", by="UDEV", at=request.changed_at,
        state="done",
    )  # fmt: skip
    note = Note(
        id="n", team_id=TEAM, visibility=WORKSPACE, data_key=request.data_key, text="A berth of -1 is at anchor",
        author="UANA", link="https://harbour.example/p1", kept_by="UDEV", at=request.changed_at,
    )  # fmt: skip
    await write(running.bot.store, checks.add, check)
    await write(running.bot.store, notes.keep, note)
    await choose(running, (REQUESTS, "After 90 days"), (ACCEPTED, "After 2 years"), (NOTES, "After 1 year"))
    held = []
    for _ in range(3):
        await running.pass_time(YEAR + timedelta(days=1))
        tables = ("data_notes", "data_checks", "data_requests", "data_request_events", "threads")
        held.append([name for name in tables if running.bot.store.reader.all(f"SELECT 1 AS found FROM {name}")])
    assert held[0] == ["data_checks", "data_requests", "data_request_events", "threads"]
    assert held[1] == []
