"""What the boundary promises: one effect an interaction, all or nothing, and always a sentence for the person."""

import inspect
import re
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.local_slack.faults import Fault
from bot.trial.run import Trial
from handlers.framework.boundary import Boundary
from handlers.framework.context import Context, GoneError
from handlers.framework.routing import Command, Feature, Phrase
from handlers.slack import blocks
from handlers.slack.blocks import Message, Modal
from handlers.slack.interactions import Ask, BlockAction, Fields, Interaction, Place, ViewSubmission
from handlers.slack.placing import place
from handlers.slack.replies import Done, Open, Refuse, Replace, Reply, Say, Share
from storage.engine.interface import StoreUnavailableError, Transaction
from storage.glossary import misses, questions
from tests.conftest import START, StartTrial
from tests.writing import write

FORM = Modal("form", "A form", (blocks.field("name", "Name", blocks.text_input()),), submit="Save")
BROKEN = "Something went wrong on my side (ref"


def buttons(*names: str) -> Message:
    return Message("Choose", (blocks.buttons([blocks.button(name, name, "x") for name in names]),))


async def show_buttons(_context: Context[Interaction]) -> Reply:
    return Reply(Say(buttons("break", "open", "old", "swap", "share", "miss")))


async def break_down(context: Context[Ask]) -> Reply:
    ask = context.interaction

    def change(transaction: Transaction, now: datetime) -> None:
        misses.count_miss(transaction, ask.team_id, "workspace", "half-written", now)
        raise RuntimeError("a bug")

    return Reply(Say(Message("never said")), change)


async def be_down(_context: Context[Interaction]) -> Reply:
    raise StoreUnavailableError("the disk is full")


async def break_on_press(_context: Context[Interaction]) -> Reply:
    raise RuntimeError("a bug")


async def open_form(_context: Context[Interaction]) -> Reply:
    return Reply(Open(FORM, Message("Only from a command.")))


async def open_without_words(_context: Context[Interaction]) -> Reply:
    return Reply(Open(FORM))


async def miss(_context: Context[Interaction]) -> Reply:
    raise GoneError("That is not there any more.")


async def swap(_context: Context[Interaction]) -> Reply:
    return Reply(Replace(Message("Swapped.")))


async def share(_context: Context[Interaction]) -> Reply:
    return Reply(Share(Message("Shared."), is_member=False))


async def refuse_or_break(context: Context[ViewSubmission]) -> Reply:
    submission = context.interaction
    match submission.fields["name"]:
        case "refuse":
            return Reply(Refuse({"name": "Not that name."}))
        case "break":
            raise RuntimeError("a bug")
        case "say":
            return Reply(Say(Message("Thank you.")))
        case _:
            return Reply(Done())


async def change_the_answer(_context: Context[Interaction]) -> Reply:
    def change(_transaction: Transaction, _now: datetime) -> Say:
        return Say(Message("What the change found."))

    return Reply(Say(Message("What was planned.")), change)


async def misplace(_context: Context[Interaction]) -> Reply:
    return Reply(Refuse({"nowhere": "There is no form here."}))


PROBE = Feature(
    "probe",
    commands=[
        Command(
            "define",
            show_buttons,
            "Probe",
            subcommands={
                "broken": break_down,
                "down": be_down,
                "form": open_form,
                "wordless": open_without_words,
                "changed": change_the_answer,
                "misplaced": misplace,
            },
        ),
        Command("common-ground", show_buttons, "Help"),
    ],
    phrases=[Phrase(re.compile("fall over"), "define")],
    actions={"break": break_on_press, "open": open_form, "swap": swap, "share": share, "miss": miss},
    views={"form": refuse_or_break},
)


@pytest.fixture
async def probe(start: StartTrial) -> AsyncIterator[Trial]:
    async with start(features=[PROBE]) as trial:
        yield trial


async def seen(trial: Trial, line: str) -> str:
    return "\n".join(await trial.do(line))


