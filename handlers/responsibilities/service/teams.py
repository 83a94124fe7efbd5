"""Teams that own duties: read, added, changed, and kept as Slack has their user groups, inside a write."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.access.recipients import Destination, Facts, notify, post
from handlers.access.working import known_at_work
from handlers.agreements.components import current
from handlers.checks.outcomes import NotAllowed, Refused
from handlers.responsibilities.messages import teams as messages
from handlers.responsibilities.messages.register import GONE
from handlers.responsibilities.rules import teams as rules
from handlers.responsibilities.rules.standing import ComponentDuty
from handlers.responsibilities.service.register import all_of
from handlers.slack.usergroups import Group
from storage.engine.interface import WORKSPACE, Reader, Transaction, to_text
from storage.outbox.deliveries import Delivery
from storage.records.versioned import HistoryEntry
from storage.responsibilities import responsibilities, teams
from storage.responsibilities.responsibilities import COMPONENTS, DUTIES, DutyEntry
from storage.responsibilities.teams import TEAMS, NewTeam, Team, accountable_for, people_of
from storage.workspaces.people import gone_people
from storage.workspaces.workspaces import claim_period


@dataclass(frozen=True, slots=True)
class Saved:
    """A team as it is now, and the message to who is accountable for it, where somebody else says so."""

    team: Team
    messages: Sequence[Delivery]


@dataclass(frozen=True, slots=True)
class Deleted:
    """A team that was deleted, how many of its duties its reader sees, and the message to who was accountable."""

    team: Team
    duties: int
    messages: Sequence[Delivery]


def known(reader: Reader, team_id: str, visible: Sequence[str]) -> Mapping[str, Team]:
    """Return the teams by their ids, for who sees what is the workspace's; who left is accountable for none of them."""
    gone, every = gone_people(reader, team_id), teams.teams(reader, team_id) if WORKSPACE in visible else {}
    return {each.id: _as_of_now(each, gone) for each in every.values()}


def seen(reader: Reader, team_id: str, owner_team_id: str, visible: Sequence[str]) -> Team | None:
    found = teams.team(reader, team_id, owner_team_id) if WORKSPACE in visible else None
    return found and _as_of_now(found, gone_people(reader, team_id))


def named(reader: Reader, team_id: str, name: str, visible: Sequence[str]) -> Team | None:
    found = teams.named(reader, team_id, name) if WORKSPACE in visible else None
    return found and _as_of_now(found, gone_people(reader, team_id))


def _as_of_now(team: Team, gone: frozenset[str]) -> Team:
    return team.model_copy(update={"accountable": accountable_for(team, gone)})


def duties_of(reader: Reader, team_id: str, visible: Sequence[str], owner_team_id: str = "") -> list[ComponentDuty]:
    """Return the duties that belong to a team, or to any, as far as they may be seen, in the order of the register."""
    every = all_of(reader, current(responsibilities.components(reader, team_id, visible)))
    return [each for each in every if each.team is not None and owner_team_id in ("", each.team.id)]


def add(transaction: Transaction, team_id: str, new: NewTeam, facts: Facts) -> Saved | Refused:
    made = rules.as_team(new, team_id, facts.by, facts.now)
    if not TEAMS.insert(transaction, made):
        return Refused(messages.NAME_TAKEN, rules.NAME)
    TEAMS.note(transaction, [made], HistoryEntry(at=made.created_at, by=facts.by, what="added"))
    return _saved(transaction, None, made, facts)


def change(transaction: Transaction, shown: Team, new: NewTeam, facts: Facts) -> Saved | Refused:
    """Change a team as it was ``shown`` to who changes it; components that name it follow its new name."""
    old = teams.team(transaction, shown.team_id, shown.id) if WORKSPACE in facts.visible else None
    if old is None:
        return Refused(GONE)
    if not rules.may_edit(old, facts.by, is_admin=facts.is_admin):
        return not_theirs(old)
    if old.version != shown.version:
        return Refused(messages.CHANGED_MEANWHILE, rules.NAME)
    named = teams.named(transaction, old.team_id, new.name)
    if named is not None and named.id != old.id:
        return Refused(messages.NAME_TAKEN, rules.NAME)
    entry = HistoryEntry(at=to_text(facts.now), by=facts.by, what="changed")
    return _saved(transaction, old, _changed(transaction, old, new, entry), facts)


