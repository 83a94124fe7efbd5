"""The form in which somebody says what a change asks of them, or what it blocks."""

from datetime import date

from handlers.change_notices.messages import ANSWER, About
from handlers.checks.dates import wrong_ahead
from handlers.checks.sensitive_data import objection
from handlers.slack import blocks
from handlers.slack.blocks import Modal
from handlers.slack.interactions import Fields, Wrong
from storage.change_notices.change_notices import Answer, Answered

NOTE, UNTIL = "note", "until"


def answer_form(about: About, answer: Answer) -> Modal:
    """Ask what must be done and by when; of what blocks somebody, what it blocks."""
    is_blocked = answer == "blocked"
    label = "What does it block?" if is_blocked else "What has to be done, and by whom?"
    example = "For example: the planner can't read the new field" if is_blocked else "For example: we map the new field"
    fields = (
        blocks.sentence(about.name, "bold"),
        blocks.field(NOTE, label, blocks.text_input(multiline=True, max_length=1000), example),
        blocks.field(UNTIL, "By when?", blocks.date_picker(), optional=True),
    )
    title = "Blocked" if is_blocked else "Needs work"
    return Modal(ANSWER, title, fields, submit="Save", private_metadata=f"{about.notice.id}:{answer}")


def answered_in(fields: Fields, answer: Answer, at: str, today: date) -> Answered | Wrong:
    note, until = fields.text(NOTE), fields.text(UNTIL)
    errors = {
        NOTE: objection(note) if note else "Please fill this in.",
        UNTIL: wrong_ahead(until, today) if until else "",
    }
    if wrong := {name: told for name, told in errors.items() if told}:
        return Wrong(wrong)
    return Answered(answer=answer, note=note, until=until, at=at)
