"""What a handler may answer, and where each kind of gesture shows it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import assert_never

from handlers.blocks import Message, Modal, markdown
from handlers.gestures import Ask, Gesture, Press, Submission
from storage.database import Transaction
from storage.deliveries import Delivery, due_at_once

_POSTS_KEPT = timedelta(days=1)
#: Slack takes a response_url for 30 minutes.
_RESPONSES_KEPT = timedelta(minutes=29)


@dataclass(frozen=True, slots=True)
class Say:
    """Say it where the gesture was made: privately to who used a command or a button, in the thread to a mention."""

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
class Refuse:
    """Show errors in the form: a sentence by the block_id of the input that it is about."""

    errors: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Done:
    """Close the form, or say nothing."""


Answer = Say | Replace | Share | Open | Refuse | Done
Write = Callable[[Transaction, datetime], Answer | None]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, and the one change that goes with it; what the change returns takes the answer's place."""

    answer: Answer = field(default_factory=Done)
    write: Write | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """An answer put where its gesture can show it: in the acknowledgement, the outbox, or a modal."""

    acknowledgement: Mapping[str, object] | None = None
    delivery: Delivery | None = None
    modal: Modal | None = None


def place(gesture: Gesture, answer: Answer, now: datetime) -> Placed:
    """Say where an answer goes. Raises TypeError for an answer that the gesture has no place for: a bug."""
    if isinstance(answer, Done):
        return Placed()
    match gesture:
        case Ask():
            return _place_for_ask(gesture, answer, now)
        case Press():
            return _place_for_press(gesture, answer, now)
        case Submission():
            return _place_for_submission(answer)
        case _:
            assert_never(gesture)


def _place_for_ask(ask: Ask, answer: Answer, now: datetime) -> Placed:
    if isinstance(answer, Open):
        if ask.trigger_id is not None:
            return Placed(modal=answer.modal)
        answer = Say(answer.otherwise or Message("I can only open a form from a command or a button."))
    if not isinstance(answer, Say):
        raise _no_place(ask, answer)
    body = as_body(answer.message)
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


def _place_for_press(press: Press, answer: Answer, now: datetime) -> Placed:
    match answer:
        case Open():
            return Placed(modal=answer.modal)
        case Say():
            how: dict[str, object] = {"response_type": "ephemeral", "replace_original": False}
        case Replace():
            how = {"replace_original": True}
        case Share():
            how = {"response_type": "in_channel", "replace_original": False}
        case _:
            raise _no_place(press, answer)
    return Placed(
        delivery=Delivery(
            act="respond",
            team_id=press.team_id,
            visibility=press.place.channel_id,
            lane=press.response_url,
            body={**how, **as_body(answer.message)},
            **due_at_once(now, _RESPONSES_KEPT),
        )
    )


def _place_for_submission(answer: Answer) -> Placed:
    match answer:
        case Refuse():
            return Placed(acknowledgement={"response_action": "errors", "errors": dict(answer.errors)})
        case Open():
            return Placed(acknowledgement={"response_action": "update", "view": answer.modal.as_view()})
        case Say():
            told = Modal("said", "Common Ground", answer.message.blocks or (markdown(answer.message.text),))
            return Placed(acknowledgement={"response_action": "update", "view": told.as_view()})
        case _:
            raise _no_place("a submission", answer)


def as_body(message: Message) -> dict[str, object]:
    """Return a message as Slack takes it."""
    return {"text": message.text, "blocks": list(message.blocks)} if message.blocks else {"text": message.text}


def _no_place(gesture: object, answer: Answer) -> TypeError:
    return TypeError(f"{type(answer).__name__} has no place after {gesture}")
