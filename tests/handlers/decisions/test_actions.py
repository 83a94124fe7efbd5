"""Decisions as people meet them: caught, agreed on, replaced, looked at again, found, and hidden where they must be."""

import asyncio
from datetime import timedelta

import pytest

from bot.trial.run import Trial
from handlers.access.recipients import Facts, Members
from handlers.decisions import service
from handlers.decisions.service import Entry, Saved
from storage.decisions import decisions
from storage.decisions.decisions import Decision, NewDecision
from storage.engine.interface import WORKSPACE
from tests.conftest import START
from tests.playing import play
from tests.writing import write

TEAM = "T0LOCAL"


async def log(trial: Trial, title: str, who: str = "chloe", where: str = "#general", *more: str) -> str:
    """Log a decision with the whole form."""
    lines = [f"{who} enters {each}" for each in (f'"What was decided?": {title}', *more)]
    opened = [f'{who} presses "More"'] if more else []
    return await play(trial, f"{who} in {where}: /decision", *opened, *lines, f"{who} submits", f"{who} closes")


def every(trial: Trial) -> list[Decision]:
    return decisions.all_decisions(trial.bot.store.reader, TEAM)


def one(trial: Trial, number: str = "D-1") -> Decision:
    return next(each for each in every(trial) if each.number == number)


async def test_a_decision_is_caught_from_a_message_and_outlives_it(running: Trial) -> None:
    await play(running, "ana in #general: We drop the weather feed because it is late.")
    told = await play(running, 'dev uses "Log as decision" on "weather feed"')
    assert "What was decided?: [We drop the weather feed]" in told
    assert "Why? (optional): [it is late]" in told
    told = await play(running, "dev submits", "dev closes")
    assert "@Dev Patel wrote down that you decided: *We drop the weather feed* (D-1)." in told
    told = await play(running, 'ana deletes "weather feed"', "ben in #general: /decision d-1")
    assert "> We drop the weather feed because it is late." in told
    assert (one(running).source_author, one(running).decider) == ("UANA", "UANA")


async def test_a_decision_is_logged_in_a_thread_in_one_sentence(running: Trial) -> None:
    await play(running, "ben in #general: When do we retrain?")
    told = await play(running, "ben in thread: @Common Ground decided: we retrain monthly because berths change")
    assert "*D-1  we retrain monthly*" in told
    assert "Because: berths change" in told
    assert one(running).source_link.startswith("http")
    told = await play(running, "ana in #general: @Common Ground what did we decide about retraining?")
    assert "*D-1*  we retrain monthly  (accepted) Ben Okafor" in told
    assert "*D-1  we retrain monthly*" in await play(running, "ana in #general: @Common Ground D-1")


async def test_a_reaction_offers_the_form_to_who_reacted_alone(running: Trial) -> None:
    await play(running, "ana in #general: Ship on Friday")
    assert await play(running, 'dev reacts :eyes: to "Ship on"') != ""
    told = await play(running, 'dev reacts :ballot_box_with_check: to "Ship on"')
    assert "Common Ground and Dev Patel" in told
    assert "Common Ground and Ana" not in told
    assert "You marked this message" in told
    (said,) = running.slack.workspace.direct_channel("UDEV").messages.values()
    assert "/archives/CGENERAL/p" in str(said.blocks)
    assert "From this message" in await play(running, 'dev presses "Log a decision"')
    await play(running, 'dev enters "What was decided?": Ship on Friday', "dev submits")
    assert "/archives/CGENERAL/p" in one(running).source_link
    assert "Only admins" in await play(running, "dev closes", "dev in #general: /decision reaction :eyes:")
    assert "reacting with :eyes:" in await play(running, "chloe in #general: /decision reaction :eyes:")
    assert "Log a decision" in await play(running, 'ben reacts :eyes: to "Ship on"')


async def test_two_decisions_at_once_never_share_a_number(running: Trial) -> None:
    people = ("ana", "ben", "chloe", "dev", "eli")
    await play(running, *(f"{who} in #general: /decision {who} decides" for who in people))
    await asyncio.gather(*(running.script.act(f"{who} submits") for who in people))
    await running.quiet()
    assert sorted(each.number for each in every(running)) == ["D-1", "D-2", "D-3", "D-4", "D-5"]


