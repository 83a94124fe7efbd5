"""Who may act for a workspace: its admins, and the stewards of a discipline (with none, admins act)."""

from handlers.directory import Person


def is_admin(person: Person | None, admins: frozenset[str]) -> bool:
    """Tell whether a person is an admin: Slack's admins and owners, and the members whom the setting ADMINS names."""
    return person is not None and not person.is_guest and (person.is_admin or person.user_id in admins)
