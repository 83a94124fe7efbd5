"""What becomes of a decision: agreed on, replaced, amended, looked at again."""

from bot.trial.run import Trial
from storage.engine.interface import WORKSPACE, Transaction
from tests.handlers.decisions.playing import PROPOSED, every, log, one
from tests.playing import play
from tests.writing import write


async def test_a_proposal_is_agreed_with_objected_to_and_rejected(running: Trial) -> None:
    more = (
        '"Decided or proposed?": Proposed: people can agree or object', '"Who should agree?": ana, ben',
        '"Answer by": 2026-01-09', '"Who decides?": eli',
    )  # fmt: skip
    told = await log(running, "Batch only", "dev", "#general", *more)
    assert "@Dev Patel asks you to decide: *D-1 · Batch only*" in told
    assert "@Dev Patel asks whether you agree: *D-1 · Batch only*\n    Please answer by Jan 9, 2026." in told
    assert (
        "#general\n  Common Ground:\n    *D-1 · Batch only* · proposed by Dev Patel; Eli Berg decides by Jan 9, 2026"
        in told
    )
    assert "Your agreement with D-1 is recorded, and the decider knows." in await play(running, 'ana presses "Agree"')
    assert "Your agreement with D-1 is already recorded." in await play(running, 'ana presses "Agree"')
    told = await play(running, 'ben presses "Object"', 'ben enters "What\'s your objection?": Too slow', "ben submits")
    assert "@Ben Okafor objects to D-1 (Batch only): Too slow" in told
    assert "You decide this yourself" not in told
    await play(running, "ana in #general: /decision D-1")
    told = await play(running, "ben closes", "eli in #general: /decision D-1")
    assert told.count("@Ana Ruiz agrees") == 1
    assert "@Ben Okafor objects: Too slow" in told
    told = await play(running, 'eli presses "Reject"', 'eli enters "Why not?": Too slow at sea', "eli submits")
    assert "rejected D-1 (Batch only): Too slow at sea" in told
    assert "D-1 has already been rejected." in await play(running, 'ana presses "Agree"')


async def test_a_decision_is_replaced_with_links_both_ways(running: Trial) -> None:
    await log(running, "Batch only")
    told = await play(running, "chloe in #general: /decision D-1", 'chloe presses "Supersede"')
    for number, refusal in (("D-9", "I can't find that decision"), ("D-1", "A decision can't replace itself")):
        told = await play(running, f'chloe enters "Which decision replaces it?": {number}', "chloe submits")
        assert refusal in told
    told = await play(running, 'chloe presses "Write a new one instead"')
    told = await play(running, 'chloe enters "What was decided?": Both ways', "chloe submits", "chloe closes")
    assert "Replaces D-1." in told
    assert (one(running).state, one(running, "D-2").supersedes) == ("superseded", one(running).id)
    told = await play(running, "ana in #general: /decision D-1")
    assert "Replaced by D-2." in told
    await play(running, "chloe closes", "ana in #general: /decision list")


async def test_two_who_replace_the_same_decision_at_once_leave_one_successor(running: Trial) -> None:
    for title in ("Old", "New one", "New two"):
        await log(running, title)
    for who, number in (("chloe", "D-2"), ("chloe", "D-3")):
        await play(running, f"{who} in #general: /decision D-1")
        if one(running).state == "accepted":
            await play(running, f'{who} presses "Supersede"')
            entered = f'{who} enters "Which decision replaces it?": {number}'
            await play(running, entered, f"{who} submits", f"{who} closes")
    assert [each.number for each in every(running) if each.supersedes] == ["D-2"]


async def test_a_review_fires_and_what_happened_is_kept(running: Trial) -> None:
    more = ('"Review on": 2026-01-12', '"What do you expect to see?": Fewer missed berths')
    await log(running, "Batch only", "ana", "#general", *more)
    told = await play(running, *["wait 1 day"] * 7, "wait 1 hour")
    assert "*D-1 Batch only*  does it still hold? Expected: Fewer missed berths" in told
    told = await play(running, 'ana presses "Open"', 'ana presses "Still holds"')
    assert "Expected: *Fewer missed berths" in told
    told = await play(
        running,
        'ana enters "What happened?": Half as many',
        'ana enters "Next review": 2026-07-01',
        "ana submits",
    )
    assert "You confirmed D-1: Half as many" in told
    assert (one(running).outcome, one(running).review_on) == ("Half as many", "2026-07-01")
    told = await play(running, "ana closes", "ana in #general: /decision D-1", 'ana presses "History"')
    assert "still holds: Half as many" in told


