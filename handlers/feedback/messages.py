"""What people read of feedback: one item in full, a list, what each is told; and the ids of its buttons."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers.agreements.clauses import Names, person_name
from handlers.checks.dates import age
from handlers.feedback.rules import moves
from handlers.feedback.rules.moves import Act, Role, Step
from handlers.feedback.rules.parsing import HOW_OFTEN_LABELS
from handlers.slack import blocks
from handlers.slack.action_ids import ASK_FOR_DATA
from handlers.slack.blocks import Block, Message
from storage.data_requests.data_requests import DataRequest
from storage.feedback.feedback import Feedback
from storage.responsibilities.responsibilities import Component

OPEN = "feedback_open"
STEP = "feedback_step"
JOIN = "feedback_join"
HISTORY = "feedback_history"
NEW = "feedback_new"

GONE = "There is no such feedback that you may see here."
LISTED = 15
_TEXT, _SHORT = 1000, 120
LABELS: dict[Act, str] = {
    "answer": "Answer",
    "fix": "Will fix",
    "meant": "Works as meant",
    "data": "Needs data",
    "reopen": "That does not settle it",
}
#: What somebody did: for the history, and before the number of what they did it with.
_DID: dict[Act, tuple[str, str]] = {
    "answer": ("answered", "answered"),
    "fix": ("will fix it", "will fix"),
    "meant": ("says that it works as meant", "says that it works as meant:"),
    "data": ("needs data", "needs data for"),
    "reopen": ("says that it is not settled", "says that it is not settled:"),
}
#: What the team can do with what is new.
_TEAM: tuple[Act, ...] = ("answer", "fix", "meant", "data")


@dataclass(frozen=True, slots=True)
class Shown:
    """Feedback with what stands beside it; ``receiver`` is who it goes to now, ``requests`` ask for data for it."""

    item: Feedback
    component: Component
    receiver: str
    requests: Sequence[DataRequest]
    names: Names
    today: date


def title(item: Feedback, component: Component) -> str:
    return f"{item.number}  {component.name}: {blocks.cut(' '.join(item.got.split()), _SHORT)}"


def record(shown: Shown, roles: frozenset[Role], user_id: str) -> Message:
    item, names = shown.item, shown.names
    told = [(f"{label}: ", blocks.cut(text, _TEXT)) for label, text in _told(item)]
    lines = [
        blocks.line(blocks.words(f"{item.number}  {shown.component.name}", "bold"), blocks.words(f"  ({item.state})")),
        _line(f"{person_name(item.reporter, names)} reported it on {item.created_at[:10]}{_others(item)}"),
        *(blocks.line(blocks.words(label, "bold"), blocks.words(text)) for label, text in told),
        _line(f"Severity: {item.severity}. How often: {HOW_OFTEN_LABELS[item.how_often].lower()}."),
        *_standing(shown),
    ]
    if item.source_link:
        lines.append(blocks.line(blocks.words("From "), blocks.link(item.source_link, "this message")))
    steps = [_step(act, item) for act in moves.ACTS if moves.may(item, act, roles)]
    data = blocks.button("Ask for data", ASK_FOR_DATA, f"feedback:{item.id}", "primary")
    asks = [data] if item.state == "needs data" and "team" in roles and not shown.requests else []
    joins = [] if "team" in roles else _join(item, user_id)
    below = [*asks, *steps, *joins, blocks.button("History", HISTORY, item.id)]
    return Message(blocks.escape(title(item, shown.component)), (blocks.paragraphs(*lines), blocks.buttons(below)))


def _told(item: Feedback) -> tuple[tuple[str, str], ...]:
    return ("Seen", item.seen_where), ("Input", item.input), ("Expected", item.expected), ("Got", item.got)


def _others(item: Feedback) -> str:
    count = len(item.joined)
    return "." if not count else f", and {count} more {'person' if count == 1 else 'people'} after."


def _standing(shown: Shown) -> list[Block]:
    """Say how it stands, whose move it is, and for how long."""
    item, names = shown.item, shown.names
    lines = []
    if item.answer and item.answer != item.note:
        lines.append(_line(f"The answer before: {blocks.cut(item.answer, _TEXT)}"))
    if item.note:
        lines.append(_line(f"{person_name(item.by, names)}: {blocks.cut(item.note, _TEXT)}"))
    lines += [_line(f"Data: {each.number} {each.entity} ({each.state})") for each in shown.requests]
    if item.state in moves.OPEN:
        lines.append(_line(whose_move(shown)))
    return lines


def whose_move(shown: Shown) -> str:
    item = shown.item
    if moves.waits_for_data(item, shown.requests):
        listed = ", ".join(each.number for each in shown.requests)
        return f"Waits for the data, {listed}, {_since(item.moved_at, shown.today)}."
    until = f", to be fixed by {item.fix_by}" if item.fix_by else ""
    who = person_name(shown.receiver, shown.names)
    return f"Waits for {who}, {_since(item.moved_at, shown.today)}{until}."


def _since(moment: str, today: date) -> str:
    told = age(moment, today)
    return "since today" if told in ("", "today") else f"for {told}"


def listed(found: Sequence[Shown], count: int, heading: str) -> Message:
    """The first of so much feedback, one below the other, each with a button that shows it in full."""
    if not found:
        return blocks.said("No feedback that you may see here is open.")
    said: list[Block] = [blocks.sentence(heading, "bold")]
    for place, each in enumerate(found):
        told = f"{title(each.item, each.component)}\n{each.item.severity}, {each.item.state}. {whose_move(each)}"
        button = blocks.button("Open", blocks.numbered(OPEN, place), each.item.id)
        said.append(blocks.row(told, blocks.spoken(button, f"Open {each.item.number}")))
    if count > len(found):
        said.append(blocks.small_print(f"And {count - len(found)} more."))
    return Message(blocks.escape(heading), tuple(said))


def did(taken: Step) -> str:
    history, _ = _DID[taken.act]
    return f"{history}{f' by {taken.fix_by}' if taken.fix_by else ''}"


def for_receiver(item: Feedback, component: Component) -> Message:
    told = f" saw something in {component.name} ({item.severity}, {HOW_OFTEN_LABELS[item.how_often].lower()}): "
    head = blocks.line(blocks.person(item.reporter), blocks.words(told), blocks.words(item.number, "bold"))
    said = [blocks.quotation(blocks.words(f"{label}: {blocks.cut(text, _TEXT)}")) for label, text in _told(item)]
    below = [*(_step(act, item) for act in _TEAM), blocks.button("Open", OPEN, item.id)]
    text = blocks.escape(f"Feedback {title(item, component)}")
    return Message(text, (blocks.paragraphs(head, *said), blocks.buttons(below)))


def for_reporter(item: Feedback, component: Component, taken: Step) -> Message:
    again = [_step("reopen", item)] if item.state in moves.ENDED else []
    return _became(item, component, taken, again)


def for_team(item: Feedback, component: Component, taken: Step) -> Message:
    """Tell who it goes to that it is not settled, with what they can do about it."""
    return _became(item, component, taken, [_step(act, item) for act in _TEAM])


def _became(item: Feedback, component: Component, taken: Step, steps: Sequence[Block]) -> Message:
    until = f" by {item.fix_by}" if item.fix_by else ""
    told = f" {_DID[taken.act][1]} {item.number}{until}, {component.name}: {blocks.cut(item.got, _SHORT)}"
    note = [blocks.quotation(blocks.words(blocks.cut(item.note, _TEXT)))] if item.note else []
    below = blocks.buttons([*steps, blocks.button("Open", OPEN, item.id)])
    head = blocks.line(blocks.person(taken.by), blocks.words(told))
    return Message(blocks.escape(f"{item.number} {item.state}"), (blocks.paragraphs(head, *note), below))


def open_form(text: str) -> Message:
    """Say it after a mention, which cannot open a form."""
    return blocks.offer("A form opens from a button:", blocks.button("Give feedback", NEW, text))


def nothing_to_report_on() -> Message:
    return blocks.said("No model or product is in the register that you may see here. Add one with /owner add.")


def how_to_send() -> Message:
    return blocks.said("Use this on a message that says what you saw.")


def _step(act: Act, item: Feedback) -> Block:
    action_id = blocks.numbered(STEP, moves.ACTS.index(act))
    return blocks.button(LABELS[act], action_id, f"{act}:{item.id}", "primary" if act == "answer" else None)


def _join(item: Feedback, user_id: str) -> list[Block]:
    is_open = item.state in moves.OPEN and user_id not in moves.reporters(item)
    return [blocks.button("I see this too", JOIN, item.id)] if is_open else []


def _line(text: str) -> Block:
    return blocks.line(blocks.words(text))
