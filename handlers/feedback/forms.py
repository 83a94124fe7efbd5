"""The forms of feedback: what was seen, and what a step says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.feedback import messages
from handlers.feedback.rules import parsing
from handlers.feedback.rules.moves import Act
from handlers.feedback.rules.parsing import HOW_OFTEN_LABELS, SEVERITY_LABELS
from handlers.slack import blocks, carried
from handlers.slack.blocks import Block, Modal
from storage.engine.interface import Record
from storage.feedback.feedback import Feedback
from storage.responsibilities.responsibilities import Component

FORM = "feedback_form"
STEP_FORM = "feedback_step"
CHOSE = "feedback_chose"
NOTE, UNTIL = "note", "until"
#: Characters of one field.
MOST = 1000
_ALIKE_SHOWN = 5
_NO_NAMES = "No names, no personal data."
_STEPS: Mapping[Act, tuple[str, str]] = {
    "answer": ("Answer", "Your answer"),
    "fix": ("Will fix", "What will you do?"),
    "meant": ("Works as intended", "Why does it work like this?"),
    "data": ("Needs data", "What data is missing?"),
    "reopen": ("Reopen", "What's still wrong?"),
}


class FormNote(Record):
    """What the form remembers: where it was opened, the message it is from, and which reports it has shown as alike."""

    place: str = ""
    link: str = ""
    shown: tuple[str, ...] = ()


def read_note(text: str) -> FormNote:
    return carried.read(FormNote, text or "{}")


@dataclass(frozen=True, slots=True)
class Form:
    """What the form shows: what can be chosen, what is entered, open reports of the same, and what happened."""

    known: Sequence[Component]
    entered: Mapping[str, str]
    note: FormNote
    others: Sequence[Feedback] = ()
    told: str = ""
    is_private: bool = False


def feedback_form(form: Form) -> Modal:
    """What was seen in use; open reports stand above it, to be joined instead."""
    told = form.entered
    chosen = told.get(parsing.COMPONENT, "")
    menu = blocks.choice([(each.name, each.id) for each in form.known], chosen)
    severities = [(label, name) for name, label in SEVERITY_LABELS.items()]
    often = [(label, name) for name, label in HOW_OFTEN_LABELS.items()]
    fields = (
        *([blocks.small_print(form.told)] if form.told else []),
        blocks.watched(parsing.COMPONENT, "What is it about?", menu, CHOSE, optional=False),
        *_others(form),
        _text(told, parsing.WHERE, "Where did you see it?", "For example: the berth plan in the harbour app"),
        _text(told, parsing.INPUT, "What was the input?", f"For example: a ship of 200 m from the north. {_NO_NAMES}"),
        _text(told, parsing.EXPECTED, "What did you expect?", "For example: a berth of 220 m or longer"),
        _text(told, parsing.GOT, "What did you get?", f"For example: a berth of 150 m. {_NO_NAMES}"),
        blocks.field(parsing.SEVERITY, "How bad is it?", blocks.radio(severities, told.get(parsing.SEVERITY, ""))),
        blocks.field(parsing.HOW_OFTEN, "How often?", blocks.choice(often, told.get(parsing.HOW_OFTEN, ""))),
        blocks.small_print(_where(form)),
    )
    return Modal(FORM, "Send to the model team", fields, submit="Send", private_metadata=form.note.model_dump_json())


def _text(told: Mapping[str, str], name: str, label: str, hint: str) -> Block:
    is_long = name != parsing.WHERE
    return blocks.field(name, label, blocks.text_input(told.get(name, ""), multiline=is_long, max_length=MOST), hint)


def _where(form: Form) -> str:
    told = "It goes to whoever handles feedback on it, and I'll let you know what happens."
    return f"{told} Only members of this channel can see it." if form.is_private else told


def _others(form: Form) -> list[Block]:
    if not form.others:
        return []
    named = {each.id: each for each in form.known}
    shown = [each for each in form.others[:_ALIKE_SHOWN] if each.component_id in named]
    rows = [_join(each, named[each.component_id], place) for place, each in enumerate(shown)]
    return [blocks.sentence("Already reported. Is it one of these?", "bold"), *rows]


def _join(item: Feedback, component: Component, place: int) -> Block:
    button = blocks.button("I see this too", blocks.numbered(messages.JOIN, place), item.id)
    return blocks.row(messages.title(item, component), blocks.spoken(button, f"I see {item.number} too"))


def step_form(act: Act, item: Feedback, component: Component) -> Modal:
    name, label = _STEPS[act]
    head = blocks.sentence(messages.title(item, component), "bold")
    until = [blocks.field(UNTIL, "By when?", blocks.date_picker(), optional=True)] if act == "fix" else []
    note = blocks.field(NOTE, label, blocks.text_input(multiline=True), optional=act == "fix")
    return Modal(STEP_FORM, name, (head, note, *until), submit="Save", private_metadata=f"{act}:{item.id}")
