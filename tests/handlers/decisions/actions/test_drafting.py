"""How a decision is caught, written in the form and saved."""

import asyncio

import pytest
from structlog.testing import capture_logs

from bot.local_slack.wire.events import tell
from bot.trial.run import Trial
from storage.engine.interface import WORKSPACE
from tests.handlers.decisions.playing import PROPOSED, every, log, one, told
from tests.playing import play


async def test_a_decision_is_caught_from_a_message_and_outlives_it(running: Trial) -> None:
    await play(running, "ana in #general: We drop the weather feed because it is late.")
    told = await play(running, 'dev uses "Log as decision" on "weather feed"')
    assert "What was decided?: [We drop the weather feed]" in told
    assert "Why? (optional): [it is late]" in told
    told = await play(running, "dev submits", "dev closes")
    assert "@Dev Patel reported that you decided: *D-1 · We drop the weather feed*" in told
    told = await play(running, 'ana deletes "weather feed"', "ben in #general: /decision d-1", 'ben presses "More"')
    assert "> We drop the weather feed because it is late." in told
    assert (one(running).source_author, one(running).decider) == ("UANA", "UANA")


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
    assert "Only workspace admins" in await play(running, "dev closes", "dev in #general: /decision reaction :eyes:")
    assert "Reacting with :eyes:" in await play(running, "chloe in #general: /decision reaction :eyes:")
    assert "Log a decision" in await play(running, 'ben reacts :eyes: to "Ship on"')


async def test_two_decisions_at_once_never_share_a_number(running: Trial) -> None:
    people = ("ana", "ben", "chloe", "dev", "eli")
    await play(running, *(f"{who} in #general: /decision {who} decides" for who in people))
    await asyncio.gather(*(running.script.act(f"{who} submits") for who in people))
    await running.quiet()
    assert sorted(each.number for each in every(running)) == ["D-1", "D-2", "D-3", "D-4", "D-5"]


async def test_a_conversation_that_the_bot_is_not_in_is_refused_with_an_offer(running: Trial) -> None:
    await play(running, "ana in #secret-launch: We launch in May")
    channel = running.slack.workspace.channel_named("secret-launch")
    channel.members.discard("U0BOT")
    told = await play(running, 'ana uses "Log as decision" on "launch in May"')
    assert "I'm not in this conversation" in told
    assert every(running) == []
    channel.members.add("U0BOT")
    await play(running, "wait 11 minutes", 'ana uses "Log as decision" on "launch in May"', "ana submits")
    assert len(every(running)) == 1


async def test_a_decision_that_ended_meanwhile_is_not_replaced_by_a_form_that_was_open(running: Trial) -> None:
    await log(running, "Old", "chloe")
    await play(running, "chloe in #general: /decision D-1", 'chloe presses "Supersede"')
    await play(running, 'chloe presses "Write a new one instead"')
    await running.bot.store.write(
        lambda transaction: transaction.run("UPDATE decisions SET state = 'deprecated' WHERE number = 'D-1'")
    )
    told = await play(running, 'chloe enters "What was decided?": New', "chloe submits")
    assert "D-1 has already been deprecated." in told
    assert len(every(running)) == 1


async def test_words_of_the_form_are_pinned_and_unknown_ones_refused(running: Trial) -> None:
    told = await log(running, "Batch only", "ana", "#general", '"Glossary words used in it": zugzwang')
    assert "“zugzwang” isn't in the glossary." in told
    await play(running, "ana in #general: /decision Batch only", 'ana presses "More"')
    told = await play(
        running,
        'ana enters "Glossary words used in it": bias (data science), drift (data science)',
        "ana submits",
        'ana presses "Open"',
    )
    assert "“bias”, as data science means it, v1:" in told
    assert len(one(running).senses) >= 2


async def test_a_long_message_is_kept_as_far_as_the_form_carries_it(running: Trial) -> None:
    await play(running, f"ana in #general: We drop it. {'Überlänge ' * 280}")
    await play(running, 'dev uses "Log as decision" on "We drop it"', 'dev enters "What was decided?": Drop it')
    await play(running, "dev submits")
    assert one(running).source_text == f"We drop it. {'Überlänge ' * 280}".strip()


