"""What somebody may do with a data request now, and what is still open, as forms of buttons."""

from collections.abc import Sequence

from handlers.agreements.clauses import Names
from handlers.data_requests.forms.terms import OPEN
from handlers.data_requests.messages import buttons, finding, record
from handlers.data_requests.rules.besides import why_not_check
from handlers.data_requests.rules.clauses import TERMS, OpenPoint, open_points
from handlers.data_requests.rules.finding import to_find
from handlers.data_requests.rules.moves import mark_of_term, may, may_open_terms, side_of
from handlers.data_requests.rules.status import TALKING, Role
from handlers.data_requests.rules.wording import term_words
from handlers.slack import blocks
from handlers.slack.blocks import Block, Modal
from storage.data_requests.data_requests import DataRequest, Term

_BYSTANDER = "You aren't part of this request. Ask your questions in its thread."
_NOTHING_OPEN = "Everything is set. Both sides can agree."
_TEXT = 600


def responding(request: DataRequest, names: Names, roles: frozenset[Role], user_id: str) -> Modal:
    """What this person may do now, what most people do first, and the rest in a menu."""
    is_part = bool(roles & {"requester", "owner"})
    finds = [finding.answer(request, term_id, place) for place, term_id in enumerate(to_find(request, user_id))]
    steps = [*finds, *buttons.steps(request, roles)]
    if may_open_terms(request, roles):
        steps.insert(0 if _is_first(request, roles) else 1, _terms(request, roles))
    if is_part and not why_not_check(request):
        label = "Fill in from a sample" if request.state in TALKING else "Check a sample"
        steps.append(blocks.button(label, buttons.CHECK, request.id))
    steps += buttons.beside(request, roles, is_follower=user_id in request.followers)
    told = [] if is_part or finds else [blocks.small_print(_BYSTANDER)]
    return Modal("said", "Respond", (_head(request, names), *told, *_rows(steps)))


def _is_first(request: DataRequest, roles: frozenset[Role]) -> bool:
    """Tell whether somebody is to make the first offer."""
    is_new = not any(each.offered for each in request.terms.values())
    is_owners = "owner" in roles and request.turn == "owner" and request.state in TALKING
    return is_new and is_owners and bool(open_points(request))


def _terms(request: DataRequest, roles: frozenset[Role]) -> Block:
    if "requester" in roles or not _is_first(request, roles):
        return blocks.button("Change the terms", buttons.TERMS, request.id)
    return blocks.button("Make an offer", buttons.THEME, f"{request.id}:{OPEN}", "primary")


def _rows(elements: Sequence[Block]) -> list[Block]:
    """Return rows of three buttons; what is over stands in the menu of the last."""
    over = len(elements) - blocks.IN_ROW - blocks.IN_MENU
    first = blocks.IN_ROW * max(0, -(-over // blocks.IN_ROW))
    rows = [blocks.buttons(elements[at : at + blocks.IN_ROW]) for at in range(0, first, blocks.IN_ROW)]
    return [*rows, blocks.in_row(elements[first:])]


def _head(request: DataRequest, names: Names) -> Block:
    following = record.next_words(request, names)
    lines = [blocks.line(blocks.words(following))] if following else []
    return blocks.paragraphs(record.lead(request), *lines)


def whats_open(request: DataRequest, names: Names, roles: frozenset[Role]) -> Modal:
    """Each open point, with the button that settles it for who may; the terms also all at once."""
    left = open_points(request)
    rows = [_open_row(each, place, request, names, roles) for place, each in enumerate(left)]
    told = [] if left else [blocks.sentence(_NOTHING_OPEN)]
    is_several = may_open_terms(request, roles) and len([each for each in left if each.id in TERMS]) > 1
    at_once = blocks.button("Fill in all", buttons.THEME, f"{request.id}:{OPEN}", "primary")
    below = [blocks.buttons([at_once])] if is_several else []
    return Modal("said", "What's open", (_head(request, names), *told, *rows, *below))


def _open_row(point: OpenPoint, place: int, request: DataRequest, names: Names, roles: frozenset[Role]) -> Block:
    told = f"{point.told[:1].upper()}{point.told[1:]}"
    term = request.terms.get(point.id)
    if term is not None:
        told = f"{told}\n{blocks.cut(term_words(request, TERMS[point.id], term, names), _TEXT)}"
    settling = _settling(point, request, roles)
    if settling is None:
        return blocks.sentence(told)
    label, route, value = settling
    button = blocks.button(label, blocks.numbered(route, place), value)
    return blocks.row(told, blocks.spoken(button, f"{label}: {point.told}"))


def _settling(point: OpenPoint, request: DataRequest, roles: frozenset[Role]) -> tuple[str, str, str] | None:
    """Return the button that settles an open point: its label, route and value; None for who may not."""
    if point.id == "owner":
        found = ("Choose an owner", buttons.STEP, f"hand over:{request.id}")
        return found if may(request, "hand over", roles) else None
    if point.id not in TERMS or not may_open_terms(request, roles):
        return None
    term = request.terms.get(point.id, Term())
    other = term.asked if side_of(roles) == "offer" else term.offered
    if other is not None and term.agreed is None:
        return "Accept theirs", buttons.TAKE_IT, f"{request.id}:{point.id}:{mark_of_term(request, point.id)}"
    return "Fill in", buttons.THEME, f"{request.id}:{point.id}"
