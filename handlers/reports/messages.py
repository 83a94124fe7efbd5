"""What people read of web hooks, and of the reports that come by them, or don't."""

from collections.abc import Sequence

from handlers.checks.dates import day
from handlers.checks.outcomes import NotAllowed, Refused
from handlers.hooks.reports import Target
from handlers.slack import blocks
from handlers.slack.blocks import Block, Message, Modal
from storage.workspaces.webhooks import Webhook

ADD, REVOKE = "webhook_add", "webhook_revoke"
SWITCHED_OFF = blocks.said("Nothing can report to me here: the person who runs me hasn't set HOOKS=true.")
ONLY_ADMINS = NotAllowed("Only workspace admins can see and make web hooks.", kind="web hooks")
GONE = blocks.said("That web hook is gone already.")
REVOKED = blocks.said("Revoked. What reports by it is refused from now on.")
#: So many fit into one message.
_SHOWN = 40
_ABOUT = (
    "By a web hook another program reports of one component or one data request: an evaluation, the result of checking "
    "a contract, or a new version."
)
_SECRET = "Here is its secret. I show it only now; keep it like a password."  # noqa: S105 - a sentence


def typed_alone(command_prefix: str) -> Refused:
    return Refused(f"Type /{command_prefix}common-ground hooks yourself: only you see its answer.")


def address(public_url: str, webhook: Webhook) -> str:
    """Return where a program reports; without the setting only the path of that is known."""
    return f"{public_url or 'https://…'}/hooks/{webhook.id}"


def made(callback_id: str, told: tuple[Webhook, Target, str], public_url: str) -> Modal:
    """Show a new web hook with its secret, this once."""
    webhook, target, secret = told
    lines = [
        blocks.line(blocks.words(f"{called(webhook)} reports of {target.name}, to:")),
        blocks.line(blocks.words(address(public_url, webhook), "code")),
        blocks.line(blocks.words(_SECRET)),
        blocks.line(blocks.words(secret, "code")),
    ]
    return Modal(callback_id, "New web hook", (blocks.paragraphs(*lines),))


def called(webhook: Webhook) -> str:
    return webhook.label or f"Web hook {webhook.id[:6]}"


def listed(found: Sequence[tuple[Webhook, Target]]) -> Message:
    """Show the web hooks of a workspace, without their secrets."""
    title = f"There {'is' if len(found) == 1 else 'are'} {len(found) or 'no'} web hook{'s' * (len(found) != 1)}"
    rows = [_row(webhook, target, place) for place, (webhook, target) in enumerate(found[:_SHOWN])]
    left = [blocks.small_print("All of them: common-ground hooks list")] if len(found) > _SHOWN else []
    add = blocks.in_row([blocks.button("Add a web hook", ADD, style="primary")])
    return Message(title, (blocks.sentence(f"{title}."), *rows, *left, blocks.small_print(_ABOUT), add))


def _row(webhook: Webhook, target: Target, place: int) -> Block:
    heard = f"last report {day(webhook.last_at)}" if webhook.last_at else "no report yet"
    often = f", expected {webhook.every}" if webhook.every else ""
    late = "; overdue" if webhook.is_late else ""
    told = f"{called(webhook)}\nOf {target.name}; {heard}{often}{late}"
    button = blocks.button("Revoke", blocks.numbered(REVOKE, place), webhook.id, "danger")
    return blocks.row(told, blocks.spoken(button, f"Revoke {called(webhook)}"))


def coming(target: Target, webhook: Webhook) -> Message:
    """Say that no report came, or that one does again."""
    name = f"{called(webhook)} of {target.name}"
    if not webhook.is_late:
        return blocks.said(f"{name}: reports come again.")
    since = f"the last came {day(webhook.last_at)}" if webhook.last_at else "none has come yet"
    return blocks.said(f"{name}: the expected report didn't come; {since}.")
