"""What people read of teams: who is in one, who is accountable, what belongs to it, and what all of them have."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from handlers.responsibilities.messages.register import CLAIM, Names, capital, joined, who
from handlers.responsibilities.rules.standing import ComponentDuty
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message
from storage.responsibilities.teams import Team

TEAM, OPEN_TEAM, EDIT_TEAM = "owner_team", "owner_team_open", "owner_team_edit"
ADD_TEAM, DELETE_TEAM = "owner_team_add", "owner_team_delete"
NAME_TAKEN = "There's already a team with this name. Choose another name, or edit that one."
YOU_ARE_NOT_OF_IT = "You aren't in that team. A team's duty has an owner of the team."
CHANGED_MEANWHILE = "Somebody changed this team while you were writing. Close this form and start again."
#: So many people of a team stand in a message, so many components, and so many teams in a list.
_PEOPLE, _COMPONENTS, _TEAMS = 12, 20, 40
#: So many duties stand in a question to a team.
_ROWS = 6


def not_theirs(team: Team) -> str:
    return f"Only the people of {team.name} and admins can edit it."


def not_of(team: Team) -> str:
    return f"They aren't in {team.name}. Choose one of its people, or no team."


def shown(
    team: Team, owned: Sequence[ComponentDuty], names: Names | None, *, may_edit: bool, is_saved: bool = False
) -> Message:
    """Say who a team is and which duties are its, by component, each with the person who is accountable."""
    head = [blocks.words("Saved. ")] if is_saved else []
    accountable = [who(team.accountable, names)] if team.accountable else [blocks.words("nobody", "italic")]
    told = [blocks.words(team.name, "bold"), blocks.words(": "), *accountable, blocks.words(" is accountable.")]
    lines = [blocks.line(*head, *told)]
    people = [each for each in team.members if each != team.accountable]
    more = len(people) - _PEOPLE
    others = [*joined(people[:_PEOPLE], names), *([blocks.words(f" and {more} more")] if more > 0 else [])]
    group = " It's a user group in Slack." if team.group_id else ""
    lines += [blocks.line(blocks.words("With "), *others, blocks.words(f".{group}"))] if people else []
    lines += [blocks.line(blocks.words("I ask in "), blocks.channel(team.channel), blocks.words("."))] * bool(
        team.channel
    )
    lines += _owned(owned, names) or [blocks.line(blocks.words("No duties yet."))]
    edit = [blocks.buttons([_edit(team), blocks.button("Delete", DELETE_TEAM, team.id)])] if may_edit else []
    return Message(blocks.escape(f"The team {team.name}"), (blocks.paragraphs(*lines), *edit))


def _owned(owned: Sequence[ComponentDuty], names: Names | None) -> list[Block]:
    by_component: defaultdict[str, list[ComponentDuty]] = defaultdict(list)
    for each in owned:
        by_component[each.component.name].append(each)
    lines = []
    for name, listed in list(by_component.items())[:_COMPONENTS]:
        told = [blocks.words(f"{name}: ")]
        for place, each in enumerate(listed):
            told += [blocks.words(f"{', ' if place else ''}{each.kind.short} ("), *_person(each, names)]
            told.append(blocks.words(")"))
        lines.append(blocks.line(*told))
    return lines


def _person(about: ComponentDuty, names: Names | None) -> list[Block]:
    duty = about.present
    if duty.owner:
        return [who(duty.owner, names)]
    asked = [blocks.words("asked "), who(duty.proposed_to, names)]
    return asked if duty.proposed_to else [blocks.words("no owner", "italic")]


def listed(teams: Iterable[Team], owned: Sequence[ComponentDuty], names: Names, command: str) -> Message:
    """List the teams, a row each, with a button to add one."""
    duties = Counter(each.duty.owner_team for each in owned)
    without = Counter(each.duty.owner_team for each in owned if each.present.state == "unowned")
    every = list(teams)
    rows = [_row(each, duties[each.id], without[each.id], names) for each in every[:_TEAMS]]
    more = len(every) - _TEAMS
    below = [blocks.small_print(f"And {more} more. {command} team NAME shows one.")] if more > 0 else []
    add = blocks.buttons([blocks.button("Add a team", ADD_TEAM)])
    if not every:
        told = "There are no teams yet. A team owns duties together, and one of it is accountable."
        return Message(told, (blocks.sentence(told), add))
    return Message("Teams", blocks.apart([blocks.sentence("Teams", "bold"), *rows, *below, add]))


def accountable_words(team: Team, names: Names) -> str:
    """Say in words who is accountable for a team as it is by now."""
    who_is = names.get(team.accountable, "somebody") if team.accountable else "nobody"
    return f"{who_is} is accountable"


def _row(team: Team, duties: int, without: int, names: Names) -> Block:
    people = "1 person" if len(team.members) == 1 else f"{len(team.members)} people"
    has = "1 duty" if duties == 1 else f"{duties or 'no'} duties"
    lacking = f", {without} without an owner" if without else ""
    told = f"{team.name} · {accountable_words(team, names)} · {people} · {has}{lacking}"
    return blocks.row(told, blocks.spoken(blocks.button("Open", OPEN_TEAM, team.id), f"Open {team.name}"))


def no_team(name: str, command: str) -> Message:
    told = f"There's no team called “{blocks.cut(name, 80)}”. {command} team lists them."
    return blocks.offer(told, blocks.button("Add a team", ADD_TEAM, name[:80]))


def lost_its_group(team: Team) -> Message:
    """Tell who is accountable that Slack no longer has the user group of their team, or nobody is in it."""
    name, told = blocks.words(team.name, "bold"), "'s user group is disabled in Slack, or has nobody in it."
    line = blocks.line(name, blocks.words(f"{told} I keep its people as they were. Edit the team if they changed."))
    text = f"{team.name}{told}"
    return Message(blocks.escape(text), (blocks.paragraphs(line), blocks.buttons([_edit(team)])))


def who_takes_over(team: Team, asked: Sequence[ComponentDuty], names: Names) -> Message:
    """Ask a team, in its channel, who takes over the duties of somebody who left: a row each, with its button."""
    before = names.get(asked[0].duty.owner, "somebody who left")
    told = f"{team.name}: who takes over from {before}?"
    rows = [_offered(each) for each in asked[:_ROWS]]
    more = len(asked) - _ROWS
    below = [blocks.small_print(f"And {more} more. Open the team for all.")] if more > 0 else []
    head = blocks.sentence(told, "bold")
    all_of_them = blocks.buttons([blocks.button("Open the team", OPEN_TEAM, team.id)])
    shown_blocks = blocks.apart([head, *rows, *below, *([all_of_them] if more > 0 else [])])
    return Message(blocks.escape(told), shown_blocks, asks=tuple(each.value for each in asked[:_ROWS]))


def _offered(about: ComponentDuty) -> Block:
    label = f"Take on {about.name}"
    take = blocks.spoken(blocks.button("I'll take it", CLAIM, about.value), label)
    return blocks.row(f"{capital(about.name)}\n{about.kind.without_owner}", take)


def _edit(team: Team) -> Block:
    return blocks.button("Edit", EDIT_TEAM, team.id)


def left_of(duties: int) -> str:
    """Say what becomes of the duties of a team that is deleted; empty where none is seen."""
    if duties == 0:
        return ""
    return f" Its {f'{duties} duties stay as they are' if duties > 1 else 'duty stays as it is'}, without a team."


def deleted(team: Team, duties: int) -> Message:
    return blocks.said(f"{team.name} is deleted.{left_of(duties)}")


def was_deleted(team: Team, by: str) -> Message:
    """Tell who was accountable for a team that another person deleted it."""
    name, rest = (
        blocks.words(team.name, "bold"),
        "You're no longer accountable for it. Its duties stay as they are.",
    )
    line = blocks.line(blocks.person(by), blocks.words(" deleted the team "), name, blocks.words(f". {rest}"))
    return Message(blocks.escape(f"The team {team.name} was deleted"), (blocks.paragraphs(line),))


def made_accountable(team: Team, by: str) -> Message:
    """Tell somebody that they are accountable for a team now, as another person says."""
    says = [blocks.person(by), blocks.words(" named you as accountable for ")]
    line = blocks.line(*says, blocks.words(team.name, "bold"), blocks.words(". If you aren't, name somebody else."))
    buttons = [blocks.button("Open", OPEN_TEAM, team.id), _edit(team)]
    told = f"You're accountable for {team.name}"
    return Message(blocks.escape(told), (blocks.paragraphs(line), blocks.buttons(buttons)))
