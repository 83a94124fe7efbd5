"""What people read of data requests: the first message of a thread, one in full, lists; and the ids of buttons."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from handlers.agreements.clauses import Names, person_name
from handlers.data_requests.rules.moves import Act, mark_of, may
from handlers.data_requests.rules.status import ENDED, Role, gaps, named, waits_for
from handlers.data_requests.rules.wording import set_up_words, term_lines, title
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message
from storage.data_requests.checks import Check
from storage.data_requests.data_requests import DataRequest
from storage.data_requests.notes import Note

OPEN = "data_request_open"
STEP = "data_request_step"
TERMS = "data_request_terms"
HISTORY = "data_request_history"
FOLLOW = "data_request_follow"
COPY = "data_request_copy"
CHECK = "data_request_check"
REPOST = "data_request_repost"

LISTED = 15
_TEXT, _GAPS, _NOTES = 600, 3, 5
STEP_LABELS: dict[Act, str] = {
    "agree": "Agree", "ask": "Ask", "answer": "Answer", "deliver": "Deliver", "accept": "Accept",
    "return": "Send back", "change": "Announce a change", "take": "I own this data", "hand over": "Hand over",
    "decline": "Decline", "withdraw": "Withdraw",
}  # fmt: skip
#: Steps that the first message of a thread offers to everybody; whoever may not take one is told who may.
_IN_THREAD: tuple[Act, ...] = (
    "agree", "ask", "answer", "deliver", "accept", "return", "change", "take", "decline",
)  # fmt: skip
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
    checks: Sequence[Check] = field(default=())


def header(shown: Shown) -> Message:
    """The first message of the thread: how it stands, whose move it is, and what is left to settle."""
    request, names = shown.request, shown.names
    said: list[Block] = [blocks.paragraphs(*_head(shown))]
    if left := gaps(request):
        more = f" and {len(left) - _GAPS} more" if len(left) > _GAPS else ""
        if request.state in ("open", "needs info", "negotiating", "changed"):
            said.append(blocks.small_print(f"To be settled before it is agreed: {'; '.join(left[:_GAPS])}{more}"))
    if request.question and request.state == "needs info":
        question = blocks.words(blocks.cut(request.question, _TEXT))
        said.append(blocks.paragraphs(blocks.line(blocks.words("Question: ", "bold"), question)))
    if request.agreements and request.state in ("negotiating", "changed"):
        agreed = ", ".join(person_name(each.user_id, names) for each in request.agreements.values())
        said.append(blocks.small_print(f"Agreed to this version: {agreed}"))
    steps = [_step(act, request) for act in _IN_THREAD if may(request, act, _EVERYBODY)]
    said.append(blocks.buttons([blocks.button("Open", OPEN, request.id), *_terms_button(request), *steps]))
    said.append(blocks.buttons(_beside(request)))
    return Message(blocks.escape(f"{request.number} {title(request)}: {named(request.state)}"), tuple(said))


def record(shown: Shown, roles: frozenset[Role], user_id: str) -> Message:
    """A request in full, with what this person can do about it."""
    request, names = shown.request, shown.names
    lines = [*_head(shown), *(_line(each) for each in set_up_words(request, names)), *_facts(shown)]
    said: list[Block] = [blocks.paragraphs(*lines)]
    terms = [blocks.line(blocks.words(f"{label}  ", "bold"), blocks.words(blocks.cut(told, _TEXT)))
             for label, told in term_lines(request, names)]  # fmt: skip
    if terms:
        said.append(blocks.paragraphs(*terms))
    if (left := gaps(request)) and request.state not in (*ENDED, "agreed", "delivered", "accepted"):
        said.append(blocks.small_print(blocks.cut(f"To be settled before it is agreed: {'; '.join(left)}", _TEXT)))
    if shown.notes:
        kept = [_line(f"“{blocks.cut(each.text, 200)}”, {person_name(each.author, names)}, {each.at[:10]}")
                for each in shown.notes[:_NOTES]]  # fmt: skip
        said.append(blocks.paragraphs(blocks.line(blocks.words("Notes on this data", "bold")), *kept))
    steps = [_step(act, request) for act in STEP_LABELS if may(request, act, roles)]
    own = _terms_button(request) if roles & {"requester", "owner"} else []
    said.append(blocks.buttons([*own, *steps, blocks.button("History", HISTORY, request.id)]))
    said.append(blocks.buttons(_beside(request, user_id)))
    return Message(blocks.escape(f"{request.number} {title(request)}"), tuple(said))


def listed(found: Sequence[DataRequest], names: Names, heading: str, nothing: str) -> Message:
    """Requests one below the other, each with a button that shows it in full."""
    if not found:
        return blocks.said(nothing)
    said: list[Block] = [blocks.paragraphs(blocks.line(blocks.words(heading, "bold")))]
    for place, each in enumerate(found[:LISTED]):
        whose = waits_for(each)
        told = f"{each.number}  {title(each)} ({named(each.state)}), needed by {each.needed_by or '?'}"
        turn = f"\nWaits for {_whose(each, names, whose)}" if whose else ""
        route = TERMS if each.state == "draft" else OPEN
        label = "Go on" if each.state == "draft" else "Open"
        button = blocks.spoken(blocks.button(label, blocks.numbered(route, place), each.id), f"{label} {each.number}")
        said.append(blocks.row(told + turn, button))
    if len(found) > LISTED:
        said.append(blocks.small_print(f"And {len(found) - LISTED} more."))
    return Message(blocks.escape(heading), tuple(said))


def _head(shown: Shown) -> list[Block]:
    request, names = shown.request, shown.names
    owner = (
        f"{person_name(request.owner, names)} has it" if request.owner else "nobody has said that the data is theirs"
    )
    lines = [
        blocks.line(blocks.words(f"{request.number}  {title(request)}", "bold"),
                    blocks.words(f"  ({named(request.state)})")),
        blocks.line(blocks.words("Purpose: ", "bold"), blocks.words(blocks.cut(request.purpose or "?", _TEXT))),
        _line(f"{person_name(request.requester, names)} asks; {owner}. Needed by {request.needed_by or '?'}."),
        _line(f"Of: {blocks.cut(request.population or '?', 300)}"),
    ]  # fmt: skip
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
    delivered = [
        f"Delivered on {each.at[:10]}: {' '.join(part for part in (each.link, each.place, each.data_version) if part)}"
        for each in request.deliveries[-3:]
    ]
    checked = [_check_line(each) for each in shown.checks[:3]]
    told = {
        "Serves": shown.serves or request.serves, "Component": shown.component,
        "Agreed on": request.agreed_at[:10], "Copied from": request.copied_from,
    }  # fmt: skip
    lines = [f"{label}: {value}" for label, value in told.items() if value]
    source = [blocks.line(blocks.words("From "), blocks.link(request.source_link, "this message"))]
    return [_line(each) for each in (*lines, *delivered, *checked, *shown.senses)] + (
        source if request.source_link else []
    )


def _check_line(check: Check) -> str:
    broken = f"{len(check.broken)} of {len(check.judged)} expectations broken" if check.broken else "all kept"
    return f"Sample {check.file_name}, checked on {check.at[:10]}: {check.problem or broken}"


def _line(text: str) -> Block:
    return blocks.line(blocks.words(text))


def _step(act: Act, request: DataRequest) -> Block:
    seen = f":{mark_of(request)}" if act in ("agree", "accept", "return") else ""
    action_id, value = blocks.numbered(STEP, list(STEP_LABELS).index(act)), f"{act}:{request.id}{seen}"
    return blocks.button(STEP_LABELS[act], action_id, value, "primary" if act in _PRIMARY else None)


def _terms_button(request: DataRequest) -> list[Block]:
    is_open = request.state in ("draft", "open", "needs info", "negotiating", "agreed", "changed")
    return [blocks.button("Terms", TERMS, request.id)] if is_open else []


def _beside(request: DataRequest, user_id: str = "") -> list[Block]:
    """What anybody can do with a request, besides its steps."""
    follow = "Stop following" if user_id in request.followers and user_id else "Follow"
    follows = [blocks.button(follow, FOLLOW, request.id)] if request.state not in (*ENDED, "draft") else []
    is_checked = request.state in ("agreed", "delivered", "accepted", "changed")
    check = [blocks.button("Check a sample", CHECK, request.id)] if is_checked else []
    return [*check, *follows, blocks.button("Copy as new", COPY, request.id)]
