"""Who is told of a decision, and what its deadline makes of it."""

from datetime import timedelta

import pytest

from bot.trial.run import Trial
from handlers.access.recipients import Facts, Members
from handlers.checks.outcomes import Refused
from handlers.decisions.service import changes
from handlers.decisions.service.changes import Entry, Saved
from storage.decisions.decisions import NewDecision
from storage.decisions.votes import Opinion
from tests.conftest import START
from tests.handlers.decisions.playing import PROPOSED, SECRET, TEAM, every, log, one, told
from tests.playing import play
from tests.writing import write


@pytest.mark.parametrize(("silence", "state"), [(True, "accepted"), (False, "proposed")])
async def test_the_deadline_counts_silence_only_where_that_was_chosen(
    running: Trial,
    silence: bool,  # noqa: FBT001
    state: str,
) -> None:
    flags = ('"Also": Silence counts as consent',) if silence else ()
    more = (
        '"Decided or proposed?": Proposed: people can agree or object', '"Who should agree?": ana',
        '"Answer by": 2026-01-06', *flags,
    )  # fmt: skip
    await log(running, "Batch only", "dev", "#general", *more)
    told = await play(running, "wait 2 days", "wait 1 hour")
    assert one(running).state == state
    assert ("D-1 (Batch only) is accepted: Nobody objected" in told) is silence


async def test_nothing_is_announced_to_those_who_wrote_it(running: Trial) -> None:
    told = await log(running, "Batch only", "ana", "#general", '"Who should know?": dev')
    assert "@Ana Ruiz logged a decision you should know about: *D-1 · Batch only*" in told
    assert "Common Ground and Ana Ruiz" not in told
    await running.pass_time(timedelta(hours=1))


async def test_who_decides_hears_of_a_deadline_that_settled_nothing(running: Trial) -> None:
    await log(running, "Batch only", "dev", "#general", *PROPOSED, '"Answer by": 2026-01-06')
    told = await play(running, *["wait 1 day"] * 3, "wait 1 hour")
    assert "*D-1 Batch only*  ready for your decision" in told
    assert "[Accept] [Reject] [More time]" in await play(running, 'eli presses "Open"')


async def test_people_outside_a_private_channel_are_told_nothing_of_its_decisions(running: Trial) -> None:
    told = await log(running, SECRET, "ana", "#secret-launch", '"Who should know?": dev')
    assert "Somebody you named isn't in this channel. Invite them first." in told
    assert "Common Ground and Dev" not in told
    await log(running, SECRET, "ana", "#secret-launch", '"Who should know?": chloe')
    number = every(running)[0].number
    await play(running, f"ana in #secret-launch: /decision {number}", 'ana presses "Amend"')
    told = await play(running, 'ana enters "What changed?": In May', "ana submits", "ana closes")
    assert "Common Ground and Chloe" in told
    channel = running.slack.workspace.channel_named("secret-launch")
    running.slack.people.leave(channel, running.slack.workspace.user_named("chloe"))
    await play(running, "wait 11 minutes", f"ana in #secret-launch: /decision {number}", 'ana presses "Amend"')
    told = await play(running, 'ana enters "What changed?": In June', "ana submits")
    assert "Common Ground and Chloe" not in told


async def test_silence_is_no_consent_of_somebody_who_was_never_told(running: Trial) -> None:
    more = (
        '"Decided or proposed?": Proposed: people can agree or object', '"Who should agree?": ana',
        '"Answer by": 2026-01-06', '"Also": Silence counts as consent',
    )  # fmt: skip
    await log(running, "Batch only", "dev", "#general", *more)
    await running.bot.store.write(
        lambda transaction: transaction.run("UPDATE outbox SET state = 'failed' WHERE lane = 'UANA'")
    )
    await play(
        running, "chloe in #general: /decision Other", 'chloe presses "More"', 'chloe enters "Who should know?": ana'
    )
    await play(running, "chloe submits", "chloe closes", "wait 2 days", "wait 1 hour")
    assert one(running).state == "proposed"


async def test_a_new_decision_is_told_to_those_alone_who_may_hear_of_it(running: Trial) -> None:
    new = NewDecision(title="Ship in batch", decider="UANA", informed=("UBEN", "UDEV"))
    facts = Facts("UANA", START, Members(frozenset({"UANA", "UBEN"})))
    saved = await write(running.bot.store, changes.log, Entry(TEAM, new), facts)
    assert isinstance(saved, Saved)
    assert [each.lane for each in saved.messages] == ["UBEN"]


