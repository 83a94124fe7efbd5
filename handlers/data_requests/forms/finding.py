"""The form of one term, for whoever was asked to find it out."""

from handlers.agreements.fields import among_others
from handlers.data_requests.context import FormNote
from handlers.data_requests.messages.finding import FIND_OUT
from handlers.data_requests.rules.clauses import TERMS
from handlers.data_requests.rules.wording import title
from handlers.slack import blocks
from handlers.slack.blocks import Modal
from storage.data_requests.data_requests import DataRequest
from storage.records.offers import Offer


def form(request: DataRequest, term_id: str) -> Modal:
    """The fields of a term, empty; that it is unknown still, or not needed, is for the two sides to say."""
    kind = TERMS[term_id]
    _, *fields = among_others(kind, Offer(), [part for part in kind.parts if not part.is_former], FIND_OUT)
    about = blocks.line(blocks.words(f"{request.number} · {title(request)}", "bold"))
    asked = blocks.line(blocks.words(f"Both sides will see your answer on {kind.label.lower()}."))
    note = FormNote(request.id, theme=term_id).as_text()
    return Modal(FIND_OUT, "Find out", (blocks.paragraphs(about, asked), *fields), "Save", note)
