"""Posts summaries when they are due, once each, and notes a day before whose things will be listed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from handlers.access.recipients import Destination, post
from handlers.framework.context import WorkspaceContext
from handlers.framework.routing import Job, Run
from handlers.hooks.digest import Digest
from handlers.weekly_summary import messages, rules
from handlers.weekly_summary.rules import Due
from handlers.weekly_summary.service import gathered, names_for, span_since, visible_in
from storage.engine.interface import WORKSPACE, Reader, Transaction, to_text
from storage.outbox import threads
from storage.outbox.deliveries import Delivery
from storage.outbox.threads import Thread
from storage.records.ids import new_id
from storage.workspaces import summaries
from storage.workspaces.summaries import Notice, Schedule
from storage.workspaces.workspaces import stewards_of

_POSTS_KEPT = timedelta(days=1)
#: So many summaries are made at one tick; the rest at the next.
_AT_ONCE = 10


@dataclass(frozen=True, slots=True)
class Made:
    """A summary that is due, and all that it tells; ``told`` is empty where it is folded into the next."""

    due: Due
    told: Sequence[Digest]
    shown: messages.Shown


@dataclass(frozen=True, slots=True)
class Foreseen:
    """Whose things a coming summary will list."""

    schedule: Schedule
    period: str
    notices: Sequence[Notice]


async def plan(context: WorkspaceContext) -> Run | None:
    """Make what is due now, and foresee what is due within a day."""
    ready = await context.store.search(lambda reader: _due(reader, context))
    coming = await context.store.search(lambda reader: _coming(reader, context))
    if not ready and not coming:
        return None
    made = [await _made(context, each) for each in ready[:_AT_ONCE]]
    foreseen = [await _foreseen(context, *each) for each in coming[:_AT_ONCE]]
    return partial(
        _settle, [each for each in made if each is not None], [each for each in foreseen if each is not None]
    )


def _due(reader: Reader, context: WorkspaceContext) -> list[Due]:
    found = [
        rules.due(each, summaries.runs(reader, context.team_id, each.subject), context.now)
        for each in summaries.schedules(reader, context.team_id)
    ]
    return [each for each in found if each is not None]


def _coming(reader: Reader, context: WorkspaceContext) -> list[tuple[Schedule, str, datetime]]:
    """Return the channels whose summary is due within a day and of which nobody was told yet."""
    ahead = {
        (each.subject, each.period) for each in summaries.notices_ahead(reader, context.team_id, to_text(context.now))
    }
    found = []
    for each in summaries.schedules(reader, context.team_id):
        day, moment = rules.next_due(each, context.now)
        is_channel = each.subject.startswith(("C", "G"))
        if is_channel and rules.is_near(day, moment, context.now) and (each.subject, day.isoformat()) not in ahead:
            found.append((each, day.isoformat(), moment))
    return found


async def _made(context: WorkspaceContext, due: Due) -> Made | None:
    """Make a summary; None where Slack does not say who may read it, so that the next tick tries again."""
    visible = () if due.is_late(context.now) else await visible_in(context, due.schedule.subject)
    if visible is None:
        return None
    found = await context.store.search(lambda reader: made(reader, context, due, visible))
    subject = due.schedule.subject
    readers = await context.directory.who_may_hear(context.team_id, subject if subject in visible else WORKSPACE)
    names = await names_for(context, found.told)
    return replace(found, shown=replace(found.shown, names=names, readers=readers))


def made(reader: Reader, context: WorkspaceContext, due: Due, visible: Sequence[str]) -> Made:
    """Gather a summary, without names; nothing may be told where nothing may be seen."""
    subject = due.schedule.subject
    is_steward = subject in {each.user_id for each in stewards_of(reader, context.team_id)}
    span = span_since(due.begin, context.now, visible)
    told = gathered(reader, context, span, with_stewards=is_steward) if visible else []
    if not subject.startswith(("C", "G")):
        told = rules.for_person(told, subject)
    before = [run for run in summaries.runs(reader, context.team_id, subject) if run.state != "folded"]
    shown = messages.Shown(
        [each.section for each in told], rules.figures_of(told), before, {}, context.now,
        new_id(), due.schedule.is_naming, frozenset(before[0].keys) if before else frozenset(), due.period,
    )  # fmt: skip
    return Made(due, told, shown)


async def _foreseen(context: WorkspaceContext, schedule: Schedule, period: str, moment: datetime) -> Foreseen | None:
    """Find whose things would be listed, and keep nobody in mind who could not see them."""
    visible = await visible_in(context, schedule.subject)
    if visible is None:
        return None
    begin = to_text(context.now - timedelta(days=7))

    def look(reader: Reader) -> list[Digest]:
        return gathered(reader, context, span_since(begin, context.now, visible), with_stewards=False)

    told = await context.store.search(look) if visible else []
    sections = [each.section for each in told]
    at = to_text(moment)
    notices = [
        Notice(
            team_id=context.team_id, subject=schedule.subject, period=period, due_at=at, person=person, count=count,
            listed=rules.first_waiting(sections, person),
        )
        for person, count in rules.waiting_for(sections)
    ]  # fmt: skip
    # A row without a person says that this summary was looked at.
    looked = Notice(team_id=context.team_id, subject=schedule.subject, period=period, due_at=at, person="", count=0)
    return Foreseen(schedule, period, [looked, *notices])


def _settle(
    made_now: Sequence[Made], foreseen: Sequence[Foreseen], transaction: Transaction, team_id: str, now: datetime
) -> list[Delivery]:
    """Keep each run, which is what nobody else can do again, and say what it tells."""
    said: list[Delivery] = []
    for each in made_now:
        said += _told(transaction, team_id, each, now)
    for coming in foreseen:
        summaries.note_notices(transaction, coming.notices)
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
        return [post(alone, messages.nothing(), now)] if schedule.is_always else []
    if not schedule.subject.startswith(("C", "G")):
        own = messages.mine(shown.sections, shown)
        return [post(alone, own, now)]
    in_thread = replace(alone, thread=shown.run_id)
    opener = post(in_thread, messages.lead(shown), now)
    threads.add(
        transaction, Thread(id=shown.run_id, team_id=team_id, channel=schedule.subject, opener=opener.id, is_told=True)
    )
    sections = [part for each in shown.sections if each.told_groups for part in messages.section(each, shown)]
    chart = messages.trend(shown)
    replies = [*sections, *([chart] if chart is not None else [])]
    return [opener, *(post(in_thread, each, now) for each in replies)]


def _minute(now: datetime) -> str:
    return f"{now:%Y-%m-%dT%H:%M}"


JOBS = (Job("summaries", _minute, plan),)