def delete(transaction: Transaction, team_id: str, owner_team_id: str, facts: Facts) -> Deleted | Refused:
    """Delete a team, whose duties stay with their owners; who was accountable for it hears of that."""
    old = teams.team(transaction, team_id, owner_team_id) if WORKSPACE in facts.visible else None
    if old is None:
        return Refused(GONE)
    if not rules.may_edit(old, facts.by, is_admin=facts.is_admin):
        return not_theirs(old)
    shown, at = duties_of(transaction, team_id, facts.visible, old.id), to_text(facts.now)
    of_duty = DutyEntry(at=at, by=facts.by, what="deleted its team", note=old.name)
    for each in responsibilities.duties_of_team(transaction, team_id, old.id):
        DUTIES.change(transaction, each, {"owner_team": ""}, of_duty)
    teams.take_away(transaction, old, HistoryEntry(at=at, by=facts.by, what="deleted"))
    told = {old.accountable: messages.was_deleted(old, facts.by)}
    return Deleted(old, len(shown), notify(transaction, team_id, told, facts))


def moved_on(reader: Reader, team_id: str, groups: Mapping[str, Group] | None) -> Iterator[tuple[Team, NewTeam]]:
    """Yield the teams that are no longer as they were, by Slack's user groups and who has left, and how they are.

    Whether a name is free is looked at when its team's turn comes: of two groups that are called alike one gets it.
    """
    gone = gone_people(reader, team_id)
    for old in teams.teams(reader, team_id).values():
        new = rules.followed(old, groups, gone)
        named = teams.named(reader, team_id, new.name)
        if named is not None and named.id != old.id:
            new = new.model_copy(update={"name": old.name})
        if new.model_dump() != old.model_dump(include=set(NewTeam.model_fields)):
            yield old, new


def follow(transaction: Transaction, team_id: str, groups: Mapping[str, Group] | None, facts: Facts) -> list[Delivery]:
    """Keep teams as Slack has their people; of one whose user group is gone, its accountable person hears."""
    told: list[Delivery] = []
    entry = HistoryEntry(at=to_text(facts.now), by="", what="followed Slack")
    for old, new in moved_on(transaction, team_id, groups):
        changed = _changed(transaction, old, new, entry)
        has_lost_group = old.group_id and not new.group_id
        lost = {old.accountable: messages.lost_its_group(changed)} if has_lost_group else {}
        told += notify(transaction, team_id, lost, facts)
    return told


def left_behind(reader: Reader, team_id: str) -> dict[tuple[str, str], list[ComponentDuty]]:
    """Return the duties whose owner has left, or left the team that has them, by the ids of that team and the owner."""
    found = defaultdict[tuple[str, str], list[ComponentDuty]](list)
    for each in all_of(reader, current(responsibilities.all_components(reader, team_id))):
        if each.team is not None and each.duty.owner in each.gone:
            found[each.team.id, each.duty.owner].append(each)
    return found


def ask_who_takes_over(
    transaction: Transaction, team_id: str, channels: Collection[tuple[str, str]], facts: Facts
) -> list[Delivery]:
    """Ask each team, once, who takes over from an owner who left: in its channel, while somebody of it is at work.

    ``channels`` are those in which it may be asked, each with the visibility of what may be told there.
    """
    told = []
    for listed in left_behind(transaction, team_id).values():
        team = listed[0].team
        new = [each for each in listed if team is not None and (team.channel, each.component.visibility) in channels]
        if team is None or not known_at_work(transaction, team_id, people_of(team, listed[0].gone), facts.now):
            continue
        asked = [each for each in new if _is_first(transaction, each, facts.now)]
        if asked:
            to = Destination(team_id, team.channel)
            told.append(post(to, messages.who_takes_over(team, asked, facts.names), facts.now))
    return told


def _is_first(transaction: Transaction, about: ComponentDuty, now: datetime) -> bool:
    period = f"{about.value} {about.duty.version} {about.duty.owner_team}"
    return claim_period(transaction, about.component.team_id, "team asked", period, now)


def not_theirs(team: Team) -> NotAllowed:
    return NotAllowed(messages.not_theirs(team), kind="team", id=team.id)


def _changed(transaction: Transaction, old: Team, new: NewTeam, entry: HistoryEntry) -> Team:
    key = responsibilities.new_key(new.name)
    changed = TEAMS.change(transaction, old, {**new.model_dump(), "look_up_key": key}, entry)
    for part in responsibilities.all_components(transaction, old.team_id):
        if new.name != old.name and responsibilities.new_key(part.team) == old.look_up_key:
            COMPONENTS.change(transaction, part, {"team": new.name}, entry)
    return changed


def _saved(transaction: Transaction, old: Team | None, team: Team, facts: Facts) -> Saved:
    is_new = old is None or old.accountable != team.accountable
    told = {team.accountable: messages.made_accountable(team, facts.by)} if is_new else {}
    return Saved(team, notify(transaction, team.team_id, told, facts))
