"""What an answer goes by: where Slack doesn't say who reads here, what may be private is left out, and it says so.

Whatever it may tell of is noted with it, since Slack may take it only once its reader may read that no more.
"""

from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from handlers.checks.outcomes import NotAllowed, Refused
from handlers.framework.context import Context, GoneError, Handler
from handlers.slack.blocks import FALLBACK_LIMIT, SECTION_LIMIT, Message, cut, markdown, small_print
from handlers.slack.interactions import Interaction
from handlers.slack.replies import Answer, Aside, Open, Replace, Reply, Say, Wrote
from storage.engine.interface import Transaction

I = TypeVar("I", bound=Interaction)  # noqa: E741 - as in context
#: Slack takes so many blocks in a message, the last of which says what is left out.
_MOST = 49


async def answered(handler: Handler[I], context: Context[I]) -> Reply:
    """Have a handler answer; where Slack did not say all that the answer goes by, it says so.

    Raises GoneError where what was asked for is really not there.
    """
    try:
        reply = await handler(context)
    except GoneError as error:
        if not context.doubt:
            raise
        return Reply(Refused(f"{error} {context.doubt}"))
    if reply.about != context.about:
        reply = replace(reply, about=tuple(sorted({*reply.about, *context.about})))
    return _noted(reply, context.doubt) if context.doubt else reply


def _noted(reply: Reply, doubt: str) -> Reply:
    write = reply.write
    if write is None:
        return replace(reply, answer=_with(reply.answer, doubt))

    def written(transaction: Transaction, now: datetime) -> Answer | Wrote | None:
        outcome = write(transaction, now)
        answer = outcome.answer if isinstance(outcome, Wrote) else outcome
        if not isinstance(answer, Refused):
            return outcome
        told = _with(answer, doubt)
        return replace(outcome, answer=told) if isinstance(outcome, Wrote) else told

    return replace(reply, write=written)


def _with(answer: Answer, doubt: str) -> Answer:
    """Return an answer that says what Slack did not say, too; what is gone may only be out of sight."""
    match answer:
        case NotAllowed() if answer.kind:
            return answer
        case Refused():
            return Refused(f"{answer.told} {doubt}", answer.field)
        case Say() | Aside() | Replace():
            return replace(answer, message=_said(answer.message, doubt))
        case Open() if answer.modal.submit is None:
            modal = replace(answer.modal, blocks=(small_print(doubt), *answer.modal.blocks))
            return replace(answer, modal=modal)
        case _:
            return answer


def _said(message: Message, doubt: str) -> Message:
    told = message.blocks[:_MOST] or (markdown(cut(message.text, SECTION_LIMIT)),)
    otherwise = f"{message.otherwise}\n{doubt}" if message.otherwise else ""
    text = cut(f"{message.text}\n{doubt}", FALLBACK_LIMIT)
    return replace(message, text=text, blocks=(*told, small_print(doubt)), otherwise=otherwise)
