"""The form that settles many duties of a component at once, and the one that shares them out."""

from collections.abc import Mapping, Sequence

from handlers.responsibilities.messages.register import capital
from handlers.responsibilities.rules.duties import Act
from handlers.responsibilities.rules.review import ALL, NOTE, PERSON, choices_of, row_of
from handlers.responsibilities.rules.standing import ComponentDuty
from handlers.slack import blocks
from handlers.slack.action_ids import DUTIES_REVIEW
from handlers.slack.blocks import Block, Modal
from storage.responsibilities.responsibilities import Component

PLAN = "owner_plan"
_FOR_ALL = [("Accept all", "accept"), ("Not me, for all", "decline"), ("Suggest someone for all", "suggest")]
_LABELS: Mapping[Act, str] = {
    "claim": "Accept",
    "confirm": "Still mine",
    "decline": "Not me",
    "need": "Yes, if …",
    "suggest": "Suggest someone",
    "not needed": "Not needed",
}
#: A form takes 100 blocks.
MOST = 90


def review_form(component: Component, heading: str, listed: Sequence[ComponentDuty], user_id: str) -> Modal:
    """One row a duty, with what happens without an owner; what is chosen on top goes for all others."""
    head = blocks.sentence(f"{heading}:", "bold")
    for_all = blocks.field(ALL, "All of them", blocks.choice(_FOR_ALL), "Choices below override this.", optional=True)
    whom = blocks.field(PERSON, "Whom do you suggest?", blocks.person_select(), optional=True)
    text = blocks.text_input(multiline=True, max_length=500)
    note = blocks.field(NOTE, "What do you need, or why not?", text, optional=True)
    fields = (head, for_all, *(_row(each, user_id) for each in listed[:MOST]), whom, note)
    return Modal(DUTIES_REVIEW, blocks.cut(component.name, 24), fields, submit="Save", private_metadata=component.id)


def _row(about: ComponentDuty, user_id: str) -> Block:
    options = [(_LABELS[act], act) for act in choices_of(about, user_id)]
    hint = f"If: {about.present.need}" if about.present.need else about.kind.without_owner
    return blocks.field(row_of(about), capital(about.kind.name), blocks.choice(options), hint, optional=True)


def plan_form(
    component: Component, gaps: Sequence[ComponentDuty], planned: Mapping[str, str], names: Mapping[str, str]
) -> Modal:
    """Who is asked about what: a menu a person, in which what is chosen nowhere stays without an owner."""
    options = [(capital(each.kind.name), each.kind.id) for each in gaps[:MOST]]
    people = dict.fromkeys(planned.values())
    rows = [
        blocks.field(
            person,
            names.get(person, person),
            blocks.choices(options, [each.kind.id for each in gaps if planned.get(each.value) == person]),
            optional=True,
        )
        for person in people
    ]
    more = blocks.field(PERSON, "Somebody else", blocks.person_select(), optional=True)
    theirs = blocks.field(ALL, "Their duties", blocks.choices(options), optional=True)
    head = blocks.small_print(
        "Each gets one message, and owns a duty once they accept it. Duties you give to nobody stay open."
    )
    return Modal(PLAN, "Suggest owners", (head, *rows, more, theirs), submit="Ask them", private_metadata=component.id)
