"""Tells each admin what needs somebody, once a day at most: in their working hours, unless it can't wait."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.access.recipients import Facts, notify
from handlers.access.working import at_work
from handlers.checks.dates import zone
from handlers.framework.context import WorkspaceContext
from handlers.framework.routing import Job, Run
from handlers.framework.services import Health, Services
from handlers.workspace.messages import condition
from storage.engine.interface import Reader, Transaction
from storage.outbox import claims, losses
from storage.outbox.deliveries import Delivery
from storage.outbox.losses import Lost
from storage.workspaces.installations import installation, where_refused

#: So often it is looked whether another admin's day has begun.
_MINUTES = 10


@dataclass(frozen=True, slots=True)
class _Found:
    """What needs somebody, and the admins with their time zones."""

    health: Health
    lost: Sequence[Lost]
    admins: Mapping[str, str]
    command_prefix: str

    def tell(self, transaction: Transaction, team_id: str, now: datetime) -> Sequence[Delivery]:
        there = at_work(transaction, team_id, self.admins, now)
        new = {who: self._new_to(transaction, team_id, (who, who in there), now) for who in self.admins}
        messages = {who: condition.alert(needs, self.command_prefix) for who, needs in new.items() if needs}
        told = notify(transaction, team_id, messages, Facts("", now))
        # Where an alert itself is lost, another one would be as well.
        losses.note_told(transaction, team_id, [each.id for each in told], now)
        return told

    def _new_to(self, transaction: Transaction, team_id: str, whom: tuple[str, bool], now: datetime) -> list[str]:
        """Return what an admin has not heard of today; of a lost message, once for all."""
        who, is_at_work = whom
        today = now.astimezone(zone(self.admins[who])).date()

        def is_new(what: str) -> bool:
            return claims.claim(transaction, team_id, [f"{what}:{who}"], now)

        urgent = self.health.urgent if self.health.urgent and is_new(f"urgent:{today}") else ()
        is_due = is_at_work and (self.health.needs or self.lost) and is_new(f"alert:{today}")
        lost = [each for each in self.lost if is_new(f"lost:{each.id}")] if is_due else []
        return condition.needs(replace(self.health, urgent=urgent, needs=self.health.needs if is_due else ()), lost)


async def _look(context: WorkspaceContext) -> Run | None:
    team_id, services = context.team_id, context.services
    found = await context.store.search(lambda reader: losses.lost(reader, team_id, context.now - condition.LOST_FOR))
    lost, installed = [each for each in found if not each.is_told], await context.store.read(installation, team_id)
    health = condition.in_workspace(services.health(), installed)
    if not condition.needs(health, lost):
        return None
    ids = sorted(await context.directory.admins(team_id) | context.admins)
    people = [await context.directory.person(team_id, each) for each in ids]
    zones = {each.user_id: each.tz for each in people if each is not None}
    return _Found(health, lost, zones, services.command_prefix).tell


def _where(reader: Reader, services: Services) -> set[str] | None:
    if condition.needs(services.health(), ()):
        return None
    return losses.where_lost(reader, services.now() - condition.LOST_FOR) | where_refused(reader)


ALERT = Job("alert", lambda now: f"{now:%Y-%m-%dT%H}:{now.minute // _MINUTES}", _look, _where)