async def test_a_proposal_is_agreed_with_objected_to_and_rejected(running: Trial) -> None:
    more = (
        '"How does it stand?": I propose it; people may agree or object', '"Who is asked to agree?": ana, ben',
        '"Until when?": 2026-01-09', '"Who decided, or decides?": eli',
    )  # fmt: skip
    told = await log(running, "Batch only", "dev", "#general", *more)
    assert "@Dev Patel proposes something for you to decide: *Batch only* (D-1)." in told
    assert "@Dev Patel asks whether you agree: *Batch only* (D-1). Please say so until 2026-01-09." in told
    assert "#general\n  Common Ground:\n    @Dev Patel asks whether you agree" in told
    assert "Noted: you agree with D-1." in await play(running, 'ana presses "Agree"')
    assert "You agree with D-1 already." in await play(running, 'ana presses "Agree"')
    told = await play(running, 'ben presses "Object"', 'ben enters "What speaks against it?": Too slow', "ben submits")
    assert "@Ben Okafor objects to D-1, Batch only: Too slow" in told
    assert "You decide this yourself" not in told
    told = await play(running, "ben closes", "eli in #general: /decision D-1")
    assert told.count("@Ana Ruiz agrees") == 1
    assert "@Ben Okafor objects: Too slow" in told
    told = await play(running, 'eli presses "Reject"', 'eli enters "Why not?": Too slow at sea', "eli submits")
    assert "rejected D-1, Batch only: Too slow at sea" in told
    assert "It waits for nobody any more." in await play(running, 'ana presses "Agree"')


@pytest.mark.parametrize(("silence", "state"), [(True, "accepted"), (False, "proposed")])
async def test_the_deadline_counts_silence_only_where_that_was_chosen(
    running: Trial,
    silence: bool,  # noqa: FBT001
    state: str,
) -> None:
    flags = ('"And": Silence until the deadline is consent',) if silence else ()
    more = (
        '"How does it stand?": I propose it; people may agree or object', '"Who is asked to agree?": ana',
        '"Until when?": 2026-01-06', *flags,
    )  # fmt: skip
    await log(running, "Batch only", "dev", "#general", *more)
    told = await play(running, "wait 2 days", "wait 1 hour")
    assert one(running).state == state
    assert ("Agreement accepted D-1" in told) is silence


async def test_a_decision_is_replaced_with_links_both_ways(running: Trial) -> None:
    await log(running, "Batch only")
    told = await play(running, "chloe in #general: /decision D-1", 'chloe presses "Supersede"')
    for number, refusal in (("D-9", "There is no such decision"), ("D-1", "A decision cannot take its own place")):
        told = await play(running, f'chloe enters "Which decision takes its place?": {number}', "chloe submits")
        assert refusal in told
    told = await play(running, 'chloe presses "Write a new one instead"')
    told = await play(running, 'chloe enters "What was decided?": Both ways', "chloe submits", "chloe closes")
    assert "Replaces: D-1" in told
    assert (one(running).state, one(running, "D-2").supersedes) == ("superseded", one(running).id)
    told = await play(running, "ana in #general: /decision D-1")
    assert "Replaced by: D-2" in told
    await play(running, "chloe closes", "ana in #general: /decision list")


async def test_two_who_replace_the_same_decision_at_once_leave_one_successor(running: Trial) -> None:
    for title in ("Old", "New one", "New two"):
        await log(running, title)
    for who, number in (("chloe", "D-2"), ("chloe", "D-3")):
        await play(running, f"{who} in #general: /decision D-1")
        if one(running).state == "accepted":
            await play(running, f'{who} presses "Supersede"')
            entered = f'{who} enters "Which decision takes its place?": {number}'
            await play(running, entered, f"{who} submits", f"{who} closes")
    assert [each.number for each in every(running) if each.supersedes] == ["D-2"]


async def test_a_review_fires_and_what_happened_is_kept(running: Trial) -> None:
    more = ('"Look at it again on": 2026-01-12', '"What do we expect to see?": Fewer missed berths')
    await log(running, "Batch only", "ana", "#general", *more)
    told = await play(running, *["wait 1 day"] * 7, "wait 1 hour")
    assert "D-1, Batch only. Still right? What happened? Expected: Fewer missed berths" in told
    told = await play(running, 'ana presses "Still holds"')
    assert "Expected: *Fewer missed berths" in told
    told = await play(
        running,
        'ana enters "What happened?": Half as many',
        'ana enters "Look at it again on": 2026-07-01',
        "ana submits",
    )
    assert "What happened: " in told
    assert (one(running).outcome, one(running).review_on) == ("Half as many", "2026-07-01")
    told = await play(running, "ana closes", "ana in #general: /decision D-1", 'ana presses "History"')
    assert "still holds: Half as many" in told


