"""Where steps are taken with a data request: by button, by form, and as a word after the command."""

import asyncio
import re
from dataclasses import replace
from datetime import datetime

from handlers.access.recipients import Facts
from handlers.checks.outcomes import Refused
from handlers.checks.sensitive_data import objection
from handlers.data_requests.context import Asker, asking_about
from handlers.data_requests.forms import steps
from handlers.data_requests.forms.steps import DATA_VERSION, LINK, NOTE, PERSON, PLACE
from handlers.data_requests.messages import usage
from handlers.data_requests.messages.buttons import STEP_LABELS
from handlers.data_requests.rules.moves import Act, Move, why_not
from handlers.data_requests.service import requests
from handlers.data_requests.service.suggesting import others_to_ask
from handlers.framework.context import Context
from handlers.slack import blocks
from handlers.slack.interactions import BlockAction, ViewSubmission
from handlers.slack.replies import Open, Refuse, Reply, Say, Wrote
from storage.data_requests.data_requests import DataRequest, Delivered
from storage.engine.interface import Transaction, to_text

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://\S+|<?[a-z][a-z0-9+.-]*://[^>\s]+>?", re.IGNORECASE)


async def press_step(context: Context[BlockAction]) -> Reply:
    act, request_id, seen = _parts_of(context.interaction.value)
    it, request = await asking_about(context, request_id)
    if request is None or act not in STEP_LABELS:
        return usage.GONE
    return await _step(it, request, act, seen)


def _parts_of(value: str) -> tuple[str, str, str]:
    """Return the act, the request and the mark of how it stood that a button or a form carries."""
    act, request_id, seen, *_ = (*value.split(":"), "", "")
    return act, request_id, seen


async def typed(it: Asker, request: DataRequest, act: Act, note: str) -> Reply:
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
    modal = steps.form_of(act, request)
    if modal is None:
        return await _taken(it, request, Move(act, it.user_id, it.roles(request), seen=seen))
    shown = it.shown(modal)
    opened = Open(modal, usage.by_button(request)) if isinstance(shown, Open) else shown
    return Reply(why_not(request, act, it.roles(request)) or opened)


async def take_step(context: Context[ViewSubmission]) -> Reply:
    act, request_id, seen = _parts_of(context.interaction.note)
    it, request = await asking_about(context, request_id)
    if request is None or act not in STEP_LABELS:
        return usage.GONE
    told = {name: context.interaction.fields.text(name) for name in (NOTE, LINK, PLACE, DATA_VERSION, PERSON)}
    facts = await _facts(it, request, act, told[PERSON])
    errors = await asyncio.to_thread(_wrong, act, told) | await it.misfits(facts, {PERSON: told[PERSON]})
    if errors:
        return Reply(Refuse(errors))
    made = Move(act, it.user_id, it.roles(request), told[NOTE], told[PERSON], seen=seen)
    if act == "deliver":
        link, at = told[LINK].strip("<>"), to_text(context.now)
        what = Delivered(link=link, place=told[PLACE], data_version=told[DATA_VERSION], by=it.user_id, at=at)
        made = replace(made, delivered=what)
    return _written(it, request, made, facts)


def _wrong(act: str, told: dict[str, str]) -> dict[str, str]:
    errors = {name: error for name, text in told.items() if (error := objection(text))}
    if act == "deliver" and not errors and not _ADDRESS.fullmatch(told[LINK]):
        errors[LINK] = "Enter a link, such as https://… or s3://…"
    return errors


async def _taken(it: Asker, request: DataRequest, made: Move) -> Reply:
    wrong = await asyncio.to_thread(objection, made.note)
    if not wrong and made.act == "take":
        wrong = await it.actor.why_unfit(it.user_id)
    return Reply(Say(blocks.said(wrong))) if wrong else _written(it, request, made, await _facts(it, request, made.act))


async def _facts(it: Asker, request: DataRequest, act: Act, *named: str) -> Facts:
    """Ask Slack of those too who may be named as having similar data."""
    if act != "decline":
        return await it.facts_of(request, *named)
    others = await it.context.read(others_to_ask, request, Facts(it.user_id, it.context.now))
    return await it.facts_of(request, *(each.user_id for each in others))


def _written(it: Asker, request: DataRequest, made: Move, facts: Facts) -> Reply:
    def settle(transaction: Transaction, _now: datetime) -> Wrote:
        saved = requests.take(transaction, request, made, facts)
        if isinstance(saved, Refused):
            return Wrote(saved)
        told = blocks.said(requests.done(transaction, saved.request, made, facts))
        return Wrote(it.said(told), saved.messages)

    return Reply(write=settle)
