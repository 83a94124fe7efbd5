"""The buttons of data requests, and the routes of all of them."""

from handlers.data_requests.rules.clauses import open_points
from handlers.data_requests.rules.moves import Act, mark_of, may
from handlers.data_requests.rules.status import Role, is_followable
from handlers.slack import blocks
from handlers.slack.action_ids import OPEN_REQUEST
from handlers.slack.blocks import Block
from storage.data_requests.data_requests import DataRequest

OPEN = OPEN_REQUEST
STEP = "data_request_step"
TERMS = "data_request_terms"
HISTORY = "data_request_history"
FOLLOW = "data_request_follow"
UNFOLLOW = "data_request_unfollow"
COPY = "data_request_copy"
CHECK = "data_request_check"
REPOST = "data_request_repost"
RESPOND = "data_request_respond"
OPEN_POINTS = "data_request_open_points"
#: Opens the form of a theme of terms ("ID:THEME"), and takes over what the other side says of one ("ID:TERM:MARK").
THEME = "data_request_theme"
TAKE_IT = "data_request_take_it"
#: What somebody says who is named in a request.
NAMED_YES, NAMED_NO = "data_request_named_yes", "data_request_named_no"

#: The steps as buttons, the one that most people press first.
STEP_LABELS: dict[Act, str] = {
    "take": "I own this data",
    "accept": "Accept",
    "agree": "Agree",
    "answer": "Answer",
    "deliver": "Deliver",
    "ask": "Ask a question",
    "return": "Send back",
    "change": "Announce a change",
    "decline": "Decline",
    "hand over": "Choose another owner",
    "withdraw": "Withdraw",
}
_PRIMARY: tuple[Act, ...] = ("agree", "accept", "take", "answer", "deliver")


def opening(request: DataRequest) -> Block:
    return blocks.button("Open", OPEN, request.id)


def terms(request: DataRequest) -> Block:
    return blocks.button("Terms", TERMS, request.id)


def respond(request: DataRequest) -> Block:
    return blocks.button("Respond", RESPOND, request.id)


def respond_in_thread(request: DataRequest) -> Block:
    """Return the button of a reply, which goes with the next one: it carries the thread."""
    return blocks.button("Respond", RESPOND, f"{request.id}:{request.thread}")


def going_on(request: DataRequest) -> Block:
    """Return what opens a request in a list: of a draft, its form."""
    return blocks.button("Continue", TERMS, request.id) if request.state == "draft" else opening(request)


def of_everybody(request: DataRequest) -> Block:
    """Return the row of the first message of a thread: what everybody may press."""
    follow = [blocks.button("Follow", FOLLOW, request.id)] if is_followable(request) else []
    return blocks.buttons([respond(request), terms(request), *follow])


def unfollow(request: DataRequest) -> Block:
    return blocks.button("Unfollow", UNFOLLOW, request.id)


def ask_another(request: DataRequest) -> Block:
    """Return what opens the form with all that was filled in, for somebody else to be asked."""
    return blocks.button("Ask somebody else", COPY, request.id)


def steps(request: DataRequest, roles: frozenset[Role]) -> list[Block]:
    """Return what somebody may do with a request as it stands; in the place of a step that cannot succeed, why."""
    return [_step(act, request) for act in STEP_LABELS if may(request, act, roles)]


def _step(act: Act, request: DataRequest) -> Block:
    if act == "agree" and (left := open_points(request)):
        # Before the owner has offered anything, an offer comes first.
        is_next = any(each.offered for each in request.terms.values())
        label = f"What's open ({len(left)})"
        return blocks.button(label, OPEN_POINTS, request.id, "primary" if is_next else None)
    seen = f":{mark_of(request)}" if act in ("agree", "accept", "return") else ""
    label = "Choose an owner" if act == "hand over" and not request.owner else STEP_LABELS[act]
    route = blocks.numbered(STEP, list(STEP_LABELS).index(act))
    return blocks.button(label, route, f"{act}:{request.id}{seen}", "primary" if act in _PRIMARY else None)


def beside(request: DataRequest, roles: frozenset[Role], *, is_follower: bool) -> list[Block]:
    """Return what may be done with a request besides its steps."""
    is_part = bool(roles & {"requester", "owner"})
    found = [blocks.button("Follow", FOLLOW, request.id)] if is_followable(request) and not is_part else []
    return [
        *([unfollow(request)] if is_follower else found),
        blocks.button("History", HISTORY, request.id),
        blocks.button("Copy as a new request", COPY, request.id),
    ]
