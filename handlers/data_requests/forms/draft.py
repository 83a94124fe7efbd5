"""The forms of a data request: the first two pages, the terms one by one, and what a step needs to know."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.access.recipients import Facts
from handlers.agreements.clauses import Names, TermKind, offer_words
from handlers.agreements.fields import part_fields, stance_fields
from handlers.data_requests.context import Asker, FormNote
from handlers.data_requests.messages import buttons
from handlers.data_requests.rules.clauses import SET_UP_LABELS, SET_UP_PARTS, TERMS, gaps
from handlers.data_requests.rules.moves import mark_of_term, side_of
from handlers.data_requests.rules.status import Role, named
from handlers.data_requests.rules.wording import term_words, title
from handlers.slack import blocks
from handlers.slack.blocks import Block, Modal
from storage.data_requests.data_requests import DataRequest, Term
from storage.data_requests.notes import Note
from storage.engine.interface import WORKSPACE
from storage.records.offers import Offer

FIRST = "data_request_first"
SECOND = "data_request_second"
TERM = "data_request_term"
SEND = "data_request_send"
#: The routes of every choice in these forms: of a draft it is kept at once.
CHOSE, TERM_CHOSE = "data_request_chose", "data_request_term_chose"
FILL_IN = "data_request_fill_in"
BACK = "data_request_back"
TAKE_IT = "data_request_take_it"

_KEPT = "What you choose is kept at once, and what you type once you go on. Text typed before closing is lost."
_ENTITY_HINT = "In a few words, such as: berth arrivals."
_POPULATION_HINT = "Such as: all ships in the harbour, 2024 to 2025."
_TEXT = 300


def first_page(request: DataRequest, note: FormNote) -> Modal:
    serves = blocks.text_input(request.serves, max_length=_TEXT)
    population = blocks.text_input(request.population, max_length=_TEXT)
    owner = blocks.person_select(request.owner)
    fields = (
        blocks.field("purpose", "What is it for?", blocks.text_input(request.purpose, multiline=True)),
        blocks.field("serves", "Which decision or model does it serve?", serves, "Such as D-34, or churn model."),
        blocks.field("entity", "What data is it?", blocks.text_input(request.entity, max_length=80), _ENTITY_HINT),
        blocks.field("population", "Of whom or of what?", population, _POPULATION_HINT),
        _set_up(request),
        _watched("needed_by", "Needed by", blocks.date_picker(request.needed_by)),
        _watched("owner", "Who owns the data? Leave it empty if you do not know.", owner, optional=True),
        _where(request),
        blocks.small_print(_KEPT),
    )
    seen = "" if request.state == "draft" else str(request.version)
    told = replace(note, page="first", seen=seen).as_text()
    return Modal(FIRST, "Ask for data", fields, submit="Next", private_metadata=told)


def _where(request: DataRequest) -> Block:
    """What belongs to a private channel stands there; for the rest somebody chooses."""
    if request.visibility != WORKSPACE:
        return blocks.small_print("It belongs to this channel: only its members see it.")
    return _watched("channel", "The team's channel, where the thread opens", blocks.channel_select(request.channel))


def _set_up(request: DataRequest) -> Block:
    set_ups = [(label, name) for name, label in SET_UP_LABELS.items()]
    return _watched("set_up", "Where does it come from?", blocks.radio(set_ups, request.set_up))


def second_page(request: DataRequest, note: FormNote, others: Sequence[DataRequest], notes: Sequence[Note]) -> Modal:
    """What goes with where the data comes from; who asks for what others asked for may follow them instead."""
    fields = (
        *(_same_data(each, place) for place, each in enumerate(others[:3])),
        *_noted(notes[:3]),
        _set_up(request),
        *part_fields(SET_UP_PARTS.get(request.set_up, ()), request.more, CHOSE),
        blocks.small_print(_KEPT),
    )
    return Modal(SECOND, "Ask for data", fields, submit="Next", private_metadata=replace(note, page="second").as_text())


def _same_data(other: DataRequest, place: int) -> Block:
    follow = blocks.button("Follow it instead", blocks.numbered(buttons.FOLLOW, place), other.id)
    return blocks.row(f"{other.number} asks for this data too ({named(other.state)}).", follow)


def _noted(notes: Sequence[Note]) -> list[Block]:
    lines = [blocks.line(blocks.words(f"“{blocks.cut(each.text, 200)}” ({each.at[:10]})")) for each in notes]
    return [blocks.paragraphs(blocks.line(blocks.words("Notes on this data", "bold")), *lines)] if lines else []


def overview(request: DataRequest, roles: frozenset[Role], names: Names) -> Modal:
    """Every term with how it stands, in any order; sent from here while it is a draft."""
    note = FormNote(request.id).as_text()
    is_draft = request.state == "draft"
    lead = f"{request.number}  {title(request)}"
    may_fill_in = bool(roles & {"requester", "owner"})
    left = gaps(request)
    said: list[Block] = [blocks.paragraphs(blocks.line(blocks.words(lead, "bold")))]
    if "requester" in roles:
        said.append(blocks.buttons([blocks.button("Change the first pages", BACK, f"first:{request.id}")]))
    said += [_term_row(request, kind, names, may_fill_in=may_fill_in) for kind in TERMS.values()]
    sentence = f"To be settled before it is agreed: {len(left)}." if left else "Everything is settled. Both can agree."
    said.append(blocks.small_print(sentence))
    if is_draft:
        said.append(blocks.small_print("You can send it now and fill in the rest later. The draft is kept."))
    return Modal(SEND, "Data request", tuple(said), "Send" if is_draft else None, private_metadata=note)


def _term_row(request: DataRequest, kind: TermKind, names: Names, *, may_fill_in: bool) -> Block:
    term = request.terms.get(kind.id)
    told = term_words(request, kind, term, names) if term is not None else ""
    mark = "" if told else "needed before it is agreed" if kind.is_required else "may be left out"
    text = f"{kind.label}: {blocks.cut(told or mark, _TEXT)}"
    value = f"{request.id}:{kind.id}"
    label = "Change" if told else "Fill in"
    button = blocks.button(label, blocks.numbered(FILL_IN, list(TERMS).index(kind.id)), value)
    if not may_fill_in:
        return blocks.paragraphs(blocks.line(blocks.words(text)))
    return blocks.row(text, blocks.spoken(button, f"{label} {kind.label.lower()}"))


@dataclass(frozen=True, slots=True)
class Saying:
    """A person who says something of one term of a request; who owns the data offers it, who asks changes it."""

    it: Asker
    request: DataRequest
    kind: TermKind
    facts: Facts

    @property
    def term(self) -> Term:
        return self.request.terms.get(self.kind.id, Term())

    @property
    def is_owner(self) -> bool:
        return side_of(self.it.roles(self.request)) == "offer"

    @property
    def other(self) -> Offer | None:
        return self.term.asked if self.is_owner else self.term.offered

    @property
    def own(self) -> Offer:
        """Return what the person's side has said, else what the other has."""
        return (self.term.offered if self.is_owner else self.term.asked) or self.other or Offer()


