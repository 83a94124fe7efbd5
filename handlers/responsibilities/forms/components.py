"""The form for a component, and what is said once it is saved."""

from collections.abc import Mapping, Sequence

from handlers.responsibilities.context import Seen
from handlers.responsibilities.messages import register
from handlers.responsibilities.messages.register import capital
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message, Modal
from storage.engine.interface import WORKSPACE
from storage.responsibilities.responsibilities import KINDS, SET_UPS, Component

COMPONENT = "owner_component"
NAME_TAKEN = "There is a component of this name already. Give it another name, or edit that one."
CHANGED_MEANWHILE = "Somebody changed this component while you wrote. Close this form and start again."
_GAPS_SHOWN = 30


def component_form(told: Mapping[str, object], note: str = "") -> Modal:
    """The form for a component; ``told`` is what its fields start with, ``note`` is the id of one that is edited."""
    fields = [
        blocks.field("name", "Name", blocks.text_input(_text(told, "name"), max_length=80), "Such as churn model."),
        blocks.field("kind", "What is it?", blocks.choice(_options(KINDS), _text(told, "kind"))),
        blocks.field(
            "lead", "Who leads it?", blocks.person_select(_text(told, "lead")),
            "They are asked where it is unclear who has what.",
        ),
        _side("model_side", "People of the model side", told),
        _side("product_side", "People of the product side", told),
        blocks.field("set_up", "How the sides work", blocks.radio(_set_ups(), _text(told, "set_up") or "parallel")),
        blocks.field("team", "Team", blocks.text_input(_text(told, "team"), max_length=80), optional=True),
        blocks.field("channel", "Channel", blocks.channel_select(_text(told, "channel")), optional=True),
        blocks.field(
            "launch_on", "When does it launch?", blocks.date_picker(_text(told, "launch_on")),
            "Before a launch, I remind of what nobody has.", optional=True,
        ),
    ]  # fmt: skip
    title = "Edit a component" if note else "Add a component"
    return Modal(COMPONENT, title, tuple(fields), submit="Save", private_metadata=note)


def open_form() -> Message:
    """Say it after a mention, which cannot open a form."""
    told = "A mention cannot open a form, but this button can."
    button = blocks.button("Add a component", register.ADD)
    return Message(told, (blocks.paragraphs(blocks.line(blocks.words(told))), blocks.buttons([button])))


def saved(component: Component, listed: Sequence[Seen]) -> Message:
    """Say what a component has nobody for yet, and offer to ask the people of its sides."""
    gaps = [each for each in listed if each.duty.state == "unowned"]
    seen_by = "Everybody" if component.visibility == WORKSPACE else "Only this channel"
    lines = [
        blocks.line(blocks.words(f"Saved {component.name}. {seen_by} sees it.")),
        blocks.line(blocks.words(f"{len(gaps)} of its {len(listed)} duties have no owner yet:")),
        *(_gap(each) for each in gaps[:_GAPS_SHOWN]),
    ]
    below = [*register.component_buttons(component), blocks.button("Edit", register.EDIT, component.id)]
    if any(register.side_of(each) for each in gaps):
        below.insert(0, blocks.button("Ask these people", register.PROPOSE_ALL, component.id, "primary"))
    return Message(
        blocks.escape(f"Saved {component.name}: {len(gaps)} duties have no owner yet"),
        (blocks.paragraphs(*lines), blocks.buttons(below)),
    )


def proposed_to(people: int, duties: int) -> Message:
    if not duties:
        return blocks.said("There was nobody left to ask: each duty has an owner, or no people on its side.")
    told = "1 person" if people == 1 else f"{people} people"
    return blocks.said(f"I have asked {told} about {duties} duties. They are theirs once they say so.")


def which_to_edit(known: Sequence[Component]) -> Message:
    """Offer the components that can be edited, where none or several are meant."""
    if not known:
        return blocks.said("No component of that name is in the register. Add one, or ask for the map to see them all.")
    below = [
        blocks.button(each.name, blocks.numbered(register.EDIT, place), each.id)
        for place, each in enumerate(known[:20])
    ]
    head = blocks.paragraphs(blocks.line(blocks.words("Which one?")))
    return Message("Which one?", (head, blocks.buttons(below)))


def only_its_people() -> Message:
    return blocks.said("Only its lead, who added it, its two sides and the admins can edit a component.")


def _side(block_id: str, label: str, told: Mapping[str, object]) -> Block:
    return blocks.field(block_id, label, blocks.people_select(_people(told, block_id)), optional=True)


def _gap(about: Seen) -> Block:
    people = register.side_of(about)
    told = [blocks.words(f"• {capital(about.kind.name)}")]
    return blocks.line(*told, *([blocks.words(": by default "), register.who(people[0])] if people else []))


def _options(values: Sequence[str]) -> list[tuple[str, str]]:
    return [(capital(each), each) for each in values]


def _set_ups() -> list[tuple[str, str]]:
    said = {
        "model first": "Model first: the product is built around a model",
        "product first": "Product first: the model is added to a product",
        "parallel": "In parallel",
    }
    return [(said[each], each) for each in SET_UPS]


def _text(told: Mapping[str, object], name: str) -> str:
    return str(told.get(name) or "")


def _people(told: Mapping[str, object], name: str) -> list[str]:
    value = told.get(name)
    return [str(each) for each in value] if isinstance(value, list | tuple) else []
