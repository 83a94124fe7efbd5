"""What is said in the thread of a data request when something becomes of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from handlers.access.recipients import Destination
from handlers.agreements.clauses import Names, offer_words, person_name
from handlers.checks.dates import day
from handlers.data_requests.messages import buttons
from handlers.data_requests.messages.record import next_words
from handlers.data_requests.rules.clauses import TERMS
from handlers.data_requests.rules.moves import Act, Move
from handlers.data_requests.rules.named import asked_words
from handlers.data_requests.rules.status import ENDED, waits_for
from handlers.data_requests.rules.versions import version_of
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


@dataclass(frozen=True, slots=True)
class Suggested:
    """Somebody who may have such data, and why, in a few words."""

    user_id: str
    why: str


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
    if made.act == "agree" and request.state == "agreed":
        return _agreed(request, made, names)
    told, who = did(made, old.terms), who_did(made, names)
    said = blocks.line(blocks.words(who, "bold"), blocks.words(f" {told}{_terms_words(made, names)}."))
    quoted = _quoted("" if made.offers else note_of(made))
    following = [*_differing(request, made, names), *_stood_by(request, made, who), *_turn(old, request, made, names)]
    is_next = bool(waits_for(request)) and bool(following)
    return _reply(request, f"{who} {told}", [said, *quoted, *following], is_next=is_next)


def _reply(request: DataRequest, news: str, lines: Sequence[Block], *, is_next: bool) -> Message:
    """Return a reply; where somebody is next, with the button that the next reply takes over."""
    text = blocks.escape(f"{request.number} · {title(request)}: {news}")
    if not is_next:
        return Message(text, (blocks.paragraphs(*lines),))
    below = blocks.buttons([buttons.respond_in_thread(request)])
    return Message(text, (blocks.paragraphs(*lines), below), asks=(request.thread,))


def _agreed(request: DataRequest, made: Move, names: Names) -> Message:
    """Say that both sides have agreed; the contract comes beside it."""
    version = f" · version {version_of(request)} · contract attached (ODCS, readable)."
    due = f" Delivery due {day(request.needed_by)}." if request.needed_by else ""
    decision = f" Decision {request.agreed_in}." if request.agreed_in else ""
    lines = [blocks.line(blocks.words("Agreed", "bold"), blocks.words(f"{version}{due}{decision}"))]
    following = [_next(request, names, request.owner)] if request.owner != made.by else []
    return _reply(request, "agreed", [*lines, *following], is_next=True)


def declined(request: DataRequest, made: Move, names: Names, others: Sequence[Suggested]) -> Message:
    """Say that somebody declined, and to who requested it whom else to ask."""
    who = who_did(made, names)
    lines = [blocks.line(blocks.words(who, "bold"), blocks.words(" declined.")), *_quoted(made.note)]
    told = [f"{person_name(each.user_id, names)} ({each.why})" for each in others]
    ask = f", you could ask {' or '.join(told)} instead. " if told else ", you can ask somebody else. "
    kept = blocks.words(f"{ask}What you filled in is kept.")
    below = blocks.buttons([buttons.ask_another(request)])
    text = blocks.escape(f"{request.number} · {title(request)}: {who} declined")
    return Message(text, (blocks.paragraphs(*lines, blocks.line(blocks.person(request.requester), kept)), below))


def said_when_named(request: DataRequest, parts: Sequence[str], reason: str) -> str:
    """Return what somebody says to what they are named for, after their name."""
    return f"{'declined to' if reason else 'agreed to'} {asked_words(request, parts)}"


def named_answered(request: DataRequest, did: str, reason: str, by: str, names: Names) -> Message:
    """Say to both sides what somebody says who is named in a request; where it is no, they name somebody else."""
    who = names.get(by, "Somebody")
    lines = [blocks.line(blocks.words(who, "bold"), blocks.words(f" {did}.")), *_quoted(reason)]
    sides = dict.fromkeys(each for each in (request.requester, request.owner) if each)
    copied = [_copied_to(sides)] if reason else []
    return _reply(request, f"{who} {did}", [*lines, *copied], is_next=bool(reason))


def _stood_by(request: DataRequest, made: Move, who: str) -> list[Block]:
    """Say that who filled in the last open term agrees by it."""
    is_by = made.offers and made.by in [each.user_id for each in request.agreements.values()]
    return [blocks.line(blocks.words(f"Nothing is left open, so {who} agrees."))] if is_by else []


def _terms_words(made: Move, names: Names) -> str:
    """Return what somebody said of terms, after what they did."""
    said = [(TERMS[term_id], offer) for term_id, offer in made.offers.items()]
    sources = dict.fromkeys(offer.source for _, offer in said if offer.source)
    source = f" (from {', '.join(sources)})" if sources else ""
    if len(said) == 1:
        return f": {blocks.cut(offer_words(*said[0], names), _TEXT)}{source}"
    told = [f"{kind.label.lower()} {blocks.cut(offer_words(kind, offer, names), _TERM)}" for kind, offer in said]
    more = f"; and {len(told) - _LISTED} more" if len(told) > _LISTED else ""
    return f": {'; '.join(told[:_LISTED])}{more}{source}" if told else ""


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
    return blocks.said(f"{request.number} · {title(request)} continues in a new thread.")


def contract_comment(request: DataRequest) -> str:
    return f"{request.number}: the contract as Open Data Contract Standard (ODCS)"


def noted(request: DataRequest, note: Note) -> Message:
    return blocks.said(f"Kept as a note on {title(request)}: {blocks.cut(note.text, 200)}")
