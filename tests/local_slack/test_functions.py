"""Custom steps of workflows: run by the app, with a token of their own, and ended by it."""

import pytest

from bot.local_slack.web_api.functions import run_step
from bot.local_slack.wire.server import LocalSlack
from bot.local_slack.workspace.state import User
from tests.local_slack.apps import Recorder, button, call, connected, field_of, modal, plain

ACTIONS = {"type": "actions", "elements": [button("Go", "go")]}


async def test_a_step_is_told_with_what_slack_documents(slack: LocalSlack, ana: User) -> None:
    async with connected(slack, app := Recorder()):
        step = run_step(slack.workspace, ana, "ask_for_data", {"what": "ships"})
        await slack.wire.idle()
    (told,) = app.events("function_executed")
    assert set(told) == {
        "type", "function", "inputs", "function_execution_id", "workflow_execution_id", "bot_access_token", "event_ts",
    }  # fmt: skip
    assert (told["inputs"], told["function_execution_id"]) == ({"what": "ships"}, step.id)
    dates = {"date_created": 0, "date_released": 0, "date_updated": 0, "date_deleted": 0}
    assert told["function"] == {
        **dates,
        "id": "Fnask_for_data",
        "callback_id": "ask_for_data",
        "type": "app",
        "app_id": "A0LOCAL",
        "title": "Ask for data",
        "description": "Asks",
        "input_parameters": [{"name": "what", "type": "string", "is_required": True}],
        "output_parameters": [{"name": "number", "type": "string", "is_required": True}],
    }
    with pytest.raises(LookupError, match="there is no step 'sing'"):
        run_step(slack.workspace, ana, "sing", {})


async def test_a_step_ends_once_and_with_what_it_declares(slack: LocalSlack, ana: User) -> None:
    step = run_step(slack.workspace, ana, "ask_for_data", {"what": "ships"})
    ended = {"function_execution_id": step.id}
    refused = [
        await call(slack, "functions.completeSuccess", step.token, **ended, outputs=outputs)
        for outputs in ({}, {"number": "DR-1", "other": "x"})
    ]
    assert [each["error"] for each in refused] == ["parameter_validation_failed"] * 2
    assert (await call(slack, "functions.completeSuccess", step.token, **ended, outputs={"number": "DR-1"}))["ok"]
    assert step.outcome == {"outputs": {"number": "DR-1"}}
    again = await call(slack, "functions.completeError", step.token, **ended, error="too late")
    assert again["error"] == "execution_not_in_running_state"
    other = await call(slack, "functions.completeError", function_execution_id="Fx9", error="x")
    assert other["error"] == "function_execution_not_found"
    failed = run_step(slack.workspace, ana, "ask_for_data", {"what": "boats"})
    assert (await call(slack, "functions.completeError", function_execution_id=failed.id, error="No boats."))["ok"]
    assert failed.outcome == {"error": "No boats."}


async def test_buttons_and_forms_of_a_step_say_which_it_is(slack: LocalSlack, ana: User) -> None:
    step = run_step(slack.workspace, ana, "ask_for_data", {"what": "ships"})
    said = await call(slack, "chat.postMessage", step.token, channel="CGENERAL", text="x", blocks=[ACTIONS])
    message = slack.workspace.channels["CGENERAL"].messages[said["ts"]]
    name = field_of({"type": "plain_text_input", "action_id": "name"})
    async with connected(slack, app := Recorder()):
        await slack.interactions.use(ana, message, "go")
        trigger = app.sent[-1]["trigger_id"]
        await call(slack, "views.open", step.token, trigger_id=trigger, view=modal(name))
        await slack.interactions.submit(ana, {"name": "Ana"})
        await slack.interactions.shortcut(ana, "ask")
    pressed, submitted, asked = app.sent
    for sent in (pressed, submitted):
        assert sent["bot_access_token"] == step.token
        assert sent["function_data"] == {
            "execution_id": step.id,
            "function": {"callback_id": "ask_for_data"},
            "inputs": {"what": "ships"},
        }
    assert "function_data" not in asked
    assert plain("A form") == submitted["view"]["title"]
