"""Who the people of a workspace are: one list of everybody, and single people while that list is not fresh."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from slack_sdk.errors import SlackApiError

from handlers.slack.cache import Cache, Key
from handlers.slack.questions import PAGE, Questions, code_of
from handlers.slack.users import Person, person_of

#: Who asks about more people than this in a minute does better with the list of everybody.
_SINGLE_IN_A_MINUTE, _MINUTE = 30, 60
#: Slack sends an event again for an hour at most, and in no order.
_NEWER_FOR = 3600
_NOBODY = ("user_not_found", "users_not_found", "user_not_visible")


@dataclass(slots=True)
class Everybody:
    """Everybody whom Slack lists for a workspace, by user id, bots and those who left among them."""

    people: dict[str, Person] = field(default_factory=dict)
    admins: set[str] = field(default_factory=set)
    guests: set[str] = field(default_factory=set)

    def note(self, person: Person) -> None:
        """Take a person for what they are now."""
        self.people[person.user_id] = person
        is_named = {"admins": person.is_admin and not person.is_bot, "guests": person.is_guest and not person.has_left}
        for kind, is_one in ((self.admins, is_named["admins"]), (self.guests, is_named["guests"])):
            kind.add(person.user_id) if is_one else kind.discard(person.user_id)


class People:
    """Asks Slack who somebody is, and keeps it exact by what Slack tells of changes."""

    def __init__(self, questions: Questions, now: Callable[[], datetime]) -> None:
        self._questions, self._now = questions, now
        self._single = Cache("who a person is", self._ask_single, now)
        self._everybody = Cache("who everybody is", self._ask_everybody, now)
        self._last: dict[str, Everybody] = {}
        self._asked_at: deque[float] = deque(maxlen=_SINGLE_IN_A_MINUTE)

    async def person(self, team_id: str, user_id: str) -> Person | None:
        """Return the person, or None when Slack cannot be asked; who does not exist is no member, like a guest."""
        if (known := self.known(team_id, user_id)) is not None:
            return known
        if (team_id, "") not in self._everybody:
            self._count(team_id)
        return await self._single.get((team_id, user_id), None)

    def known(self, team_id: str, user_id: str) -> Person | None:
        """Return who Slack has said lately that somebody is, if anything."""
        if (single := self._single.known((team_id, user_id))) is not None:
            return single
        listed = self._everybody.known((team_id, ""))
        return listed.people.get(user_id) if listed is not None else None

    def foresee(self, team_id: str, user_id: str) -> None:
        """Ask who a person is, and who everybody is, where that is not known."""
        if self.known(team_id, user_id) is None:
            self._single.begin((team_id, user_id))
        if (team_id, "") not in self._everybody:
            self._everybody.begin((team_id, ""))

    def _count(self, team_id: str) -> None:
        """Have everybody listed once so many single people were asked about."""
        now = self._now().timestamp()
        self._asked_at.append(now)
        if len(self._asked_at) == _SINGLE_IN_A_MINUTE and self._asked_at[0] > now - _MINUTE:
            self._asked_at.clear()
            self._everybody.begin((team_id, ""))

    async def _ask_single(self, key: Key) -> Person:
        team_id, user_id = key
        if not user_id:
            return Person("", "", is_guest=True, is_admin=False)
        try:
            return person_of((await self._questions.ask("users.info", user=user_id))["user"], team_id)
        except SlackApiError as error:
            if code_of(error) in _NOBODY:
                return Person(user_id, user_id, is_guest=True, is_admin=False)
            raise

    async def everybody(self, team_id: str, patience: float | None = None) -> Everybody | None:
        """Return the list of everybody, or None when Slack does not give it in time; ``patience`` is in seconds."""
        return await self._everybody.get((team_id, ""), None, patience)

    def last(self, team_id: str) -> Everybody:
        """Return the last list of everybody that Slack gave, however long ago; an empty one where it never did."""
        return self._last.get(team_id) or Everybody()

    async def _ask_everybody(self, key: Key) -> Everybody:
        team_id, asked_at = key[0], self._now()
        found = Everybody()
        for user in await self._questions.all("users.list", "members", team_id=team_id, limit=PAGE):
            # What Slack has told of somebody while the list was on its way is newer than the list.
            told = self._single.known((team_id, user["id"]), (self._now() - asked_at).total_seconds())
            found.note(told or person_of(user, team_id))
        self._last[team_id] = found
        return found

    def clear(self) -> None:
        self._single.clear()
        self._everybody.clear()
        self._last.clear()

    def doubt(self, team_id: str, user_id: str) -> None:
        """Ask Slack anew who a person is, and who everybody is."""
        self._single.drop((team_id, user_id))
        self._everybody.drop((team_id, ""))

    def learn(self, team_id: str, user: Mapping[str, Any]) -> None:
        """Take note of a person as Slack has described them, unasked; what comes behind something newer is past."""
        person = person_of(user, team_id)
        known = self._single.known((team_id, person.user_id), _NEWER_FOR)
        if known is not None and 0 < person.updated < known.updated:
            return
        self._single.put((team_id, person.user_id), person)
        if team_id in self._last:
            self._last[team_id].note(person)