async def test_an_amendment_is_dated_and_the_words_stay(running: Trial) -> None:
    await log(running, "Batch only", "ana")
    told = await play(running, "ana in #general: /decision D-1", 'ana presses "Amend"')
    told = await play(running, 'ana enters "What is different now?": Except on Sundays', "ana submits", "ana closes")
    told = await play(running, "ben in #general: /decision D-1", 'ben presses "History"')
    assert "2026-01-05 Ana Ruiz, amend: Except on Sundays" in told
    assert one(running).title == "Batch only"
    await play(running, "ana in #general: /decision D-1", 'ana presses "Deprecate"')
    await play(running, 'ana enters "Why does it hold no more?": Sold', "ana submits", "ana closes")
    assert "Why it ended: Sold" in await play(running, "ben in #general: /decision D-1")


async def test_a_decision_about_a_model_shows_whom_it_consulted_of_each_side(running: Trial) -> None:
    entered = (
        '"What is it?": model',
        '"Who leads it?": chloe',
        '"People of the model side": ana',
        '"People of the product side": ben',
    )
    lines = (f"chloe enters {each}" for each in entered)
    await play(running, "chloe in #general: /owner add churn model", *lines, "chloe submits", "chloe closes")
    await play(running, "chloe in #general: /decision Batch only", 'chloe presses "More"')
    told = await play(running, 'chloe chooses "churn model" in "Which component is it about?"')
    assert "Who was consulted about churn model?" in told
    told = await play(
        running, 'chloe enters "Who was consulted about churn model?": ben', "chloe submits", "chloe closes"
    )
    assert "Consulted of the model side: nobody" in told
    assert "Consulted of the product side: @Ben Okafor" in told
    told = await play(running, "chloe in #general: /decision health")
    assert "About a model, with nobody from the model side: 1" in told
    assert "D-1" in await play(running, "ana in #general: /decision find component:churn")


async def test_words_are_pinned_as_they_mean_today(running: Trial) -> None:
    await log(running, "Batch only", "ana")
    await play(running, "ana in #general: /decision D-1", 'ana presses "Pin words"')
    told = await play(running, 'ana enters "Words used in it": zugzwang', "ana submits")
    assert "“zugzwang” is not in the glossary." in told
    told = await play(running, 'ana enters "Words used in it": performance', "ana submits")
    assert "“performance” has several meanings. Say whose, as in: performance (" in told
    told = await play(running, 'ana enters "Words used in it": bias (data science)', "ana submits", "ana closes")
    assert "“bias”, as data science means it, v1:" in told


SECRET = "falcon launch"


async def test_a_private_channel_s_decision_is_found_there_and_nowhere_else(running: Trial) -> None:
    await log(running, SECRET, "ana", "#secret-launch")
    (decision,) = every(running)
    assert (decision.visibility, decision.number[2:].isdigit()) == ("CSECRETLAUNCH", False)
    number = decision.number
    doors = (
        f"dev in #general: /decision {number}", "dev in #general: /decision find launch",
        "dev in #general: /decision list",
        "dev in #general: /decision health", f"dev in #general: @Common Ground {number}",
        "ana in #general: @Common Ground what did we decide about launch?", "gus in #churn-model: /decision list",
        f"ana in #general: @Common Ground {number}",
    )  # fmt: skip
    for door in doors:
        seen = await play(running, door)
        assert SECRET not in seen.replace(door.partition(": ")[2], "")
    assert SECRET in await play(running, f"ana in #general: /decision {number}")
    assert SECRET in await play(running, f"chloe in #secret-launch: @Common Ground {number}")
    await log(running, "Open", "dev")
    assert one(running).visibility == WORKSPACE
    channel = running.slack.workspace.channel_named("secret-launch")
    running.slack.people.leave(channel, running.slack.workspace.user_named("ana"))
    await play(running, "wait 11 minutes")
    assert SECRET not in await play(running, f"ana in #general: /decision {number}")


