"""Custom steps of workflows, as the manifest declares them: run by the app with a token of their own, and ended by it.

Shapes: https://docs.slack.dev/reference/events/function_executed.
"""

from typing import Any

from bot.local_slack.errors import SlackError, refuse
from bot.local_slack.web_api.call import Call
from bot.local_slack.wire.events import tell
from bot.local_slack.workspace.installed import Step
from bot.local_slack.workspace.state import Json, User, Workspace
from bot.local_slack.workspace.tables import USUAL


def run_step(workspace: Workspace, user: User, callback_id: str, inputs: Json) -> Step:
    """Let the app run a step, as a workflow that a person has started does. Raises LookupError."""
    declared = workspace.app.manifest.get("functions", {}).get(callback_id)
    if declared is None:
        raise LookupError(f"there is no step {callback_id!r}")
    step = Step(workspace.new_id("Fx"), callback_id, inputs, user.id)
    workspace.steps[step.token] = step
    function = {**USUAL["function"], "id": f"Fn{callback_id}", "callback_id": callback_id}
    function |= {name: declared.get(name) for name in ("title", "description")} | {"app_id": workspace.app.app_id}
    function |= {name: _listed(declared.get(name, {})) for name in ("input_parameters", "output_parameters")}
    told = {"type": "function_executed", "function": function, "inputs": inputs, "function_execution_id": step.id}
    tell(workspace, {**told, "workflow_execution_id": workspace.new_id("Wx"), "bot_access_token": step.token})
    return step


def belonging(step: Step | None) -> Json:
    """Return what an interaction says of the step that its message or form belongs to."""
    if step is None:
        return {}
    function = {"execution_id": step.id, "function": {"callback_id": step.callback_id}, "inputs": step.inputs}
    return {"function_data": function, "bot_access_token": step.token}


def _listed(declared: Json) -> list[dict[str, Any]]:
    required = declared.get("required", ())
    return [
        {"name": name, **each, "is_required": name in required} for name, each in declared.get("properties", {}).items()
    ]


def complete(call: Call) -> Json:
    step, outputs = _running(call), call.structure("outputs", dict) or {}
    declared = call.workspace.app.manifest["functions"][step.callback_id].get("output_parameters", {})
    is_whole = {*declared.get("required", ())} <= outputs.keys() <= declared.get("properties", {}).keys()
    refuse("parameter_validation_failed", when=not is_whole)
    step.outcome = {"outputs": outputs}
    return {}


def fail(call: Call) -> Json:
    _running(call).outcome = {"error": call.text("error")}
    return {}


def _running(call: Call) -> Step:
    steps = call.workspace.steps.values()
    step = next((each for each in steps if each.id == call.text("function_execution_id")), None)
    if step is None:
        raise SlackError("function_execution_not_found")
    refuse("execution_not_in_running_state", when=step.outcome is not None)
    return step
