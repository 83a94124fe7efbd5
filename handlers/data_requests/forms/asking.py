"""The one form of a data request, six inputs at most; it is sent from there."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.agreements.clauses import Names, person_name
from handlers.checks.dates import day
from handlers.data_requests.context import Asker, FormNote
from handlers.data_requests.messages import buttons
from handlers.data_requests.rules.status import named
from handlers.data_requests.samples.forms import HINT, SAMPLE, sample_input
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message, Modal
from storage.data_requests.data_requests import DataRequest
from storage.data_requests.notes import Note
from storage.engine.interface import WORKSPACE
from storage.responsibilities import responsibilities
from storage.responsibilities.responsibilities import Component

FORM = "data_request_form"
#: Puts the field for a file in the place of the one for text, or back.
ATTACH = "data_request_attach"
_SHOWN = 3
_TEXT = 300
_KNOWN_HINT = (
    "For example: hourly, no personal data. Paste a header line or a CREATE TABLE, and I'll fill in the columns."
)


@dataclass(frozen=True, slots=True)
class Known:
    """What the form offers beside the request: components, other requests for the same data, and notes on it.

    ``asks_where``: nobody knows yet in which channel the thread opens. ``is_file``: a sample takes the place of words.
    """

    components: Sequence[Component] = ()
    others: Sequence[DataRequest] = ()
    notes: Sequence[Note] = ()
    asks_where: bool = False
    is_file: bool = False


async def form_for(it: Asker, request: DataRequest, note: FormNote | None = None) -> Modal:
    """Return the form of a request that is begun, copied or changed, as far as the person may choose in it."""
    return asking_form(request, note or FormNote(request.id), await known_of(it, request))


async def known_of(it: Asker, request: DataRequest) -> Known:
    """Return what may be named in a request: what is in a private channel, in its requests alone."""
    places = [each for each in dict.fromkeys((WORKSPACE, request.visibility)) if each in it.visible]
    components = await it.context.read(responsibilities.components, it.team_id, places)
    is_asked = not request.thread and request.visibility == WORKSPACE and not request.channel
    kept = [each for each in components if not each.is_retired or each.id == request.component_id]
    return Known(kept, asks_where=is_asked)


def asking_form(request: DataRequest, note: FormNote, known: Known) -> Modal:
    is_draft = request.state == "draft"
    entity, purpose = (
        blocks.text_input(request.entity, max_length=80),
        blocks.text_input(request.purpose, multiline=True),
    )
    owner, needed_by = blocks.person_select(request.owner), blocks.date_picker(request.needed_by)
    fields = (
        *(_same_data(each, place) for place, each in enumerate(known.others[:_SHOWN])),
        *(blocks.small_print(f"“{blocks.cut(each.text, 200)}” · {day(each.at)}") for each in known.notes[:_SHOWN]),
        blocks.field("entity", "What data do you need?", entity, "For example: berth arrivals, 2 years"),
        blocks.field("purpose", "What is it for?", purpose, "For example: to predict when a berth is free"),
        _where(request) if known.asks_where else _model(request, known.components),
        blocks.field("owner", "Who has it?", owner, "Leave it empty if you don't know.", optional=True),
        blocks.field("needed_by", "Needed by", needed_by, optional=not is_draft and not request.needed_by),
        *_already(request, note, is_file=known.is_file),
        *([blocks.small_print("Only members of this channel will see it.")] if request.visibility != WORKSPACE else ()),
    )
    return Modal(FORM, "Ask for data", fields, "Send" if is_draft else "Save", note.as_text())


def _model(request: DataRequest, components: Sequence[Component]) -> Block:
    label = "Which model or product?"
    if not components:
        serves = blocks.text_input(request.serves, max_length=_TEXT)
        return blocks.field("serves", label, serves, "For example: berth model, or D-34", optional=True)
    options = [(each.name, each.id) for each in components]
    return blocks.field("component", label, blocks.choice(options, request.component_id), optional=True)


def _where(request: DataRequest) -> Block:
    return blocks.field("channel", "In which channel should I ask?", blocks.channel_select(request.channel))


def _already(request: DataRequest, note: FormNote, *, is_file: bool) -> list[Block]:
    """Words, or a file in their place, or beside what the form can't carry; a sent request takes samples elsewhere."""
    label, typed = "Anything you know already?", blocks.text_input(request.known, multiline=True)
    words = blocks.field("known", label, typed, _KNOWN_HINT, optional=True)
    if request.state != "draft":
        return [words]
    if is_file and request.known and not note.known:
        return [words, _file("A sample")]
    button = blocks.button("Describe it instead" if is_file else "Attach a sample instead", ATTACH, request.id)
    return [_file(label) if is_file else words, blocks.buttons([button])]


def _file(label: str) -> Block:
    return blocks.field(SAMPLE, label, sample_input(), HINT, optional=True)


def _same_data(other: DataRequest, place: int) -> Block:
    follow = blocks.button("Follow it instead", blocks.numbered(buttons.FOLLOW, place), other.id)
    told = f"{other.number} already requests this data ({named(other.state)}). Send yours if you need something else."
    return blocks.row(told, blocks.spoken(follow, f"Follow {other.number} instead"))


def sent(request: DataRequest, names: Names) -> Message:
    """Say where the request stands, and who is asked."""
    owner = (
        f"I've asked {person_name(request.owner, names)}." if request.owner else "Whoever has the data can take it on."
    )
    lead, rest = blocks.words(f"{request.number} is in "), blocks.words(f". {owner}")
    line = blocks.line(lead, blocks.channel(request.channel), rest)
    return Message(blocks.escape(f"{request.number} is sent. {owner}"), (blocks.paragraphs(line),))
