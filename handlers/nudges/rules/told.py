"""What people were told of the things that need them: how often, and how lately. Pure."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from storage.engine.interface import to_text
from storage.workspaces.nudges import Nudge

#: The same thing comes up again after a week at the soonest, and twice to one person; then its lead hears of it, once.
EVERY, MOST = timedelta(days=7), 2
#: So far back it matters what somebody was told.
MEMORY = timedelta(days=28)
#: So many messages reach a person within a week, and within four; what is left over comes with the next.
_A_WEEK, _IN_FOUR = 2, 6
#: So a delivery ends that Slack never got in its short life; it counts as never sent.
_GIVEN_UP = "given up"
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Log:
    """The messages by what they are about, and when each person got one."""

    by_subject: Mapping[str, Sequence[Nudge]]
    messages: Mapping[str, Collection[datetime]]
    now: datetime

    def own(self, subject: str, person: str) -> list[Nudge]:
        """Return what a person was told of a thing, whatever was the matter with it then."""
        return [each for each in self.by_subject.get(subject, ()) if each.person == person]

    def within(self, time: timedelta, person: str) -> int:
        """Return how many messages a person got within a time."""
        return sum(self.now - at < time for at in self.messages.get(person, ()))

    def has_room(self, person: str) -> bool:
        """Tell whether a person has not heard much lately."""
        return self.within(EVERY, person) < _A_WEEK and self.within(MEMORY, person) < _IN_FOUR


def read(log: Sequence[Nudge], now: datetime) -> Log:
    """Return what counts: all about unsettled things, and everything of the last four weeks, unless it was lost."""
    since = to_text(now - MEMORY)
    by_subject: defaultdict[str, list[Nudge]] = defaultdict(list)
    messages: defaultdict[str, dict[str, datetime]] = defaultdict(dict)
    for each in log:
        if is_given_up(each) or (each.settled_at and each.at < since):
            continue
        by_subject[each.subject].append(each)
        messages[each.person][each.delivery_id] = datetime.fromisoformat(each.at)
    return Log(by_subject, {person: listed.values() for person, listed in messages.items()}, now)


def next_at(own: Sequence[Nudge]) -> datetime:
    """Return when a person may hear of a thing again."""
    return max((datetime.fromisoformat(each.at) + EVERY for each in own), default=_NEVER)


def is_given_up(each: Nudge) -> bool:
    return each.state == "failed" and each.reason.startswith(_GIVEN_UP)


def is_refused(each: Nudge) -> bool:
    return each.state == "failed" and not is_given_up(each)


def given_up(log: Sequence[Nudge], person: str, since: datetime) -> int:
    """Return how many messages to a person never reached Slack since a moment: each gives the day back."""
    lost = [each for each in log if each.person == person and is_given_up(each)]
    return len({each.delivery_id for each in lost if datetime.fromisoformat(each.at) >= since})
