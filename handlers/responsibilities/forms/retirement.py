"""The form in which somebody says when a component retires, and what takes its place."""

from collections.abc import Sequence

from handlers.responsibilities.messages.retirement import RETIREMENT
from handlers.responsibilities.rules.retirement import (
    LAST_DAY,
    NOTHING,
    OF_VERSION,
    RETIRES,
    STAYS,
    SUCCESSOR,
    WHETHER,
)
from handlers.slack import blocks
from handlers.slack.blocks import Modal
from storage.responsibilities.responsibilities import Component


def retirement_form(component: Component, offered: Sequence[Component]) -> Modal:
    """Ask for the last day; of what retires already, first whether it still does."""
    instead = [("Nothing", NOTHING), *((each.name, each.id) for each in offered)]
    chosen = next((each.id for each in offered if each.id == component.replaced_by), NOTHING)
    whether = blocks.radio([("It retires", RETIRES), ("It stays", STAYS)], RETIRES)
    version = blocks.text_input(component.retires_version, max_length=80)
    fields = (
        *([blocks.field(WHETHER, component.name, whether)] if component.retires_on else []),
        blocks.field(LAST_DAY, "Last day", blocks.date_picker(component.retires_on)),
        blocks.field(OF_VERSION, "Version", version, "Leave this empty if all of it retires.", optional=True),
        blocks.field(SUCCESSOR, "What takes its place?", blocks.choice(instead, chosen)),
        blocks.small_print("I'll ask everybody who builds on it, once. After that day its duties end."),
    )
    title = blocks.cut(f"Retire {component.name}", 24)
    return Modal(RETIREMENT, title, fields, submit="Save", private_metadata=f"{component.id}:{component.version}")
