"""The form for a team, and the choice of one for a duty."""

from collections.abc import Iterable, Mapping

from handlers.responsibilities.messages.teams import DELETE_TEAM, TEAM, left_of
from handlers.responsibilities.rules.teams import ACCOUNTABLE, CHANNEL, GROUP, MEMBERS, NAME, NO_GROUP
from handlers.slack import blocks
from handlers.slack.blocks import Block, Modal
from handlers.slack.usergroups import Group
from storage.responsibilities.teams import Team

OWNER_TEAM, NO_TEAM = "owner_team", "none"


def team_form(team: Team | None, groups: Mapping[str, Group], name: str = "") -> Modal:
    """Ask who a team is: one of Slack's user groups, where these are known, or a list of people."""
    told = team.model_dump() if team is not None else {"name": name}
    is_group = told.get("group_id") in groups
    offered = [(each.name, each.id) for each in groups.values() if each.members or each.id == told.get("group_id")]
    offered = [("No user group", NO_GROUP), *offered] if offered else []
    people = blocks.people_select(() if is_group else told.get("members", ()))
    remind = "Reminders go to this person alone. Choose one of the team."
    asked = "When somebody asks for an owner, or the owner leaves, I ask there."
    choose = "The team follows the group."
    fields = [
        *([_group(offered, told.get("group_id", ""), choose)] if offered else []),
        blocks.field(MEMBERS, "Or these people" if offered else "People", people, optional=True),
        blocks.field(NAME, "Name", blocks.text_input(told["name"], max_length=80), optional=bool(offered)),
        blocks.field(ACCOUNTABLE, "Who is accountable?", blocks.person_select(told.get("accountable", "")), remind),
        blocks.field(CHANNEL, "Channel", blocks.channel_select(told.get("channel", "")), asked, optional=True),
    ]
    note = f"{team.id}:{team.version}" if team is not None else ""
    title = "Edit a team" if team is not None else "Add a team"
    return Modal(TEAM, title, tuple(fields), submit="Save", private_metadata=note)


def _group(offered: list[tuple[str, str]], chosen: str, hint: str) -> Block:
    return blocks.field(GROUP, "User group", blocks.choice(offered, chosen), hint, optional=True)


def delete_form(team: Team, duties: int) -> Modal:
    """Ask once more; ``duties`` is how many of the team's are seen."""
    told = blocks.paragraphs(blocks.line(blocks.words(f"Delete the team {team.name}?{left_of(duties)}")))
    return Modal(DELETE_TEAM, "Delete a team", (told,), submit="Delete", private_metadata=team.id)


def team_field(teams: Iterable[Team], chosen: str) -> list[Block]:
    """Ask for which team a duty is taken; nothing where there are no teams."""
    offered = [(each.name, each.id) for each in teams]
    if not offered:
        return []
    options = [*([("No team", NO_TEAM)] if chosen else []), *offered]
    return [blocks.field(OWNER_TEAM, "For which team?", blocks.choice(options, chosen), optional=True)]
