"""Web hooks, made and revoked; and what follows from their reports: inside a write."""

import base64
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from handlers.access.recipients import Facts, notify
from handlers.access.working import known_at_work
from handlers.agreements.reported import measurers, owners, said_there, target_of, targets_of
from handlers.checks.cadence import due_at
from handlers.checks.outcomes import Refused
from handlers.framework.report_kinds import AnyKind, Report, Taken
from handlers.framework.services import Seals
from handlers.hooks.reports import Target, Tells
from handlers.reports import messages
from handlers.reports.rules import agreed_cadence
from handlers.slack.blocks import Message
from storage.data_requests.data_requests import DataRequest
from storage.engine.interface import WORKSPACE, Reader, Transaction, to_text
from storage.outbox.deliveries import Delivery
from storage.workspaces import audit, webhooks
from storage.workspaces.audit import Action
from storage.workspaces.webhooks import Notice, Webhook

#: As Standard Webhooks writes a secret, so that anybody who finds one knows what it is.
PREFIX = "whsec_"
_BYTES, _MOST, _LABEL = 32, 200, 60
#: How it stands that reports come, beside what they say.
COMING = "coming"
_LATE, _COMES = "late", ""
_TOO_MANY = Refused(f"There are {_MOST} web hooks. Revoke one first.")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody would have a web hook be: about what, called what, and how often it should report."""

    target: Target
    label: str
    every: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """A new web hook, and its secret, which is told once."""

    webhook: Webhook
    target: Target
    secret: str


def make(transaction: Transaction, wanted: Wanted, seals: Seals, facts: Facts) -> Made | Refused:
    """Make a web hook for one component or one data request."""
    target = wanted.target
    if len(webhooks.every(transaction, target.team_id)) >= _MOST:
        return _TOO_MANY
    secret = PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()
    sealed, sealed_by = seals(secret)
    webhook = Webhook(
        id=secrets.token_hex(12),
        team_id=target.team_id,
        target_kind=target.kind,
        target_id=target.id,
        label=wanted.label[:_LABEL],
        sealed=sealed,
        sealed_by=sealed_by,
        every=wanted.every,
        made_by=facts.by,
        created_at=to_text(facts.now),
    )
    webhook = webhook.model_copy(update={"due_at": due_at(_cadence(webhook, target), facts.now)})
    webhooks.add(transaction, webhook)
    _note(transaction, "webhook-made", (webhook, target), facts)
    return Made(webhook, target, secret)


def seen(reader: Reader, team_id: str, visible: Sequence[str] | None) -> list[tuple[Webhook, Target]]:
    """Return the web hooks of a workspace with what they are about, as far as that may be seen; None sees all."""
    every = webhooks.every(reader, team_id)
    targets = targets_of(reader, team_id, every) if every else {}
    there = [(each, targets[each.id]) for each in every if each.id in targets]
    return [each for each in there if visible is None or each[1].visibility in visible]


def revoke(transaction: Transaction, webhook: Webhook, facts: Facts) -> bool:
    """Take a web hook away; False where it is gone."""
    is_gone = webhooks.end(transaction, webhook.team_id, webhook.id)
    if is_gone:
        _note(transaction, "webhook-revoked", (webhook, target_of(transaction, webhook)), facts)
    return is_gone


def follow(
    transaction: Transaction, report: Report[Any], kind: AnyKind, taken: Taken, facts: Facts
) -> Sequence[Delivery]:
    """Note that a report came, tell that again one does, and whom a changed state concerns, once their day begins."""
    webhook, now = report.webhook, facts.now
    stands = {kind.name: taken.state} if taken.state != report.was else {}
    stands |= {COMING: _COMES} if webhook.is_late else {}
    webhooks.note_report(transaction, webhook, now, due_at(_cadence(webhook, report.target), now), stands)
    told: list[Delivery] = []
    if taken.state != report.was:
        by = replace(facts, by=f"hook:{webhook.id}")
        _note(transaction, "reported", (webhook, report.target), by, kind.name)
    if report.target.is_over:
        return told
    if webhook.is_late:
        told += _tell_of_coming(transaction, webhook, report.target, (_LATE, _COMES), facts)
    if kind.tells is not None and taken.state != report.was:
        current = webhooks.by_id(transaction, webhook.team_id, webhook.id) or webhook
        whom = kind.tells(transaction, report.target, current)
        told += _tell(transaction, (current, kind.name), whom, (report.was, taken.state), facts)
    return told


def tell_late(transaction: Transaction, webhook: Webhook, target: Target, facts: Facts) -> Sequence[Delivery]:
    """Tell that a report which was expected didn't come, once."""
    webhooks.note_late(transaction, webhook)
    return () if target.is_over else _tell_of_coming(transaction, webhook, target, (_COMES, _LATE), facts)