async def test_a_conversation_that_the_bot_is_not_in_is_refused_with_an_offer(running: Trial) -> None:
    await play(running, "ana in #secret-launch: We launch in May")
    channel = running.slack.workspace.channel_named("secret-launch")
    channel.members.discard("U0BOT")
    told = await play(running, 'ana uses "Log as decision" on "launch in May"')
    assert "I am not in this conversation" in told
    assert every(running) == []


async def test_what_is_left_open_is_listed(running: Trial) -> None:
    assert "Nothing is left open" in await play(running, "ana in #general: /decision health")
    await log(running, "Needs berths", "ana", "#general", '"And": It needs data that we do not have yet')
    await log(running, "Late", "ana", "#general", '"Look at it again on": 2026-01-06')
    await play(running, "wait 3 days")
    told = await play(running, "ana in #general: /decision health")
    assert "Need data that nobody has asked for yet: 1" in told
    assert "Reviews overdue: 1" in told
    assert "The decision log" in await play(running, "ana in #general: /decision help")
    assert "The decision log" in await play(running, "ana in #general: /decision find")
    assert "I found no decision" in await play(running, "ana in #general: /decision find zugzwang")
    assert "No component here is called" in await play(running, "ana in #general: /decision find component:x")


async def test_who_may_not_change_a_decision_cannot(running: Trial) -> None:
    await log(running, "Batch only", "ana")
    told = await play(running, "ben in #general: /decision D-1")
    assert "[Amend]" not in told
    assert "Gus Lindt is a guest" in await log(running, "Mine", "dev", "#general", '"Who was consulted?": gus')
    assert "There is no such decision" in await play(running, "ben in #general: /decision D-77")


async def test_nothing_is_announced_to_those_who_wrote_it(running: Trial) -> None:
    told = await log(running, "Batch only", "ana", "#general", '"Who must know?": dev')
    assert "@Ana Ruiz logged a decision that you should know of: *Batch only* (D-1)." in told
    assert "Common Ground and Ana Ruiz" not in told
    await running.pass_time(timedelta(hours=1))


PROPOSED = (
    '"How does it stand?": I propose it; people may agree or object', '"Who decided, or decides?": eli',
    '"Until when?": 2026-01-09',
)  # fmt: skip


async def test_a_proposal_gets_more_time_and_is_accepted_by_who_decides(running: Trial) -> None:
    await log(running, "Batch only", "dev", "#general", *PROPOSED, '"Until when?": 2026-01-09')
    await play(running, "eli in #general: /decision D-1", 'eli presses "More time"')
    assert "That day is in the past" in await play(running, 'eli enters "New deadline": 2026-01-02', "eli submits")
    told = await play(running, 'eli enters "New deadline": 2026-02-02', "eli submits", "eli closes")
    assert "gave more time to D-1, Batch only: 2026-02-02" in told
    told = await play(running, "eli in #general: /decision D-1", 'eli presses "Accept"')
    assert "accepted D-1, Batch only" in told
    assert one(running).state == "accepted"
    assert one(running).decided_at != ""


async def test_who_decides_hears_of_a_deadline_that_settled_nothing(running: Trial) -> None:
    await log(running, "Batch only", "dev", "#general", *PROPOSED, '"Until when?": 2026-01-06')
    told = await play(running, *["wait 1 day"] * 3, "wait 1 hour")
    assert "D-1, Batch only. Its deadline has passed." in told
    assert "[Accept] [Reject] [Amend] [More time] [Open] [Snooze]" in told


async def test_votes_of_guests_and_of_who_decides_are_refused(running: Trial) -> None:
    await play(running, "dev in #churn-model: /decision Batch only", 'dev presses "More"')
    await play(running, *(f"dev enters {each}" for each in PROPOSED), "dev submits", "dev closes")
    assert "Gus Lindt is a guest" in await play(running, 'gus presses "Agree"')
    assert "[Accept]" in await play(running, "eli in #general: /decision D-1")


async def test_a_decision_that_ended_meanwhile_is_not_replaced_by_a_form_that_was_open(running: Trial) -> None:
    await log(running, "Old", "chloe")
    await play(running, "chloe in #general: /decision D-1", 'chloe presses "Supersede"')
    await play(running, 'chloe presses "Write a new one instead"')
    await running.bot.store.write(
        lambda transaction: transaction.run("UPDATE decisions SET state = 'deprecated' WHERE number = 'D-1'")
    )
    told = await play(running, 'chloe enters "What was decided?": New', "chloe submits")
    assert "D-1 is deprecated, and stays so." in told
    assert len(every(running)) == 1


