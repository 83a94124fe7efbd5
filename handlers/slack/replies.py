"""What a handler may answer; ``slack/placing`` says where each kind of interaction shows it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from handlers.checks.outcomes import Refused
from handlers.slack.blocks import FALLBACK_LIMIT, Message, Modal, apart, cut, divider, sentence
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

    ``counted`` counts what was asked for, once this is the answer that is given. ``is_whispered``: what answers a
    mention goes to the asker alone, who may share it. ``is_unknown``: nothing of the kind that was asked for is there;
    what was asked in plain words is then looked for in all that is kept. ``is_unsure``: the answer only offers what may
    be meant; ``is_near``: it offers names that are near one that nothing has. What ``is_of_words`` tells of words
    alone, and ``offers`` these. ``about`` are the visibilities whose records it may tell of.
    """

    answer: Answer = field(default_factory=Done)
    write: Write | None = None
    counted: Callable[[], None] | None = None
    is_whispered: bool = False
    is_unknown: bool = False
    is_unsure: bool = False
    is_near: bool = False
    is_of_words: bool = False
    offers: tuple[str, ...] = ()
    about: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Tell whether nothing that was asked for is there for sure."""
        return self.is_unknown or self.is_unsure or self.is_near


def opens(reply: Reply) -> bool:
    """Tell whether a reply shows a form to one person, and does nothing else."""
    return isinstance(reply.answer, Open | Redraw) and reply.write is None


def writes(reply: Reply) -> bool:
    """Tell whether a reply changes something, or opens a form that is to be submitted."""
    is_form = isinstance(reply.answer, Open | Redraw) and reply.answer.modal.submit is not None
    return reply.write is not None or is_form


def together(replies: Sequence[Reply]) -> Reply:
    """Join the answers to several questions of one message; where one cannot be joined, the first is given alone."""
    first, *others = replies
    told = [each.answer for each in replies]
    if not others or not all(isinstance(each, Say) or replies[place].write for place, each in enumerate(told)):
        return first
    counts = [each.counted for each in replies if each.counted]
    is_whispered = any(each.is_whispered for each in replies)
    is_open, is_unknown = all(each.is_open for each in replies), all(each.is_unknown for each in replies)

    def counted() -> None:
        for count in counts:
            count()

    def write(transaction: Transaction, now: datetime) -> Wrote:
        done = [_done(each, transaction, now) for each in replies]
        return Wrote(_joined([each.answer for each in done]), [more for each in done for more in each.messages])

    if any(each.write for each in replies):
        return Reply(write=write, counted=counted, is_whispered=is_whispered)
    return Reply(
        _joined(told),
        counted=counted,
        is_whispered=is_whispered,
        is_unknown=is_unknown,
        is_unsure=is_open and any(each.is_unsure for each in replies),
        is_near=is_open and any(each.is_near for each in replies),
        is_of_words=all(each.is_of_words for each in replies),
        offers=tuple(name for each in replies for name in each.offers),
    )


def _done(reply: Reply, transaction: Transaction, now: datetime) -> Wrote:
    if reply.write is None:
        return Wrote(reply.answer)
    outcome = reply.write(transaction, now)
    if isinstance(outcome, Wrote):
        return outcome if outcome.answer is not None else Wrote(reply.answer, outcome.messages)
    return Wrote(outcome if outcome is not None else reply.answer)


def _joined(told: Sequence[Answer | None]) -> Answer:
    """Put what is said of each question into one message; what is refused is said of itself."""
    said = [each.message for each in told if isinstance(each, Say)]
    if len(said) < len(told):
        return next((each for each in told if each is not None and not isinstance(each, Say)), Done())
    # Two questions of one message may ask for the same.
    said = [each for place, each in enumerate(said) if each not in said[:place]]
    listed = [
        [*([divider()] if place else []), *(each.blocks or (sentence(each.text),))] for place, each in enumerate(said)
    ]
    text = cut("\n".join(each.text for each in said), FALLBACK_LIMIT)
    asks = tuple(ask for each in said for ask in each.asks)
    return Say(Message(text, apart([block for blocks in listed for block in blocks]), asks=asks))
