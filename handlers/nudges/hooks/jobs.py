"""Reminds people: looks what is due, asks Slack about the few who would be told, and decides anew while writing."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from functools import partial

from handlers.access.recipients import Destination, Facts, post
from handlers.access.settling import Deed, settle
from handlers.checks.dates import today, zone
from handlers.checks.hours import end_of_day
from handlers.framework.context import WorkspaceContext
from handlers.framework.routing import Job, Run
from handlers.framework.services import Services
from handlers.hooks.reminders import Reminder
from handlers.nudges import messages
from handlers.nudges.hooks.looking import Asked, Look, look, look_ahead
from handlers.nudges.rules import choosing, resting
from handlers.nudges.rules.choosing import Situation
from handlers.nudges.rules.told import given_up
from handlers.slack.users import Person
from storage.engine.interface import Reader, Transaction, to_text
from storage.outbox import losses
from storage.outbox.deliveries import Delivery
from storage.records.ids import new_id
from storage.workspaces import nudges, rests, workspaces
from storage.workspaces.nudges import Nudge
from storage.workspaces.people import KnownPerson, known_people, note_people
from storage.workspaces.rests import Rest
from storage.workspaces.workspaces import held

#: So many people are looked up in Slack, or told something, at one time; the rest in the next ten minutes.
_AT_ONCE = 40
_LOOKED_AT_FOR = timedelta(hours=20)
#: Whether those who were gone are there again is asked once a day.
_WHO_LEFT = "who left"
_SETTLED_AT_ONCE = 500
_LOST_FOR = timedelta(days=1)
#: What is not said within this time may be settled meanwhile.
_LIFE = timedelta(minutes=9)
_PATIENCE = 30.0


async def plan(context: WorkspaceContext) -> Run:
    """Look who would be told what, and ask Slack about them: are they there, may they be disturbed."""
    asked = Asked(await context.directory.admins(context.team_id, _PATIENCE) | context.admins)
    is_everybody_known = await _look_people_up(context, asked.admins)
    asked = replace(asked, members=await members_asked(context, asked))
    due, seen = await context.store.search(lambda reader: _due(reader, context, asked))
    wanted = _turn(due, context.now)
    answers = await asyncio.gather(*(_may_be_told(context, person) for person in wanted))
    allowed = frozenset(person for person, may in zip(wanted, answers, strict=True) if may)
    context.services.measures.put_off.inc(len(wanted) - len(allowed))
    log = seen.situation.log
    done, over = choosing.settled(seen.reminders, log), choosing.over(seen.reminders, log)
    is_told_all = is_everybody_known and bool(asked.admins) and not _unanswered(context, asked, seen.places)
    is_all_settled = max(len(done), len(over)) <= _SETTLED_AT_ONCE
    can_rest = is_told_all and is_all_settled and allowed == {*due}
    rest = await _rest(context, seen, allowed) if can_rest else None
    return partial(_remind, context, Planned(asked, allowed, done[:_SETTLED_AT_ONCE], over[:_SETTLED_AT_ONCE], rest))


async def _rest(context: WorkspaceContext, seen: Look, heard: frozenset[str]) -> Rest:
    """Return until when nobody is to be told anything, once those have heard who may now."""
    it, latest = seen.situation, resting.daily(context.team_id, context.now)
    # What doesn't reach them gives them the day back.
    soon = resting.next_slot(it.now) if heard else resting.again_at(seen.reminders, it)

    def until(reader: Reader) -> datetime:
        at = partial(look_ahead, reader, context, seen)
        return resting.until((seen.reminders, it), at, heard, latest)

    end = await context.store.search(until)
    return Rest(team_id=context.team_id, soon=to_text(soon), until=to_text(end), seen=seen.changes)


def _where(reader: Reader, services: Services) -> set[str]:
    """Return where somebody might be told something: since a message was lost, its reader has the day to hear of it."""
    now = services.now()
    return rests.where_awake(reader, now, losses.where_lost(reader, now - _LOST_FOR))


async def members_asked(context: WorkspaceContext, asked: Asked) -> dict[str, frozenset[str]]:
    """Ask Slack who is in the private channels of which somebody might be told something now."""
    seen = await context.store.search(lambda reader: look(reader, context, asked))
    turn = _turn(seen.places, context.now)
    found = await asyncio.gather(*(context.directory.members(context.team_id, each) for each in turn))
    return {place: people for place, people in zip(turn, found, strict=True) if people}


def _unanswered(context: WorkspaceContext, asked: Asked, places: Sequence[str]) -> list[str]:
    """Return the private channels of which Slack didn't say who is in them."""
    left = (each for each in places if each not in asked.members)
    return [each for each in left if not context.directory.is_shut_out(context.team_id, each)]


def _due(reader: Reader, context: WorkspaceContext, asked: Asked) -> tuple[list[str], Look]:
    """Return who would be told something, but for those who were today, and what was looked at."""
    seen = look(reader, context, asked)
    days = {person: _day(person, seen.situation) for person in seen.due}
    told = {who for who, day in days.items() if workspaces.is_finished(reader, context.team_id, f"nudge {who}", day)}
    return [person for person in days if person not in told], seen


