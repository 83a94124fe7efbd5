"""Where each kind of interaction shows an answer, as Slack takes it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import assert_never

from pydantic_core import to_json

from handlers.checks.outcomes import Refused
from handlers.slack.action_ids import SHARE_ANSWER
from handlers.slack.blocks import (
    FALLBACK_LIMIT,
    SECTION_LIMIT,
    Message,
    Modal,
    button,
    buttons,
    cut,
    markdown,
    said,
    small_print,
)
from handlers.slack.carried import OutdatedError
from handlers.slack.days import shown, shown_as_json
from handlers.slack.interactions import Ask, BlockAction, Interaction, Shortcut, SlackEvent, View, ViewSubmission
from handlers.slack.payloads import note_of
from handlers.slack.replies import Answer, Aside, Done, Open, Redraw, Refuse, Replace, Say, Share
from storage.outbox.deliveries import OTHERWISE, Delivery, due_at_once

_POSTS_KEPT = timedelta(days=1)
#: Slack takes a response_url for 30 minutes; nobody waits longer for an answer that vanishes.
_RESPONSES_KEPT = timedelta(minutes=29)
#: Slack takes 50 blocks in a message; two say why only the asker sees it, and share it.
_MOST_WITH_SHARE = 48
_TO_ASKER = {"response_type": "ephemeral"}
#: With what Slack begins and ends a mention, a link or a date in a text, and a letter that would begin one.
_TOKENS = (("<", ">"), ("&", ";"))
_WHY_ALONE = "Only you see this, because guests may read this channel."


@dataclass(frozen=True, slots=True)
class Placed:
    """An answer put where its interaction can show it: in the acknowledgement (JSON), the outbox, or a modal.

    ``redrawn`` is the form in whose place the modal goes; without it the modal is opened.
    """

    acknowledgement: str = ""
    delivery: Delivery | None = None
    modal: Modal | None = None
    redrawn: View | None = None


def is_open_still(interaction: Interaction, answer: Answer) -> bool:
    """Tell whether an answer leaves a form open, so that it may be submitted again."""
    is_at_field = isinstance(interaction, ViewSubmission) and isinstance(answer, Refused) and bool(answer.field)
    return isinstance(answer, Refuse) or is_at_field


def place(interaction: Interaction, answer: Answer, now: datetime, *, is_whispered: bool = False) -> Placed:
    """Say where an answer goes; what is whispered, to the asker alone.

    Raises TypeError for an answer that the interaction has no place for: a bug. Raises OutdatedError for a button that
    stands where this version puts none.
    """
    if isinstance(answer, Refused):
        is_at_field = is_open_still(interaction, answer)
        answer = Refuse({answer.field: answer.told}) if is_at_field else Say(said(answer.told))
    if isinstance(answer, Done):
        return Placed()
    match interaction:
        case Ask():
            return _place_for_ask(interaction, answer, now, is_whispered=is_whispered)
        case BlockAction() | Shortcut():
            return _place_for_press(interaction, answer, now)
        case ViewSubmission():
            return _place_for_submission(interaction, answer)
        case SlackEvent():
            raise _no_place("an event", answer)
        case _:
            assert_never(interaction)


def _place_for_ask(ask: Ask, answer: Answer, now: datetime, *, is_whispered: bool) -> Placed:
    if isinstance(answer, Open):
        if ask.trigger_id is not None:
            return Placed(modal=answer.modal)
        answer = Say(answer.otherwise or Message("I can only open a form from a command or a button."))
    if not isinstance(answer, Say | Aside):
        raise _no_place(ask, answer)
    if ask.thread_ts is not None and isinstance(answer, Aside) and not ask.place.channel_id.startswith("D"):
        return Placed(delivery=_whisper(ask, _begun_thread(ask), answer.message, now))
    if ask.thread_ts is not None and is_whispered:
        return Placed(
            delivery=_to_share(_whisper(ask, _begun_thread(ask), answer.message, now), answer.message, ask.thread_ts)
        )
    if ask.thread_ts is not None:
        return Placed(delivery=_post(ask, ask.thread_ts, answer.message, now))
    if answer.message.otherwise or ask.is_late:
        return Placed(delivery=_response(ask, {**_TO_ASKER, **as_body(answer.message)}, now))
    ready = answer.message.ready
    if not ready:
        ready.append(shown_as_json({**_TO_ASKER, **_body(answer.message)}))
    return Placed(ready[0])


def _begun_thread(ask: Ask) -> str:
    """Return the thread of a mention: Slack shows what one person alone sees in none that nobody has begun yet."""
    return ask.thread_ts or "" if ask.thread_ts != ask.ts else ""


def as_json(told: Mapping[str, object]) -> str:
    return to_json(told).decode()


def _place_for_press(press: BlockAction | Shortcut, answer: Answer, now: datetime) -> Placed:
    match answer:
        case Open():
            return Placed(modal=answer.modal)
        case Redraw() if isinstance(press, BlockAction) and press.view is not None:
            return Placed(modal=answer.modal, redrawn=press.view)
        case Say() if not press.response_url:
            said = answer.message
            return Placed(delivery=_direct(press, said, now)) if press.is_late else Placed(modal=_as_modal(said))
        case Say() if press.has_bot:
            return Placed(delivery=_whisper(press, thread_of(press), answer.message, now))
        case Say():
            how: dict[str, object] = {"response_type": "ephemeral", "replace_original": False}
        case Redraw() | Replace() | Share() if isinstance(press, BlockAction):
            return Placed(delivery=_shown_to_all(press, answer, now))
        case _:
            raise _no_place(press, answer)
    return Placed(delivery=_response(press, {**how, **as_body(answer.message)}, now))


def _shown_to_all(press: BlockAction, answer: Redraw | Replace | Share, now: datetime) -> Delivery:
    """Say something in the place of the message that was pressed, or to everybody where it stands."""
    if isinstance(answer, Redraw) or not press.response_url:
        # A form's button in a message, or a message's in a form, is none of ours any more.
        raise OutdatedError
    if isinstance(answer, Replace):
        if answer.is_member and not press.is_private:
            return _edit(press, answer.message, now)
        return _response(press, {"replace_original": True, **as_body(answer.message)}, now)
    thread_ts = answer.thread_ts or thread_of(press)
    if answer.is_member:
        return _post(press, thread_ts, answer.message, now)
    how = {"response_type": "in_channel", "replace_original": False, **_in_thread(thread_ts)}
    return _response(press, {**how, **as_body(answer.message)}, now)


def _in_thread(thread_ts: str) -> dict[str, object]:
    """Return where a response goes: to the channel, unless it is told the thread."""
    return {"thread_ts": thread_ts} if thread_ts else {}


def thread_of(press: BlockAction | Shortcut) -> str:
    """Return the thread to answer in: none for its first message, which people press with the thread closed."""
    quoted = press.quote if isinstance(press, Shortcut) else None
    message_ts = press.message_ts if isinstance(press, BlockAction) else quoted.ts if quoted is not None else ""
    return press.thread_ts if press.thread_ts != message_ts else ""


def _post(to: Ask | BlockAction, thread_ts: str, message: Message, now: datetime) -> Delivery:
    """Return a message to the conversation; what somebody shares there is said soon, or not at all."""
    channel, due = to.place.channel_id, due_at_once(now, _POSTS_KEPT if isinstance(to, Ask) else _RESPONSES_KEPT)
    body = {"channel": channel, **_in_thread(thread_ts), **as_body(message)}
    asks, seen_by = " ".join(message.asks), to.user_id if channel.startswith("D") else channel
    return Delivery(act="post", team_id=to.team_id, visibility=seen_by, lane=channel, asks=asks, body=body, **due)


def _direct(press: BlockAction | Shortcut, message: Message, now: datetime) -> Delivery:
    """Return a direct message, where no form opens any more and there is no message to answer."""
    who, body = press.user_id, {"channel": press.user_id, **as_body(message)}
    due = due_at_once(now, _RESPONSES_KEPT)
    return Delivery(act="post", team_id=press.team_id, visibility=who, lane=who, body=body, **due)


def _edit(press: BlockAction, message: Message, now: datetime) -> Delivery:
    channel, due = press.place.channel_id, due_at_once(now, _RESPONSES_KEPT)
    body = {"channel": channel, "ts": press.message_ts, **as_body(message)}
    return Delivery(act="update", team_id=press.team_id, visibility=channel, lane=channel, body=body, **due)


def _whisper(to: Ask | BlockAction | Shortcut, thread_ts: str, message: Message, now: datetime) -> Delivery:
    """Return an answer that only the asker sees, where the bot is; a response_url knows threads for all alone."""
    body = {"channel": to.place.channel_id, "user": to.user_id, **_in_thread(thread_ts), **as_body(message)}
    due = due_at_once(now, _RESPONSES_KEPT)
    return Delivery(act="whisper", team_id=to.team_id, visibility=to.user_id, lane=to.user_id, body=body, **due)


def _to_share(said: Delivery, message: Message, thread_ts: str) -> Delivery:
    """Add to a whispered answer why it is one, and a button that shows it to all in the thread of the mention."""
    told = message.blocks[:_MOST_WITH_SHARE] or (markdown(cut(message.text, SECTION_LIMIT)),)
    shared = buttons([button("Share in thread", SHARE_ANSWER, f"{said.id} {thread_ts}")])
    whole = replace(message, blocks=(*told, small_print(_WHY_ALONE), shared))
    return said.model_copy(update={"body": {**said.body, **as_body(whole)}})


def _response(to: Ask | BlockAction | Shortcut, body: dict[str, object], now: datetime) -> Delivery:
    is_alone = body.get("response_type") == "ephemeral" or (isinstance(to, BlockAction) and to.is_private)
    seen_by, due = to.user_id if is_alone else to.place.channel_id, due_at_once(now, _RESPONSES_KEPT)
    return Delivery(act="respond", team_id=to.team_id, visibility=seen_by, lane=to.response_url, body=body, **due)


def _place_for_submission(submission: ViewSubmission, answer: Answer) -> Placed:
    match answer:
        case Refuse():
            errors = _at_fields(answer.errors, submission)
            return Placed(as_json({"response_action": "errors", "errors": shown(errors)}))
        case Open() | Redraw() | Say():
            modal = _as_modal(answer.message) if isinstance(answer, Say) else answer.modal
            return Placed(as_json({"response_action": "update", "view": as_view(modal, submission)}))
        case _:
            raise _no_place("a submission", answer)


def _at_fields(errors: Mapping[str, str], submission: ViewSubmission) -> dict[str, str]:
    """Return errors at fields that the form has, and Slack takes no others: one of before an upgrade may lack some."""
    there = {field: told for field, told in errors.items() if field in submission.fields}
    first = next(iter(submission.fields), "")
    return there or ({first: next(iter(errors.values()))} if first and errors else dict(errors))


def as_view(modal: Modal, interaction: Interaction) -> dict[str, object]:
    """Return a modal as Slack takes it, with a note of where it was opened."""
    return {**shown(modal.as_view()), "private_metadata": note_of(interaction.place, modal.private_metadata)}


def _as_modal(message: Message) -> Modal:
    """Return a message as a form without fields; a form takes no tables, so their text stands there instead."""
    told = message.otherwise or message.text
    is_plain = bool(message.otherwise) or not message.blocks
    return Modal("said", "Common Ground", (markdown(cut(told, SECTION_LIMIT)),) if is_plain else message.blocks)


def as_body(message: Message) -> dict[str, object]:
    """Return a message as Slack takes it."""
    told: dict[str, object] = shown(_body(message))
    return told


def _body(message: Message) -> dict[str, object]:
    """Return a message with its days as sentences have them."""
    body: dict[str, object] = {"text": _fallback(message.text)}
    if message.blocks:
        body["blocks"] = list(message.blocks)
    return {**body, OTHERWISE: message.otherwise} if message.otherwise else body


def _fallback(text: str) -> str:
    """Return so much of a text as Slack takes, without half of what stands for a letter or a person."""
    head = cut(text, FALLBACK_LIMIT)
    for begins, ends in _TOKENS if head != text else ():
        before, marked, begun = head.rpartition(begins)
        head = f"{before}…" if marked and ends not in begun else head
    return head


def _no_place(interaction: object, answer: Answer) -> TypeError:
    return TypeError(f"{type(answer).__name__} has no place after {interaction}")
