"""What people read of feedback: one item in full, a list, what each is told; and the ids of its buttons."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers.agreements.clauses import Names, person_name
from handlers.checks.dates import age, day
from handlers.feedback.rules import moves
from handlers.feedback.rules.moves import Act, Role, Step
from handlers.feedback.rules.parsing import HOW_OFTEN_LABELS
from handlers.slack import blocks, carried
from handlers.slack.action_ids import ASK_FOR_DATA
from handlers.slack.blocks import Block, Message
from handlers.slack.days import in_words
from storage.data_requests.data_requests import DataRequest
from storage.engine.interface import Record
from storage.feedback.feedback import Feedback, State
from storage.responsibilities.responsibilities import Component

OPEN = "feedback_open"
STEP = "feedback_step"
JOIN = "feedback_join"
HISTORY = "feedback_history"
NEW = "feedback_new"
LIST = "feedback_list"
BY_AGENT = "feedback_by_agent"

GONE = "I can't find that feedback, or you can't see it here."
LISTED = 6
_TEXT, _SHORT = 1000, 120
LABELS: dict[Act, str] = {
    "answer": "Answer",
    "fix": "Will fix",
    "meant": "Works as intended",
    "data": "Needs data",
    "reopen": "Reopen",
}
#: What somebody did: for the history, and before the number of what they did it with.
_DID: dict[Act, tuple[str, str]] = {
    "answer": ("answered", "answered"),
    "fix": ("will fix it", "will fix"),
    "meant": ("said it works as intended", "says this works as intended:"),
    "data": ("asked for data", "needs data for"),
    "reopen": ("reopened it", "reopened"),
}
_YOU_DID: dict[Act, str] = {
    "answer": "You answered",
    "fix": "You'll fix",
    "meant": "Works as intended:",
    "data": "You need data for",
    "reopen": "You reopened",
}
_STATES: dict[State, str] = {"works as meant": "works as intended", "will fix": "fix planned"}
_TO_DO: dict[State, str] = {"new": "answer", "will fix": "fix it", "needs data": "ask for data"}
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
    return f"{item.number} · {component.name}: {blocks.cut(' '.join(item.got.split()), _SHORT)}"


def state_of(item: Feedback) -> str:
    return _STATES.get(item.state, item.state)


def record(shown: Shown, roles: frozenset[Role], user_id: str) -> Message:
    item, names = shown.item, shown.names
    told = [(f"{label}: ", blocks.cut(text, _TEXT)) for label, text in _told(item)]
    by = f" · {_how_bad(item)} · reported by {person_name(item.reporter, names)}{_others(item)}, {day(item.created_at)}"
    lines = [
        blocks.line(blocks.words(f"{item.number} · {shown.component.name}", "bold"), blocks.words(by)),
        *(blocks.line(blocks.words(label, "bold"), blocks.words(text)) for label, text in told),
        *_standing(shown),
    ]
    if item.source_link:
        lines.append(blocks.line(blocks.words("From "), blocks.link(item.source_link, "this message")))
    steps = [_step(act, item) for act in moves.ACTS if moves.may(item, act, roles)]
    asks = [_ask_for_data(item)] if item.state == "needs data" and "team" in roles and not shown.requests else []
    joins = [] if "team" in roles else _join(item, user_id)
    below = [*asks, *steps, *joins, blocks.button("History", HISTORY, item.id)]
    return Message(blocks.escape(title(item, shown.component)), (blocks.paragraphs(*lines), blocks.in_row(below)))


def _told(item: Feedback) -> tuple[tuple[str, str], ...]:
    return ("Seen in", item.seen_where), ("Input", item.input), ("Expected", item.expected), ("Got", item.got)


def _how_bad(item: Feedback) -> str:
    return f"{item.severity}, {HOW_OFTEN_LABELS[item.how_often].lower()}"


def _others(item: Feedback) -> str:
    count = len(item.joined)
    return f" and {count} more {'person' if count == 1 else 'people'}" if count else ""


def _standing(shown: Shown) -> list[Block]:
    """Say how it stands, who has to act, and for how long."""
    item, names = shown.item, shown.names
    lines = []
    if item.answer and item.answer != item.note:
        lines.append(_line(f"Earlier answer: {blocks.cut(item.answer, _TEXT)}"))
    if item.note:
        lines.append(_line(f"{person_name(item.by, names)}: {blocks.cut(item.note, _TEXT)}"))
    lines += [_line(f"Data: {each.number} {each.entity} ({each.state})") for each in shown.requests]
    stands = state_of(item)
    return [*lines, _line(whose_move(shown) if item.state in moves.OPEN else f"{stands[:1].upper()}{stands[1:]}.")]


def whose_move(shown: Shown) -> str:
    item = shown.item
    since = age(item.moved_at, shown.today)
    open_for = f"open for {since}" if since not in ("", "today") else "open since today"
    if moves.waits_for_data(item, shown.requests):
        return f"Waiting on data: {', '.join(each.number for each in shown.requests)}, {open_for}."
    by = f" by {day(item.fix_by)}" if item.fix_by else ""
    who = person_name(shown.receiver, shown.names)
    return f"Next: {who} to {_TO_DO.get(item.state, 'answer')}{by}, {open_for}."


def listed(found: Sequence[Shown], count: int, begin: int = 0) -> Message:
    """Some of so much feedback, one below the other, each with a button that shows it in full, and one for the rest."""
    if not found:
        return blocks.said("You can't see any open feedback here.")
    heading = f"Open feedback ({count})"
    said: list[Block] = [blocks.sentence(heading, "bold")]
    for place, each in enumerate(found):
        told = f"{title(each.item, each.component)}\n{each.item.severity.capitalize()}. {whose_move(each)}"
        button = blocks.button("Open", blocks.numbered(OPEN, place), each.item.id)
        said.append(blocks.row(told, blocks.spoken(button, f"Open {each.item.number}")))
    end = begin + len(found)
    more = [blocks.buttons([blocks.button(f"{count - end} more", LIST, str(end))])] if count > end else []
    return Message(blocks.escape(heading), (*said, *more))


def did(taken: Step) -> str:
    """Say what somebody did, as the history keeps it."""
    history, _ = _DID[taken.act]
    return f"{history}{f' by {in_words(taken.fix_by)}' if taken.fix_by else ''}"


def done(item: Feedback, taken: Step) -> Message:
    """Answer who took a step: what they did, and who knows."""
    by = f" by {day(item.fix_by)}" if item.fix_by else ""
    knows = "Whoever handles it knows." if taken.act == "reopen" else "Whoever reported it knows."
    told = f"{_YOU_DID[taken.act]} {item.number}{by}. {knows}"
    return blocks.offer(told, _ask_for_data(item)) if taken.act == "data" else blocks.said(told)


def deed(taken: Step) -> str:
    """Say below a message what was done with what it asks, after the name of who did it."""
    return f" {_DID[taken.act][0]}."


def reported(item: Feedback, receiver: str) -> Message:
    """Answer who reported something: who looks at it."""
    told = [blocks.words(f"I've sent {item.number} to "), blocks.person(receiver)]
    line = blocks.line(*told, blocks.words(". I'll let you know what happens."))
    if receiver == item.reporter:
        line = _line(f"{item.number} is reported. It's yours to answer, because you handle feedback on it.")
    row = blocks.in_row([open_button(item)])
    return Message(f"{item.number} is reported.", (blocks.paragraphs(line), row))


def joined(item: Feedback) -> Message:
    return blocks.said(f"You've joined {item.number}. I'll let you know what happens.")


def for_receiver(item: Feedback, component: Component) -> Message:
    told = f" reported a problem with {component.name} ({_how_bad(item)})"
    head = blocks.line(blocks.words(f"{item.number}: ", "bold"), blocks.person(item.reporter), blocks.words(told))
    said = [blocks.quotation(blocks.words(f"{label}: {blocks.cut(text, _TEXT)}")) for label, text in _told(item)]
    below = [*(_step(act, item) for act in _TEAM), open_button(item)]
    text = blocks.escape(f"{item.number}: a problem with {component.name} ({_how_bad(item)})")
    return Message(text, (blocks.paragraphs(head, *said), blocks.in_row(below)), asks=(item.id,))


def for_reporter(item: Feedback, component: Component, taken: Step) -> Message:
    again = [_step("reopen", item)] if item.state in moves.ENDED else []
    return _became(item, component, taken, again)


def for_team(item: Feedback, component: Component, taken: Step) -> Message:
    """Tell who it goes to that it is not settled, with what they can do about it."""
    return _became(item, component, taken, [_step(act, item) for act in _TEAM])


def _became(item: Feedback, component: Component, taken: Step, steps: Sequence[Block]) -> Message:
    by = f" by {day(item.fix_by)}" if item.fix_by else ""
    told = f" {_DID[taken.act][1]} {item.number}{by} ({component.name}): {blocks.cut(item.got, _SHORT)}"
    note = [blocks.quotation(blocks.words(blocks.cut(item.note, _TEXT)))] if item.note else []
    head = blocks.line(blocks.person(taken.by), blocks.words(told))
    below = blocks.in_row([*steps, open_button(item)])
    text = blocks.escape(f"{item.number} ({component.name}): {state_of(item)}")
    return Message(text, (blocks.paragraphs(head, *note), below), asks=(item.id,) if steps else ())


def _ask_for_data(item: Feedback) -> Block:
    return blocks.button("Ask for data", ASK_FOR_DATA, f"feedback:{item.id}", "primary")


def open_button(item: Feedback) -> Block:
    return blocks.button("Open", OPEN, item.id)


def open_form(text: str) -> Message:
    """Say it after a mention, which cannot open a form."""
    return blocks.offer("Press to give feedback:", blocks.button("Give feedback", NEW, text))


def nothing_to_report_on() -> Message:
    return blocks.said("I don't know any model or product that you can see here. Add one with /owner add.")


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


class Offered(Record):
    """Feedback as an agent puts it: the name of what it is about, and what was seen."""

    about: str
    got: str


def offered(told: Offered) -> Message:
    text = f"An agent that asks in your name would report a problem with {told.about}: “{told.got}”"
    return blocks.offer(
        blocks.cut(text, blocks.FALLBACK_LIMIT), blocks.button("Look at it", BY_AGENT, carried.written(told, "got"))
    )
