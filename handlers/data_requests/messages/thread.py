"""What is said in the thread of a data request, and to people of it, when something becomes of it."""

from collections.abc import Sequence

from handlers.access.recipients import Destination
from handlers.agreements.clauses import Names, offer_words
from handlers.data_requests.messages import buttons
from handlers.data_requests.rules.clauses import TERMS
from handlers.data_requests.rules.moves import Act, Move
from handlers.data_requests.rules.status import ENDED, named, waits_for
from handlers.data_requests.rules.wording import title
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message
from storage.data_requests.checks import Check, Finding
from storage.data_requests.data_requests import DataRequest
from storage.data_requests.notes import Note
from storage.engine.interface import WORKSPACE
from storage.records.offers import Offer

_DID: dict[Act, str] = {"send": "asked for data", "edit": "changed what is asked", "offer": "offered"}
_DID |= {"ask": "asked a question", "answer": "answered", "agree": "agreed", "decline": "declined"}
_DID |= {"withdraw": "withdrew it", "deliver": "delivered", "accept": "accepted what was delivered"}
_DID |= {"return": "sent it back", "change": "announced a change", "take": "said that the data is theirs"}
_DID |= {"hand over": "named another owner", "expire": "ended it"}
_TEXT = 1500
#: Rows of Slack's table with its head, and characters in it.
_ROWS, _TABLE = 100, 9_500
_KEPT = {True: "kept", False: "broken", None: "a sample cannot tell"}


def place_of(request: DataRequest) -> Destination:
    return Destination(request.team_id, request.channel, thread=request.thread)


def did(made: Move) -> str:
    """Return what somebody did, for the history and for the thread."""
    if made.act == "edit" and not made.offers:
        return "changed the first pages"
    about = ", ".join(TERMS[term_id].label.lower() for term_id in made.offers)
    return f"{_DID[made.act]}: {about}" if about else _DID[made.act]


def note_of(made: Move) -> str:
    delivered = made.delivered
    if delivered is not None:
        return " ".join(each for each in (delivered.link, delivered.place, delivered.data_version) if each)
    return made.note


def became(old: DataRequest, request: DataRequest, made: Move, names: Names) -> Message:
    """A reply in the thread: who did what, and whose move it is now, who is notified of it."""
    told = did(made)
    who = blocks.words(names.get(made.by, "Somebody") if made.by else "Common Ground", "bold")
    line = blocks.line(who, blocks.words(f" {told}."))
    said = [line, *_quoted(note_of(made))]
    side = "Offered" if made.act == "offer" else "Asked"
    for term_id, offer in made.offers.items():
        words = f"{side}: {blocks.cut(offer_words(TERMS[term_id], offer, names), _TEXT)}"
        said[:1] = [blocks.line(who, blocks.words(f" changed {TERMS[term_id].label.lower()}. {words}"))]
    if request.state == "agreed" and made.act == "agree":
        recorded = f" It is in the decision log as {request.agreed_in}." if request.agreed_in else ""
        said.append(blocks.line(blocks.words(f"Both sides have agreed to the same version.{recorded}")))
    return Message(blocks.escape(f"{request.number}: {told}"), (blocks.paragraphs(*said, *_turn(old, request, made)),))


def _turn(old: DataRequest, request: DataRequest, made: Move) -> list[Block]:
    """Notify whose move it is, once for several changes in a row, unless they just made one."""
    if request.state in ENDED or made.act in ("take", "hand over"):
        both = [each for each in (request.requester, old.owner, request.owner) if each and each != made.by]
        people = [each for who in dict.fromkeys(both) for each in (blocks.person(who), blocks.words(" "))]
        return [blocks.line(*people, blocks.words(f"it is {named(request.state)}."))] if people else []
    whose = waits_for(request)
    who = request.owner if request.turn == "owner" else request.requester if request.turn == "requester" else ""
    is_known = (old.turn, old.state, len(old.deliveries)) == (request.turn, request.state, len(request.deliveries))
    if not whose or not who or who == made.by or is_known:
        return []
    _, _, what = whose.partition(": ")
    return [blocks.line(blocks.person(who), blocks.words(f", it is your move: {what}."))]


def for_owner(request: DataRequest, by: str) -> Message:
    """Tell who owns the data, once, that somebody asks for it."""
    told = f" asks for data that is yours: {request.number}, {title(request)}, needed by {request.needed_by}."
    who = blocks.line(blocks.person(by or request.requester), blocks.words(told))
    return _with_steps(
        request, f"{request.number}: {title(request)}", [who, *_quoted(request.purpose)], buttons.terms(request)
    )


