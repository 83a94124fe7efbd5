"""Takes one step with a duty inside a write, and finds who is to be told of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.access.visibility import may_hear
from handlers.checks.outcomes import Refused
from handlers.responsibilities.context import Seen
from handlers.responsibilities.messages import duties as duty_views
from handlers.responsibilities.rules import duties as rules
from handlers.responsibilities.rules.duties import Step
from handlers.slack.blocks import Message
from handlers.slack.replies import direct
from storage.engine.interface import Transaction
from storage.outbox.deliveries import Delivery
from storage.responsibilities import questions, responsibilities

#: Steps that end the question of who has a duty.
_SETTLED = ("accepted", "not needed")


@dataclass(frozen=True, slots=True)
class Taken:
    """A duty after a step, and the messages that others get."""

    about: Seen
    messages: Sequence[Delivery]


def take(
    transaction: Transaction, about: Seen, step: Step, now: datetime, members: frozenset[str] | None = None
) -> Taken | Refused:
    """Take a step with a duty that was just read in this same transaction.

    ``members`` are those who may be told of it: the people of its channel; None where everybody may.
    """
    done = rules.step(about.present, step, now)
    if isinstance(done, Refused):
        return done
    after = replace(about, duty=responsibilities.change_duty(transaction, about.duty, done.duty, done.entry))
    told = concerned(about, after, step)
    if done.duty.state in _SETTLED:
        waiting = questions.end(transaction, about.duty)
        told |= {each: duty_views.answered(after) for each in waiting if each != step.by}
    team_id = about.component.team_id
    reached = [each for each in told if each not in about.gone and may_hear(members, each)]
    return Taken(after, [direct(team_id, person, told[person], now) for person in reached])


def concerned(before: Seen, after: Seen, step: Step) -> dict[str, Message]:
    """Return who is told of a step, and what: whoever is asked, had it, claims it, asked for it, or leads."""
    old, new, lead = before.duty, after.duty, before.component.lead
    people: list[str] = []
    if step.act == "suggest" and step.by not in (old.proposed_to, old.owner, *old.claimants):
        step = replace(step, act="propose")
    match step.act:
        case "claim" if new.state == "disputed":
            people = [*new.claimants, lead]
        case "claim":
            people = [old.proposed_by, old.proposed_to]
        case "decline" | "suggest":
            people = [old.proposed_by, *new.claimants, new.owner, lead]
        case "propose":
            people = [lead, old.proposed_to]
        case "need":
            people = [old.proposed_by or lead]
        case "not needed":
            people = [old.owner, old.proposed_to, lead]
    told = {each: duty_views.told_of(after, step, each) for each in people if each and each != step.by}
    if new.state == "proposed" and new.proposed_to != step.by and step.act in ("propose", "suggest"):
        told[new.proposed_to] = duty_views.proposed([after], step.by, new.proposed_to, step.note)
    return told