async def test_a_bug_in_a_command_changes_nothing_and_is_told_with_a_reference(probe: Trial) -> None:
    told = await seen(probe, "ana in #general: /define broken")
    assert BROKEN in told
    assert "never said" not in told
    store, team_id = probe.bot.store, probe.bot.identity.team_id
    assert questions.unanswered(store.reader, team_id, ["workspace"]) == []
    await write(store, misses.count_miss, team_id, "workspace", "whole", START)
    assert [each.word for each in questions.unanswered(store.reader, team_id, ["workspace"])] == ["whole"]


async def test_a_bug_behind_a_mention_is_told_in_the_thread_once(probe: Trial) -> None:
    told = await seen(probe, "ana in #general: @Common Ground define broken")
    assert f"Common Ground (in thread):\n    {BROKEN}" in told
    assert [entry.problem for entry in probe.slack.wire.record] == [""]


async def test_a_bug_in_reading_words_is_told_in_the_thread_and_is_not_taken_for_a_fault_of_slack(probe: Trial) -> None:
    told = await seen(probe, "ana in #general: @Common Ground fall over")
    assert f"Common Ground (in thread):\n    {BROKEN}" in told
    assert [entry.problem for entry in probe.slack.wire.record] == [""]


async def test_a_bug_behind_a_button_is_told_to_who_pressed(probe: Trial) -> None:
    await seen(probe, "ana in #general: /define")
    assert f"(only visible to Ana Ruiz):\n    {BROKEN}" in await seen(probe, 'ana presses "break"')


async def test_what_is_gone_is_said_to_who_pressed_and_is_no_bug(probe: Trial) -> None:
    await seen(probe, "ana in #general: /define")
    told = await seen(probe, 'ana presses "miss"')
    assert "(only visible to Ana Ruiz):\n    That is not there any more." in told
    assert BROKEN not in told


async def test_a_bug_behind_a_form_is_told_in_the_form(probe: Trial) -> None:
    await seen(probe, "ana in #general: /define form")
    await seen(probe, 'ana enters "Name": break')
    assert BROKEN in await seen(probe, "ana submits")


async def test_a_store_that_is_down_is_told_and_an_event_is_left_for_another_try(probe: Trial) -> None:
    assert "I can't reach my records right now" in await seen(probe, "ana in #general: /define down")
    await seen(probe, "ana in #general: @Common Ground define down")
    problems = [entry.problem for entry in probe.slack.wire.record if entry.kind == "events_api"]
    assert len(problems) == 2
    assert all(problems)


async def test_a_form_shows_errors_at_its_field_and_closes_when_all_is_well(probe: Trial) -> None:
    await seen(probe, "ana in #general: /define form")
    await seen(probe, 'ana enters "Name": refuse')
    assert "! Not that name." in await seen(probe, "ana submits")
    await seen(probe, 'ana enters "Name": fine')
    assert probe.slack.workspace.open_view("UANA") is not None
    await seen(probe, "ana submits")
    assert probe.slack.workspace.open_view("UANA") is None


async def test_a_form_can_be_answered_with_words(probe: Trial) -> None:
    await seen(probe, "ana in #general: /define form")
    await seen(probe, 'ana enters "Name": say')
    assert "Thank you." in await seen(probe, "ana submits")


async def test_a_button_opens_a_form_and_a_mention_says_what_to_do_instead(probe: Trial) -> None:
    await seen(probe, "ana in #general: /define")
    assert "sees the form “A form”" in await seen(probe, 'ana presses "open"')
    assert "Only from a command." in await seen(probe, "ben in #general: @Common Ground define form")
    assert "I can only open a form from a command" in await seen(
        probe, "ben in #general: @Common Ground define wordless"
    )


async def test_a_form_that_slack_does_not_open_is_told(probe: Trial) -> None:
    await seen(probe, "ana in #general: /define")
    probe.slack.faults.arm("views.open", Fault("server_error"), Fault("server_error"))
    assert "Slack took too long to open the form" in await seen(probe, 'ana presses "open"')
    assert "Slack took too long to open the form" in await seen(probe, "ana in #general: /define form")


async def test_a_button_from_an_older_version_says_so(probe: Trial) -> None:
    await seen(probe, "ana in #general: /define")
    assert "This is from an older version of me" in await seen(probe, 'ana presses "old"')


