"""Where people say what they do with a duty: take it, decline it, suggest somebody, and so on."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from handlers.access.names import names_of
from handlers.access.permissions import Actor
from handlers.access.visibility import Viewpoint
from handlers.checks.outcomes import Refused
from handlers.framework.context import Context
from handlers.responsibilities.context import seen
from handlers.responsibilities.messages import duties, register
from handlers.responsibilities.rules.duties import Act, Step
from handlers.responsibilities.service import take
from handlers.slack.directory import Directory
from handlers.slack.interactions import BlockAction, ViewSubmission
from handlers.slack.replies import Open, Refuse, Reply, Say, Wrote
from storage.engine.interface import WORKSPACE, Reader, Transaction
from storage.responsibilities import responsibilities


async def claim(context: Context[BlockAction]) -> Reply:
    viewpoint, actor = await context.viewpoint(), await context.actor()
    if unfit := await actor.why_unfit(context.user_id):
        return Reply(Say(duties.refused(unfit)))
    return await _taken(
        At(context.team_id, context.interaction.value, viewpoint),
        Step("claim", context.user_id),
        actor.directory,
        context.store.reader,
    )


async def confirm(context: Context[BlockAction]) -> Reply:
    viewpoint = await context.viewpoint()
    return await _taken(
        At(context.team_id, context.interaction.value, viewpoint),
        Step("confirm", context.user_id),
        context.directory,
        context.store.reader,
    )


async def open_decline(context: Context[BlockAction]) -> Reply:
    viewpoint = await context.viewpoint()
    return _opened(context.interaction, viewpoint, context.store.reader, "decline")


async def open_need(context: Context[BlockAction]) -> Reply:
    viewpoint = await context.viewpoint()
    return _opened(context.interaction, viewpoint, context.store.reader, "need")


async def open_not_needed(context: Context[BlockAction]) -> Reply:
    viewpoint = await context.viewpoint()
    return _opened(context.interaction, viewpoint, context.store.reader, "not needed")


async def open_suggest(context: Context[BlockAction]) -> Reply:
    viewpoint = await context.viewpoint()
    return _opened(context.interaction, viewpoint, context.store.reader, "suggest")


async def open_help(context: Context[BlockAction]) -> Reply:
    viewpoint = await context.viewpoint()
    return _opened(context.interaction, viewpoint, context.store.reader, "help")


async def decline(context: Context[ViewSubmission]) -> Reply:
    viewpoint = await context.viewpoint()
    return await _noted(context.interaction, viewpoint, context.directory, context.store.reader, "decline")


async def need(context: Context[ViewSubmission]) -> Reply:
    viewpoint = await context.viewpoint()
    return await _noted(context.interaction, viewpoint, context.directory, context.store.reader, "need")


async def not_needed(context: Context[ViewSubmission]) -> Reply:
    viewpoint = await context.viewpoint()
    return await _noted(context.interaction, viewpoint, context.directory, context.store.reader, "not needed")


async def _noted(
    submission: ViewSubmission, viewpoint: Viewpoint, directory: Directory, reader: Reader, act: Act
) -> Reply:
    step = Step(act, submission.user_id, note=submission.fields.text(duties.REASON))
    return await _taken(At(submission.team_id, submission.note, viewpoint), step, directory, reader)


async def suggest(context: Context[ViewSubmission]) -> Reply:
    submission, viewpoint, actor = context.interaction, await context.viewpoint(), await context.actor()
    person = submission.fields.text(duties.PERSON)
    about = seen(context.store.reader, submission.team_id, submission.note, viewpoint)
    if person == submission.user_id:
        return Reply(Refuse({duties.PERSON: duties.YOURSELF}))
    if about is not None and (error := await why_not(actor, person, about.component.visibility)):
        return Reply(Refuse({duties.PERSON: error}))
    step = Step("suggest", submission.user_id, person, submission.fields.text(duties.REASON))
    return await _taken(At(submission.team_id, submission.note, viewpoint), step, actor.directory, context.store.reader)


async def help_with(context: Context[ViewSubmission]) -> Reply:
    submission, viewpoint, actor = context.interaction, await context.viewpoint(), await context.actor()
    backup, chosen = submission.fields.text(duties.PERSON), submission.fields.get(duties.PEOPLE, [])
    helpers = tuple(chosen) if isinstance(chosen, list) else ()
    about = seen(context.store.reader, submission.team_id, submission.note, viewpoint)
    visibility = about.component.visibility if about else WORKSPACE
    named = [(duties.PEOPLE, each) for each in helpers] + ([(duties.PERSON, backup)] if backup else [])
    told = await asyncio.gather(*(why_not(actor, person, visibility) for _, person in named))
    if errors := {block_id: error for (block_id, _), error in zip(named, told, strict=True) if error}:
        return Reply(Refuse(errors))
    step = Step("help", submission.user_id, backup, people=helpers)
    return await _taken(At(submission.team_id, submission.note, viewpoint), step, actor.directory, context.store.reader)


async def why_not(actor: Actor, user_id: str, visibility: str) -> str:
    """Say why a person cannot be asked to take something; empty when they can."""
    if unfit := await actor.why_unfit(user_id):
        return unfit
    is_out = visibility != WORKSPACE and not await actor.directory.is_in(actor.team_id, user_id, visibility)
    return "They are not in the channel that this belongs to. Invite them first." if is_out else ""


async def read_history(context: Context[BlockAction]) -> Reply:
    viewpoint = await context.viewpoint()
    about = seen(context.store.reader, context.team_id, context.interaction.value, viewpoint)
    if about is None:
        return Reply(Say(register.gone()))
    events = responsibilities.history(context.store.reader, context.team_id, about.component.id, about.kind.id)
    names = await names_of(
        context.store.reader,
        context.directory,
        context.team_id,
        [person for each in events for person in (each.by, each.person)],
    )
    return Reply(Say(duties.history(about, events, names)))


def _opened(press: BlockAction, viewpoint: Viewpoint, reader: Reader, what: str) -> Reply:
    about = seen(reader, press.team_id, press.value, viewpoint)
    return Reply(Say(register.gone()) if about is None else Open(_FORMS[what](about)))


_FORMS = {
    "decline": duties.decline_form,
    "need": duties.need_form,
    "not needed": duties.not_needed_form,
    "suggest": duties.suggest_form,
    "help": duties.help_form,
}


@dataclass(frozen=True, slots=True)
class At:
    """Which duty an interaction is about, and what the person may see."""

    team_id: str
    value: str
    viewpoint: Viewpoint


async def _taken(at: At, step: Step, directory: Directory, reader: Reader) -> Reply:
    """Take a step; who is told of it is asked of Slack before the write, and decided in it."""
    about = seen(reader, at.team_id, at.value, at.viewpoint)
    if about is None:
        return Reply(Say(register.gone()))
    members = await directory.who_may_hear(at.team_id, about.component.visibility)
    return Reply(write=partial(_take, at, step, members))


def _take(at: At, step: Step, members: frozenset[str] | None, transaction: Transaction, now: datetime) -> Wrote:
    about = seen(transaction, at.team_id, at.value, at.viewpoint)
    if about is None:
        return Wrote(Say(register.gone()))
    taken = take(transaction, about, step, now, members)
    if isinstance(taken, Refused):
        return Wrote(Say(duties.refused(taken.told)))
    return Wrote(Say(duties.done(taken.about, step)), taken.messages)