async def test_words_of_the_form_are_pinned_and_unknown_ones_refused(running: Trial) -> None:
    told = await log(running, "Batch only", "ana", "#general", '"Words of the glossary used in it": zugzwang')
    assert "“zugzwang” is not in the glossary." in told
    await play(running, "ana in #general: /decision Batch only", 'ana presses "More"')
    told = await play(
        running,
        'ana enters "Words of the glossary used in it": bias (data science), drift (data science)',
        "ana submits",
    )
    assert "“bias”, as data science means it, v1:" in told
    assert len(one(running).senses) >= 2


async def test_a_long_message_is_kept_as_far_as_the_form_carries_it(running: Trial) -> None:
    await play(running, f"ana in #general: We drop it. {'Überlänge ' * 280}")
    await play(running, 'dev uses "Log as decision" on "We drop it"', 'dev enters "What was decided?": Drop it')
    await play(running, "dev submits")
    assert one(running).source_text == f"We drop it. {'Überlänge ' * 280}".strip()


async def test_a_button_of_a_decision_that_may_not_be_seen_any_more_says_so(running: Trial) -> None:
    await log(running, "falcon in May", "ana", "#secret-launch")
    number = every(running)[0].number
    await play(running, f"ana to the bot: /decision {number}")
    channel = running.slack.workspace.channel_named("secret-launch")
    running.slack.people.leave(channel, running.slack.workspace.user_named("ana"))
    await play(running, "wait 11 minutes")
    for label in ("Amend", "Supersede", "History", "Pin words"):
        assert "There is no such decision that you may see here." in await play(running, f'ana presses "{label}"')


async def test_the_log_answers_a_mention_that_opens_no_form(running: Trial) -> None:
    told = await play(running, "ana in #general: @Common Ground decision")
    assert "A form opens from a button:" in told
    assert "Log a decision" in await play(running, 'ana presses "Log a decision"')
    assert "The decision log" in await play(running, "ana closes", "ana in #general: @Common Ground decision help")
    told = await play(running, "gus in #churn-model: @Common Ground decided: we ship because I say so")
    assert "Gus Lindt is a guest" in told
    assert "Name one emoji" in await play(running, "chloe in #general: /decision reaction two words")
    assert every(running) == []


async def test_what_can_be_taken_back_is_accepted_as_soon_as_everybody_agrees(running: Trial) -> None:
    more = (*PROPOSED, '"Can it be taken back?": Yes, easily', '"Who is asked to agree?": ana, ben')
    await log(running, "Batch only", "dev", "#general", *more)
    await play(running, 'ana presses "Agree"')
    assert one(running).state == "proposed"
    told = await play(running, 'ben presses "Agree"')
    assert "Agreement accepted D-1, Batch only: Everybody who was asked agrees, and it can be taken back." in told
    assert one(running).state == "accepted"


async def test_people_outside_a_private_channel_are_told_nothing_of_its_decisions(running: Trial) -> None:
    told = await log(running, SECRET, "ana", "#secret-launch", '"Who must know?": dev')
    assert "Somebody there is not in this channel. Invite them first." in told
    assert "Common Ground and Dev" not in told
    await log(running, SECRET, "ana", "#secret-launch", '"Who must know?": chloe')
    number = every(running)[0].number
    channel = running.slack.workspace.channel_named("secret-launch")
    running.slack.people.leave(channel, running.slack.workspace.user_named("chloe"))
    await play(running, "wait 11 minutes", f"ana in #secret-launch: /decision {number}", 'ana presses "Amend"')
    told = await play(running, 'ana enters "What is different now?": In June', "ana submits")
    assert "Common Ground and Chloe" not in told


async def test_what_is_decided_in_a_place_of_others_is_refused_and_alone_it_is_for_everybody(running: Trial) -> None:
    channel = running.slack.workspace.channel_named("secret-launch")
    channel.members.discard("U0BOT")
    told = await play(running, "ana in #secret-launch: /decision We launch")
    assert "I am not in this conversation, and what was decided here is seen only here." in told
    told = await play(running, "ana to the bot: /decision We launch")
    assert "Everybody in the workspace will see it." in told
    await play(running, "ana closes", "ana to the bot: decided: fire nobody because nobody is at fault")
    assert every(running) == []


