"""How the bot runs, and what needs somebody, in the words for admins: numbers and reasons, never of which record."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from handlers.checks.dates import day
from handlers.framework.services import Health
from handlers.slack import blocks
from handlers.slack.blocks import Message
from storage.outbox.losses import Lost
from storage.workspaces.installations import Installation

#: Everything has ended that was written before.
LOST_FOR = timedelta(days=2)
_CODE = re.compile(r"[a-z_]+")
_WHY = {
    "channel_not_found": "I can't see the channel any more",
    "is_archived": "the channel is archived",
    "missing_scope": "I lack a permission in Slack",
    "not_in_channel": "I'm not in the channel",
    "restricted_action": "a workspace setting keeps me from posting there",
}
_NOT_BACKED_UP, _ASK = "I couldn't back up my records.", "Ask whoever runs me to look at the log."
_UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second"))


def status(health: Health, backlog: Mapping[str, tuple[int, str]], lost: Sequence[Lost], now: datetime) -> list[str]:
    """Return the lines of the status that admins read; each is whole, and ours alone."""
    return [
        f"Version {health.version}, connected by {health.connection}.",
        *([f"{health.organization} installed me for its workspaces."] if health.organization else []),
        _waiting(backlog, now),
        _backed_up(health),
        *needs(replace(health, is_backup_failed=False), lost),
    ]


def needs(health: Health, lost: Sequence[Lost]) -> list[str]:
    """Return what somebody should see to, one sentence each."""
    told = [*health.urgent, *([f"{_NOT_BACKED_UP} {_ASK}"] if health.is_backup_failed else []), *health.needs]
    if not lost:
        return told
    whys = Counter(_why(each.reason) for each in lost)
    reasons = ", ".join(f"{why} ({number})" for why, number in whys.most_common())
    return [*told, f"{_messages(len(lost))} from the last two days didn't arrive: {reasons}."]


def in_workspace(health: Health, installed: Installation | None) -> Health:
    """Return it with who let the bot into a workspace, and what its admins should see to if its token isn't renewed."""
    if installed is None:
        return health
    found = replace(health, organization=installed.organization_name)
    if not installed.refused:
        return found
    again = f"An admin of {found.organization} has to install me again" if found.organization else "Install me again"
    told = f"Slack won’t renew my token here ({installed.refused}), and without it I can’t answer. {again}"
    return replace(found, urgent=(*health.urgent, f"{told} at {health.install_url}."))


def alert(told: Sequence[str], command_prefix: str) -> Message:
    """Tell an admin what needs somebody; the first of it is what a notification shows."""
    lines = [*told, f"`/{command_prefix}common-ground status` shows how I'm doing."]
    return Message(told[0], (blocks.markdown("\n".join(lines)),))


def _waiting(backlog: Mapping[str, tuple[int, str]], now: datetime) -> str:
    number = sum(each for each, _ in backlog.values())
    if not number:
        return "No messages are waiting."
    oldest = datetime.fromisoformat(min(since for _, since in backlog.values()))
    verb = "is" if number == 1 else "are"
    return f"{_messages(number)} {verb} waiting, the oldest for {_length(now - oldest)}."


def _backed_up(health: Health) -> str:
    if not health.is_backed_up:
        return "Backups aren't set up."
    if health.is_backup_failed:
        since = f"Last backup: {day(health.last_backup)}. Since then" if health.last_backup else "No backup yet:"
        return f"{since} {_NOT_BACKED_UP} {_ASK}"
    return f"Last backup: {day(health.last_backup)}." if health.last_backup else "No backup yet."


def _why(reason: str) -> str:
    """Say why something was lost; words that Slack or a fault put into the reason stay where they are."""
    code = reason.removeprefix("given up: ")
    return _WHY.get(code) or (f"Slack says {code}" if _CODE.fullmatch(code) else "Slack gave no clear answer")


def _messages(number: int) -> str:
    return "1 message" if number == 1 else f"{number} messages"


def _length(lasted: timedelta) -> str:
    seconds = max(int(lasted.total_seconds()), 1)
    size, unit = next((size, unit) for size, unit in _UNITS if seconds >= size)
    number = seconds // size
    return f"{number} {unit}{'s' * (number != 1)}"
