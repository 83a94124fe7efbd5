"""How data requests, and what was noted of data, look to who looks through all records."""

from collections.abc import Mapping, Sequence
from functools import partial

from handlers.checks.dates import day
from handlers.data_requests.messages import buttons
from handlers.data_requests.rules.status import named
from handlers.data_requests.rules.wording import title
from handlers.hooks.finding import Finds, Hit
from handlers.slack import blocks
from handlers.slack.action_ids import ASK
from storage.data_requests.data_requests import REQUESTS, DataRequest
from storage.data_requests.notes import NOTES, Note
from storage.engine.interface import Reader

_SHORT = 120


def tell(reader: Reader, team_id: str, ids: Sequence[str], visible: Sequence[str]) -> Mapping[str, Hit]:
    found = REQUESTS.by_id(reader, team_id, visible, ids)
    return {name: _hit(each) for name, each in found.items()}


def _hit(request: DataRequest) -> Hit:
    button = blocks.spoken(blocks.button("Open", buttons.OPEN, request.id), f"Open {request.number}")
    name = f"{request.number} · {title(request)}"
    return Hit("Data request", name, partial(_stands, request), button, (request.requester, request.owner))


def _stands(request: DataRequest, names: Mapping[str, str]) -> str:
    who = f"requested by {names.get(request.requester, 'somebody')}"
    owner = f" from {names.get(request.owner, 'somebody')}" if request.owner else ""
    return f"{named(request.state)}, {who}{owner}, {day(request.created_at)}"


def tell_notes(reader: Reader, team_id: str, ids: Sequence[str], visible: Sequence[str]) -> Mapping[str, Hit]:
    return {name: _note_hit(each) for name, each in NOTES.by_id(reader, team_id, visible, ids).items()}


def _note_hit(note: Note) -> Hit:
    button = blocks.spoken(blocks.button("Open", ASK, f"data-request list {note.data_key}"), "Open the data")
    name = blocks.cut(" ".join(note.text.split()), _SHORT)
    return Hit("Note on data", name, partial(_kept, note), button, (note.author,))


def _kept(note: Note, names: Mapping[str, str]) -> str:
    return f"noted from {names.get(note.author, 'somebody')}, {day(note.at)}"


FINDS = Finds({"data request": tell, "data note": tell_notes})
