"""What other programs report of a component: a new version, of which all are told whom it concerns."""

from collections.abc import Mapping

from handlers.access.recipients import Facts
from handlers.agreements import versions
from handlers.agreements.reported import owners, parts_concerned
from handlers.agreements.versions import Version
from handlers.checks.outcomes import Refused
from handlers.framework.report_kinds import Report, ReportKind, Taken
from handlers.hooks.reports import Target
from handlers.slack import blocks
from handlers.slack.blocks import Message
from storage.engine.interface import Reader, Transaction
from storage.workspaces.webhooks import Webhook

_NAME = "version"


def _take(_transaction: Transaction, report: Report[Version], _facts: Facts) -> Taken | Refused:
    is_new = report.said.state != report.was
    told = f"version {report.said.name} of {report.target.name}"
    return Taken(report.said.state, f"{told} is {'noted' if is_new else 'known already'}")


def _tell(reader: Reader, target: Target, webhook: Webhook) -> Mapping[str, Message]:
    """Tell the owners of duties of a component, and of those that it concerns, which version there is now."""
    version = versions.kept(webhook.stands(_NAME).state)
    people = [who for part in parts_concerned(reader, target) for who in owners(reader, part)]
    link = [blocks.words("  "), blocks.link(version.link, "Open")] if version.link else []
    line = blocks.line(blocks.words(f"{target.name} has a new version: {version.name}."), *link)
    message = Message(blocks.escape(f"{target.name}: version {version.name}"), (blocks.paragraphs(line),))
    return dict.fromkeys(people, message)


REPORTS = (ReportKind(_NAME, "component", versions.read, _take, _tell),)