def _day(person: str, it: Situation) -> str:
    """Return the name of a person's day: one message each, and another try for each that never reached Slack."""
    tz = it.people[person].tz
    begin = datetime.combine(today(it.now, tz), time(), zone(tz))
    lost = given_up(it.log, person, begin)
    return f"{today(it.now, tz).isoformat()}{f' again {lost}' if lost else ''}"


def _turn(wanted: Sequence[str], now: datetime) -> list[str]:
    """Return whose turn it is of more than can be asked about at once: the next ones every ten minutes."""
    listed = sorted(wanted)
    if len(listed) <= _AT_ONCE:
        return listed
    begin = int(now.timestamp() // resting.SLOT.total_seconds()) * _AT_ONCE % len(listed)
    return (listed + listed)[begin : begin + _AT_ONCE]


async def _look_people_up(context: WorkspaceContext, admins: Collection[str]) -> bool:
    """Ask Slack anew about people whom it described too long ago, or never; return whether it told of them all."""
    unread = await context.store.search(lambda reader: _unread(reader, context, admins))
    turn = _turn(unread, context.now)
    found = await asyncio.gather(*(context.directory.person(context.team_id, each) for each in turn))
    described = [known_person(context.team_id, each, context.now) for each in found if each is not None]
    is_all = len(described) == len(unread)

    def note(transaction: Transaction) -> None:
        note_people(transaction, described)
        if is_all:
            workspaces.claim_period(transaction, context.team_id, _WHO_LEFT, _date(context), context.now)

    if described:
        await context.store.write(held(context.team_id, note))
    return is_all


def _unread(reader: Reader, context: WorkspaceContext, admins: Collection[str]) -> list[str]:
    known = known_people(reader, context.team_id)
    oldest = to_text(context.now - _LOOKED_AT_FOR)
    named = {person for people in context.hooks.people for person in people(reader, context.team_id) if person}
    # Since when somebody is gone says nothing of when Slack was asked about them.
    is_asked = workspaces.is_finished(reader, context.team_id, _WHO_LEFT, _date(context))
    wanted = {*named, *admins}
    if is_asked:
        wanted -= {each.user_id for each in known.values() if each.is_gone}
    return [each for each in wanted if each not in known or known[each].read_at < oldest]


def _date(context: WorkspaceContext) -> str:
    return context.now.date().isoformat()


def known_person(team_id: str, person: Person, now: datetime) -> KnownPerson:
    told = {name: getattr(person, name) for name in ("user_id", "name", "tz", "is_away")}
    return KnownPerson.model_validate({**told, "team_id": team_id, "is_gone": person.is_guest, "read_at": to_text(now)})


async def _may_be_told(context: WorkspaceContext, person: str) -> bool:
    """Tell whether a person is there, and may be disturbed now."""
    described = await context.directory.person(context.team_id, person)
    if described is None or described.is_guest or described.is_away:
        return False
    return not await context.directory.is_quiet(context.team_id, person)


@dataclass(frozen=True, slots=True)
class Planned:
    """What was found out before the write: what Slack said, who may be told now, and what is settled, or over.

    While the workspace has a ``rest`` nobody can be told anything.
    """

    asked: Asked
    allowed: frozenset[str]
    done: Sequence[Nudge]
    over: Sequence[Nudge]
    rest: Rest | None


def _remind(
    context: WorkspaceContext, planned: Planned, transaction: Transaction, team_id: str, now: datetime
) -> list[Delivery]:
    """Decide anew with what is true now, and write what is to be said, once a day and person."""
    nudges.settle(transaction, planned.done, now)
    if planned.rest is not None:
        rests.note_rest(transaction, planned.rest)
    told = _ended(transaction, team_id, planned.over, now)
    if not planned.allowed:
        return told
    seen = look(transaction, context, planned.asked)
    it = seen.situation
    due = {person: each for person, each in seen.due.items() if person in planned.allowed}
    for person, digest in due.items():
        if workspaces.claim_period(transaction, team_id, f"nudge {person}", _day(person, it), now):
            known = it.people[person]
            until = min(now + _LIFE, end_of_day(known.hours, known.tz, now))
            covered = digest.covered if digest.is_notice_alone else messages.shown(digest.covered)
            said = messages.digest(digest, person, today(now, known.tz), delivery_id := new_id())
            message = post(Destination(team_id, person, about=_about(covered)), said, now, until, delivery_id)
            nudges.record(transaction, _records(message, covered))
            told.append(message)
    return told


def _ended(transaction: Transaction, team_id: str, over: Sequence[Nudge], now: datetime) -> list[Delivery]:
    """Take the buttons out of earlier digests for what no longer needs whoever got them."""
    deed = Deed(tuple(dict.fromkeys(each.subject for each in over)), messages.OVER)
    return settle(transaction, team_id, [deed], Facts("", now), {each.delivery_id for each in over})


def _about(covered: Sequence[Reminder]) -> tuple[str, ...]:
    return tuple(sorted({each.visibility for each in covered}))


def _records(message: Delivery, covered: Sequence[Reminder]) -> list[Nudge]:
    return [
        Nudge(
            id=new_id(), team_id=message.team_id, person=message.lane, kind=reminder.kind, subject=reminder.subject,
            visibility=reminder.visibility, at=message.created_at, delivery_id=message.id,
        )
        for reminder in covered
    ]  # fmt: skip


JOBS = (Job("nudges", resting.slot, plan, _where),)
