"""Reminds people: looks what is due, asks Slack about the few who would be told, and decides anew while writing."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from handlers.answers import as_body
from handlers.directory import Directory, Person
from handlers.dispatch import Job, Means, Run
from handlers.matters import Known, Matter
from handlers.nudges import rules, views
from handlers.nudges.hours import day_of, end_of_day, read_hours
from handlers.nudges.rules import Recipient, Situation
from storage import nudges, preferences, workspaces
from storage.database import WORKSPACE, Reader, Transaction, to_text
from storage.deliveries import Delivery
from storage.ids import new_id
from storage.nudges import Nudge
from storage.people import KnownPerson, known_people, note_people

_SLOT_MINUTES = 10
#: So many people are looked up in Slack, or told something, at one time; the rest in the next ten minutes.
_AT_ONCE = 40
_LOOKED_AT_FOR = timedelta(hours=20)


@dataclass(frozen=True, slots=True)
class Look:
    """What there is to settle, and all that the rules go by."""

    matters: Sequence[Matter]
    situation: Situation


def look(reader: Reader, means: Means, admins: Iterable[str] = ()) -> Look:
    """Ask each feature what is to be settled in a workspace, and read what the rules need."""
    team_id, routes, now = means.team_id, means.routes, means.now
    people = known_people(reader, team_id)
    known = Known(frozenset(each.user_id for each in people.values() if each.is_gone), tuple(sorted(admins)))
    matters = [matter for feature in routes.matters for matter in feature(reader, team_id, known, now)]
    revision = workspaces.known_workspace(reader, team_id).preferences_revision
    hours, off, days = (
        preferences.chosen(reader, team_id, revision, name)
        for name in (preferences.HOURS, preferences.NUDGES_OFF, preferences.HOLIDAYS)
    )
    recipients = {each.user_id: recipient(each, hours, off) for each in people.values()}
    holidays = frozenset(days.get(team_id, "").split())
    return Look(matters, Situation(routes.nudge_kinds, recipients, holidays, nudges.open_nudges(reader, team_id), now))


def recipient(person: KnownPerson, hours: Mapping[str, str], off: Mapping[str, str]) -> Recipient:
    unwanted = frozenset(each for each in off.get(person.user_id, "").split(",") if each)
    return Recipient(person.tz, read_hours(hours.get(person.user_id, "")), unwanted, person.is_gone)


async def plan(means: Means) -> Run:
    """Look who would be told what, and ask Slack about them: are they there, may they be disturbed."""
    admins = await means.directory.admins(means.team_id)
    read = await means.store.search(lambda reader: _unread(reader, means, admins))
    described = await _described(means.directory, means.team_id, read, means.now)
    if described:
        await means.store.write(lambda transaction: note_people(transaction, described))
    seen = await means.store.search(lambda reader: look(reader, means, admins))
    due = rules.due(seen.matters, seen.situation)
    wanted = sorted(due)[:_AT_ONCE]
    answers = await asyncio.gather(*(_may_be_told(means, person, due[person]) for person in wanted))
    allowed = {person: visible for person, visible in zip(wanted, answers, strict=True) if visible}
    return partial(_remind, means, Allowed(tuple(admins), allowed))


def _unread(reader: Reader, means: Means, admins: Iterable[str]) -> list[str]:
    """Return whom Slack described too long ago, those never looked at first."""
    known = known_people(reader, means.team_id)
    oldest = to_text(means.now - _LOOKED_AT_FOR)
    named = {person for people in means.routes.people for person in people(reader, means.team_id) if person}
    unread = [person for person in {*named, *admins} if person not in known or known[person].read_at < oldest]
    return sorted(unread, key=lambda person: (known[person].read_at if person in known else "", person))[:_AT_ONCE]


async def _described(directory: Directory, team_id: str, people: Sequence[str], now: datetime) -> list[KnownPerson]:
    found = await asyncio.gather(*(directory.person(team_id, each) for each in people))
    return [known_person(team_id, each, now) for each in found if each is not None]


def known_person(team_id: str, person: Person, now: datetime) -> KnownPerson:
    return KnownPerson(
        team_id=team_id, user_id=person.user_id, name=person.name, tz=person.tz, is_gone=person.is_guest,
        is_away=person.is_away, read_at=to_text(now),
    )  # fmt: skip


async def _may_be_told(means: Means, person: str, listed: Sequence[Matter]) -> frozenset[str]:
    """Return of which records a person may be told now; none while they are away or not to be disturbed."""
    described = await means.directory.person(means.team_id, person)
    if described is None or described.is_guest or described.is_away:
        return frozenset()
    if await means.directory.is_quiet(means.team_id, person):
        return frozenset()
    visibilities = {matter.visibility for matter in listed} - {WORKSPACE}
    seen = [each for each in sorted(visibilities) if await means.directory.is_in(means.team_id, person, each)]
    return frozenset({WORKSPACE, *seen})


@dataclass(frozen=True, slots=True)
class Allowed:
    """Who may be told now, and of which visibilities; and who the admins are."""

    admins: Sequence[str]
    visible: Mapping[str, frozenset[str]]


def _remind(means: Means, allowed: Allowed, transaction: Transaction, team_id: str, now: datetime) -> list[Delivery]:
    """Decide anew with what is true now, and write what is to be said, once a day and person."""
    seen = look(transaction, means, allowed.admins)
    nudges.settle(transaction, rules.settled(seen.matters, seen.situation.log), now)
    told = []
    for person, listed in rules.due(seen.matters, seen.situation).items():
        visible = [matter for matter in listed if matter.visibility in allowed.visible.get(person, ())]
        known = seen.situation.people[person]
        day = day_of(known.tz, now).isoformat()
        if visible and workspaces.claim_period(transaction, team_id, f"nudge {person}", day, now):
            message = _reminder(team_id, person, visible, now, end_of_day(known.hours, known.tz, now))
            nudges.record(transaction, _records(message, visible))
            told.append(message)
    return told


def _reminder(team_id: str, person: str, listed: Sequence[Matter], now: datetime, until: datetime) -> Delivery:
    """Return the message of a day; what cannot be said before the working day ends is not said."""
    delivery_id, shown = new_id(), listed[: views.SHOWN]
    message = views.reminder(shown, person, delivery_id, len(listed) - len(shown))
    return Delivery(
        id=delivery_id, act="post", team_id=team_id, visibility=person, lane=person,
        body={"channel": person, **as_body(message)}, created_at=to_text(now), not_before=to_text(now),
        expires_at=to_text(until),
    )  # fmt: skip


def _records(message: Delivery, listed: Sequence[Matter]) -> list[Nudge]:
    return [
        Nudge(
            id=new_id(), team_id=message.team_id, person=message.lane, kind=matter.kind, subject=matter.subject,
            what="sent", at=message.created_at, delivery_id=message.id,
        )
        for matter in listed[: views.SHOWN]
    ]  # fmt: skip


def _slot(now: datetime) -> str:
    return f"{now:%Y-%m-%dT%H}:{now.minute // _SLOT_MINUTES}"


JOBS = (Job("nudges", _slot, plan),)