async def test_an_amendment_is_dated_and_the_words_stay(running: Trial) -> None:
    await log(running, "Batch only", "ana")
    told = await play(running, "ana in #general: /decision D-1", 'ana presses "Amend"')
    told = await play(running, 'ana enters "What changed?": Except on Sundays', "ana submits", "ana closes")
    told = await play(running, "ben in #general: /decision D-1", 'ben presses "History"')
    assert "2026-01-05 Ana Ruiz, amend: Except on Sundays" in told
    assert one(running).title == "Batch only"
    await play(running, "ana in #general: /decision D-1", 'ana presses "Deprecate"')
    await play(running, 'ana enters "Why does it no longer apply?": Sold', "ana submits", "ana closes")
    assert "Reason: Sold" in await play(running, "ben in #general: /decision D-1")


async def test_a_decision_about_a_model_shows_whom_it_consulted_of_each_side(running: Trial) -> None:
    entered = (
        '"What is it?": model',
        '"Who leads it?": chloe',
        '"People on the model side": ana',
        '"People on the product side": ben',
    )
    lines = (f"chloe enters {each}" for each in entered)
    await play(running, "chloe in #general: /owner add churn model", *lines, "chloe submits", "chloe closes")
    await play(running, "chloe in #general: /decision Batch only", 'chloe presses "More"')
    told = await play(running, 'chloe chooses "churn model" in "Which component is it about?"')
    assert "Who was consulted about churn model?" in told
    told = await play(
        running, 'chloe enters "Who was consulted about churn model?": ben', "chloe submits", 'chloe presses "Open"'
    )
    assert "Consulted on the model side: nobody" in told
    assert "Consulted on the product side: @Ben Okafor" in told
    told = await play(running, "chloe in #general: /decision health")
    assert "Decided without the model side: 1" in told
    assert "D-1" in await play(running, "ana in #general: /decision find component:churn")


async def test_words_are_pinned_as_they_mean_today(running: Trial) -> None:
    await log(running, "Batch only", "ana")
    await play(running, "ana in #general: /decision D-1", 'ana presses "Pin words"')
    told = await play(running, 'ana enters "Glossary words used in it": zugzwang', "ana submits")
    assert "“zugzwang” isn't in the glossary." in told
    told = await play(running, 'ana enters "Glossary words used in it": performance', "ana submits")
    assert "“performance” has several definitions. Say which one, as in: performance (" in told
    told = await play(
        running, 'ana enters "Glossary words used in it": bias (data science)', "ana submits", 'ana presses "Open"'
    )
    assert "“bias”, as data science means it, v1:" in told


async def test_who_may_not_change_a_decision_cannot(running: Trial) -> None:
    await log(running, "Batch only", "ana")
    told = await play(running, "ben in #general: /decision D-1")
    assert "[Amend]" not in told
    assert "[Amend]" in await play(running, "ana in #general: /decision D-1")
    assert "Gus Lindt is a guest" in await log(running, "Mine", "dev", "#general", '"Who was consulted?": gus')
    assert "I can't find that decision" in await play(running, "ben in #general: /decision D-77")


async def test_a_proposal_gets_more_time_and_is_accepted_by_who_decides(running: Trial) -> None:
    await log(running, "Batch only", "dev", "#general", *PROPOSED, '"Answer by": 2026-01-09')
    await play(running, "eli in #general: /decision D-1", 'eli presses "More time"')
    assert "That day is in the past" in await play(running, 'eli enters "New deadline": 2026-01-02', "eli submits")
    told = await play(running, 'eli enters "New deadline": 2026-02-02', "eli submits", "eli closes")
    assert "@Eli Berg gave D-1 (Batch only) more time: decide by Feb 2, 2026." in told
    told = await play(running, "eli in #general: /decision D-1", 'eli presses "Accept"')
    assert "accepted D-1 (Batch only)." in told
    assert one(running).state == "accepted"
    assert one(running).decided_at != ""


async def test_votes_of_guests_and_of_who_decides_are_refused(running: Trial) -> None:
    await play(running, "chloe in #churn-model: /common-ground guests allow")
    await play(running, "dev in #churn-model: /decision Batch only", 'dev presses "More"')
    await play(running, *(f"dev enters {each}" for each in PROPOSED), "dev submits", "dev closes")
    assert "Only members of this workspace" in await play(running, 'gus presses "Agree"')
    assert "[Accept]" in await play(running, "eli in #general: /decision D-1")


