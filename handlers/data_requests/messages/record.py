"""What people read of data requests: the first message of a thread, one in full, and lists."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.agreements.clauses import Names, person_name
from handlers.checks.dates import day
from handlers.data_requests.messages import buttons
from handlers.data_requests.messages.samples import summary
from handlers.data_requests.rules.clauses import open_points, required_set
from handlers.data_requests.rules.named import standing
from handlers.data_requests.rules.status import ENDED, TALKING, named, settled_terms, waits_for
from handlers.data_requests.rules.wording import set_up_words, term_lines, title
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message
from storage.data_requests.checks import Check
from storage.data_requests.data_requests import DataRequest, Delivered
from storage.data_requests.notes import Note

LISTED = 15
_TEXT, _PURPOSE, _OPEN, _NOTES = 600, 300, 3, 5


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
    #: How the latest change of the contract stands with those whom it concerns.
    changes: Sequence[str] = ()


def header(shown: Shown) -> Message:
    """The first message of the thread: how it stands, who is next, and what is open."""
    request, names = shown.request, shown.names
    lines = [*_head(shown), *(_line(each) for each in (next_words(request, names), _open_words(request)) if each)]
    if request.agreements and request.state in ("negotiating", "changed"):
        agreed = ", ".join(person_name(each.user_id, names) for each in request.agreements.values())
        lines.append(_line(f"Agreed so far: {agreed}"))
    return Message(_heading(request), (blocks.paragraphs(*lines), buttons.of_everybody(request)))


def record(shown: Shown) -> Message:
    """A request in full, for who asks to read it."""
    request, names = shown.request, shown.names
    known = f"Known already: {blocks.cut(request.known, _TEXT)}" if request.known else ""
    facts = [next_words(request, names), known, *set_up_words(request, names), *_facts(shown)]
    lines = [*_head(shown), *(_line(each) for each in facts if each)]
    link = blocks.line(blocks.words("From "), blocks.link(request.source_link, "this message"))
    said: list[Block] = [blocks.paragraphs(*lines, *([link] if request.source_link else []))]
    terms = [_labelled(f"{label}  ", blocks.cut(told, _TEXT)) for label, told in term_lines(request, names)]
    if terms:
        said.append(blocks.paragraphs(*terms))
    if left := _open_words(request):
        said.append(blocks.small_print(blocks.cut(left, _TEXT)))
    if shown.notes:
        notes = [_note(each, names) for each in shown.notes[:_NOTES]]
        said.append(blocks.paragraphs(blocks.line(blocks.words("Notes on this data", "bold")), *notes))
    return Message(_heading(request), (*said, buttons.of_everybody(request)))


def listed(found: Sequence[DataRequest], names: Names, heading: str, nothing: str) -> Message:
    """Requests one below the other, each with a button that shows it in full."""
    if not found:
        return blocks.said(nothing)
    rows = [_row(each, place, names) for place, each in enumerate(found[:LISTED])]
    more = [blocks.small_print(f"And {len(found) - LISTED} more.")] if len(found) > LISTED else []
    head = blocks.paragraphs(blocks.line(blocks.words(heading, "bold")))
    return Message(blocks.escape(heading), (head, *rows, *more))


def _row(request: DataRequest, place: int, names: Names) -> Block:
    needed = f" · needed by {day(request.needed_by)}" if request.needed_by else ""
    told = f"{request.number} · {title(request)} · {named(request.state)}{needed}"
    following = next_words(request, names)
    route, label = (buttons.TERMS, "Continue") if request.state == "draft" else (buttons.OPEN, "Open")
    button = blocks.button(label, blocks.numbered(route, place), request.id)
    text = f"{told}\n{following}" if following else told
    return blocks.row(text, blocks.spoken(button, f"{label} {request.number}"))


def lead(request: DataRequest) -> Block:
    """The line that names a request, and how it stands."""
    name = blocks.words(f"{request.number} · {title(request)}", "bold")
    return blocks.line(name, blocks.words(f" · {named(request.state)}"))


def next_words(request: DataRequest, names: Names) -> str:
    """Say who has to do what next; empty where nobody has to."""
    side, _, what = waits_for(request).partition(": ")
    if not side:
        return ""
    who = request.owner if side == "owner" else request.requester
    return f"Next: {person_name(who, names)} to {what}" if who else "Next: find out who owns this data"


def _head(shown: Shown) -> list[Block]:
    request, names = shown.request, shown.names
    serves = f" ({shown.serves or request.serves})" if shown.serves or request.serves else ""
    source = f"from {person_name(request.owner, names)}" if request.owner else "· owner not known yet"
    needed = f" · needed by {day(request.needed_by)}" if request.needed_by else ""
    requested = f"Requested by {person_name(request.requester, names)} {source}{needed}"
    purpose = request.purpose[:1].upper() + request.purpose[1:] or "Purpose not set"
    lines = [f"{blocks.cut(purpose, _PURPOSE)}{serves}", requested]
    if request.population:
        lines.append(f"Covers {blocks.cut(request.population, 300)}")
    if request.question and request.state == "needs info":
        lines.append(f"Question: {blocks.cut(request.question, _TEXT)}")
    if request.state in (*ENDED, "changed") and request.reason:
        label = "Announced" if request.state == "changed" else "Reason"
        lines.append(f"{label}: {blocks.cut(request.reason, _TEXT)}")
    return [lead(request), *(_line(each) for each in lines)]


def _open_words(request: DataRequest) -> str:
    """Say what is open before both sides can agree; empty where nothing is, or nobody talks about it."""
    left = [each for each in open_points(request) if each.id != "owner"]
    if not left or request.state not in ("draft", *TALKING, "changed"):
        return ""
    more = f" and {len(left) - _OPEN} more" if len(left) > _OPEN else ""
    done, of = required_set(request)
    sources = [each.source.partition(",")[0] for each in settled_terms(request).values() if each.source]
    proposed = f", {len(sources)} from {sources[0]}" if sources else ""
    return f"Open: {', '.join(each.told for each in left[:_OPEN])}{more} ({done} of {of} set{proposed})"


def _facts(shown: Shown) -> list[str]:
    request = shown.request
    told = {"Component": shown.component, "Copied from": request.copied_from, "Decision": request.agreed_in}
    lines = [f"{label}: {value}" for label, value in told.items() if value]
    lines += [f"Agreed {day(request.agreed_at)}"] if request.agreed_at else []
    lines += [*standing(request, shown.names), *(_delivered(each) for each in request.deliveries[-3:])]
    return [*lines, *shown.changes, *(_check_words(each) for each in shown.checks[:3]), *shown.senses]


def _delivered(delivered: Delivered) -> str:
    parts = (delivered.link, delivered.place, delivered.data_version)
    return f"Delivered {day(delivered.at)}: {' '.join(part for part in parts if part)}"


def _check_words(check: Check) -> str:
    return f"{check.file_name}, checked {day(check.at)}: {check.problem or summary(check)}"


def _note(note: Note, names: Names) -> Block:
    return _line(f"“{blocks.cut(note.text, 200)}” {person_name(note.author, names)}, {day(note.at)}")


def _heading(request: DataRequest) -> str:
    return blocks.escape(f"{request.number} · {title(request)} · {named(request.state)}")


def _line(text: str) -> Block:
    return blocks.line(blocks.words(text))


def _labelled(label: str, text: str) -> Block:
    return blocks.line(blocks.words(label, "bold"), blocks.words(text))
