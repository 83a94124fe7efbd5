"""A duty as it stands: whose it is by default, who can be asked about it, and what somebody can do about it."""

from collections.abc import Mapping
from dataclasses import dataclass

from handlers.responsibilities.catalogue import DutyKind
from handlers.responsibilities.rules.duties import Act, Step, present
from storage.responsibilities.responsibilities import Component, Duty
from storage.responsibilities.teams import Team, people_of


@dataclass(frozen=True, slots=True)
class ComponentDuty:
    """A duty of a component, what the catalogue says of it, and who is gone of those who had to do with it.

    Gone is also who had it, or was asked to, for a ``team`` that they are no longer in.
    """

    component: Component
    kind: DutyKind
    duty: Duty
    gone: frozenset[str] = frozenset()
    team: Team | None = None

    @property
    def value(self) -> str:
        """Return what a button carries to find it again."""
        return f"{self.component.id}:{self.kind.id}"

    @property
    def present(self) -> Duty:
        """Return the duty as it stands without those who are gone."""
        return present(self.duty, self.gone)

    @property
    def name(self) -> str:
        return f"{self.kind.name} of {self.component.name}"

    @property
    def for_team(self) -> str:
        """Return for which team a duty is somebody's, in words; empty where it is no team's."""
        return f" for {self.team.name}" if self.team is not None else ""

    @property
    def has_left_team(self) -> bool:
        """Tell whether who had the duty is no longer in the team that it belongs to."""
        return self.team is not None and bool(self.duty.owner) and self.duty.owner not in self.team.members


def standing(
    component: Component, kind: DutyKind, duty: Duty, gone: frozenset[str], teams: Mapping[str, Team]
) -> ComponentDuty:
    """Return a duty as it stands, where these people have left the workspace."""
    team = teams.get(duty.owner_team)
    out = {duty.owner, duty.proposed_to} - {"", *team.members} if team is not None else frozenset[str]()
    return ComponentDuty(component, kind, duty, gone | out if out else gone, team)


@dataclass(frozen=True, slots=True)
class Change:
    """A step with a duty: how it stood before, and how it stands now."""

    before: ComponentDuty
    after: ComponentDuty
    step: Step

    @property
    def is_proposal(self) -> bool:
        """Tell whether the step asks somebody to take the duty on."""
        return self.after.duty.state == "proposed" and self.step.act in ("propose", "suggest")

    @property
    def steps_back(self) -> bool:
        """Tell whether who took the step was asked before, or had the duty."""
        old = self.before.duty
        return self.step.by in (old.proposed_to, old.owner, *old.claimants)

    @property
    def concerns(self) -> tuple[str, ...]:
        """Return who is told of the step, besides who took it or is asked: who had it, claims it, asked, or leads."""
        old, new, lead = self.before.duty, self.after.duty, self.before.component.lead
        match self.step.act:
            case "dispute":
                people = [*new.claimants, lead]
            case "claim":
                people = [old.proposed_by, old.proposed_to]
            case "suggest" | "propose" if not self.steps_back:
                people = [lead, old.proposed_to]
            case "decline" | "suggest":
                people = [old.proposed_by, *new.claimants, new.owner, lead]
            case "need":
                people = [old.proposed_by or lead]
            case "not needed":
                people = [old.owner, old.proposed_to, lead]
            case _:
                people = []
        asked = new.proposed_to if self.is_proposal else ""
        return tuple(each for each in dict.fromkeys(people) if each and each != asked)


def side_of(about: ComponentDuty) -> tuple[str, ...]:
    """Return who a duty falls to by default: its team, else its side first, then the side that shares it."""
    if about.team is not None and (of_team := people_of(about.team, about.gone)):
        return of_team
    component, kind = about.component, about.kind
    sides = {"product": component.product_side, "model": component.model_side, "lead": (component.lead,)}
    people = [each for side in (kind.side, kind.with_) if side for each in sides.get(side, ())]
    return tuple(each for each in dict.fromkeys(people) if each not in about.gone)


def to_ask(about: ComponentDuty) -> list[str]:
    """Return who can be asked about a duty without an owner: its team, the lead, who added the component, its sides."""
    component, team = about.component, about.team
    of_team = people_of(team, about.gone) if team is not None else ()
    people = [*of_team, component.lead, component.created_by, *component.product_side, *component.model_side]
    return [each for each in people if each and each not in about.gone]


def offered(about: ComponentDuty, user_id: str) -> tuple[Act, ...]:
    """Return what a person can do about a duty as it stands, what is likeliest first."""
    duty = about.present
    match duty.state:
        case "accepted" if duty.owner == user_id:
            return ("confirm", "decline", "need", "help")
        case "proposed" if duty.proposed_to == user_id:
            return ("claim", "decline", "need", "suggest")
        case "disputed":
            return ("decline",) if user_id in duty.claimants else ()
        case "accepted" | "not needed":
            return ("dispute",) if duty.state == "accepted" else ("claim",)
        case "unowned" if user_id in side_of(about) and user_id not in duty.declined_by:
            return ("claim", "decline", "suggest", "not needed")
        case _:
            return ("claim", "suggest", "not needed")


def is_up_to(about: ComponentDuty, user_id: str) -> bool:
    """Tell whether a person has something to say about a duty: it is theirs, or asked of them, or falls to them."""
    duty, lead = about.present, about.component.lead
    if duty.state == "unowned":
        left_to = about.duty.backup if about.duty.owner in about.gone else ""
        return user_id in (*side_of(about), lead, left_to) and user_id not in duty.declined_by
    asked = (duty.proposed_to, duty.proposed_by, lead) if duty.state == "proposed" else ()
    return user_id in (duty.owner, *duty.claimants, *asked)
