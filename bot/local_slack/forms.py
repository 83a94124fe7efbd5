"""What a person enters in a form, as Slack sends it: state.values by block_id and action_id."""

from collections.abc import Mapping

from bot.local_slack.state import Json, Workspace


def entered_values(workspace: Workspace, view: Json, entered: Mapping[str, str]) -> Json:
    """Return state.values for a view: what is entered by label, else what the view starts with."""
    values: Json = {}
    labels = set()
    for position, block in enumerate(view["blocks"]):
        if block["type"] != "input":
            continue
        element, label = block["element"], block["label"]["text"]
        labels.add(label)
        block_id = block.get("block_id", f"block-{position}")
        value = _value(workspace, element, entered.get(label))
        values[block_id] = {element.get("action_id", "action"): {"type": element["type"], **value}}
    if unknown := sorted(entered.keys() - labels):
        message = f"the form has no field {unknown[0]!r}"
        raise LookupError(message)
    return values


def missing_fields(view: Json, values: Json) -> dict[str, str]:
    """Return Slack's own complaint by block_id for required fields that are empty."""
    missing = {}
    for block in view["blocks"]:
        if block["type"] == "input" and not block.get("optional"):
            element = next(iter(values[block["block_id"]].values()))
            if not any(value for name, value in element.items() if name != "type"):
                missing[block["block_id"]] = "Please complete this required field."
    return missing


def _value(workspace: Workspace, element: Json, entered: str | None) -> Json:
    kind = element["type"]
    if kind == "plain_text_input":
        return {"value": (element.get("initial_value") if entered is None else entered) or None}
    name = kind.removeprefix("multi_").removesuffix("_select")
    if kind.startswith("multi_"):
        chosen = element.get(f"initial_{name}", []) if entered is None else _ids(workspace, name, entered)
        return {f"selected_{name}": chosen}
    single = name.removesuffix("s")
    chosen_one = [element.get(f"initial_{single}")] if entered is None else _ids(workspace, name, entered)
    return {f"selected_{single}": chosen_one[0] if chosen_one else None}


def _ids(workspace: Workspace, kind: str, entered: str) -> list[str]:
    names = [name.strip() for name in entered.split(",") if name.strip()]
    if kind == "users":
        return [workspace.user_named(name).id for name in names]
    return [workspace.channel_named(name).id for name in names]