async def test_a_button_of_a_decision_that_may_not_be_seen_any_more_says_so(running: Trial) -> None:
    await log(running, "falcon in May", "ana", "#secret-launch")
    number = every(running)[0].number
    await play(running, f"ana to the bot: /decision {number}")
    for label in ("Amend", "Supersede"):
        assert "falcon in May" in await play(running, f'ana presses "{label}"', "ana closes")
    channel = running.slack.workspace.channel_named("secret-launch")
    running.slack.people.leave(channel, running.slack.workspace.user_named("ana"))
    await play(running, "wait 11 minutes")
    for label in ("Amend", "Supersede", "History", "Pin words"):
        assert "I can't find that decision, or you can't see it here." in await play(running, f'ana presses "{label}"')


async def test_what_can_be_taken_back_is_accepted_as_soon_as_everybody_agrees(running: Trial) -> None:
    more = (*PROPOSED, '"Can it be reversed?": Yes, easily', '"Who should agree?": ana, ben')
    await log(running, "Batch only", "dev", "#general", *more)
    await play(running, 'ana presses "Agree"')
    assert one(running).state == "proposed"
    told = await play(running, 'ben presses "Agree"')
    assert "D-1 (Batch only) is accepted: Everybody who was asked agrees, and it can be reversed." in told
    assert one(running).state == "accepted"


async def test_an_objection_that_was_taken_back_stays_in_the_history(running: Trial) -> None:
    await log(running, "Batch only", "dev", "#general", *PROPOSED)
    for who, why in (("ana", "Too slow"), ("ben", "x" * 2900), ("chloe", "y" * 2900)):
        await play(running, f"{who} in #general: /decision D-1", f'{who} presses "Object"')
        await play(running, f'{who} enters "What\'s your objection?": {why}', f"{who} submits", f"{who} closes")
    await play(running, "ana in #general: /decision D-1", 'ana presses "Agree"')
    told = await play(running, "eli in #general: @Common Ground D-1")
    assert "Ana Ruiz agrees" in told
    told = await play(running, "eli in #general: /decision D-1", 'eli presses "History"')
    assert "Ana Ruiz, objected: Too slow" in told
    for number in range(22):
        await play(running, "dev in #general: /decision D-1", 'dev presses "Amend"')
        await play(running, f'dev enters "What changed?": Change {number}', "dev submits", "dev closes")
    told = await play(running, "dev in #general: /decision D-1", 'dev presses "History"')
    assert "older]" in told
    assert "Amended today: Change 21" in await play(running, "ana in #general: /decision D-1")
    older = await play(running, 'dev presses "7 older"')
    assert "Ana Ruiz, objected: Too slow" in older


async def test_a_review_needs_a_new_day_or_the_word_that_it_was_the_last(running: Trial) -> None:
    await log(running, "Batch only", "ana", "#general", '"Review on": 2026-01-12')
    await play(running, "ana in #general: /decision D-1", 'ana presses "Still holds"', "ana submits", "ana closes")
    assert one(running).review_on == "2026-01-12"
    await play(running, "wait 8 days", "ana in #general: /decision D-1", 'ana presses "Still holds"')
    assert "Choose the next review, or tick" in await play(running, "ana submits")
    await play(running, 'ana enters "Also": It needs no more reviews', "ana submits")
    assert one(running).review_on == ""


async def test_an_admin_stands_in_for_who_decides_and_left(running: Trial) -> None:
    await log(running, "Batch only", "dev", "#general", *PROPOSED)
    running.slack.people.change(running.slack.workspace.user_named("eli"), deleted=True)
    await play(running, "wait 1 hour")
    told = await play(running, "chloe in #general: /decision D-1", 'chloe presses "Accept"')
    assert one(running).state == "accepted"
    assert "You accepted D-1." in told