def term_form(saying: Saying, entered: Offer, told: str = "") -> Modal:
    """One term, as a value, or not needed, or unknown; above it what the other side says, and what is told besides."""
    request, kind, term = saying.request, saying.kind, saying.term
    note = FormNote(request.id, term=kind.id, seen=mark_of_term(request, kind.id))
    head = [blocks.line(blocks.words(f"{request.number}  {kind.label}", "bold"))]
    for label, offer in (("Asked", term.asked), ("Offered", term.offered)):
        if offer is not None and request.state != "draft":
            words = blocks.words(blocks.cut(offer_words(kind, offer, saying.facts.names), 600))
            head.append(blocks.line(blocks.words(f"{label}: "), words))
    news = [blocks.small_print(told)] if told else []
    label = "Accept what is asked" if saying.is_owner else "Accept what is offered"
    is_open = saying.other is not None and term.agreed is None
    back = [blocks.button("Back to all terms", BACK, f"terms:{request.id}")]
    take = [blocks.button(label, TAKE_IT, f"{request.id}:{kind.id}", "primary")] if is_open else []
    above = (blocks.paragraphs(*head), *news, blocks.buttons([*take, *back]))
    below = [blocks.small_print(_KEPT)] if request.state == "draft" else []
    fields = (*above, *stance_fields(kind, entered, TERM_CHOSE), *below)
    return Modal(TERM, "Terms", fields, submit="Save", private_metadata=note.as_text())


def _watched(block_id: str, label: str, element: Block, *, optional: bool = False) -> Block:
    return blocks.watched(block_id, label, element, f"{CHOSE}:{block_id}", optional=optional)