async def test_a_message_is_replaced_or_shared(probe: Trial) -> None:
    await seen(probe, "ana in #general: /define")
    assert "Common Ground:\n    Shared." in await seen(probe, 'ana presses "share"')
    assert "(only visible to Ana Ruiz):\n    Swapped." in await seen(probe, 'ana presses "swap"')


async def test_what_a_change_finds_takes_the_place_of_the_planned_answer(probe: Trial) -> None:
    assert "What the change found." in await seen(probe, "ana in #general: /define changed")


async def test_an_answer_that_has_no_place_is_a_bug(probe: Trial) -> None:
    assert BROKEN in await seen(probe, "ana in #general: /define misplaced")


ASK = Ask("T1", "UANA", Place("C1"), "", ("trigger:1",), trigger_id="1")
PRESS = BlockAction("T1", "UANA", Place("C1"), "", ("trigger:1",), "1", "http://localhost/respond/1", is_private=True)
SUBMISSION = ViewSubmission("T1", "UANA", Place(""), Fields(), ("view:1",))


@pytest.mark.parametrize(
    ("interaction", "answer"),
    [(ASK, Replace(Message("x"))), (PRESS, Refuse({})), (SUBMISSION, Share(Message("x"), is_member=False))],
)
def test_each_gesture_has_answers_that_it_cannot_show(
    interaction: Ask | BlockAction | ViewSubmission, answer: Replace | Refuse | Share
) -> None:
    with pytest.raises(TypeError, match="has no place after"):
        place(interaction, answer, START)


def test_only_the_boundary_and_the_middleware_answer_bolt() -> None:
    handlers = Path(inspect.getfile(Boundary)).parent
    answering = {path.name for path in handlers.rglob("*.py") if "slack_bolt" in path.read_text(encoding="utf-8")}
    assert answering == {"boundary.py", "middleware.py"}


async def test_an_event_that_comes_twice_is_answered_once(running: Trial) -> None:
    workspace, wire = running.slack.workspace, running.slack.wire
    await running.do("ana in #general: @Common Ground define bias")
    wire.event(wire.sent[0])
    wire.event({**wire.sent[0], "event_id": "Ev9999"})
    await running.quiet()
    replies = [message for message in workspace.channels["CGENERAL"].messages.values() if message.bot_id]
    assert len(replies) == 1


async def test_an_edited_mention_is_not_answered_again(running: Trial) -> None:
    await running.do("ana in #general: @Common Ground define bias")
    channel = running.slack.workspace.channels["CGENERAL"]
    asked = next(iter(channel.messages.values()))
    running.slack.people.edit(channel, asked, "@Common Ground define drift")
    await running.quiet()
    assert len(channel.messages) == 2


async def test_a_mention_that_is_added_by_editing_is_answered_once(running: Trial) -> None:
    workspace, people = running.slack.workspace, running.slack.people
    channel = workspace.channels["CGENERAL"]
    said = people.say(workspace.users["UANA"], channel, "what does bias mean?")
    await running.quiet()
    assert len(channel.messages) == 1
    for text in ("@Common Ground what does bias mean?", "@Common Ground what does drift mean?"):
        people.edit(channel, said, text)
        await running.quiet()
    (answer,) = (each for each in channel.messages.values() if each.bot_id)
    assert (answer.thread_ts, "bias" in answer.text, "drift" in answer.text) == (said.ts, True, False)


async def test_a_mention_added_a_day_later_is_not_answered(running: Trial) -> None:
    workspace, people = running.slack.workspace, running.slack.people
    channel = workspace.channels["CGENERAL"]
    said = people.say(workspace.users["UANA"], channel, "what does bias mean?")
    await running.pass_time(timedelta(days=2))
    people.edit(channel, said, "@Common Ground what does bias mean?")
    await running.quiet()
    assert [each for each in channel.messages.values() if each.bot_id] == []


async def test_what_bots_say_is_not_answered(running: Trial) -> None:
    channel = running.slack.workspace.channels["CGENERAL"]
    said = running.slack.people.say(running.slack.workspace.users["UANA"], channel, "hello")
    said.bot_id, said.text = "B0OTHER", "<@U0BOT> define bias"
    running.slack.people.edit(channel, said, "@Common Ground define bias")
    await running.quiet()
    assert len(channel.messages) == 1
