"""The local Slack's shapes beside those that Slack publishes: neither takes what the other doesn't."""

import re
from collections.abc import Iterator, Mapping
from functools import reduce
from importlib.resources import files
from typing import Any

import pytest
import yaml

from bot.local_slack.block_kit.blocks import check_blocks
from bot.local_slack.errors import SlackError
from tests.local_slack.published import DEFINITIONS, UNKNOWN, refusal

_TOLD: dict[str, Any] = yaml.safe_load(
    files("bot.local_slack.block_kit").joinpath("block_kit.yaml").read_text(encoding="utf-8")
)
#: Where the schema has the shapes that don't say in "type" what they are, or of whose type there are two.
_WHERE = {
    "confirm": ["ConfirmationDialog"],
    "option": ["PlainTextOption"],
    "ticked": ["PlainTextOption", "MrkdwnOption"],
    "option_group": ["StaticSelect properties option_groups items"],
    "typed": ["DispatchActionConfig"],
    "filter": ["ConversationsSelect properties filter"],
    "style": ["RichTextText properties style"],
    "column": ["TableBlock properties column_settings items"],
    "feedback": ["FeedbackButtons properties positive_button"],
    "image": ["ImageBlock"],
    "image_element": ["ImageElement"],
    "modal": ["Shown properties modal"],
    "home": ["Shown properties home"],
}
#: Where the local Slack goes by https://docs.slack.dev/reference/block-kit, which says more, or later.
_BY_THE_DOCUMENTS = {
    *(f"confirm {each} is needed in one alone" for each in ("title", "confirm", "deny")),
    *(f"{each} value is needed in one alone" for each in ("option", "ticked")),
    *(f"{each} value may be 150 long, or 75" for each in ("option", "ticked")),
    "ticked url is in one alone",
    "rich_text_list offset is in one alone",
    # By the schemes that Slack follows, which hold the limit too.
    "button url may be None long, or 3000",
}
#: What Slack documents, and its types don't know.
_UNKNOWN = {*UNKNOWN, "pie", "segment", "plotted", "series", "point", "axes", "suggestions", "suggested_group"}


def _published() -> Mapping[str, list[dict[str, Any]]]:
    """Return the schemas of each type; a select with options and one with groups of them are two of one type."""
    found: dict[str, list[dict[str, Any]]] = {}
    for schema in DEFINITIONS.values():
        for each in (schema, *schema.get("anyOf", ())):
            kind = each.get("properties", {}).get("type", {}).get("const")
            found.setdefault(kind, []).append(each)
    return found


def _types() -> Mapping[str, set[str]]:
    """Return the types that each shape stands for."""
    found = {name: {name} for name in _TOLD["shapes"]}
    for kinds in _TOLD["kinds"].values():
        for each in kinds:
            for kind, shape in each.items() if isinstance(each, dict) else ():
                found[shape] = {*found[shape] - {shape}, kind}
    return found


def _schemas(shape: str) -> list[dict[str, Any]]:
    if shape not in _WHERE:
        published, types = _published(), _types()
        return [each for kind in sorted(types[shape]) for each in published.get(kind, ())]
    found = [reduce(lambda schema, name: schema[name], path.split(), DEFINITIONS) for path in _WHERE[shape]]
    return [each for schema in found for each in schema.get("anyOf", [schema])]


def _most(told: str) -> int | None:
    """Return the limit that the local Slack's file tells of a field."""
    number = re.search(r"^(?:plain|text|string) (?:\d+-)?(\d+)|^(?:\d+-)?(\d+) of ", told)
    return int(number[1] or number[2]) if number else None


def _published_most(schema: dict[str, Any]) -> int | None:
    if "allOf" in schema:
        return int(schema["allOf"][1]["properties"]["text"]["maxLength"])
    return schema.get("maxLength") or schema.get("maxItems")


def _differences(shape: str) -> Iterator[str]:
    told = {name.removesuffix("~"): str(what) for name, what in _TOLD["shapes"][shape].items() if name != "any of"}
    needed = {name for name in _TOLD["shapes"][shape] if not name.endswith("~")} - {"any of"}
    schemas = _schemas(shape)
    fields = {name: each for schema in schemas for name, each in schema["properties"].items() if name != "type"}
    required = set.intersection(*[{*schema.get("required", ())} for schema in schemas]) - {"type"}
    yield from (f"{shape} {name} is in one alone" for name in {*told} ^ {*fields})
    yield from (f"{shape} {name} is needed in one alone" for name in needed ^ required)
    for name in {*told} & {*fields}:
        most, published = _most(told[name]), _published_most(fields[name])
        if published is not None and most != published:
            yield f"{shape} {name} may be {most} long, or {published}"


def test_every_shape_has_the_fields_and_the_limits_that_slack_publishes() -> None:
    known = [shape for shape in _TOLD["shapes"] if shape not in _UNKNOWN]
    assert {each for shape in known for each in _differences(shape)} == _BY_THE_DOCUMENTS


def test_what_slacks_types_come_to_know_is_compared_too() -> None:
    assert [shape for shape in sorted(_UNKNOWN) if _schemas(shape)] == []


@pytest.mark.parametrize("name", ["actions", "context", "context_actions", "header", "input", "section", "table"])
def test_a_block_that_the_types_refuse_is_refused_here(name: str) -> None:
    block = {"type": name, "nonsense": 1}
    assert refusal("message", [block])
    with pytest.raises(SlackError):
        check_blocks([block], "message")
