"""What is said to and of somebody who finds out a term, beside the button by which they answer it."""

from handlers.agreements.clauses import Names, offer_words
from handlers.data_requests.rules.clauses import TERMS
from handlers.data_requests.rules.wording import title
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message
from storage.data_requests.data_requests import DataRequest
from storage.records.offers import Offer

#: Opens the form of the one term ("ID:TERM"); the form has the same name.
FIND_OUT = "data_request_find_out"
_TEXT = 1500


def answer(request: DataRequest, term_id: str, place: int = 0) -> Block:
    """Return what opens the form of a term for whoever was asked to find it out; ``place`` sets several apart."""
    label, route = f"Fill in {TERMS[term_id].label.lower()}", blocks.numbered(FIND_OUT, place)
    return blocks.button(label, route, name_of(request, term_id), "primary")


def name_of(request: DataRequest, term_id: str) -> str:
    return f"{request.id}:{term_id}"


def found_out(request: DataRequest, term_id: str, said: Offer, names: Names) -> Message:
    """Say in the thread what was found out and by whom; both sides are notified."""
    kind, who = TERMS[term_id], names.get(said.by, "Somebody")
    label, words = kind.label.lower(), blocks.cut(offer_words(kind, said, names), _TEXT)
    line = blocks.line(blocks.words(who, "bold"), blocks.words(f" found out {label}: {words}."))
    sides = [each for each in dict.fromkeys((request.requester, request.owner)) if each and each != said.by]
    cc = [part for each in sides for part in (blocks.words(" "), blocks.person(each))]
    text = f"{request.number} · {title(request)}: {who} found out {label}"
    return Message(
        blocks.escape(text), (blocks.paragraphs(line, *([blocks.line(blocks.words("cc"), *cc)] if cc else [])),)
    )


def thanks(request: DataRequest, term_id: str) -> Message:
    return blocks.said(f"Saved. Both sides of {request.number} see your answer on {TERMS[term_id].label.lower()}.")