def tell_noticed(
    transaction: Transaction, notice: Notice, found: tuple[Webhook, Target], tells: Mapping[str, Tells], facts: Facts
) -> Sequence[Delivery]:
    """Tell somebody whose day has begun how something stands now."""
    webhook, target = found
    webhooks.end_notice(transaction, notice)
    if target.is_over:
        return ()
    if notice.kind == COMING:
        whom: Mapping[str, Message] = dict.fromkeys([notice.person], messages.coming(target, webhook))
    else:
        whom = tells[notice.kind](transaction, target, webhook) if notice.kind in tells else {}
    return notify(
        transaction, webhook.team_id, {who: told for who, told in whom.items() if who == notice.person}, facts
    )


def _tell_of_coming(
    transaction: Transaction, webhook: Webhook, target: Target, moved: tuple[str, str], facts: Facts
) -> Sequence[Delivery]:
    """Tell that no report came, or that one does again: in a request's thread, or to whose a component is."""
    current = webhooks.by_id(transaction, webhook.team_id, webhook.id) or webhook
    message = messages.coming(target, current)
    if target.thread:
        return said_there(transaction, target, message, facts)
    whose = owners(transaction, target, "monitoring", "data-monitoring", "evaluation")
    people = [*measurers(transaction, target, current), *whose]
    return _tell(transaction, (current, COMING), dict.fromkeys(people, message), moved, facts)


def _tell(
    transaction: Transaction,
    about: tuple[Webhook, str],
    whom: Mapping[str, Message],
    moved: tuple[str, str],
    facts: Facts,
) -> list[Delivery]:
    """Tell those at work now, and keep for the others that they are to be told.

    Who was to be told of what has gone back meanwhile to how they knew it hears nothing.
    """
    webhook, kind = about
    was, now = moved
    at_work = known_at_work(transaction, webhook.team_id, whom, facts.now)
    told: dict[str, Message] = {}
    for person, message in whom.items():
        pending = webhooks.notice_to(transaction, webhook, kind, person)
        if pending is not None and (pending.was == now or person in at_work):
            webhooks.end_notice(transaction, pending)
        if pending is not None and pending.was == now:
            continue
        if person in at_work:
            told[person] = message
        else:
            named = {"team_id": webhook.team_id, "webhook_id": webhook.id, "kind": kind, "person": person}
            webhooks.tell_later(transaction, Notice(**named, was=was, at=to_text(facts.now)))
    return notify(transaction, webhook.team_id, told, facts)


def _cadence(webhook: Webhook, target: Target) -> str:
    """Return how often a report is expected: as was said of the web hook, else as fresh data was agreed on."""
    if webhook.every or not isinstance(target.record, DataRequest):
        return webhook.every
    return agreed_cadence(target.record)


def _note(
    transaction: Transaction, action: Action, about: tuple[Webhook, Target | None], facts: Facts, *details: str
) -> None:
    webhook, target = about
    named = {"target_kind": webhook.target_kind, "target_id": webhook.target_id, "details": details}
    whose = {"visibility": target.visibility if target is not None else WORKSPACE}
    who = audit.who(webhook.team_id, facts.by, facts.now)
    audit.note(transaction, audit.Entry(action=action, **who, **named, **whose))
