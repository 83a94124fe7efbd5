"""What other programs report of a component: a new version, of which all are told whom it concerns."""

from collections.abc import Mapping

from handlers.access.recipients import Facts
from handlers.agreements import versions
from handlers.agreements.change_notices import Change, announce
from handlers.agreements.reported import owners
from handlers.agreements.versions import Version
from handlers.checks.outcomes import Refused
from handlers.framework.report_kinds import Report, ReportKind, Taken
from handlers.hooks.reports import Target
from handlers.responsibilities.messages.register import MAP
from handlers.slack import blocks
from handlers.slack.blocks import Message
from storage.engine.interface import Reader, Transaction
from storage.outbox.deliveries import Delivery
from storage.responsibilities import responsibilities
from storage.workspaces.webhooks import Webhook

_NAME = "version"


def _take(transaction: Transaction, report: Report[Version], facts: Facts) -> Taken | Refused:
    is_new = report.said.state != report.was
    told = f"version {report.said.name} of {report.target.name}"
    asked = _ask(transaction, report, facts) if is_new else ()
    return Taken(report.said.state, f"{told} is {'noted' if is_new else 'known already'}", messages=asked)


def _ask(transaction: Transaction, report: Report[Version], facts: Facts) -> list[Delivery]:
    """Ask those downstream whether the new version is fine; its own people only hear of it."""
    component = responsibilities.component(transaction, report.target.team_id, report.target.id)
    change = Change(
        kind="version",
        team_id=report.target.team_id,
        visibility=report.target.visibility,
        told=f"{report.target.name} has a new version: {report.said.name}.",
        opens=blocks.button("Map", MAP, report.target.id),
        component=component,
        to_version=report.said.name,
        told_otherwise=frozenset(owners(transaction, report.target)),
    )
    return announce(transaction, change, facts)


def _tell(reader: Reader, target: Target, webhook: Webhook) -> Mapping[str, Message]:
    """Tell the owners of duties of a component which version there is now."""
    version = versions.kept(webhook.stands(_NAME).state)
    link = [blocks.words("  "), blocks.link(version.link, "Open")] if version.link else []
    line = blocks.line(blocks.words(f"{target.name} has a new version: {version.name}."), *link)
    message = Message(blocks.escape(f"{target.name}: version {version.name}"), (blocks.paragraphs(line),))
    return dict.fromkeys(owners(reader, target), message)


REPORTS = (ReportKind(_NAME, "component", versions.read, _take, _tell),)
