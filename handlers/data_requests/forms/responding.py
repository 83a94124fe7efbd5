"""What somebody may do with a data request now, and what is still open, as forms of buttons."""

from collections.abc import Sequence

from handlers.agreements.clauses import Names
from handlers.data_requests.forms.terms import OPEN, kinds_of
from handlers.data_requests.messages import buttons, record
from handlers.data_requests.rules.clauses import TERMS, OpenPoint, open_points
from handlers.data_requests.rules.moves import may, may_open_terms, why_not_check
from handlers.data_requests.rules.status import Role
from handlers.slack import blocks
from handlers.slack.blocks import Block, Modal
from storage.data_requests.data_requests import DataRequest

_BYSTANDER = "You have no part in this request. Ask your questions in its thread."
_NOTHING_OPEN = "Everything is set. Both sides can agree."


def responding(request: DataRequest, names: Names, roles: frozenset[Role], user_id: str) -> Modal:
    """What this person may do now, what most people do first, and the rest in a menu."""
    is_part = bool(roles & {"requester", "owner"})
    steps = buttons.steps(request, roles)
    if may_open_terms(request, roles):
        steps.insert(1, _terms(request, roles))
    if is_part and not why_not_check(request):
        steps.append(blocks.button("Check a sample", buttons.CHECK, request.id))
    steps += buttons.beside(request, roles, is_follower=user_id in request.followers)
    told = [] if is_part else [blocks.small_print(_BYSTANDER)]
    return Modal("said", "Respond", (_head(request, names), *told, *_rows(steps)))


def _terms(request: DataRequest, roles: frozenset[Role]) -> Block:
    if "requester" not in roles and kinds_of(request, OPEN):
        return blocks.button("Make an offer", buttons.THEME, f"{request.id}:{OPEN}")
    return blocks.button("Change the terms", buttons.TERMS, request.id)


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
    """Each open point, with the button that settles it for who may."""
    left = open_points(request)
    rows = [_open_row(each, place, request, roles) for place, each in enumerate(left)]
    told = [] if left else [blocks.sentence(_NOTHING_OPEN)]
    return Modal("said", "What's open", (_head(request, names), *told, *rows))


def _open_row(point: OpenPoint, place: int, request: DataRequest, roles: frozenset[Role]) -> Block:
    told = f"{point.told[:1].upper()}{point.told[1:]}"
    button = _settling(point, request, roles)
    if button is None:
        return blocks.sentence(told)
    numbered = {**button, "action_id": blocks.numbered(str(button["action_id"]), place)}
    return blocks.row(told, blocks.spoken(numbered, f"{told}: settle"))


def _settling(point: OpenPoint, request: DataRequest, roles: frozenset[Role]) -> Block | None:
    """Return the button that settles an open point; None for who may not."""
    if point.id == "owner":
        label, value = buttons.STEP_LABELS["hand over"], f"hand over:{request.id}"
        return blocks.button(label, buttons.STEP, value) if may(request, "hand over", roles) else None
    if point.id not in TERMS or not may_open_terms(request, roles):
        return None
    return blocks.button("Settle", buttons.THEME, f"{request.id}:{point.id}")
