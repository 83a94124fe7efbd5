"""The forms of a launch: the risk that is taken, why it doesn't go out, and what happened."""

from handlers.launches.messages import HAPPENED, NO_GO, RISK
from handlers.slack import blocks
from handlers.slack.blocks import Modal
from storage.responsibilities.responsibilities import Component

WHY, OWNER, UNTIL, TOLD = "why", "owner", "until", "happened"
_LONGEST = 2000


def risk_form(component: Component, read: str) -> Modal:
    fields = (
        blocks.field(WHY, "What is the risk, and why take it?", _text()),
        blocks.field(OWNER, "Who owns it?", blocks.person_select(component.lead)),
        blocks.field(UNTIL, "By when is it over?", blocks.date_picker(), "The decision comes back to you then."),
    )
    return Modal(RISK, "Go with risk", fields, submit="Save", private_metadata=f"{component.id}:{read}")


def no_go_form(component: Component, read: str) -> Modal:
    fields = (blocks.field(WHY, "What has to happen first?", _text()),)
    return Modal(NO_GO, "No-go", fields, submit="Save", private_metadata=f"{component.id}:{read}")


def happened_form(component: Component, weeks: str) -> Modal:
    hint = "Did it do what you expected? What surprised you, and what will you change?"
    fields = (blocks.field(TOLD, f"What happened in {weeks} weeks?", _text(), hint),)
    note = f"{component.id}:{weeks}"
    return Modal(HAPPENED, blocks.cut(component.name, 24), fields, submit="Save", private_metadata=note)


def _text() -> blocks.Block:
    return blocks.text_input(multiline=True, max_length=_LONGEST)
