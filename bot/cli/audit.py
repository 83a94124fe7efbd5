"""``audit``: who changed what and what was refused, as JSON lines for a log store, in the fields of ECS.

Names and values: https://www.elastic.co/docs/reference/ecs/ecs-field-reference
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Annotated, get_args

import typer

from bot.cli import files
from bot.cli.files import Wrong, connected, finished, opened, write_out
from handlers.checks.dates import day_in
from storage.engine.interface import to_text
from storage.workspaces import audit
from storage.workspaces.audit import Action, Entry

_ECS_VERSION = "8.17.0"
_CHANGE = (["configuration"], ["change"])
#: The category and the type of what was done, as ECS has them.
_KINDS: Mapping[Action, tuple[list[str], list[str]]] = {
    "access-denied": (["api"], ["denied"]),
    "admin-added": (["iam"], ["admin", "change"]),
    "admin-removed": (["iam"], ["admin", "change"]),
    "catalogue-changed": _CHANGE,
    "exported": (["database"], ["access"]),
    "imported": (["database"], ["change"]),
    "legal-hold-changed": _CHANGE,
    "person-exported": (["database"], ["access"]),
    "person-forgotten": (["iam"], ["user", "deletion"]),
    "redacted": (["database"], ["change"]),
    "reported": (["database"], ["change"]),
    "retention-changed": _CHANGE,
    "settings-changed": _CHANGE,
    "steward-added": (["iam"], ["admin", "change"]),
    "steward-removed": (["iam"], ["admin", "change"]),
    "summary-changed": _CHANGE,
    "summary-ended": (["configuration"], ["deletion"]),
    "summary-set": (["configuration"], ["creation"]),
    "token-made": (["iam"], ["creation"]),
    "token-revoked": (["iam"], ["deletion"]),
    "webhook-made": (["iam"], ["creation"]),
    "webhook-revoked": (["iam"], ["deletion"]),
}


def print_trail(
    *,
    since: Annotated[str, typer.Option(help="Day (UTC) of the first entries, such as 2026-11-01.")] = "",
    action: Annotated[str, typer.Option(help=f"Only this: one of {', '.join(get_args(Action))}.")] = "",
    workspace: files.InWorkspace = None,
) -> None:
    """Print who changed what, as JSON lines."""
    finished(_print(since, action, workspace))


async def _print(since: str, action: str, workspace: str | None) -> None:
    day = day_in(since)
    if since and day is None:
        raise Wrong(f"--since {since}: write a day such as 2026-11-01")
    if action and action not in get_args(Action):
        raise Wrong(f"--action {action}: unknown action; write one of {', '.join(get_args(Action))}")
    begin = to_text(datetime.combine(day, time(), UTC)) if day is not None else ""
    async with opened() as store:
        team_id = connected(store, workspace)
        found = await store.search(lambda reader: audit.entries(reader, team_id, None, begin, action))
    write_out("".join(f"{json.dumps(as_ecs(each))}\n" for each in found), None)


def as_ecs(entry: Entry) -> dict[str, object]:
    """Return an entry in the fields of the Elastic Common Schema."""
    category, kind = _KINDS[entry.action]
    about = {"target_kind": entry.target_kind, "target_id": entry.target_id, "details": ", ".join(entry.details)}
    told: dict[str, object] = {
        "@timestamp": entry.at,
        "ecs.version": _ECS_VERSION,
        "event.id": entry.id,
        "event.kind": "event",
        "event.category": category,
        "event.type": kind,
        "event.action": entry.action,
        "event.outcome": "success" if entry.outcome == "success" else "failure",
        "organization.id": entry.team_id,
        "user.id": entry.actor,
        "labels.visibility": entry.visibility,
    }
    if entry.target_kind == "person":
        told["user.target.id"] = entry.target_id
    return {**told, **{f"labels.{name}": value for name, value in about.items() if value}}