async def test_silence_is_no_consent_of_somebody_who_was_never_told(running: Trial) -> None:
    more = (
        '"How does it stand?": I propose it; people may agree or object', '"Who is asked to agree?": ana',
        '"Until when?": 2026-01-06', '"And": Silence until the deadline is consent',
    )  # fmt: skip
    await log(running, "Batch only", "dev", "#general", *more)
    await running.bot.store.write(
        lambda transaction: transaction.run("UPDATE outbox SET state = 'failed' WHERE lane = 'UANA'")
    )
    await play(
        running, "chloe in #general: /decision Other", 'chloe presses "More"', 'chloe enters "Who must know?": ana'
    )
    await play(running, "chloe submits", "chloe closes", "wait 2 days", "wait 1 hour")
    assert one(running).state == "proposed"


async def test_an_objection_that_was_taken_back_stays_in_the_history(running: Trial) -> None:
    await log(running, "Batch only", "dev", "#general", *PROPOSED)
    for who, why in (("ana", "Too slow"), ("ben", "x" * 2900), ("chloe", "y" * 2900)):
        await play(running, f"{who} in #general: /decision D-1", f'{who} presses "Object"')
        await play(running, f'{who} enters "What speaks against it?": {why}', f"{who} submits", f"{who} closes")
    await play(running, "ana in #general: /decision D-1", 'ana presses "Agree"')
    told = await play(running, "eli in #general: @Common Ground D-1")
    assert "Ana Ruiz agrees" in told
    told = await play(running, "eli in #general: /decision D-1", 'eli presses "History"')
    assert "Ana Ruiz, objects: Too slow" in told
    for number in range(22):
        await play(running, "dev in #general: /decision D-1", 'dev presses "Amend"')
        await play(running, f'dev enters "What is different now?": Change {number}', "dev submits", "dev closes")
    told = await play(running, "dev in #general: /decision D-1", 'dev presses "History"')
    assert "older]" in told
    assert "Amended:" in await play(running, "ana in #general: /decision D-1")
    older = await play(running, 'dev presses "7 older"')
    assert "Ana Ruiz, objects: Too slow" in older


async def test_a_review_needs_a_new_day_or_the_word_that_it_was_the_last(running: Trial) -> None:
    await log(running, "Batch only", "ana", "#general", '"Look at it again on": 2026-01-12')
    await play(running, "ana in #general: /decision D-1", 'ana presses "Still holds"', "ana submits", "ana closes")
    assert one(running).review_on == "2026-01-12"
    await play(running, "wait 8 days", "ana in #general: /decision D-1", 'ana presses "Still holds"')
    assert "Choose when to look at it again" in await play(running, "ana submits")
    await play(running, 'ana enters "And": It needs no more reviews', "ana submits")
    assert one(running).review_on == ""


async def test_a_proposal_replaces_nothing_and_needs_a_deadline(running: Trial) -> None:
    await log(running, "Old", "chloe")
    await play(running, "chloe in #general: /decision D-1", 'chloe presses "Supersede"')
    await play(running, 'chloe presses "Write a new one instead"', 'chloe presses "More"')
    proposed = 'chloe enters "How does it stand?": I propose it; people may agree or object'
    assert "Say until when people may agree or object." in await play(running, proposed, "chloe submits")
    told = await play(running, proposed, 'chloe enters "Until when?": 2026-01-09', "chloe submits")
    assert "Only what is decided can take its place." in told
    assert [each.state for each in every(running)] == ["accepted"]


async def test_a_proposal_that_nobody_can_see_says_so(running: Trial) -> None:
    told = await log(running, "Batch only", "dev", "#random", *PROPOSED)
    assert "I am not in that channel, so nobody there sees it." in told


async def test_an_admin_stands_in_for_who_decides_and_left(running: Trial) -> None:
    await log(running, "Batch only", "dev", "#general", *PROPOSED)
    running.slack.people.change(running.slack.workspace.user_named("eli"), deleted=True)
    await play(running, "wait 1 hour")
    told = await play(running, "chloe in #general: /decision D-1", 'chloe presses "Accept"')
    assert one(running).state == "accepted"
    assert "(accepted)" in told


