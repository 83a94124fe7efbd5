"""What a handler may answer; ``slack/placing`` says where each kind of interaction shows it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from handlers.checks.outcomes import Refused
from handlers.slack.blocks import Message, Modal
from storage.engine.interface import Transaction
from storage.outbox.deliveries import Delivery


@dataclass(frozen=True, slots=True)
class _Told:
    message: Message


class Say(_Told):
    """Say it where it was asked: privately to who used a command or a button, in the thread to a mention."""


class Aside(_Told):
    """Say it to who asked alone: it is of no use to others who read along."""


@dataclass(frozen=True, slots=True)
class Replace(_Told):
    """Put this in the place of the message whose button was pressed.

    Where everybody sees that and the bot is a member (``is_member``), it edits it itself, and finds it again.
    """

    is_member: bool = False


@dataclass(frozen=True, slots=True)
class Share(_Told):
    """Say it to everybody in the conversation, on behalf of who pressed.

    Where the bot is a member (``is_member``) it posts that itself, and finds it again to edit it. ``thread_ts`` is the
    thread that it belongs to, where that is not the one in which the button stands.
    """

    is_member: bool
    thread_ts: str = ""


@dataclass(frozen=True, slots=True)
class Open:
    """Open a modal; ``otherwise`` is said where nothing can be opened, as after a mention."""

    modal: Modal
    otherwise: Message | None = None


@dataclass(frozen=True, slots=True)
class Redraw:
    """Put another form in the place of the one that was pressed in; what was entered in fields of both stays."""

    modal: Modal


@dataclass(frozen=True, slots=True)
class Refuse:
    """Show errors in the form: a sentence by the block_id of the input that it is about."""

    errors: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Done:
    """Close the form, or say nothing."""


#: What a rule refuses is an answer too: it is said, or shown at the form's field that it is about.
Answer = Say | Aside | Replace | Share | Open | Redraw | Refuse | Done | Refused


@dataclass(frozen=True, slots=True)
class Wrote:
    """What a change has to say: an answer in the place of the planned one, and messages to others."""

    answer: Answer | None = None
    messages: Sequence[Delivery] = ()


Write = Callable[[Transaction, datetime], Answer | Wrote | None]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, and the one change that goes with it; what the change returns takes the answer's place.

    ``asked_for`` is the look-up key of a word whose use is counted. ``is_whispered``: what answers a mention goes to
    the asker alone, who may share it.
    """

    answer: Answer = field(default_factory=Done)
    write: Write | None = None
    asked_for: str = ""
    is_whispered: bool = False


def writes(reply: Reply) -> bool:
    """Tell whether a reply changes something, or opens a form that is to be submitted."""
    is_form = isinstance(reply.answer, Open | Redraw) and reply.answer.modal.submit is not None
    return reply.write is not None or is_form
