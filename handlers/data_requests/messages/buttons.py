"""The buttons of data requests that stand in several messages, and the routes of all of them."""

from handlers.slack import blocks
from handlers.slack.blocks import Block
from storage.data_requests.data_requests import DataRequest

OPEN = "data_request_open"
STEP = "data_request_step"
TERMS = "data_request_terms"
HISTORY = "data_request_history"
FOLLOW = "data_request_follow"
COPY = "data_request_copy"
CHECK = "data_request_check"
REPOST = "data_request_repost"
RESPOND = "data_request_respond"
OPEN_POINTS = "data_request_open_points"
#: Opens the form of a theme of terms ("ID:THEME"), and takes over what the other side says of one ("ID:TERM:MARK").
THEME = "data_request_theme"
TAKE_IT = "data_request_take_it"


def opening(request: DataRequest) -> Block:
    return blocks.button("Open", OPEN, request.id)


def terms(request: DataRequest) -> Block:
    return blocks.button("Terms", TERMS, request.id)


def going_on(request: DataRequest) -> Block:
    """Return what opens a request in a list: of a draft, its form."""
    return blocks.button("Go on", TERMS, request.id) if request.state == "draft" else opening(request)
