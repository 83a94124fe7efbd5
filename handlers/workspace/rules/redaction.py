"""Who may redact a record."""

from handlers.checks.outcomes import NotAllowed
from handlers.hooks.redaction import Redactable


def may_redact(record: Redactable, user_id: str, *, is_admin: bool) -> bool:
    return is_admin or user_id in record.authors


def not_theirs(record: Redactable) -> NotAllowed:
    told = f"Only whoever wrote {record.told} or an admin can redact it."
    return NotAllowed(told, kind=record.kind, id=record.id, visibility=record.visibility)
