"""Custom steps of workflows, as the manifest declares them: the app runs one with a token that is good for it alone.

Shapes: https://docs.slack.dev/reference/events/function_executed.
"""

from typing import Any

from bot.local_slack.events import tell
from bot.local_slack.state import Json, Step, User, Workspace


def run_step(workspace: Workspace, user: User, callback_id: str, inputs: Json) -> Step:
    """Let the app run a step, as a workflow that a person has started does. Raises LookupError."""
    declared = workspace.app.manifest.get("functions", {}).get(callback_id)
    if declared is None:
        raise LookupError(f"there is no step {callback_id!r}")
    step = Step(workspace.new_id("Fx"), callback_id, inputs, user.id)
    workspace.steps[step.token] = step
    function: Json = {"id": f"Fn{callback_id}", "callback_id": callback_id, "type": "app"}
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
