"""Who a file means: by member id, name, @name or e-mail address, and never by a guess. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

#: How Slack writes a mention into a text that is copied from it.
_MENTION = re.compile(r"<@(\w+)(?:\|[^>]*)?>")


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in the workspace who may have duties; ``also`` are their @names and e-mail address.

    ``team`` is the id of the team for which they were named, by its name; they are accountable for it.
    """

    user_id: str
    name: str
    also: Sequence[str] = ()
    team: str = ""


#: Members by their id, and by each of their names in small letters.
People = Mapping[str, Sequence[Member]]


def index(members: Sequence[Member]) -> People:
    """Return them; who is named for a team is found by the team's name alone, where no person has it."""
    found: dict[str, list[Member]] = {}
    for each in sorted(members, key=lambda member: bool(member.team)):
        if each.team:
            found.setdefault(_plain(each.name), [each])
            continue
        for name in {each.user_id, *map(_plain, (each.name, *each.also))}:
            found.setdefault(name, []).append(each)
    return found


def member(told: str, people: People) -> Member | str:
    """Return who is meant; else why nobody is."""
    mention = _MENTION.fullmatch(told)
    wanted = mention[1] if mention is not None else told
    found = people.get(wanted) or people.get(_plain(wanted.removeprefix("@"))) or ()
    if not found:
        return f"{told} isn't anybody in this workspace who can own duties"
    return found[0] if len(found) == 1 else f"{len(found)} people are called {told}; give the member id instead"


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


@dataclass(frozen=True, slots=True)
class Owner:
    """An owner in a file of another tool: how the file calls them, and other names that it knows for them."""

    told: str
    names: Sequence[str] = ()

    def found(self, people: People) -> Member | str:
        """Return who that is, by the first name that somebody has; else why nobody is."""
        tried = [member(each, people) for each in (self.told, *self.names)]
        return next((each for each in tried if isinstance(each, Member)), tried[0])


def meant(told: str, mapping: Mapping[str, str]) -> str:
    """Return what somebody said that a name of a file stands for; the name itself where they said nothing."""
    return mapping.get(told, told)