async def test_a_form_of_a_place_that_was_left_meanwhile_keeps_what_was_typed(running: Trial) -> None:
    channel = running.slack.workspace.channel_named("secret-launch")
    await play(running, "ana in #secret-launch: /decision We launch", "chloe in #secret-launch: /decision We wait")
    running.slack.people.leave(channel, running.slack.workspace.user_named("ana"))
    await play(running, "wait 11 minutes")
    assert "You are not in the channel that this belongs to any more" in await play(running, "ana submits")
    channel.members.discard("U0BOT")
    await play(running, "wait 11 minutes")
    assert "I am not in that conversation." in await play(running, "chloe submits")
    assert every(running) == []


async def test_a_vote_and_a_step_of_what_is_gone_say_so(running: Trial) -> None:
    await log(running, "falcon", "ana", "#secret-launch", *(each for each in PROPOSED if "eli" not in each))
    number = every(running)[0].number
    await play(running, f"chloe to the bot: /decision {number}", 'chloe presses "Object"')
    channel = running.slack.workspace.channel_named("secret-launch")
    running.slack.people.leave(channel, running.slack.workspace.user_named("chloe"))
    await play(running, "wait 11 minutes")
    told = await play(running, 'chloe enters "What speaks against it?": All of it', "chloe submits", "chloe closes")
    assert "There is no such decision that you may see here." in told
    assert "There is no such decision" in await play(running, 'chloe presses "Agree"')


async def test_filters_find_without_words(running: Trial) -> None:
    await log(running, "Batch only", "ana", "#general", '"What does it touch?": Latency')
    await log(running, "Drop it", "dev")
    assert "D-1" in await play(running, "ben in #general: /decision find attribute:latency")
    told = await play(running, "dev in #general: /decision find by:me since:2026-01-01")
    assert ("D-2" in told, "D-1" in told) == (True, False)


async def test_nobody_consults_a_successor_of_another_place(running: Trial) -> None:
    await log(running, "Open", "ana")
    await log(running, "Closed", "ana", "#secret-launch")
    number = next(each.number for each in every(running) if each.visibility != WORKSPACE)
    await play(running, "ana in #general: /decision D-1", 'ana presses "Supersede"')
    told = await play(running, f'ana enters "Which decision takes its place?": {number}', "ana submits")
    assert "Both must be seen by the same people" in told
    await play(running, "ana closes", "ana in #general: /decision D-1", 'ana presses "Pin words"', "ana submits")
    assert one(running).senses == ()


async def test_a_successor_is_not_carried_out_of_the_channel_where_it_is_written(running: Trial) -> None:
    await log(running, "Open", "ana")
    await play(running, "ana in #secret-launch: /decision D-1", 'ana presses "Supersede"')
    await play(running, 'ana presses "Write a new one instead"', 'ana enters "What was decided?": falcon two')
    assert "Both must be seen by the same people" in await play(running, "ana submits")
    assert len(every(running)) == 1


async def test_an_objection_stays_with_the_decision_after_a_change_of_mind(running: Trial) -> None:
    await log(
        running,
        "Batch only",
        "dev",
        "#general",
        *PROPOSED,
        '"Can it be taken back?": Yes, easily',
        '"Who is asked to agree?": ana',
    )
    await play(running, "ana in #general: /decision D-1", 'ana presses "Object"')
    await play(running, 'ana enters "What speaks against it?": Too slow', "ana submits", "ana closes", "wait 1 minute")
    await play(running, "ana in #general: /decision D-1", 'ana presses "Agree"')
    told = await play(running, "eli in #general: /decision D-1")
    assert "@Ana Ruiz objects: Too slow" in told
    assert "@Ana Ruiz agrees" in told
    assert one(running).state == "accepted"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("decided: because yes", "Say what was decided, and why, as in:"),
        ("decided:", "Say what was decided, and why, as in:"),
        ("decided that we use queues", "we use queues*"),
        ("what did we decide?", "No decision is logged yet"),
    ],
)
async def test_plain_words_are_taken_as_they_are_meant(running: Trial, said: str, told: str) -> None:
    assert told in await play(running, f"ben in #general: @Common Ground {said}")


async def test_a_new_decision_is_told_to_those_alone_who_may_hear_of_it(running: Trial) -> None:
    new = NewDecision(title="Ship in batch", decider="UCHLOE", informed=("UBEN", "UDEV"))
    facts = Facts("UANA", START, Members(frozenset({"UANA", "UBEN"})))
    saved = await write(running.bot.store, service.log, Entry(TEAM, new), facts)
    assert isinstance(saved, Saved)
    assert [each.lane for each in saved.messages] == ["UBEN"]
