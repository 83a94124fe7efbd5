"""What can be done with a data request besides its steps: reading, following, copying, its history, a new thread."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from handlers.access.recipients import Destination, Facts, attach
from handlers.data_requests import contract
from handlers.data_requests.context import Asker, FormNote, asking_about
from handlers.data_requests.formats.odcs import odcs
from handlers.data_requests.forms import asking
from handlers.data_requests.messages import buttons, record, usage
from handlers.data_requests.rules.besides import why_not_check, why_not_repost
from handlers.data_requests.rules.wording import people_in
from handlers.data_requests.samples import forms
from handlers.data_requests.service import drafts, requests, showing
from handlers.data_requests.service.suggesting import others_to_ask
from handlers.framework.context import Context
from handlers.slack import blocks, carried
from handlers.slack.history import history
from handlers.slack.interactions import BlockAction
from handlers.slack.replies import Open, Reply, Say, Wrote
from storage.data_requests import data_requests
from storage.data_requests.data_requests import DataRequest
from storage.engine.interface import WORKSPACE, Reader, Transaction, to_text
from storage.workspaces import audit

#: Does it for who asks; the text is what goes with a press, or the channel in which it was typed.
Beside = Callable[[Asker, DataRequest, str], Awaitable[Reply]]


def pressed(act: Beside) -> Callable[[Context[BlockAction]], Awaitable[Reply]]:
    """Return what does something with the request whose button was pressed."""

    async def handle(context: Context[BlockAction]) -> Reply:
        request_id, _, rest = context.interaction.value.partition(":")
        it, request = await asking_about(context, request_id)
        return usage.GONE if request is None else await act(it, request, rest)

    return handle


async def read(it: Asker, request: DataRequest, _channel: str = "") -> Reply:
    """Return a request in full, with what the person can do about it."""
    shown = await it.context.read(showing.shown, request, await it.names_of(people_in(request)))
    return Reply(Say(record.record(shown)))


async def read_history(it: Asker, request: DataRequest, begin: str) -> Reply:
    events = await it.context.read(data_requests.history, request.team_id, request.id)
    names = await it.names_of([each.by for each in events])
    door, page = (buttons.HISTORY, request.id), carried.number(begin) if begin.isdigit() else 0
    return Reply(Say(history(f"History of {request.number}", events, names, door, page)))


async def follow(it: Asker, request: DataRequest, _channel: str) -> Reply:
    if refused := await it.actor.why_barred():
        return Reply(refused)
    if it.roles(request) & {"requester", "owner"}:
        return Reply(Say(blocks.said(f"You're part of {request.number}, so its thread mentions you anyway.")))
    told = usage.followed(request, is_new=it.user_id not in request.followers)
    return usage.changed(lambda *_: Say(told), requests.follow, request, await it.facts_of(request), is_on=True)


async def unfollow(it: Asker, request: DataRequest, _channel: str) -> Reply:
    told = Say(blocks.said(f"You no longer follow {request.number}."))
    return usage.changed(lambda *_: told, requests.follow, request, await it.facts_of(request), is_on=False)


async def copy(it: Asker, request: DataRequest, _channel: str) -> Reply:
    """Begin a draft with what another request asks for, on behalf of who presses; after a no, for who else has it."""
    known, facts = await asking.known_of(it, request), await it.facts_of(request)
    owner = await it.context.read(_owner_of_copy, request, facts)

    def say(_reader: Reader, new: DataRequest) -> Open:
        return Open(asking.asking_form(new, FormNote(new.id), known), usage.by_button(new))

    return usage.changed(say, drafts.copy, request, owner, facts)


def _owner_of_copy(reader: Reader, request: DataRequest, facts: Facts) -> str:
    if request.state != "declined":
        return request.owner if request.owner != facts.by else ""
    return next((each.user_id for each in others_to_ask(reader, request, facts) if each.user_id != facts.by), "")


async def check(_it: Asker, request: DataRequest, _channel: str) -> Reply:
    if told := why_not_check(request):
        return Reply(Say(blocks.said(told)))
    return Reply(Open(forms.form(request), usage.by_button(request)))


async def repost(it: Asker, request: DataRequest, channel: str) -> Reply:
    """Open a new thread where the old one cannot go on: in its channel, or where this is asked."""
    if refused := why_not_repost(request, it.roles(request)):
        return Reply(refused)
    fit = [each for each in (channel, request.channel) if await it.may_hold(each, request.visibility)]
    if not fit:
        return Reply(Say(usage.nowhere_to_go(request)))
    done = Say(blocks.said(f"{request.number} continues in a new thread."))
    return usage.changed(lambda *_: done, requests.repost, request, fit[0], await it.facts_of(request))


async def give_contract(it: Asker, request: DataRequest, _channel: str) -> Reply:
    made_of = await it.context.read(showing.contract_of, request, await it.names_of(people_in(request)))
    told = blocks.said(f"I've sent you the contract of {request.number} in a direct message.")
    file = (contract.file_name(request), odcs(made_of))
    to = Destination(request.team_id, it.user_id, about=(request.visibility,))
    given = attach(to, file, told.text, it.context.now)

    def give(transaction: Transaction, _now: datetime) -> Wrote:
        if request.visibility != WORKSPACE:
            audit.note(transaction, _exported(it, request))
        return Wrote(Say(told), [given])

    return Reply(write=give)


def _exported(it: Asker, request: DataRequest) -> audit.Entry:
    what = {"target_kind": "data request", "target_id": request.id, "visibility": request.visibility}
    who = {"team_id": it.team_id, "actor": it.user_id, "at": to_text(it.context.now)}
    return audit.Entry(action="exported", **who, **what)


BY_NAME: Mapping[str, Beside] = {
    "follow": follow,
    "unfollow": unfollow,
    "copy": copy,
    "history": read_history,
    "check": check,
    "repost": repost,
    "contract": give_contract,
}