async def test_a_proposal_replaces_nothing_and_needs_a_deadline(running: Trial) -> None:
    await log(running, "Old", "chloe")
    await play(running, "chloe in #general: /decision D-1", 'chloe presses "Supersede"')
    await play(running, 'chloe presses "Write a new one instead"', 'chloe presses "More"')
    proposed = 'chloe enters "Decided or proposed?": Proposed: people can agree or object'
    assert "Choose by when people should answer." in await play(running, proposed, "chloe submits")
    told = await play(running, proposed, 'chloe enters "Answer by": 2026-01-09', "chloe submits")
    assert "A proposal can't replace a decision." in told
    assert [each.state for each in every(running)] == ["accepted"]


async def test_a_proposal_that_nobody_can_see_says_so(running: Trial) -> None:
    told = await log(running, "Batch only", "dev", "#random", *PROPOSED)
    assert "I didn't post it in that channel: I'm not in it, or guests are." in told


async def test_a_form_of_a_place_that_was_left_meanwhile_keeps_what_was_typed(running: Trial) -> None:
    channel = running.slack.workspace.channel_named("secret-launch")
    await play(running, "ana in #secret-launch: /decision We launch", "chloe in #secret-launch: /decision We wait")
    running.slack.people.leave(channel, running.slack.workspace.user_named("ana"))
    await play(running, "wait 11 minutes")
    assert "I can't see you in the channel that this belongs to" in await play(running, "ana submits")
    channel.members.discard("U0BOT")
    await play(running, "wait 11 minutes")
    assert "I'm not in that conversation." in await play(running, "chloe submits")
    assert every(running) == []
    channel.members.add("U0BOT")
    await play(running, "wait 11 minutes", "chloe submits")
    assert [each.title for each in every(running)] == ["We wait"]


async def test_a_successor_is_not_carried_out_of_the_channel_where_it_is_written(running: Trial) -> None:
    await log(running, "Open", "ana")
    await play(running, "ana in #secret-launch: /decision D-1", 'ana presses "Supersede"')
    await play(running, 'ana presses "Write a new one instead"', 'ana enters "What was decided?": falcon two')
    assert "One of them belongs to a private channel" in await play(running, "ana submits")
    assert len(every(running)) == 1


@pytest.mark.parametrize(
    "lines",
    [
        ("ben in #general: @Common Ground decided: we retrain monthly because berths change",),
        ("ben in #general: /decision decided we retrain monthly because berths change",),
        ("ben in #general: /decision We retrain monthly", "ben submits"),
    ],
)
async def test_what_is_decided_in_a_channel_shared_with_others_belongs_to_it(
    running: Trial, lines: tuple[str, ...]
) -> None:
    running.slack.workspace.channels["CGENERAL"].is_shared = True
    await play(running, *lines)
    await play(running, *(line.replace("#general", "#churn-model") for line in lines))
    assert [each.visibility for each in every(running)] == ["CGENERAL", WORKSPACE]
    shared, open_to_all = every(running)
    assert (shared.number[2:].isdigit(), open_to_all.number) == (False, "D-1")
    assert "I can't find that decision" in await play(running, f"ben in #churn-model: @Common Ground {shared.number}")


async def test_a_reaction_on_a_file_is_left_alone(running: Trial) -> None:
    await play(running, "ana in #general: Ship on Friday")
    general = running.slack.workspace.channels["CGENERAL"]
    (ts,) = general.messages
    reaction = {"type": "reaction_added", "user": "UDEV", "reaction": "ballot_box_with_check", "item_user": "UANA"}
    items = ({"type": "file", "file": "F1"}, {"type": "message", "channel": general.id, "ts": ts})
    heard = []
    for item in items:
        with capture_logs() as logged:
            tell(running.slack.workspace, {**reaction, "item": item}, general)
            await running.quiet()
        heard.append(([lane for lane, _ in told(running)], [each for each in logged if each["log_level"] == "error"]))
    assert heard == [([], []), (["UDEV"], [])]


@pytest.mark.parametrize("by", ['uses "Log a decision"', "to the bot: decided: tugs go", "to the bot: decision tugs"])
async def test_a_guest_is_told_at_once_where_to_log_one(running: Trial, by: str) -> None:
    told = await play(running, f"gus {by}")
    assert "Log a decision in a channel that you share with the team." in told
    assert "What was decided?" not in told
    assert "[Log a decision]" not in told
