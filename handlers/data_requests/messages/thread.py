"""What is said in the thread of a data request when something becomes of it."""

from collections.abc import Iterable, Mapping

from handlers.access.recipients import Destination
from handlers.agreements.clauses import Names, offer_words
from handlers.checks.dates import day
from handlers.data_requests.messages import buttons
from handlers.data_requests.messages.record import next_words
from handlers.data_requests.rules.clauses import TERMS
from handlers.data_requests.rules.moves import Act, Move
from handlers.data_requests.rules.status import ENDED, waits_for
from handlers.data_requests.rules.wording import title
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message
from storage.data_requests.data_requests import DataRequest, Term
from storage.data_requests.notes import Note
from storage.records.offers import Offer

_DID: Mapping[Act, str] = {
    "send": "sent the request",
    "edit": "changed the request",
    "ask": "asked a question",
    "answer": "answered",
    "agree": "agreed to the terms",
    "decline": "declined",
    "withdraw": "withdrew the request",
    "deliver": "delivered",
    "accept": "accepted the delivery",
    "return": "sent the delivery back",
    "change": "announced a change",
    "take": "took this data on",
    "hand over": "chose another owner",
    "expire": "closed the request",
}
_TEXT, _TERM, _LISTED = 1500, 120, 6


def place_of(request: DataRequest) -> Destination:
    return Destination(request.team_id, request.channel, thread=request.thread)


def did(made: Move, before: Mapping[str, Term]) -> str:
    """Return what somebody did, for the history and for the thread; ``before`` are the terms before it."""
    if not made.offers:
        return _DID[made.act]
    is_asked = made.act == "edit"
    said = {term_id: term.asked if is_asked else term.offered for term_id, term in before.items()}
    verb = "changed" if all(said.get(term_id) for term_id in made.offers) else "set"
    if len(made.offers) > 1:
        return f"{verb} {len(made.offers)} terms"
    return f"{verb} {TERMS[next(iter(made.offers))].label.lower()}"


def who_did(made: Move, names: Names) -> str:
    return names.get(made.by, "Somebody") if made.by else "Common Ground"


def note_of(made: Move) -> str:
    delivered = made.delivered
    if delivered is not None:
        return " ".join(each for each in (delivered.link, delivered.place, delivered.data_version) if each)
    return made.note or ", ".join(TERMS[term_id].label.lower() for term_id in made.offers)


def became(old: DataRequest, request: DataRequest, made: Move, names: Names) -> Message:
    """A reply in the thread: who did what, and who is next, who is notified of it."""
    told = did(made, old.terms)
    if made.act == "agree" and request.state == "agreed":
        return _agreed(request, made, names)
    who = who_did(made, names)
    said = blocks.line(blocks.words(who, "bold"), blocks.words(f" {told}{_terms_words(made, names)}."))
    lines = [
        said,
        *_quoted("" if made.offers else note_of(made)),
        *_differing(request, made, names),
        *_turn(old, request, made, names),
    ]
    is_next = bool(waits_for(request)) and len(lines) > 1
    below = [blocks.buttons([buttons.respond(request)])] if is_next else []
    return Message(
        blocks.escape(f"{request.number} · {title(request)}: {who} {told}"), (blocks.paragraphs(*lines), *below)
    )


def _agreed(request: DataRequest, made: Move, names: Names) -> Message:
    """Say that both sides have agreed; the contract comes beside it."""
    version = f" · version {request.terms_version}.0.0 · contract attached (ODCS, readable). "
    due = f"Delivery due {day(request.needed_by)}." if request.needed_by else ""
    decision = f" Decision {request.agreed_in}." if request.agreed_in else ""
    lines = [blocks.line(blocks.words("Agreed", "bold"), blocks.words(f"{version}{due}{decision}"))]
    if request.owner != made.by:
        lines.append(_next(request, names, request.owner))
    text = blocks.escape(f"{request.number} · {title(request)}: agreed")
    return Message(text, (blocks.paragraphs(*lines), blocks.buttons([buttons.respond(request)])))


def _terms_words(made: Move, names: Names) -> str:
    """Return what somebody said of terms, after what they did."""
    said = [(TERMS[term_id], offer) for term_id, offer in made.offers.items()]
    if len(said) == 1:
        return f": {blocks.cut(offer_words(*said[0], names), _TEXT)}"
    told = [f"{kind.label.lower()} {blocks.cut(offer_words(kind, offer, names), _TERM)}" for kind, offer in said]
    more = f"; and {len(told) - _LISTED} more" if len(told) > _LISTED else ""
    return f": {'; '.join(told[:_LISTED])}{more}" if told else ""


def _differing(request: DataRequest, made: Move, names: Names) -> list[Block]:
    """Say where what somebody said differs from what the other side says."""
    of_owner = made.act == "offer"
    terms = {term_id: request.terms[term_id] for term_id in made.offers}
    others = {
        term_id: term.asked if of_owner else term.offered for term_id, term in terms.items() if term.agreed is None
    }
    told = [_beside(term_id, other, names) for term_id, other in others.items() if other is not None]
    what = "Differs from the request" if of_owner else "Differs from the offer"
    return [blocks.line(blocks.words(f"{what}: {'; '.join(told)}."))] if told else []


def _beside(term_id: str, other: Offer, names: Names) -> str:
    kind = TERMS[term_id]
    return f"{kind.label.lower()} was {blocks.cut(offer_words(kind, other, names), _TERM)}"


def _turn(old: DataRequest, request: DataRequest, made: Move, names: Names) -> list[Block]:
    """Notify who is next, once for several changes in a row, unless they just made one."""
    if request.state in ENDED or made.act in ("take", "hand over"):
        both = [each for each in (request.requester, old.owner, request.owner) if each and each != made.by]
        following = next_words(request, names)
        lines = [blocks.line(blocks.words(f"{following}."))] if following else []
        return [*lines, *([_copied_to(dict.fromkeys(both))] if both else [])]
    who = request.owner if request.turn == "owner" else request.requester if request.turn == "requester" else ""
    is_known = (old.turn, old.state, len(old.deliveries)) == (request.turn, request.state, len(request.deliveries))
    if not waits_for(request) or not who or who == made.by or is_known:
        return []
    return [_next(request, names, who)]


def _next(request: DataRequest, names: Names, who: str) -> Block:
    """Say what somebody has to do next, and notify them."""
    before, _, after = next_words(request, names).partition(names.get(who, "somebody"))
    return blocks.line(blocks.words(before), blocks.person(who), blocks.words(f"{after}."))


def _copied_to(people: Iterable[str]) -> Block:
    return blocks.line(
        blocks.words("cc "), *(part for who in people for part in (blocks.person(who), blocks.words(" ")))
    )


def _quoted(text: str) -> list[Block]:
    return [blocks.quotation(blocks.words(blocks.cut(text, _TEXT)))] if text else []


def moved(request: DataRequest) -> Message:
    """What is left of a thread in whose place another one was opened."""
    return blocks.said(f"{request.number} · {title(request)} goes on in a new thread.")


def contract_comment(request: DataRequest) -> str:
    return f"{request.number}: the contract as Open Data Contract Standard (ODCS)"


def noted(request: DataRequest, note: Note) -> Message:
    return blocks.said(f"Kept as a note on {title(request)}: {blocks.cut(note.text, 200)}")