def for_finder(request: DataRequest, term_id: str, said: Offer, by: str) -> Message:
    label = TERMS[term_id].label.lower()
    told = f" counts on you to find out {label} for {request.number}, {title(request)}, by {said.until}."
    return _with_steps(request, f"{request.number}: {label}", [blocks.line(blocks.person(by), blocks.words(told))])


def for_follower(request: DataRequest, made: Move) -> Message:
    told = f"{request.number}, {title(request)}, which you follow: it is {named(request.state)} now."
    return _with_steps(request, told, [blocks.line(blocks.words(told)), *_quoted(made.note)])


def lost(request: DataRequest, reason: str) -> Message:
    """Tell who asks that the thread takes no more, and how it goes on."""
    told = (
        f"I could not write in the thread of {request.number}, {title(request)}: Slack says “{reason}”. "
        f"The request lives on. {_mend(request)}"
    )
    steps = [blocks.button("Open a new thread", buttons.REPOST, request.id), buttons.opening(request)]
    return Message(blocks.escape(told), (blocks.paragraphs(blocks.line(blocks.words(told))), blocks.buttons(steps)))


def _with_steps(request: DataRequest, text: str, lines: Sequence[Block], *more: Block) -> Message:
    """Return a message to one person, with what opens the request."""
    below = blocks.buttons([buttons.opening(request), *more])
    return Message(blocks.escape(text), (blocks.paragraphs(*lines), below))


def _quoted(text: str) -> list[Block]:
    return [blocks.quotation(blocks.words(blocks.cut(text, _TEXT)))] if text else []


def _mend(request: DataRequest) -> str:
    """Say what helps: a request of a private channel has no other place to go to."""
    if request.visibility != WORKSPACE:
        return "Invite me into its channel again, or unarchive it, and open a new thread; or copy it as a new one."
    return (
        "Invite me into its channel again and open a new thread, or type in another channel: "
        f"/data-request {request.number} repost"
    )


def moved(request: DataRequest) -> Message:
    """What is left of a thread in whose place another one was opened."""
    return blocks.said(f"{request.number}, {title(request)}, goes on in another thread.")


def contract_comment(request: DataRequest) -> str:
    return (
        f"The contract of {request.number} in the Open Data Contract Standard. "
        f"As it stands now: `/data-request {request.number}`"
    )


def noted(request: DataRequest, note: Note) -> Message:
    return blocks.said(f"Kept as a note on {title(request)}: {blocks.cut(note.text, 200)}")


def checked(request: DataRequest, check: Check) -> Message:
    """What was found in a sample, as a table, what is broken first: no value of the data, only counts and shares."""
    heading = f"{request.number}: sample {check.file_name}, {summary(check)}"
    if check.problem:
        return blocks.said(f"{request.number}: the sample {check.file_name} could not be checked. {check.problem}")
    order = {False: 0, None: 1, True: 2}
    listed = sorted(check.findings, key=lambda each: order[each.is_kept])
    rows = _rows_of([("Expected", "Found", ""), *((each.expected, each.found, _KEPT[each.is_kept]) for each in listed)])
    left = len(listed) - len(rows) + 1
    more = f"And {left} more. The whole list comes from: python -m bot requests check {request.number} FILE"
    text = "\n".join([heading, *(" | ".join(each) for each in rows)])
    head = blocks.paragraphs(blocks.line(blocks.words(heading, "bold")))
    below = [blocks.small_print(more)] if left > 0 else []
    otherwise = blocks.cut(blocks.escape(text), 3700) + (f"\n{more}" if left > 0 else "")
    return Message(blocks.escape(heading), (head, blocks.table(rows), *below), otherwise=otherwise)


def _rows_of(rows: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    while len(rows) > _ROWS or sum(len(cell) for row in rows for cell in row) > _TABLE:
        rows.pop()
    return rows


def summary(check: Check) -> str:
    return f"{len(check.broken)} of {len(check.judged)} broken" if check.broken else "everything kept"


def given(check: Check, name: str) -> Message:
    return blocks.said(f"{name} gives a sample, {check.file_name}, to be checked against what was agreed.")


def finding_lines(findings: Sequence[Finding]) -> list[str]:
    return [f"{_KEPT[each.is_kept]}: {each.expected}; found {each.found}" for each in findings]
