"""Methods with which an app ends a custom step of a workflow."""

from bot.local_slack.errors import SlackError
from bot.local_slack.state import Json, Step
from bot.local_slack.web_api.call import Call


def complete(call: Call) -> Json:
    step, outputs = _running(call), call.structure("outputs") or {}
    declared = call.workspace.app.manifest["functions"][step.callback_id].get("output_parameters", {})
    if not {*declared.get("required", ())} <= outputs.keys() <= declared.get("properties", {}).keys():
        raise SlackError("parameter_validation_failed")
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
    if step.outcome is not None:
        raise SlackError("execution_not_in_running_state")
    return step
