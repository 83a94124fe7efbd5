"""What a handler may answer, and where each kind of interaction shows it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import assert_never

from handlers.slack.blocks import SECTION_LIMIT, Message, Modal, cut, markdown
from handlers.slack.interactions import Ask, BlockAction, Interaction, Shortcut, SlackEvent, View, ViewSubmission
from handlers.slack.payloads import note_of
from storage.engine.interface import Transaction
from storage.outbox.deliveries import OTHERWISE, Delivery, due_at_once

_POSTS_KEPT = timedelta(days=1)
#: Slack takes a response_url for 30 minutes.
_RESPONSES_KEPT = timedelta(minutes=29)


@dataclass(frozen=True, slots=True)
class Say:
    """Say it where it was asked: privately to who used a command or a button, in the thread to a mention."""

    message: Message


@dataclass(frozen=True, slots=True)
class Replace:
    """Put this in the place of the message whose button was pressed."""

    message: Message


@dataclass(frozen=True, slots=True)
class Share:
    """Say it to everybody in the conversation, on behalf of who pressed; works where the bot is no member."""

    message: Message


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


Answer = Say | Replace | Share | Open | Redraw | Refuse | Done


@dataclass(frozen=True, slots=True)
class Wrote:
    """What a change has to say: an answer in the place of the planned one, and messages to others."""

    answer: Answer | None = None
    messages: Sequence[Delivery] = ()


Write = Callable[[Transaction, datetime], Answer | Wrote | None]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, and the one change that goes with it; what the change returns takes the answer's place.

    ``asked_for`` is the look-up key of a word whose use is counted.
    """

    answer: Answer = field(default_factory=Done)
    write: Write | None = None
    asked_for: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """An answer put where its interaction can show it: in the acknowledgement, the outbox, or a modal.

    ``redrawn`` is the form in whose place the modal goes; without it the modal is opened.
    """

    acknowledgement: Mapping[str, object] | None = None
    delivery: Delivery | None = None
    modal: Modal | None = None
    redrawn: View | None = None


def place(interaction: Interaction, answer: Answer, now: datetime) -> Placed:
    """Say where an answer goes. Raises TypeError for an answer that the interaction has no place for: a bug."""
    if isinstance(answer, Done):
        return Placed()
    match interaction:
        case Ask():
            return _place_for_ask(interaction, answer, now)
        case BlockAction():
            return _place_for_press(interaction, answer, now)
        case ViewSubmission():
            return _place_for_submission(interaction, answer)
        case Shortcut():
            return _place_for_shortcut(interaction, answer, now)
        case SlackEvent():
            raise _no_place("an event", answer)
        case _:
            assert_never(interaction)


def _place_for_ask(ask: Ask, answer: Answer, now: datetime) -> Placed:
    if isinstance(answer, Open):
        if ask.trigger_id is not None:
            return Placed(modal=answer.modal)
        answer = Say(answer.otherwise or Message("I can only open a form from a command or a button."))
    if not isinstance(answer, Say):
        raise _no_place(ask, answer)
    body = as_body(answer.message)
    if ask.thread_ts is None and answer.message.otherwise:
        return Placed(delivery=_response(ask, {"response_type": "ephemeral", **body}, now))
    if ask.thread_ts is None:
        return Placed(acknowledgement={"response_type": "ephemeral", **body})
    post = {"channel": ask.place.channel_id, "thread_ts": ask.thread_ts, **body}
    return Placed(
        delivery=Delivery(
            act="post",
            team_id=ask.team_id,
            visibility=ask.place.channel_id,
            lane=ask.place.channel_id,
            body=post,
            **due_at_once(now, _POSTS_KEPT),
        )
    )


def _place_for_press(press: BlockAction, answer: Answer, now: datetime) -> Placed:
    match answer:
        case Open():
            return Placed(modal=answer.modal)
        case Redraw() if press.view is not None:
            return Placed(modal=answer.modal, redrawn=press.view)
        case Say() if press.view is not None:
            return Placed(modal=_as_modal(answer.message))
        case Say():
            how: dict[str, object] = {"response_type": "ephemeral", "replace_original": False}
        case Replace():
            how = {"replace_original": True}
        case Share():
            how = {"response_type": "in_channel", "replace_original": False}
        case _:
            raise _no_place(press, answer)
    # A response goes to the channel unless it is told the thread.
    where = {"thread_ts": press.thread_ts} if press.thread_ts and not isinstance(answer, Replace) else {}
    return Placed(delivery=_response(press, {**how, **where, **as_body(answer.message)}, now))


def _place_for_shortcut(shortcut: Shortcut, answer: Answer, now: datetime) -> Placed:
    match answer:
        case Open():
            return Placed(modal=answer.modal)
        case Say() if shortcut.response_url and shortcut.quote is not None:
            thread = {"thread_ts": shortcut.quote.thread_ts} if shortcut.quote.thread_ts else {}
            body = {"response_type": "ephemeral", "replace_original": False, **thread, **as_body(answer.message)}
            return Placed(delivery=_response(shortcut, body, now))
        case Say():
            return Placed(modal=_as_modal(answer.message))
        case _:
            raise _no_place(shortcut, answer)


def _response(interaction: Ask | BlockAction | Shortcut, body: dict[str, object], now: datetime) -> Delivery:
    return Delivery(
        act="respond",
        team_id=interaction.team_id,
        visibility=interaction.place.channel_id,
        lane=interaction.response_url,
        body=body,
        **due_at_once(now, _RESPONSES_KEPT),
    )


def _place_for_submission(submission: ViewSubmission, answer: Answer) -> Placed:
    match answer:
        case Refuse():
            return Placed(acknowledgement={"response_action": "errors", "errors": dict(answer.errors)})
        case Open() | Redraw():
            return Placed(acknowledgement={"response_action": "update", "view": as_view(answer.modal, submission)})
        case Say():
            told = as_view(_as_modal(answer.message), submission)
            return Placed(acknowledgement={"response_action": "update", "view": told})
        case _:
            raise _no_place("a submission", answer)


def as_view(modal: Modal, interaction: Interaction) -> dict[str, object]:
    """Return a modal as Slack takes it, with a note of where it was opened."""
    return {**modal.as_view(), "private_metadata": note_of(interaction.place, modal.private_metadata)}


def _as_modal(message: Message) -> Modal:
    """Return a message as a form without fields; a form takes no tables, so their text stands there instead."""
    told = message.otherwise or message.text
    is_plain = bool(message.otherwise) or not message.blocks
    return Modal("said", "Common Ground", (markdown(cut(told, SECTION_LIMIT)),) if is_plain else message.blocks)


def as_body(message: Message) -> dict[str, object]:
    """Return a message as Slack takes it."""
    body: dict[str, object] = {"text": message.text}
    if message.blocks:
        body["blocks"] = list(message.blocks)
    return {**body, OTHERWISE: message.otherwise} if message.otherwise else body


def _no_place(interaction: object, answer: Answer) -> TypeError:
    return TypeError(f"{type(answer).__name__} has no place after {interaction}")
