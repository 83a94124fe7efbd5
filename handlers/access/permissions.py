"""Who may act for a workspace: its admins, and the stewards of a discipline (with none, admins act)."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.checks.outcomes import NotAllowed, Refused
from handlers.slack.directory import Directory
from handlers.slack.users import Person
from storage.engine.interface import WORKSPACE
from storage.workspaces.workspaces import Steward

_NOT_SAID = "Slack didn't tell me who this is. Please try again in a minute."
_FOR_MEMBERS = NotAllowed("Only members of this workspace can do that, not guests.", kind="membership")


@dataclass(frozen=True, slots=True)
class Actor:
    """What a person may do for a workspace, and who else may: the stewards of each discipline, and the admins."""

    team_id: str
    user_id: str
    is_admin: bool
    stewards: Sequence[Steward]
    admins: frozenset[str]
    directory: Directory

    def may_act(self, discipline: str) -> bool:
        """Tell whether the person may approve, settle and verify for a discipline."""
        return self.is_admin or Steward(discipline=discipline, user_id=self.user_id) in self.stewards

    @property
    def disciplines(self) -> tuple[str, ...]:
        """Return the disciplines that the person is a steward of."""
        return tuple(each.discipline for each in self.stewards if each.user_id == self.user_id)

    async def stewards_of(self, discipline: str, visibility: str = WORKSPACE, own: str = "") -> tuple[str, ...]:
        """Return whom to tell about a record: its own steward, else its discipline's, else the admins.

        Only those who may see it, and have not left, are told.
        """
        named = [own] if own else [each.user_id for each in self.stewards if each.discipline == discipline]
        found = [each for each in named if not await self.has_left(each)]
        if not found:
            found = sorted(self.admins | await self.directory.admins(self.team_id))
        members = await self.directory.who_may_hear(self.team_id, visibility)
        return tuple(each for each in found if members is None or each in members)

    async def has_left(self, user_id: str) -> bool:
        """Tell whether somebody is no member any more; in doubt they still are."""
        person = await self.directory.person(self.team_id, user_id)
        return person is not None and person.is_guest

    async def why_barred(self) -> Refused | None:
        """Say why the person takes no part in what is for members; None where they may."""
        told = await self.why_unfit(self.user_id)
        if told == _NOT_SAID:
            return Refused(told)
        return _FOR_MEMBERS if told else None

    async def why_unfit(self, user_id: str) -> str:
        """Say why a person cannot be made responsible for something; empty when they can."""
        person = await self.directory.person(self.team_id, user_id)
        if person is None:
            return _NOT_SAID
        return f"{person.name} is a guest or a bot here, or has left." if person.is_guest or person.is_bot else ""


def is_admin(person: Person | None, admins: frozenset[str]) -> bool:
    """Tell whether a person is an admin: Slack's admins and owners, and the members whom the setting ADMINS names."""
    return person is not None and not person.is_guest and (person.is_admin or person.user_id in admins)
