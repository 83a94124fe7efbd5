"""What reports tell of a week: those that didn't come, and new versions."""

from handlers.hooks.digest import BROKEN, USUAL, Digest, Group, Line, News, Section, Span
from handlers.hooks.reports import Target
from handlers.reports.messages import called
from handlers.reports.service import seen
from storage.engine.interface import Reader
from storage.workspaces.webhooks import Webhook

VERSION = "version"


def tell(reader: Reader, team_id: str, span: Span) -> Digest:
    """Tell which reports are missing still, and which versions came."""
    found = [each for each in seen(reader, team_id, span.visible) if not each[1].is_over]
    late = [(webhook, target) for webhook, target in found if webhook.is_late]
    new = [(webhook, target) for webhook, target in found if span.holds(webhook.stands(VERSION).at)]
    groups = (
        Group("that didn't come", [_late(*each) for each in late], is_waiting=True),
        Group("of a new version", [_new(*each) for each in new]),
    )
    news = [
        *(News(target.name, ": no report came", weight=BROKEN, thread=target.thread) for _, target in late),
        *(
            News(target.name, f" has version {_version(webhook)}", weight=USUAL, thread=target.thread)
            for webhook, target in new
        ),
    ]
    return Digest(Section("reports", "Reports", groups, order=37, lead="Reports", news=news))


def _late(webhook: Webhook, target: Target) -> Line:
    told = f"{target.name}: {called(webhook)} didn't report"
    return Line(f"report {webhook.id} late {webhook.due_at}", told, webhook.due_at, thread=target.thread)


def _new(webhook: Webhook, target: Target) -> Line:
    stands = webhook.stands(VERSION)
    told = f"{target.name}: version {_version(webhook)}"
    return Line(f"report {webhook.id} version {stands.state}", told, stands.at, thread=target.thread)


def _version(webhook: Webhook) -> str:
    return webhook.stands(VERSION).state.partition(" ")[0]
