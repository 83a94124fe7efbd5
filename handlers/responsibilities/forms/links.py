"""The form that links two components, and the one in which several links are confirmed at once."""

from collections.abc import Sequence

from handlers.responsibilities.messages.links import LINK, REVIEW_LINKS
from handlers.responsibilities.rules.links import JOINT, SAYS, SOURCE, TARGET, VERSIONS, Linked
from handlers.slack import blocks
from handlers.slack.blocks import Modal
from storage.responsibilities.responsibilities import Component

YES, NO = "yes", "no"


def link_form(known: Sequence[Component], source: str = "") -> Modal:
    """Ask which component feeds, serves, is a part of or is deployed by which other."""
    parts = [(each.name, each.id) for each in known]
    joints = [(told, joint) for joint, told in SAYS.items()]
    hint = "Of the first one, such as >=2,<3."
    fields = (
        blocks.field(SOURCE, "Component", blocks.choice(parts, source)),
        blocks.field(JOINT, "What does it do?", blocks.choice(joints)),
        blocks.field(TARGET, "Other component", blocks.choice(parts)),
        blocks.field(VERSIONS, "Versions", blocks.text_input(max_length=80), hint, optional=True),
        blocks.small_print("I'll ask the people of the other component to confirm it."),
    )
    return Modal(LINK, "Link components", fields, submit="Link")


def review_form(listed: Sequence[Linked]) -> Modal:
    """One row a link; what is left empty stays open."""
    answers = [("Confirm", YES), ("Not so", NO)]
    fields = tuple(blocks.field(each.link.id, each.told, blocks.radio(answers), optional=True) for each in listed)
    return Modal(REVIEW_LINKS, "Confirm links", fields, submit="Save")
