"""What is said of data requests around them: how to use the command, and where there is none."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Concatenate, ParamSpec

from handlers.checks.outcomes import NotAllowed, Refused
from handlers.data_requests.messages import buttons
from handlers.data_requests.rules.moves import Act
from handlers.data_requests.service import drafts
from handlers.data_requests.service.drafts import Saved
from handlers.slack import blocks
from handlers.slack.action_ids import ASK_FOR_DATA
from handlers.slack.blocks import Block, Message
from handlers.slack.replies import Answer, Reply, Wrote
from storage.data_requests.data_requests import DataRequest
from storage.engine.interface import WORKSPACE, Transaction

P = ParamSpec("P")

_STEPS = (
    "`ask`, `answer`, `terms`, `deliver`, `accept`, `send back`, `change`, `take`, `hand over`, `decline`, `withdraw`"
)
NOT_THERE = (
    "I can't open a thread in that channel. Choose a public channel of this workspace that I'm in, or invite me there "
    "with /invite @Common Ground. If guests are in it, an admin has to run /common-ground guests allow there first."
)
GONE = Reply(NotAllowed(drafts.GONE.told))
NAME_ONE = blocks.said("Which request? For example: DR-12 agree. /data-request list shows yours.")


def open_form(purpose: str) -> Message:
    """Say it after a mention, which cannot open a form."""
    button = blocks.button("Ask for data", ASK_FOR_DATA, f"purpose:{purpose}")
    return _with_button("Press this to open the form:", button)


def changed(
    say: Callable[[Transaction, DataRequest], Answer],
    change: Callable[Concatenate[Transaction, P], Saved | Refused],
    *args: P.args,
    **kwargs: P.kwargs,
) -> Reply:
    """Change a request, and say what is to be said of it as it is now, or why it may not be changed."""
    return Reply(
        write=lambda transaction, _now: answered(change(transaction, *args, **kwargs), partial(say, transaction))
    )


def answered(saved: Saved | Refused, say: Callable[[DataRequest], Answer]) -> Wrote:
    """Say why a change was refused, or what is to be said of the request as it is now, and tell whom it concerns."""
    if isinstance(saved, Refused):
        return Wrote(replace(saved, field=""))
    return Wrote(say(saved.request), saved.messages)


def by_button(request: DataRequest) -> Message:
    """Say it after a mention that asks for what needs a form."""
    return _with_button(f"Press this to continue with {request.number}:", buttons.respond(request))


def _with_button(told: str, button: Block) -> Message:
    return Message(blocks.escape(told), (blocks.paragraphs(blocks.line(blocks.words(told))), blocks.buttons([button])))


def nowhere_to_go(request: DataRequest) -> Message:
    if request.visibility != WORKSPACE:
        told = (
            "Its private channel is archived, or I'm not in it. Unarchive it or invite me, or copy it as a new request."
        )
        return blocks.said(told)
    return blocks.said(
        "I can't write in its channel. Invite me there, or type this in an open channel that I'm in: "
        f"/data-request {request.number} repost"
    )


def did_you_mean(request: DataRequest, act: Act) -> Message:
    """Ask whether a step was meant where more was written than its word."""
    told = f"Did you mean to {act}? Then press this, or type only “{request.number} {act}”."
    return _with_button(told, buttons.respond(request))


def followed(request: DataRequest, *, is_new: bool) -> Message:
    told = " I'll let you know when it changes." if is_new else ""
    return blocks.offer(f"You're following {request.number}.{told}", buttons.unfollow(request))


def how_to(command_prefix: str) -> Message:
    command = f"/{command_prefix}data-request"
    lines = (
        f"`{command}`: ask for data, in one form",
        f"`{command} DR-12`: read one in full",
        f"`{command} list`: yours; `list waiting`, `list open`, `list overdue`",
        f"`{command} DR-12 agree`, or {_STEPS}: the same as its button",
        f"`{command} DR-12 check`, `follow`, `unfollow`, `copy`, `history`, `contract`, `repost`: more",
        "In a thread: `@Common Ground I need data about berths`",
    )
    told = "*Data requests*\n" + "\n".join(f"• {line}" for line in lines)
    return Message(told, (blocks.markdown(told),))
