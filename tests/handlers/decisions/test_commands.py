"""How decisions are logged and found by command and by mention, and hidden where they must be."""

import pytest

from bot.trial.run import Trial
from storage.engine.interface import WORKSPACE
from tests.handlers.decisions.playing import SECRET, every, log, one
from tests.playing import play


async def test_a_decision_is_logged_in_a_thread_in_one_sentence(running: Trial) -> None:
    await play(running, "ben in #general: When do we retrain?")
    told = await play(running, "ben in thread: @Common Ground decided: we retrain monthly because berths change")
    assert "*D-1 · We retrain monthly* · decided by Ben Okafor, today" in told
    assert "Because berths change." in told
    assert one(running).source_link.startswith("http")
    told = await play(running, "ana in #general: @Common Ground what did we decide about retraining?")
    assert "D-1 · We retrain monthly\n    Decision, decided by Ben Okafor, Mon 5 Jan" in told
    assert "*D-1 · We retrain monthly* · decided by Ben Okafor, today" in await play(
        running, "ana in #general: @Common Ground D-1"
    )


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


async def test_what_is_left_open_is_listed(running: Trial) -> None:
    assert "Nothing is open in the decision log." in await play(running, "ana in #general: /decision health")
    await log(running, "Needs berths", "ana", "#general", '"Also": It still needs data')
    await log(running, "Late", "ana", "#general", '"Review on": 2026-01-06')
    await play(running, "wait 3 days")
    told = await play(running, "ana in #general: /decision health")
    assert "Need data, not requested yet: 1" in told
    assert "Reviews overdue: 1" in told
    assert "The decision log" in await play(running, "ana in #general: /decision help")
    assert "The decision log" in await play(running, "ana in #general: /decision find")
    assert "No decision you can see here matches that" in await play(
        running, "ana in #general: /decision find zugzwang"
    )
    assert "I can't find a component called" in await play(running, "ana in #general: /decision find component:x")


async def test_the_log_answers_a_mention_that_opens_no_form(running: Trial) -> None:
    told = await play(running, "ana in #general: @Common Ground decision")
    assert "Press to log a decision:" in told
    assert "Log a decision" in await play(running, 'ana presses "Log a decision"')
    assert "The decision log" in await play(running, "ana closes", "ana in #general: @Common Ground decision help")
    told = await play(running, "gus in #churn-model: @Common Ground decided: we ship because I say so")
    assert "Only members of this workspace" in told
    assert "Name one emoji" in await play(running, "chloe in #general: /decision reaction two words")
    assert every(running) == []


@pytest.mark.parametrize(
    "asked", ["decided: where do we host it", "hey, we decided to host it in Frankfurt?", "decided how we host it"]
)
async def test_a_question_about_what_was_decided_logs_nothing(running: Trial, asked: str) -> None:
    await play(running, "ben in #general: @Common Ground decided: host it in Oslo because it is cold")
    told = await play(running, f"ben in #general: @Common Ground {asked}")
    assert "D-1 · Host it in Oslo" in told
    assert "D-2" not in told


async def test_what_is_decided_in_a_place_of_others_is_refused_and_alone_it_is_for_everybody(running: Trial) -> None:
    channel = running.slack.workspace.channel_named("secret-launch")
    channel.members.discard("U0BOT")
    told = await play(running, "ana in #secret-launch: /decision We launch")
    assert "I'm not in this conversation, so I can't save anything from it." in told
    told = await play(running, "ana to the bot: /decision We launch")
    assert "Everybody in the workspace can see it." in told
    await play(running, "ana closes", "ana to the bot: decided: fire nobody because nobody is at fault")
    assert every(running) == []
    channel.members.add("U0BOT")
    await play(running, "wait 11 minutes", "ana in #secret-launch: /decision We launch", "ana submits")
    assert [each.visibility for each in every(running)] == [channel.id]


async def test_filters_find_without_words(running: Trial) -> None:
    await log(running, "Batch only", "ana", "#general", '"What does it affect?": Latency')
    await log(running, "Drop it", "dev")
    assert "D-1" in await play(running, "ben in #general: /decision find attribute:latency")
    told = await play(running, "dev in #general: /decision find by:me since:2026-01-01")
    assert ("D-2" in told, "D-1" in told) == (True, False)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("decided: because yes", "Say what was decided and why, for example:"),
        ("decided:", "Say what was decided and why, for example:"),
        ("decided that we use queues", "We use queues*"),
        ("what did we decide?", "No decisions here yet"),
        ("what have we decided lately?", "No decisions here yet"),
        ("what did we decide this month?", "No decisions here yet"),
    ],
)
async def test_plain_words_are_taken_as_they_are_meant(running: Trial, said: str, told: str) -> None:
    assert told in await play(running, f"ben in #general: @Common Ground {said}")
