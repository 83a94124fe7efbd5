"""What people are told of data requests in direct messages."""

import re
from collections.abc import Sequence
from dataclasses import replace

from handlers.checks.dates import day
from handlers.data_requests.messages import buttons, finding
from handlers.data_requests.rules.clauses import TERMS
from handlers.data_requests.rules.named import asked_words
from handlers.data_requests.rules.status import named
from handlers.data_requests.rules.wording import title
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message
from storage.data_requests.data_requests import DataRequest
from storage.engine.interface import WORKSPACE
from storage.records.offers import Offer

_TEXT = 1500
#: Slack's name of what is wrong; any other reason is our own, and for the log.
_CODE = re.compile("[a-z_]+")


def for_owner(request: DataRequest, by: str) -> Message:
    """Tell who owns the data, once, that somebody asks for it."""
    needed = f", needed by {day(request.needed_by)}" if request.needed_by else ""
    news = (blocks.person(by or request.requester), blocks.words(f" asks you for data{needed}."))
    text = f"{request.number} · {title(request)}: you're asked for data"
    return _about(request, text, news, request.purpose, buttons.respond(request), buttons.terms(request))


def for_finder(request: DataRequest, term_id: str, said: Offer, by: str) -> Message:
    label = TERMS[term_id].label.lower()
    news = (blocks.person(by), blocks.words(f" asks you to find out {label} by {day(said.until)}."))
    text = f"{request.number} · {title(request)}: please find out {label}"
    told = _about(request, text, news, "", finding.answer(request, term_id), buttons.opening(request))
    return replace(told, asks=(finding.name_of(request, term_id),))


def ask_id(request: DataRequest, user_id: str) -> str:
    """Return what is asked of somebody who is named in a request, as its message and its buttons carry it."""
    return f"{request.id}:{user_id}"


def for_named(request: DataRequest, user_id: str, parts: Sequence[str], by: str) -> Message:
    """Ask who is named in a request whether they agree to that, all that they are named for at once."""
    asked = ask_id(request, user_id)
    news = (blocks.person(by or request.requester), blocks.words(f" asks you to {asked_words(request, parts)}. OK?"))
    below = (
        blocks.button("Yes", buttons.NAMED_YES, asked, "primary"),
        blocks.button("No, because …", buttons.NAMED_NO, asked),
        blocks.button("Open", buttons.OPEN, asked),
    )
    text = f"{request.number} · {title(request)}: you're asked to {asked_words(request, parts)}"
    return replace(_about(request, text, news, request.purpose, *below), asks=(asked,))


def for_follower(request: DataRequest, told: str, note: str) -> Message:
    """Tell who follows a request what somebody did with it; the next message takes over the buttons of this one."""
    text = f"{request.number} · {title(request)} · {named(request.state)}"
    value = f"{request.id}:{request.thread}"
    below = (blocks.button("Open", buttons.OPEN, value), blocks.button("Unfollow", buttons.UNFOLLOW, value))
    return replace(_about(request, text, [blocks.words(f"{told}.")], note, *below), asks=(request.thread,))


def lost(request: DataRequest, reason: str) -> Message:
    """Tell who asks that the thread takes no more, and how it goes on."""
    why = reason if _CODE.fullmatch(reason) else "its first message never arrived"
    told = f"{request.number} · {title(request)}: I can't write in its thread any more ({why}). {_way_out(request)}"
    steps = [blocks.button("Open a new thread", buttons.REPOST, request.id), buttons.opening(request)]
    return blocks.offer(told, *steps)


def _way_out(request: DataRequest) -> str:
    """Say what helps: a request of a private channel has no other place to go to."""
    if request.visibility != WORKSPACE:
        return "Invite me to its channel again, or unarchive it, and open a new thread; or copy it as a new request."
    return (
        "Invite me to its channel again and open a new thread, or type in another channel: "
        f"/data-request {request.number} repost"
    )


def _about(request: DataRequest, text: str, news: Sequence[Block], quoted: str, *below: Block) -> Message:
    """Return a message to one person: which request, what is new, what they can do."""
    name = blocks.words(f"{request.number} · {title(request)}", "bold")
    lines = [blocks.line(name, blocks.words(": "), *news)]
    lines += [blocks.quotation(blocks.words(blocks.cut(quoted, _TEXT)))] if quoted else []
    return Message(blocks.escape(text), (blocks.paragraphs(*lines), blocks.buttons(below)), asks=(request.id,))
