"""Takes what other programs report: each report once, in one write, with what is said of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from handlers.access.recipients import Facts
from handlers.agreements.reported import target_of
from handlers.checks.csv_files import FormatError
from handlers.checks.outcomes import Refused
from handlers.framework.boundary import Boundary
from handlers.framework.caught import Caught
from handlers.framework.context import WorkspaceContext
from handlers.framework.report_kinds import AnyKind, Report, Taken, facts_about
from handlers.slack.cache import Waiting, waiting
from handlers.slack.hearing import catch_up
from storage.engine.interface import Transaction
from storage.outbox import claims, deliveries
from storage.outbox.deliveries import Delivery
from storage.workspaces import webhooks
from storage.workspaces.webhooks import Webhook
from storage.workspaces.workspaces import hold

#: A program waits longer than Slack does, and reports again where Slack did not say who may hear of it.
_PATIENCE = Waiting(5.0, 10.0)
GONE = Refused("What this web hook is about is gone, or the app is not in its workspace.")
#: https://mlflow.org/docs/latest/api_reference/python_api/mlflow.webhooks.html
_EXAMPLE = "example_model"
_UNREADABLE = Refused("I can't tell what this reports. docs/hooks.md has what a web hook takes.")


@dataclass(frozen=True, slots=True)
class Repeated:
    """The same report was taken before; nothing is done, or said, a second time.

    ``is_breach``: by the last report of its kind, something that was required or agreed is not kept.
    """

    is_breach: bool


#: What follows from a report besides what its kind does: when the next is due, and who is told when.
Follows = Callable[[Transaction, Report[Any], AnyKind, Taken, Facts], Sequence[Delivery]]


@dataclass(frozen=True, slots=True)
class _Received:
    """A report as it came, read by its kind; ``claim`` is the name under which it happens once."""

    webhook: Webhook
    claim: str
    kind: AnyKind
    said: object


def is_ping(body: object) -> bool:
    """Tell whether a program only tries the web hook: GitHub does so with a saying, MLflow with a model that isn't."""
    if not isinstance(body, dict):
        return False
    data = body.get("data")
    is_example = isinstance(data, dict) and data.get("name") == _EXAMPLE and "entity" in body
    return body.get("type") == "ping" or ("zen" in body and "hook_id" in body) or is_example


class Reports:
    """Takes reports by web hooks. ``follows`` is what follows from each."""

    def __init__(self, boundary: Boundary, kinds: Sequence[AnyKind], follows: Follows) -> None:
        self._boundary, self._kinds, self._follows = boundary, kinds, follows

    async def webhook(self, webhook_id: str) -> Webhook | Caught | None:
        """Return the web hook of an id, of any workspace."""
        return await self._boundary.guarded(self._boundary.services.store.read(webhooks.with_id, webhook_id))

    async def take(self, webhook: Webhook, name: str, body: object) -> Taken | Repeated | Refused | Caught:
        """Take a report, which its program calls by this name whenever it sends it."""
        if is_ping(body):
            return Taken("", "the signature is right; nothing is reported")
        received = self._read(webhook, f"hook:{webhook.id}:{name}", body)
        if isinstance(received, Refused):
            return received
        with waiting(_PATIENCE):
            return await self._boundary.guarded(self._taken(received))

    def _read(self, webhook: Webhook, claim: str, body: object) -> _Received | Refused:
        try:
            for kind in self._kinds:
                if kind.of == webhook.target_kind and (said := kind.reads(body)) is not None:
                    return _Received(webhook, claim, kind, said)
        except FormatError as error:
            return Refused(str(error))
        return _UNREADABLE

    async def _taken(self, received: _Received) -> Taken | Repeated | Refused:
        team_id = received.webhook.team_id
        services = await self._boundary.services.at(team_id)
        if services is None:
            return GONE
        await catch_up(services.store, services.directory, team_id)
        context = WorkspaceContext(services, team_id, services.now())
        target = await context.read(target_of, received.webhook)
        if target is None:
            return GONE
        facts, origin = await facts_about(context, target), services.origin()
        done = await services.store.write(partial(self._written, received=received, facts=facts, origin=origin))
        for each in done.messages if isinstance(done, Taken) else ():
            services.outbox.announce(each)
        return done

    def _written(
        self, transaction: Transaction, received: _Received, facts: Facts, origin: str
    ) -> Taken | Repeated | Refused:
        """Do the one write of a report: its claim, what it says, and what must be said of it."""
        team_id, kind, claim = received.webhook.team_id, received.kind, (received.claim,)
        is_active = hold(transaction, team_id)
        current = webhooks.by_id(transaction, team_id, received.webhook.id)
        target = target_of(transaction, current) if is_active and current is not None else None
        if current is None or target is None or target.visibility not in facts.visible:
            return GONE
        if not claims.claim(transaction, team_id, claim, facts.now):
            return Repeated(kind.is_broken(current.stands(kind.name).state))
        report = Report(current, target, received.said, current.stands(kind.name).state)
        done = kind.takes(transaction, report, facts)
        if isinstance(done, Refused):
            claims.unclaim(transaction, team_id, claim)
            return done
        messages = [*done.messages, *self._follows(transaction, report, kind, done, facts)]
        deliveries.add(transaction, messages, origin)
        return Taken(done.state, done.told, done.is_breach, tuple(messages))
