"""Posts summaries when they are due, once each, and notes the working day before whose things will be listed."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from handlers.access.recipients import Destination, post
from handlers.framework.context import WorkspaceContext
from handlers.framework.routing import Job, PutOff, Run, as_far_as
from handlers.hooks.digest import Digest
from handlers.hooks.reminders import Reminder
from handlers.weekly_summary import rules
from handlers.weekly_summary.messages import summary
from handlers.weekly_summary.messages.mine import mine
from handlers.weekly_summary.rules import Due
from handlers.weekly_summary.service import (
    gathered,
    is_limited,
    needing,
    seen_in,
    shown_of,
    span_since,
    visible_in,
)
from storage.engine.interface import WORKSPACE, Reader, Transaction, to_text
from storage.outbox import threads
from storage.outbox.deliveries import Delivery
from storage.outbox.threads import Thread
from storage.records.ids import new_id
from storage.workspaces import preferences, summaries
from storage.workspaces.summaries import Notice, Schedule, is_of_channel
from storage.workspaces.workspaces import known_workspace, stewards_of

#: So many summaries are made at one tick, and looked ahead for; the rest at the next. Of the several hundred messages a
#: minute that Slack takes, they leave some to people.
_MADE, _FORESEEN = 70, 10
#: So many are made side by side: other searches go in between.
_AT_ONCE = 5
#: From so many on, Slack describes all channels by fewer calls.
_MANY, _TICK_SECONDS = 10, 20
#: Who is in very many channels takes longer to ask than to post: that begins so much earlier, and holds two minutes.
_AHEAD = timedelta(seconds=110)


@dataclass(frozen=True, slots=True)
class Made:
    """A summary that is due, and all that it tells; ``told`` is empty where it is folded into the next."""

    due: Due
    told: Sequence[Digest]
    shown: summary.Shown
    visible: tuple[str, ...]
    #: What needs the person whose own summary it is.
    needs: Sequence[Reminder] = ()


async def plan(context: WorkspaceContext) -> Run | PutOff | None:
    """Make what is due now, and foresee what is due on the next working day."""
    ready, soon = await context.store.search(lambda reader: _due(reader, context))
    coming = await context.store.search(lambda reader: _coming(reader, context))
    if len(ready) + len(soon) >= _MANY:
        await _ask_ahead(context, [*ready, *soon])
        coming = []
    if not ready and not coming:
        return None
    needs, made = await needing(context), list[Made | None]()
    for begin in range(0, min(len(ready), _MADE), _AT_ONCE):
        few = ready[begin : begin + _AT_ONCE]
        made += await asyncio.gather(*(_made(context, each, needs) for each in few))
    foreseen = [await _foreseen(context, needs, *each) for each in coming[:_FORESEEN]]
    run = partial(_settle, [each for each in made if each is not None], foreseen)
    return as_far_as(run, is_all=None not in made and all(foreseen))


def _due(reader: Reader, context: WorkspaceContext) -> tuple[list[Due], list[Due]]:
    """Return the summaries that are due, and those that will be soon."""
    team_id, now = context.team_id, context.now
    known = [(each, summaries.runs(reader, team_id, each.subject)) for each in summaries.schedules(reader, team_id)]
    found = [each for schedule, told in known if (each := rules.due(schedule, told, now + _AHEAD)) is not None]
    return [each for each in found if each.due_at <= now], [each for each in found if each.due_at > now]


async def _ask_ahead(context: WorkspaceContext, coming: Sequence[Due]) -> None:
    """Ask Slack by few calls, and early, what in one minute it tells only of some of very many channels."""
    workspace = await context.read(known_workspace, context.team_id)
    await context.directory.describe_all(context.team_id)
    channels = [each.schedule.subject for each in coming if is_of_channel(each.schedule.subject)]
    await context.directory.foresee_members(context.team_id, channels, workspace.places)


def _coming(reader: Reader, context: WorkspaceContext) -> list[tuple[Schedule, str, datetime]]:
    """Return the summaries that are due on the next working day and were not foreseen yet."""
    team_id, now = context.team_id, context.now
    noted = summaries.notices_since(reader, team_id, to_text(now))
    revision = known_workspace(reader, team_id).preferences_revision
    holidays = preferences.chosen(reader, team_id, revision, preferences.HOLIDAYS).get(team_id, "").split()
    ahead, found = {(each.subject, each.period) for each in noted}, []
    for each in summaries.schedules(reader, team_id):
        day, moment = rules.next_due(each, now)
        if rules.is_near(day, holidays, now) and (each.subject, day.isoformat()) not in ahead:
            found.append((each, day.isoformat(), moment))
    return found


async def _made(context: WorkspaceContext, due: Due, every: Sequence[Reminder]) -> Made | None:
    """Make a summary; None where Slack does not say who may read it, so that the next tick tries again."""
    subject, is_naming = due.schedule.subject, due.schedule.is_naming
    visible = () if due.is_late(context.now) else await visible_in(context, subject)
    if visible is None:
        return None
    readers = await context.directory.who_may_hear(context.team_id, subject if subject in visible else WORKSPACE)
    if readers is not None and not readers:
        # The bot itself is in each of its channels.
        return None
    told, before = await context.store.search(lambda reader: _gathered(reader, context, due, visible))
    needs = seen_in(every, visible)
    shown = replace(
        await shown_of(context, told, before, needs),
        run_id=new_id(),
        is_naming=is_naming,
        period=due.period,
        readers=readers,
        is_limited=is_limited(subject, visible),
    )
    is_own = not subject.startswith(("C", "G"))
    own = [each for each in needs if subject in each.people] if is_own else []
    return Made(due, told, shown, tuple(visible), own)


def _gathered(
    reader: Reader, context: WorkspaceContext, due: Due, visible: Sequence[str]
) -> tuple[list[Digest], list[summaries.Run]]:
    """Gather a summary, and those before it; nothing may be told where nothing may be seen."""
    subject = due.schedule.subject
    is_steward = subject in {each.user_id for each in stewards_of(reader, context.team_id)}
    span = span_since(due.begin, context.now, visible)
    told = gathered(reader, context, span, with_stewards=is_steward) if visible else []
    if not subject.startswith(("C", "G")):
        told = rules.for_person(told, subject)
    return told, [run for run in summaries.runs(reader, context.team_id, subject) if run.state != "folded"]


async def _foreseen(
    context: WorkspaceContext, every: Sequence[Reminder], schedule: Schedule, period: str, moment: datetime
) -> list[Notice]:
    """Find whose things will be listed and how many; none yet where nothing has happened so far."""
    subject, listed = schedule.subject, dict[str, int]()
    visible = await visible_in(context, subject)
    if visible is None:
        return []
    if visible and (not is_of_channel(subject) or context.directory.knows_bot_in(context.team_id, subject)):
        is_coming = await context.store.search(lambda reader: _is_coming(reader, context, subject, visible))
        counts = rules.waiting_on(seen_in(every, visible))
        listed = {person: count if is_coming else 0 for person, count in counts}
    # A row without a person says that this summary was looked at.
    at, shows = to_text(moment), " ".join(visible)
    looked = Notice(
        team_id=context.team_id, subject=subject, period=period, due_at=at, person="", count=0, listed=shows
    )
    told = {who: many for who, many in listed.items() if is_of_channel(subject) or who == subject}
    return [looked, *(looked.model_copy(update={"person": who, "count": many}) for who, many in told.items())]


def _is_coming(reader: Reader, context: WorkspaceContext, subject: str, visible: Sequence[str]) -> bool:
    """Tell whether a summary will have something to tell, as things stand now."""
    said = [run for run in summaries.runs(reader, context.team_id, subject) if run.state != "folded"]
    span = span_since(rules.begin_of(said, context.now), context.now, visible)
    told = gathered(reader, context, span, with_stewards=False)
    return not rules.is_nothing(told, said[0] if said else None)


def _settle(
    made_now: Sequence[Made],
    foreseen: Sequence[Sequence[Notice]],
    transaction: Transaction,
    team_id: str,
    now: datetime,
) -> list[Delivery]:
    """Keep each run, which is what nobody else can do again, and say what it tells."""
    said = [delivery for each in made_now for delivery in _told(transaction, team_id, each, now)]
    for notices in filter(None, foreseen):
        summaries.note_notices(transaction, notices)
    summaries.forget_notices(transaction, to_text(now - timedelta(days=2)))
    return said


def _told(transaction: Transaction, team_id: str, it: Made, now: datetime) -> list[Delivery]:
    schedule, shown = it.due.schedule, it.shown
    last = shown.before[0] if shown.before else None
    alone = Destination(team_id, schedule.subject)
    is_quiet = rules.is_nothing(it.told, last)
    state: summaries.State = "folded" if it.due.is_late(now) else "nothing" if is_quiet else "posted"
    run = summaries.Run(
        id=shown.run_id, team_id=team_id, subject=schedule.subject, period=it.due.period, begins_at=it.due.begin,
        ends_at=to_text(now), state=state, figures=dict(shown.figures), keys=rules.keys_of(it.told),
        thread=shown.run_id,
    )  # fmt: skip
    if not summaries.add_run(transaction, run) or state == "folded":
        return []
    if is_quiet:
        is_told = schedule.is_always or (shown.is_limited and last is not None and last.state == "posted")
        return [post(alone, summary.quiet(shown), now)] if is_told else []
    if not schedule.subject.startswith(("C", "G")):
        told = mine(it.needs, shown.sections, schedule.subject, shown)
        return [post(replace(alone, about=it.visible), told, now)]
    in_thread, parts = replace(alone, thread=shown.run_id), [*summary.in_full(shown), summary.trend(shown)]
    said = [post(in_thread, each, now) for each in parts if each is not None]
    thread = Thread(id=shown.run_id, team_id=team_id, channel=schedule.subject, opener=said[0].id, is_told=True)
    threads.add(transaction, thread)
    return said


def _tick(now: datetime) -> str:
    return f"{now:%Y-%m-%dT%H:%M} {now.second // _TICK_SECONDS}"


JOBS = (Job("summaries", _tick, plan, lambda reader, _services: summaries.where_scheduled(reader)),)
