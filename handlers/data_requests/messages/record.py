"""What people read of data requests: the first message of a thread, one in full, and lists."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.agreements.clauses import Names, person_name
from handlers.data_requests.messages import buttons
from handlers.data_requests.rules.clauses import gaps
from handlers.data_requests.rules.moves import Act, mark_of, may, may_open_terms, why_not_check
from handlers.data_requests.rules.status import ENDED, TALKING, Role, is_followable, named, waits_for
from handlers.data_requests.rules.wording import set_up_words, term_lines, title
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message
from storage.data_requests.checks import Check
from storage.data_requests.data_requests import DataRequest, Delivered
from storage.data_requests.notes import Note

LISTED = 15
_TEXT, _GAPS, _NOTES = 600, 3, 5
_NOBODY = "nobody has said that the data is theirs"
_TALK: tuple[Act, ...] = ("agree", "ask", "answer", "deliver", "accept", "return", "change", "take")
_STEPS: tuple[Act, ...] = (*_TALK, "hand over", "decline", "withdraw")
_LABELS = {"return": "Send back", "change": "Announce a change", "take": "I own this data"}
STEP_LABELS: dict[Act, str] = {act: _LABELS.get(act, act.capitalize()) for act in _STEPS}
#: Steps that the first message of a thread offers to everybody; whoever may not take one is told who may.
_IN_THREAD: tuple[Act, ...] = (*_TALK, "decline")
_PRIMARY: tuple[Act, ...] = ("agree", "accept", "take")
_EVERYBODY: frozenset[Role] = frozenset(("requester", "owner", "other"))


@dataclass(frozen=True, slots=True)
class Shown:
    """A request with what stands beside it in the store; ``senses`` are lines about the words that it uses."""

    request: DataRequest
    names: Names
    serves: str = ""
    component: str = ""
    senses: Sequence[str] = ()
    notes: Sequence[Note] = ()
    checks: Sequence[Check] = ()


def header(shown: Shown) -> Message:
    """The first message of the thread: how it stands, whose move it is, and what is left to settle."""
    request, names = shown.request, shown.names
    said: list[Block] = [blocks.paragraphs(*_head(shown))]
    if (left := gaps(request)) and request.state in (*TALKING, "changed"):
        more = f" and {len(left) - _GAPS} more" if len(left) > _GAPS else ""
        said.append(blocks.small_print(f"To be settled before it is agreed: {'; '.join(left[:_GAPS])}{more}"))
    if request.question and request.state == "needs info":
        question = blocks.words(blocks.cut(request.question, _TEXT))
        said.append(blocks.paragraphs(blocks.line(blocks.words("Question: ", "bold"), question)))
    if request.agreements and request.state in ("negotiating", "changed"):
        agreed = ", ".join(person_name(each.user_id, names) for each in request.agreements.values())
        said.append(blocks.small_print(f"Agreed to this version: {agreed}"))
    steps = [_step(act, request) for act in _IN_THREAD if may(request, act, _EVERYBODY)]
    said.append(blocks.buttons([buttons.opening(request), *_terms(request, _EVERYBODY), *steps]))
    said.append(blocks.buttons(_beside(request)))
    return Message(blocks.escape(f"{request.number} {title(request)}: {named(request.state)}"), tuple(said))


def record(shown: Shown, roles: frozenset[Role], user_id: str) -> Message:
    """A request in full, with what this person can do about it."""
    request, names = shown.request, shown.names
    lines = [*_head(shown), *(_line(each) for each in set_up_words(request, names)), *_facts(shown)]
    said: list[Block] = [blocks.paragraphs(*lines)]
    terms = [_labelled(f"{label}  ", blocks.cut(told, _TEXT)) for label, told in term_lines(request, names)]
    if terms:
        said.append(blocks.paragraphs(*terms))
    if (left := gaps(request)) and request.state not in (*ENDED, "agreed", "delivered", "accepted"):
        said.append(blocks.small_print(blocks.cut(f"To be settled before it is agreed: {'; '.join(left)}", _TEXT)))
    if shown.notes:
        notes = [_note(each, names) for each in shown.notes[:_NOTES]]
        said.append(blocks.paragraphs(blocks.line(blocks.words("Notes on this data", "bold")), *notes))
    steps = [_step(act, request) for act in STEP_LABELS if may(request, act, roles)]
    history = blocks.button("History", buttons.HISTORY, request.id)
    said.append(blocks.buttons([*_terms(request, roles), *steps, history]))
    said.append(blocks.buttons(_beside(request, user_id)))
    return Message(blocks.escape(f"{request.number} {title(request)}"), tuple(said))


def listed(found: Sequence[DataRequest], names: Names, heading: str, nothing: str) -> Message:
    """Requests one below the other, each with a button that shows it in full."""
    if not found:
        return blocks.said(nothing)
    rows = [_row(each, place, names) for place, each in enumerate(found[:LISTED])]
    more = [blocks.small_print(f"And {len(found) - LISTED} more.")] if len(found) > LISTED else []
    head = blocks.paragraphs(blocks.line(blocks.words(heading, "bold")))
    return Message(blocks.escape(heading), (head, *rows, *more))


def _row(request: DataRequest, place: int, names: Names) -> Block:
    told = f"{request.number}  {title(request)} ({named(request.state)}), needed by {request.needed_by or '?'}"
    whose = waits_for(request)
    turn = f"\nWaits for {_whose(request, names, whose)}" if whose else ""
    route, label = (buttons.TERMS, "Go on") if request.state == "draft" else (buttons.OPEN, "Open")
    button = blocks.button(label, blocks.numbered(route, place), request.id)
    return blocks.row(told + turn, blocks.spoken(button, f"{label} {request.number}"))


def _head(shown: Shown) -> list[Block]:
    request, names = shown.request, shown.names
    owner = f"{person_name(request.owner, names)} has it" if request.owner else _NOBODY
    state = blocks.words(f"  ({named(request.state)})")
    lines = [
        blocks.line(blocks.words(f"{request.number}  {title(request)}", "bold"), state),
        _labelled("Purpose: ", blocks.cut(request.purpose or "?", _TEXT)),
        _line(f"{person_name(request.requester, names)} asks; {owner}. Needed by {request.needed_by or '?'}."),
        _line(f"Of: {blocks.cut(request.population or '?', 300)}"),
    ]
    if whose := waits_for(request):
        lines.append(blocks.line(blocks.words("Waits for "), blocks.words(_whose(request, names, whose))))
    if request.state in (*ENDED, "changed") and request.reason:
        label = "Announced" if request.state == "changed" else "Because"
        lines.append(_line(f"{label}: {blocks.cut(request.reason, _TEXT)}"))
    return lines


def _whose(request: DataRequest, names: Names, whose: str) -> str:
    """Put the name in the place of the role."""
    owner = person_name(request.owner, names) if request.owner else "whoever owns the data"
    told = whose.replace("who owns the data", owner)
    return told.replace("who asks", person_name(request.requester, names), 1)


def _facts(shown: Shown) -> list[Block]:
    request = shown.request
    told = {"Serves": shown.serves or request.serves, "Component": shown.component}
    told |= {"Agreed on": request.agreed_at[:10], "Copied from": request.copied_from}
    lines = [f"{label}: {value}" for label, value in told.items() if value]
    lines += [_delivered(each) for each in request.deliveries[-3:]]
    lines += [*(_check_line(each) for each in shown.checks[:3]), *shown.senses]
    link = blocks.line(blocks.words("From "), blocks.link(request.source_link, "this message"))
    return [*(_line(each) for each in lines), *([link] if request.source_link else [])]


def _delivered(delivered: Delivered) -> str:
    parts = (delivered.link, delivered.place, delivered.data_version)
    return f"Delivered on {delivered.at[:10]}: {' '.join(part for part in parts if part)}"


def _check_line(check: Check) -> str:
    broken = f"{len(check.broken)} of {len(check.judged)} expectations broken" if check.broken else "all kept"
    return f"Sample {check.file_name}, checked on {check.at[:10]}: {check.problem or broken}"


def _note(note: Note, names: Names) -> Block:
    return _line(f"“{blocks.cut(note.text, 200)}”, {person_name(note.author, names)}, {note.at[:10]}")


def _line(text: str) -> Block:
    return blocks.line(blocks.words(text))


def _labelled(label: str, text: str) -> Block:
    return blocks.line(blocks.words(label, "bold"), blocks.words(text))


def _step(act: Act, request: DataRequest) -> Block:
    seen = f":{mark_of(request)}" if act in ("agree", "accept", "return") else ""
    action_id, value = blocks.numbered(buttons.STEP, list(STEP_LABELS).index(act)), f"{act}:{request.id}{seen}"
    return blocks.button(STEP_LABELS[act], action_id, value, "primary" if act in _PRIMARY else None)


def _terms(request: DataRequest, roles: frozenset[Role]) -> list[Block]:
    return [buttons.terms(request)] if may_open_terms(request, roles) else []


def _beside(request: DataRequest, user_id: str = "") -> list[Block]:
    """What anybody can do with a request, besides its steps."""
    follow = "Stop following" if user_id in request.followers and user_id else "Follow"
    follows = [blocks.button(follow, buttons.FOLLOW, request.id)] if is_followable(request) else []
    check = [blocks.button("Check a sample", buttons.CHECK, request.id)] if not why_not_check(request) else []
    return [*check, *follows, blocks.button("Copy as new", buttons.COPY, request.id)]
