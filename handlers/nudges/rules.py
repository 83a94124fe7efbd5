"""Who is reminded of what now: rarely, at the right hour, of what is still unsettled. Pure."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from handlers.matters import Matter, NudgeKind
from handlers.nudges.hours import Hours, is_working_time
from storage.nudges import Nudge

#: What somebody worked on within this time is left alone.
_REST = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person as the reminders need to know them; ``off`` are the kinds that they do not want."""

    tz: str = "UTC"
    hours: Hours = field(default_factory=Hours)
    off: frozenset[str] = frozenset()
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class Situation:
    """All that the rules go by."""

    kinds: Mapping[str, NudgeKind]
    people: Mapping[str, Recipient]
    holidays: Collection[str]
    log: Sequence[Nudge]
    now: datetime


def due(matters: Sequence[Matter], it: Situation) -> dict[str, list[Matter]]:
    """Return what each person is to be reminded of now, the most harmful and the oldest first."""
    by_matter = _by_matter(it.log)
    found: defaultdict[str, list[Matter]] = defaultdict(list)
    for matter in matters:
        if not _is_ripe(matter, it.now):
            continue
        for person in _recipients(matter, by_matter.get(matter.key, []), it):
            if _may_be_told(person, it) and not _came_just_now(person, matter.kind, it):
                found[person].append(matter)
    return {
        person: sorted(listed, key=lambda each: (-each.harm, each.since, each.subject))
        for person, listed in found.items()
    }


def stuck(matters: Sequence[Matter], it: Situation) -> list[Matter]:
    """Return what nobody has settled although everybody who could was told, or could not be."""
    by_matter = _by_matter(it.log)
    return [
        matter
        for matter in matters
        if _is_ripe(matter, it.now) and not _open_for(matter, by_matter.get(matter.key, []), it)
    ]


def unreached(matters: Sequence[Matter], it: Situation) -> dict[str, str]:
    """Return who cannot be told of what they should settle, and why."""
    failed = {each.person: each.reason for each in it.log if each.state == "failed"}
    found = {}
    for person in sorted({person for matter in matters for person in matter.people}):
        if _recipient(person, it).is_gone:
            found[person] = "left, was deactivated, or is a guest"
        elif person in failed:
            found[person] = f"Slack did not deliver it: {failed[person]}"
    return found


def settled(matters: Sequence[Matter], log: Sequence[Nudge]) -> list[Nudge]:
    """Return the reminders whose matter is gone."""
    left = {matter.key for matter in matters}
    return [each for each in log if (each.kind, each.subject) not in left]


def _is_ripe(matter: Matter, now: datetime) -> bool:
    is_left_alone = bool(matter.ripe_at) and now < datetime.fromisoformat(matter.ripe_at)
    return not is_left_alone and now - datetime.fromisoformat(matter.active_at) >= _REST


def _recipients(matter: Matter, log: Sequence[Nudge], it: Situation) -> list[str]:
    """Return whose turn it is: those who can settle it, and once they were told often enough the lead, once."""
    return [person for person in _open_for(matter, log, it) if _is_turn(matter, person, log, it)]


def _open_for(matter: Matter, log: Sequence[Nudge], it: Situation) -> list[str]:
    """Return who may still be told of it, now or later."""
    still = [each for each in matter.people if not _is_done_with(matter, each, log, it)]
    lead = matter.lead
    if still or not lead or lead in matter.people or _recipient(lead, it).is_gone:
        return still
    is_told = any(each.person == lead and each.what == "sent" for each in log)
    return [] if is_told or matter.kind in _recipient(lead, it).off else [lead]


def _is_done_with(matter: Matter, person: str, log: Sequence[Nudge], it: Situation) -> bool:
    """Tell whether a person is reminded no more: gone, not reached, not wanting it, or told often enough in vain."""
    own = [each for each in log if each.person == person and each.what == "sent"]
    if _recipient(person, it).is_gone or matter.kind in _recipient(person, it).off:
        return True
    if any(each.state == "failed" for each in own):
        return True
    kind = it.kinds[matter.kind]
    return len(own) >= kind.most and _next_at(kind, log, person) <= it.now


def _is_turn(matter: Matter, person: str, log: Sequence[Nudge], it: Situation) -> bool:
    return _next_at(it.kinds[matter.kind], log, person) <= it.now


def _next_at(kind: NudgeKind, log: Sequence[Nudge], person: str) -> datetime:
    """Return when a person may hear of it again; putting it off skips one time, and changes nothing for good."""
    own = [each for each in log if each.person == person]
    told = [each for each in own if each.what == "sent"]
    if not told:
        return datetime.min.replace(tzinfo=UTC)
    last = told[-1]
    is_skipped = any(each.what == "snoozed" and each.at >= last.at for each in own)
    return datetime.fromisoformat(last.at) + kind.every * (2 if is_skipped else 1)


def _came_just_now(person: str, kind: str, it: Situation) -> bool:
    """Tell whether a reminder of this kind reached a person too short a time ago."""
    last = [each.at for each in it.log if each.person == person and each.kind == kind and each.what == "sent"]
    return bool(last) and it.now - datetime.fromisoformat(max(last)) < it.kinds[kind].gap


def _may_be_told(person: str, it: Situation) -> bool:
    known = it.people.get(person)
    return known is not None and is_working_time(known.hours, known.tz, it.holidays, it.now)


def _recipient(person: str, it: Situation) -> Recipient:
    return it.people.get(person, Recipient())


def _by_matter(log: Sequence[Nudge]) -> dict[tuple[str, str], list[Nudge]]:
    found: dict[tuple[str, str], list[Nudge]] = {}
    for each in log:
        found.setdefault((each.kind, each.subject), []).append(each)
    return found