async def test_a_vote_and_a_step_of_what_is_gone_say_so(running: Trial) -> None:
    await log(running, "falcon", "ana", "#secret-launch", *(each for each in PROPOSED if "eli" not in each))
    number = every(running)[0].number
    await play(running, f"chloe to the bot: /decision {number}", 'chloe presses "Object"')
    channel = running.slack.workspace.channel_named("secret-launch")
    running.slack.people.leave(channel, running.slack.workspace.user_named("chloe"))
    await play(running, "wait 11 minutes")
    told = await play(running, 'chloe enters "What\'s your objection?": All of it', "chloe submits", "chloe closes")
    assert "I can't find that decision, or you can't see it here." in told
    assert "I can't find that decision" in await play(running, 'chloe presses "Agree"')


async def test_nobody_consults_a_successor_of_another_place(running: Trial) -> None:
    await log(running, "Open", "ana")
    await log(running, "Closed", "ana", "#secret-launch")
    number = next(each.number for each in every(running) if each.visibility != WORKSPACE)
    await play(running, "ana in #general: /decision D-1", 'ana presses "Supersede"')
    told = await play(running, f'ana enters "Which decision replaces it?": {number}', "ana submits")
    assert "One of them belongs to a private channel" in told
    await play(running, "ana closes", "ana in #general: /decision D-1", 'ana presses "Pin words"', "ana submits")
    assert one(running).senses == ()


async def test_an_objection_stays_with_the_decision_after_a_change_of_mind(running: Trial) -> None:
    await log(
        running,
        "Batch only",
        "dev",
        "#general",
        *PROPOSED,
        '"Can it be reversed?": Yes, easily',
        '"Who should agree?": ana',
    )
    await play(running, "ana in #general: /decision D-1", 'ana presses "Object"')
    await play(running, 'ana enters "What\'s your objection?": Too slow', "ana submits", "ana closes", "wait 1 minute")
    await play(running, "ana in #general: /decision D-1", 'ana presses "Agree"')
    told = await play(running, "eli in #general: /decision D-1")
    assert "@Ana Ruiz objects: Too slow" in told
    assert "@Ana Ruiz agrees" in told
    assert one(running).state == "accepted"


async def test_an_admin_keeps_the_buttons_after_each_step_on_somebody_else_s_decision(running: Trial) -> None:
    await log(running, "Batch only", "ana")
    told = await play(running, "chloe in #general: /decision D-1")
    assert "[Amend] [Supersede] [Share] [… Deprecate / Pin words / History]" in told
    buttons = "[Amend] [Supersede] [Deprecate] [… Pin words / History]"
    told = await play(running, 'chloe presses "More"') if "[More]" in told else told
    for words in ("Except on Sundays", "And on Mondays"):
        await play(running, 'chloe presses "Amend"', f'chloe enters "What changed?": {words}', "chloe submits")
        assert buttons in await play(running, 'chloe presses "Open"')
    assert len(one(running).amendments) == 2


async def test_a_button_whose_step_is_refused_opens_no_form_and_says_why(running: Trial) -> None:
    await log(running, "Batch only", "ana")
    await play(running, "ana in #general: /decision D-1")
    await write(running.bot.store, change, "state = 'deprecated'")
    for label in ("Amend", "Supersede", "Pin words"):
        assert "D-1 has already been deprecated." in await play(running, f'ana presses "{label}"')
        assert running.slack.workspace.open_view("UANA") is None


async def test_words_are_not_pinned_to_what_ended_or_was_given_away_while_the_form_was_open(running: Trial) -> None:
    words = 'ana enters "Glossary words used in it": bias (data science)'
    await log(running, "Batch only", "ana")
    await play(running, "ana in #general: /decision D-1", 'ana presses "Pin words"')
    await write(running.bot.store, change, "state = 'deprecated'")
    assert "D-1 has already been deprecated." in await play(running, words, "ana submits", "ana closes")
    assert one(running).senses == ()
    await write(running.bot.store, change, "state = 'accepted'")
    await play(running, "ana in #general: /decision D-1", 'ana presses "Pin words"')
    await write(running.bot.store, change, "decider = 'UBEN', created_by = 'UBEN'")
    told = await play(running, words, "ana submits", "ana closes")
    assert "Only Ben Okafor, who decided it, and admins can do that with D-1." in told
    assert one(running).senses == ()
    await play(running, "ben in #general: /decision D-1", 'ben presses "Pin words"')
    await play(running, words.replace("ana", "ben", 1), "ben submits")
    assert len(one(running).senses) == 1


def change(transaction: Transaction, changes: str) -> None:
    """Change a decision behind an open form."""
    transaction.run(f"UPDATE decisions SET {changes} WHERE number = 'D-1'")
