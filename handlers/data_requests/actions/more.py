"""What can be done with a data request besides its steps: following, copying, reading its history, a new thread."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime

from handlers.access.names import names_of
from handlers.access.placement import may_hold
from handlers.data_requests import contract, service
from handlers.data_requests.context import Asker, asking
from handlers.data_requests.forms import draft as form_views
from handlers.data_requests.forms.draft import FormNote
from handlers.data_requests.messages import record, usage
from handlers.data_requests.rules.status import ENDED, named
from handlers.data_requests.samples import forms
from handlers.framework.context import Context
from handlers.slack import blocks
from handlers.slack.history import history
from handlers.slack.interactions import BlockAction
from handlers.slack.replies import Open, Reply, Say, Wrote, file_to
from storage.data_requests import data_requests
from storage.data_requests.data_requests import DataRequest
from storage.engine.interface import WORKSPACE, Transaction, to_text
from storage.records.ids import new_id
from storage.records.versioned import HistoryEntry

Beside = Callable[[Asker, DataRequest, str], Awaitable[Reply]]


async def done(it: Asker, request: DataRequest, what: str, channel: str) -> Reply:
    """Do what was typed after a number, in the channel where it was typed."""
    return await _BY_NAME[what](it, request, channel)


async def follow(context: Context[BlockAction]) -> Reply:
    press, _viewpoint, _actor = context.interaction, await context.viewpoint(), await context.actor()
    return await _pressed(press, await asking(context), _follow)


async def copy(context: Context[BlockAction]) -> Reply:
    press, _viewpoint, _actor = context.interaction, await context.viewpoint(), await context.actor()
    return await _pressed(press, await asking(context), _copy)


async def check(context: Context[BlockAction]) -> Reply:
    press, _viewpoint, _actor = context.interaction, await context.viewpoint(), await context.actor()
    return await _pressed(press, await asking(context), _check)


async def repost(context: Context[BlockAction]) -> Reply:
    press, _viewpoint, _actor = context.interaction, await context.viewpoint(), await context.actor()
    return await _pressed(press, await asking(context), _repost)


async def _pressed(press: BlockAction, it: Asker, act: Beside) -> Reply:
    request = it.seen(it.reader, press.value)
    return Reply(Say(usage.gone())) if request is None else await act(it, request, "")


async def read_history(context: Context[BlockAction]) -> Reply:
    press, _viewpoint, _actor = context.interaction, await context.viewpoint(), await context.actor()
    it = await asking(context)
    request_id, _, begin = press.value.partition(":")
    request = it.seen(it.reader, request_id)
    return Reply(Say(usage.gone())) if request is None else await _history(it, request, begin)


async def _history(it: Asker, request: DataRequest, begin: str) -> Reply:
    events = data_requests.history(it.reader, request.team_id, request.id)
    names = await names_of(it.reader, it.context.directory, request.team_id, [each.by for each in events])
    door, page = (record.HISTORY, request.id), int(begin) if begin.isdigit() else 0
    return Reply(Say(history(f"History of {request.number}", events, names, door, page)))


async def _follow(it: Asker, request: DataRequest, _channel: str) -> Reply:
    """Follow a request, or stop following it."""
    if unfit := await it.actor.why_unfit(it.user_id):
        return Reply(Say(blocks.said(unfit)))

    def keep(transaction: Transaction, now: datetime) -> Wrote:
        current = it.seen(transaction, request.id)
        if current is None or current.state in (*ENDED, "draft"):
            return Wrote(Say(usage.gone()))
        follows = it.user_id in current.followers
        left = tuple(each for each in current.followers if each != it.user_id)
        event = HistoryEntry(at=to_text(now), by=it.user_id, what="stopped following" if follows else "follows it")
        followers = left if follows else (*left, it.user_id)
        new = data_requests.change(transaction, current, {"followers": followers}, event)
        told = f"You do not follow {new.number} any more." if follows else (
            f"You follow {new.number}. I tell you when it moves on; press the button once more to stop."
        )  # fmt: skip
        return Wrote(Say(blocks.said(told)))

    return Reply(write=keep)


async def _copy(it: Asker, request: DataRequest, _channel: str) -> Reply:
    """Begin a draft with what another request asks for, on behalf of who presses."""
    at = await it.at(request)

    def keep(transaction: Transaction, now: datetime) -> Wrote:
        terms = {
            term_id: term.model_copy(update={"offered": None, "asked": term.asked or term.offered})
            for term_id, term in request.terms.items()
        }
        kept = request.model_dump(include={
            "team_id", "visibility", "purpose", "serves", "component_id", "decision_id", "entity", "data_key",
            "population", "set_up", "more", "channel", "senses",
        })  # fmt: skip
        new = DataRequest.model_validate({
            **kept, "id": new_id(), "number": "", "requester": it.user_id, "terms": terms, "created_at": "",
            "changed_at": "", "copied_from": request.number,
            "owner": request.owner if request.owner != it.user_id else "",
        })  # fmt: skip
        begun = service.draft(transaction, new, replace(at, now=now))
        is_private = begun.visibility != WORKSPACE
        return Wrote(Open(form_views.first_page(begun, FormNote(begun.id), is_private=is_private),
                          usage.by_button(begun)))  # fmt: skip

    return Reply(write=keep)


async def _check(_it: Asker, request: DataRequest, _channel: str) -> Reply:
    """Open the form that takes a sample."""
    told = forms.not_now(request)
    answer = Say(blocks.said(told)) if told else Open(forms.form(request), usage.by_button(request))
    return Reply(answer)


async def _repost(it: Asker, request: DataRequest, channel: str) -> Reply:
    """Open a new thread where the old one cannot go on: in its channel, or where this is asked."""
    if not it.roles(request) & {"requester", "owner", "admin"}:
        return Reply(Say(blocks.said("Only who asks, who owns the data and the admins can do that.")))
    if request.state in (*ENDED, "draft"):
        return Reply(Say(blocks.said(f"{request.number} is {named(request.state)}, and has no thread to open.")))
    places = [channel, request.channel]
    fit = [each for each in places if await may_hold(it.context.directory, request.team_id, each, request.visibility)]
    if not fit:
        return Reply(Say(usage.nowhere_to_go(request)))
    at = await it.at(request)

    def keep(transaction: Transaction, now: datetime) -> Wrote:
        current = it.seen(transaction, request.id)
        if current is None:
            return Wrote(Say(usage.gone()))
        if not service.is_lost(transaction, current):
            return Wrote(Say(blocks.said(f"The thread of {current.number} is there. Nothing was opened.")))
        kept = service.repost(transaction, current, it.user_id, fit[0], replace(at, now=now))
        return Wrote(Say(blocks.said(f"{current.number} has a new thread.")), kept.messages)

    return Reply(write=keep)


async def _contract(it: Asker, request: DataRequest, _channel: str) -> Reply:
    """Give who asks the contract as a file, as it stands now."""
    at = await it.at(request)
    text = contract.odcs(service.contract_of(it.reader, request, at))
    told = blocks.said(f"The contract of {request.number} comes to you as a file, in a direct message.")
    file = (contract.file_name(request), text)

    def give(_transaction: Transaction, now: datetime) -> Wrote:
        return Wrote(Say(told), [file_to(request.team_id, it.user_id, file, told, now)])

    return Reply(write=give)


_BY_NAME: Mapping[str, Beside] = {
    "follow": _follow, "copy": _copy, "history": _history, "check": _check, "repost": _repost,
    "contract": _contract,
}  # fmt: skip
