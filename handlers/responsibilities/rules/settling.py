"""Whose answer a duty needs, where it is unclear who has it."""

from collections.abc import Sequence
from datetime import datetime

from handlers.responsibilities.rules.review import choices_of
from handlers.responsibilities.rules.standing import ComponentDuty, side_of
from handlers.responsibilities.rules.unclear import Reason, unclear
from storage.responsibilities.teams import people_of


def who_settles(about: ComponentDuty, reason: Reason) -> tuple[str, ...]:
    """Return who can settle it: who is asked, has it or claims it; else the side that it falls to; else the lead."""
    duty, lead = about.duty, about.component.lead
    side = tuple(each for each in side_of(about) if each not in duty.declined_by)[:1]
    match reason:
        case "two owners":
            return duty.claimants
        case "unanswered":
            return (duty.proposed_to,)
        case "not confirmed":
            return (duty.owner,)
        case "declined before" | "needs something":
            return (duty.proposed_by or lead,)
        case "owner left":
            return _left_to(about) or side or (lead,)
        case _:
            return side or (lead,)


def _left_to(about: ComponentDuty) -> tuple[str, ...]:
    """Return who takes over from an owner who left: the backup, else the team: one of it, if its channel is asked."""
    if about.duty.backup and about.duty.backup not in about.gone:
        return (about.duty.backup,)
    team = about.team
    people = people_of(team, about.gone) if team is not None else ()
    is_asked_in_channel = team is not None and bool(team.channel) and team.accountable in people
    return people[:1] if is_asked_in_channel else people


def needing(listed: Sequence[ComponentDuty], user_id: str, now: datetime) -> list[ComponentDuty]:
    """Return the duties that need somebody's answer: what a reminder counts."""
    return [each for each in listed if user_id in _answering(each, now) and choices_of(each, user_id)]


def _answering(about: ComponentDuty, now: datetime) -> tuple[str, ...]:
    found = unclear(about.component, [about.duty], {about.kind.id: about.kind}, about.gone, now)
    if not found and about.duty.state == "proposed":
        return (about.duty.proposed_to,)
    return tuple(person for each in found for person in who_settles(about, each.reason))
