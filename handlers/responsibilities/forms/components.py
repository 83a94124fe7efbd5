"""The form for a component."""

from collections.abc import Mapping, Sequence

from handlers.responsibilities.messages.register import capital
from handlers.slack import blocks
from handlers.slack.blocks import Block, Modal
from storage.responsibilities.responsibilities import KINDS

COMPONENT = "owner_component"
_SET_UPS = [
    ("Model first: a product grows around it", "model first"),
    ("Product first: a model is added to it", "product first"),
    ("Both at once", "parallel"),
]


def component_form(told: Mapping[str, object], note: str = "") -> Modal:
    """The form for a component; ``told`` is what its fields start with, ``note`` is the id of one that is edited."""
    lead, launch = blocks.person_select(_text(told, "lead")), blocks.date_picker(_text(told, "launch_on"))
    channel, team = blocks.channel_select(_text(told, "channel")), blocks.text_input(_text(told, "team"), max_length=80)
    set_up, kind = _text(told, "set_up") or "parallel", blocks.choice(_options(KINDS), _text(told, "kind"))
    remind = "I'll point out what has no owner before then."
    fields = [
        blocks.field("name", "Name", blocks.text_input(_text(told, "name"), max_length=80), "For example: churn model"),
        blocks.field("kind", "What is it?", kind),
        blocks.field("lead", "Who leads it?", lead, "I'll ask them where a duty has no owner."),
        _side("model_side", "People on the model side", told),
        _side("product_side", "People on the product side", told),
        blocks.field("set_up", "Which comes first?", blocks.radio(_SET_UPS, set_up)),
        blocks.field("team", "Team", team, optional=True),
        blocks.field("channel", "Channel", channel, optional=True),
        blocks.field("launch_on", "When does it launch?", launch, remind, optional=True),
    ]
    title = "Edit a component" if note else "Add a component"
    return Modal(COMPONENT, title, tuple(fields), submit="Save", private_metadata=note)


def _side(block_id: str, label: str, told: Mapping[str, object]) -> Block:
    return blocks.field(block_id, label, blocks.people_select(_people(told, block_id)), optional=True)


def _options(values: Sequence[str]) -> list[tuple[str, str]]:
    return [(capital(each), each) for each in values]


def _text(told: Mapping[str, object], name: str) -> str:
    return str(told.get(name) or "")


def _people(told: Mapping[str, object], name: str) -> list[str]:
    value = told.get(name)
    return [str(each) for each in value] if isinstance(value, list | tuple) else []
