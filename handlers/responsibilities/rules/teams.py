"""What a team must say, checked at its fields, and which duties belong to one. Pure."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import ValidationError

from handlers.responsibilities.rules.duties import Step
from handlers.slack.interactions import Fields, Wrong
from handlers.slack.usergroups import Group
from storage.engine.interface import to_text
from storage.glossary.glossary import look_up_key
from storage.records.ids import new_id
from storage.responsibilities.responsibilities import Component, Duty
from storage.responsibilities.teams import NewTeam, Team

NAME, GROUP, MEMBERS, ACCOUNTABLE, CHANNEL = "name", "group", "members", "accountable", "channel"
#: Chosen where a team is no user group any more.
NO_GROUP = "none"
#: More people than this are asked for nothing at once.
MOST = 100
NOBODY_ACCOUNTABLE = "A team needs one person who is accountable. Choose one of its members."
NOT_OF_IT = "They aren't in the team. Choose one of its members."
_NOBODY = "Choose a user group, or list the people."
_EMPTY = "Nobody is in that user group. Choose another one, or none and list the people."
_NOT_SAID = "Slack doesn't say who is in that user group now. Try again in a few minutes."
_TOO_MANY = f"A team has at most {MOST} people."
_NO_NAME = "Give the team a name."
_BOTH = "A user group brings its own people. Empty this list, or choose “No user group” above."


def written(fields: Fields, groups: Mapping[str, Group] | None) -> NewTeam | Wrong:
    """Read what somebody entered; the people of a user group are its own, and it lends the team its name.

    Without ``groups`` Slack did not say which there are.
    """
    chosen = fields.text(GROUP)
    group = (groups or {}).get(chosen)
    listed = fields.ids(MEMBERS)
    members = tuple(dict.fromkeys(group.members if group is not None else listed))
    name = fields.text(NAME) or (group.name[:80] if group is not None else "")
    accountable, errors = fields.text(ACCOUNTABLE), dict[str, str]()
    if groups is None and chosen not in ("", NO_GROUP):
        errors[GROUP] = _NOT_SAID
    elif not members:
        errors |= {MEMBERS: _NOBODY} if group is None else {GROUP: _EMPTY}
    elif listed and {*listed} != {*members}:
        errors[MEMBERS] = _BOTH
    elif len(members) > MOST:
        errors[GROUP if group is not None else MEMBERS] = _TOO_MANY
    if not look_up_key(name):
        errors[NAME] = _NO_NAME
    if not accountable or accountable not in members:
        errors[ACCOUNTABLE] = NOT_OF_IT if accountable else NOBODY_ACCOUNTABLE
    if errors:
        return Wrong(errors)
    told = {"name": name, "members": members, "accountable": accountable, "channel": fields.text(CHANNEL)}
    try:
        return NewTeam.model_validate({**told, **_of_group(group)})
    except ValidationError:
        return Wrong({NAME: _NO_NAME})


def known_groups(team: Team | None, groups: Mapping[str, Group] | None, chosen: str) -> Mapping[str, Group] | None:
    """Return the user groups; where Slack does not say, the chosen one if the team is it, as Slack last had it."""
    if groups is not None or team is None or not chosen or chosen != team.group_id:
        return groups
    return {chosen: Group(chosen, team.group_name, team.members)}


def _of_group(group: Group | None) -> dict[str, str]:
    return {} if group is None else {"group_id": group.id, "group_name": group.name}


def followed(team: Team, groups: Mapping[str, Group] | None, gone: frozenset[str]) -> NewTeam:
    """Return a team as it is by now: as Slack has its user group, or without those of its people who have left.

    Without ``groups`` Slack did not say. Where the group is gone, or empty, the team is a list of the people it had.
    It is called as the group is, while it was so before and that can be a team's name.
    """
    told = team.model_dump(include=set(NewTeam.model_fields))
    if not team.group_id:
        left = tuple(each for each in team.members if each not in gone)
        return NewTeam.model_validate({**told, "members": left or team.members})
    group = (known_groups(team, groups, team.group_id) or {}).get(team.group_id)
    members = tuple(each for each in group.members if each not in gone) if group is not None else ()
    if group is None or not members:
        return NewTeam.model_validate({**told, "group_id": "", "group_name": ""})
    follows = team.name == team.group_name[:80] and look_up_key(group.name[:80])
    name = group.name[:80] if follows else team.name
    return NewTeam.model_validate({**told, **_of_group(group), "name": name, "members": members})


def as_team(new: NewTeam, team_id: str, by: str, now: datetime) -> Team:
    at = to_text(now)
    made = {"id": new_id(), "team_id": team_id, "created_by": by, "created_at": at, "changed_at": at}
    return Team.model_validate({**new.model_dump(), **made, "look_up_key": look_up_key(new.name)})


def may_edit(team: Team, user_id: str, *, is_admin: bool) -> bool:
    return is_admin or user_id in (*team.members, team.accountable, team.created_by)


def owner_team_of(duty: Duty, step: Step, component: Component, teams: Mapping[str, Team]) -> str:
    """Return the id of the team that a duty belongs to after a step; empty where its person is in none.

    It is the one that the step names, else the one that has it, else the team of the component.
    """
    person = duty.owner or duty.proposed_to
    named = step.team if step.team is not None else duty.owner_team
    if not named and step.team is None and duty.owner:
        key = look_up_key(component.team)
        named = next((each.id for each in teams.values() if key and each.look_up_key == key), "")
    team = teams.get(named)
    return named if team is not None and (not person or person in team.members) else ""
