"""Where steps are taken with a data request: by button, by form, and as a word after the command."""

import re
from dataclasses import replace
from datetime import datetime
from typing import cast, get_args

from handlers.checks.outcomes import Refused
from handlers.checks.sensitive_data import objection
from handlers.data_requests import service
from handlers.data_requests.actions import more
from handlers.data_requests.actions.sending import sent
from handlers.data_requests.context import Asker, asking
from handlers.data_requests.forms import draft as form_views
from handlers.data_requests.forms import steps
from handlers.data_requests.forms.steps import DATA_VERSION, LINK, NOTE, PERSON, PLACE
from handlers.data_requests.messages import record, usage
from handlers.data_requests.rules import moves
from handlers.data_requests.rules.moves import Act, Move
from handlers.data_requests.service import At
from handlers.framework.context import Context
from handlers.slack import blocks
from handlers.slack.interactions import Ask, BlockAction, ViewSubmission
from handlers.slack.replies import Open, Refuse, Reply, Say, Wrote
from storage.data_requests.data_requests import DataRequest, Delivered
from storage.engine.interface import Transaction, to_text

_ACTS = frozenset(get_args(Act))
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://\S+|<?[a-z][a-z0-9+.-]*://[^>\s]+>?", re.IGNORECASE)


async def press_step(context: Context[BlockAction]) -> Reply:
    """Take a step, or open the form that it needs."""
    press, _viewpoint, _actor = context.interaction, await context.viewpoint(), await context.actor()
    it = await asking(context)
    act, _, rest = press.value.partition(":")
    request_id, _, seen = rest.partition(":")
    request = it.seen(it.reader, request_id)
    return Reply(Say(usage.gone())) if request is None else await _step(it, request, cast("Act", act), seen)


async def open_step(it: Asker, request: DataRequest, words: str, ask: Ask) -> Reply:
    """Take the step that was typed after a number; what is typed after that is its note."""
    step, note = steps.called(words)
    if step in _ACTS:
        return await _by_word(it, request, cast("Act", step), note)
    if step == "terms":
        names = (await it.at(request)).names
        return Reply(Open(form_views.overview(request, it.roles(request), names), usage.by_button(request)))
    if not step:
        return Reply(Say(blocks.said(f"I do not know “{blocks.cut(words, 40)}”. /data-request help has the steps.")))
    return await more.done(it, request, step, ask.place.channel_id)


async def _by_word(it: Asker, request: DataRequest, act: Act, note: str) -> Reply:
    """Take a step by its word alone, or with the note that it takes: "take a look at this" is none."""
    if not note:
        return await _step(it, request, act)
    if act in steps.NOTES:
        return await _taken(it, request, Move(act, it.user_id, it.roles(request), note))
    if act == "deliver" and _ADDRESS.fullmatch(note):
        link = Delivered(link=note.strip("<>"), by=it.user_id, at=to_text(it.context.now))
        return await _taken(it, request, Move(act, it.user_id, it.roles(request), delivered=link))
    return Reply(Say(usage.did_you_mean(request, act)))


async def _step(it: Asker, request: DataRequest, act: Act, seen: str = "") -> Reply:
    """Take a step that needs no more, or open its form; what is not allowed is said before anybody types."""
    if act == "send":
        return await sent(it, request)
    made = Move(act, it.user_id, it.roles(request), seen=seen)
    modal = steps.form_of(act, request)
    if modal is None:
        return await _taken(it, request, made)
    told = moves.not_allowed(request, made)
    return Reply(Say(blocks.said(told)) if told else Open(modal, usage.by_button(request)))


async def take_step(context: Context[ViewSubmission]) -> Reply:
    """Take a step with what its form was told."""
    submission, _viewpoint, _actor = context.interaction, await context.viewpoint(), await context.actor()
    it = await asking(context)
    act, _, rest = submission.note.partition(":")
    request_id, _, seen = rest.partition(":")
    request = it.seen(it.reader, request_id)
    if request is None:
        return Reply(Say(usage.gone()))
    told = {name: submission.fields.text(name) for name in (NOTE, LINK, PLACE, DATA_VERSION, PERSON)}
    errors = {name: error for name, text in told.items() if (error := objection(text))}
    if act == "deliver" and not errors and not _ADDRESS.fullmatch(told[LINK]):
        errors[LINK] = "Write a link, such as https://… or s3://…"
    at = await it.at(request, told[PERSON])
    if told[PERSON] and (unfit := await it.unfit(told[PERSON], at.members)):
        errors[PERSON] = unfit
    if errors:
        return Reply(Refuse(errors))
    made = Move(cast("Act", act), it.user_id, it.roles(request), told[NOTE], told[PERSON], seen=seen)
    if act == "deliver":
        delivered = Delivered(
            link=told[LINK].strip("<>"), place=told[PLACE], data_version=told[DATA_VERSION], by=it.user_id,
            at=to_text(context.now),
        )  # fmt: skip
        made = replace(made, delivered=delivered)
    return _written(it, made, at, request.id, in_form=True)


async def _taken(it: Asker, request: DataRequest, made: Move) -> Reply:
    if wrong := objection(made.note):
        return Reply(Say(blocks.said(wrong)))
    if made.act == "take" and (unfit := await it.actor.why_unfit(it.user_id)):
        return Reply(Say(blocks.said(unfit)))
    return _written(it, made, await it.at(request), request.id)


def _written(it: Asker, made: Move, at: At, request_id: str, *, in_form: bool = False) -> Reply:
    def settle(transaction: Transaction, now: datetime) -> Wrote | Refuse:
        current = it.seen(transaction, request_id)
        if current is None:
            return Wrote(Say(usage.gone()))
        at_now = replace(at, now=now)
        taken = service.take(transaction, current, replace(made, roles=it.roles(current)), at_now)
        if isinstance(taken, Refused):
            return Refuse({taken.field: taken.told}) if taken.field and in_form else Wrote(Say(blocks.said(taken.told)))
        seen = service.shown(transaction, taken.request, at_now)
        return Wrote(Say(record.record(seen, it.roles(taken.request), it.user_id)), taken.messages)

    return Reply(write=settle)
