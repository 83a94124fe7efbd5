"""What time asks of the register: teams as Slack has them, who takes over from who left one, and what retires."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from handlers.access.recipients import Facts
from handlers.checks.dates import first_today
from handlers.framework.context import WorkspaceContext
from handlers.framework.routing import Job, Run
from handlers.framework.services import Services
from handlers.responsibilities.context import may_ask_in
from handlers.responsibilities.service import teams as service
from handlers.responsibilities.service.retirement import retire_due
from handlers.slack.usergroups import Group, groups_of, without_who_left
from storage.engine.interface import Reader, Transaction
from storage.outbox.deliveries import Delivery
from storage.responsibilities import teams
from storage.responsibilities.responsibilities import where_due_to_retire
from storage.responsibilities.teams import Team


@dataclass(frozen=True, slots=True)
class Asked:
    """What Slack was asked before: the user groups, if it says, where teams may be asked, and how people are called."""

    groups: Mapping[str, Group] | None
    channels: frozenset[tuple[str, str]]
    names: Mapping[str, str]


async def plan(context: WorkspaceContext) -> Run | None:
    """Ask Slack who is in the user groups that are teams, and where a team may be asked who takes over."""
    known = await context.store.search(lambda reader: teams.teams(reader, context.team_id))
    groups = await _groups(context, [each for each in known.values() if each.group_id])
    left = await context.store.search(lambda reader: service.left_behind(reader, context.team_id))
    wanted = {(known[team].channel, each.component.visibility) for (team, _), listed in left.items() for each in listed}
    channels = frozenset([each for each in sorted(wanted) if await may_ask_in(context, *each)])
    names = await context.names_of(owner for _, owner in left)
    moved = await context.store.search(lambda reader: [*service.moved_on(reader, context.team_id, groups)])
    return partial(_run, Asked(groups, channels, names)) if moved or channels else None


async def _groups(context: WorkspaceContext, of_groups: Sequence[Team]) -> Mapping[str, Group] | None:
    """Return the user groups, those that are teams without who has left."""
    found = await groups_of(context.directory.slack) if of_groups else None
    if found is None:
        return None
    for each in of_groups:
        if group := found.get(each.group_id):
            found[group.id] = await without_who_left(context.directory, context.team_id, group, each.members)
    return found


def _run(asked: Asked, transaction: Transaction, team_id: str, now: datetime) -> list[Delivery]:
    facts = Facts("", now, names=asked.names)
    told = service.follow(transaction, team_id, asked.groups, facts)
    return [*told, *service.ask_who_takes_over(transaction, team_id, asked.channels, facts)]


def _slot(now: datetime) -> str:
    return f"{now:%Y-%m-%dT%H}:{now.minute // 10}"


async def _retire(_context: WorkspaceContext) -> Run:
    return retire_due


def _where_due(reader: Reader, services: Services) -> set[str]:
    return where_due_to_retire(reader, first_today(services.now()).isoformat())


JOBS = (
    Job("teams", _slot, plan, lambda reader, _services: teams.where_any(reader)),
    Job("retirements", lambda now: f"{now:%Y-%m-%dT%H}", _retire, _where_due),
)