async def test_a_vote_is_not_told_to_who_decides_and_is_not_in_the_channel_any_more(running: Trial) -> None:
    workspace, people = running.slack.workspace, running.slack.people
    channel, eli = workspace.channel_named("secret-launch"), workspace.user_named("eli")
    people.join(channel, eli)
    await log(running, SECRET, "ana", "#secret-launch", *PROPOSED)
    number = every(running)[0].number
    for who, is_heard in (("chloe", True), ("dev", False)):
        people.join(channel, workspace.user_named(who))
        if not is_heard:
            people.leave(channel, eli)
        before = len(told(running))
        await play(
            running, "wait 11 minutes", f"{who} in #secret-launch: /decision {number}", f'{who} presses "Object"'
        )
        await play(running, f'{who} enters "What\'s your objection?": {SECRET} is early', f"{who} submits")
        lanes = sorted(lane for lane, _ in told(running)[before:])
        assert lanes == (["UANA", "UELI"] if is_heard else ["UANA"])


async def test_nobody_who_was_deactivated_is_written_to_by_the_log(running: Trial) -> None:
    more = ('"Who should agree?": ana, ben', '"Who should know?": eli', '"Answer by": 2026-01-06')
    consent = '"Also": Silence counts as consent'
    await log(running, "Batch only", "dev", "#general", *PROPOSED, *more, consent)
    assert "UELI" in [lane for lane, _ in told(running)]
    await play(running, "chloe in #general: /decision The next", 'chloe presses "More"')
    await play(running, 'chloe enters "Who should know?": ana, eli')
    before = len(told(running))
    running.slack.people.change(running.slack.workspace.user_named("eli"), deleted=True)
    await play(running, "wait 11 minutes", "wait 1 hour")
    assert "has left" in await play(running, "chloe submits", "chloe closes")
    new = NewDecision(title="The next", decider="UDEV", informed=("UELI", "UBEN"))
    saved = await write(running.bot.store, changes.log, Entry(TEAM, new), Facts("UDEV", running.bot.clock.now()))
    assert isinstance(saved, Saved)
    assert [each.lane for each in saved.messages] == ["UBEN"]
    await play(running, 'ana presses "Agree"', "dev in #general: /decision D-1", 'dev presses "Amend"')
    await play(running, 'dev enters "What changed?": Only by day', "dev submits", "wait 2 days", "wait 1 hour")
    assert one(running).state == "accepted"
    heard = told(running)[before:]
    assert {"UANA", "UBEN", "UDEV"} <= {lane for lane, _ in heard}
    assert "UELI" not in {lane for lane, _ in heard}


async def test_a_submission_without_what_it_should_have_is_an_error_at_that_field(running: Trial) -> None:
    await log(running, "Batch only", "dev", "#general", *PROPOSED)
    facts, opinion = Facts("UANA", START), Opinion(user_id="UANA", vote="object", at="2026-01-05")
    refused = await write(running.bot.store, changes.vote, one(running), opinion, facts)
    assert refused == Refused("Please fill this in.", "note")
    await log(running, "Retrain monthly", "dev")
    refused = await write(running.bot.store, changes.pin, one(running, "D-2"), "", Facts("UDEV", START))
    assert refused == Refused("Please fill this in.", "words")


async def test_today_is_the_day_of_who_writes_where_utc_is_a_day_ahead(running: Trial) -> None:
    running.slack.people.change(running.slack.workspace.user_named("ana"), tz="America/Los_Angeles")
    await play(running, "wait 18 hours")
    more = (*PROPOSED, '"Answer by": 2026-01-05', '"Review on": 2026-01-05')
    assert "That day is in the past." in await log(running, "In London", "ben", "#general", *more)
    consent = ('"Who should agree?": ben', '"Also": Silence counts as consent')
    seen = await log(running, "In Los Angeles", "ana", "#general", *more, *consent)
    assert "That day is in the past." not in seen
    await play(running, "ana in #general: /decision D-1", 'ana presses "Amend"')
    await play(running, 'ana enters "What changed?": Only by night', "ana submits", "ana closes")
    assert one(running).amendments == ("2026-01-05 Only by night",)
    await play(running, "wait 1 hour", "wait 1 hour")
    assert one(running).state == "proposed"
    await play(running, "wait 4 hours")
    assert one(running).state == "accepted"
